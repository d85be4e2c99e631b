"""How Samløft wants allauth to behave."""

from typing import ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by those who give out seats; nobody registers by themselves."""

    # In our words, because allauth has no nynorsk.
    error_messages: ClassVar[dict[str, Promise]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "The e-mail address and the password do not belong together. Check both and try again."
        ),
        "too_many_login_attempts": _(
            "There have been too many attempts to sign in with this e-mail address. "
            "Wait five minutes and try again, or choose a new password."
        ),
        "enter_current_password": _("This is not your password as it is today. Try again."),
        "invalid_password_reset": _("The link can no longer be used. Ask for a new one."),
        "rate_limited": _("Too many attempts in a short time. Wait a few minutes and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
