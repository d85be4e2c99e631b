"""How Samløft wants allauth to behave."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by those who give out seats; nobody registers by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
