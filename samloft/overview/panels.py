"""What this app shows on pages of the apps below."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from samloft.accounts.models import User


def account_choices(request: HttpRequest, user: User) -> SafeString | None:
    """On my account: reminders by e-mail, and addresses for one's calendar."""
    return render_to_string("overview/_account_choices.html", request=request)
