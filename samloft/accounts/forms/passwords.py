"""Signing in and choosing a password: allauth's forms with our labels and help."""

from typing import Any

from allauth.account import forms as allauth
from django.forms import BaseForm
from django.utils.translation import gettext as _


def _advice() -> str:
    return _("At least 12 characters. A sentence you remember is better than a short, difficult word.")


def _word(form: BaseForm, name: str, label: str, help_text: str = "") -> None:
    field = form.fields[name]
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)


class _SamePasswordTwice(allauth.PasswordVerificationMixin):  # type: ignore[misc]
    """In place of allauth's own check, which has no nynorsk."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super(allauth.PasswordVerificationMixin, self).clean()
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords differ. Write the same password in both fields."))
        return cleaned


class SignInForm(allauth.LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "login", _("E-mail address"))
        _word(self, "password", _("Password"))


class ChangePasswordForm(_SamePasswordTwice, allauth.ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "oldpassword", _("Your password today"))
        _word(self, "password1", _("New password"), _advice())
        _word(self, "password2", _("New password once more"))


class AskForNewPasswordForm(allauth.ResetPasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "email", _("E-mail address"))


class NewPasswordForm(_SamePasswordTwice, allauth.ResetPasswordKeyForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "password1", _("New password"), _advice())
        _word(self, "password2", _("New password once more"))
