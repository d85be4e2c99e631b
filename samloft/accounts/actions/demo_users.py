"""Makes the accounts of the demo: roles, not persons. In demo mode anyone may be one of them."""

from django.db import transaction

from samloft.accounts.models import Organisation, User
from samloft.core import audit


@transaction.atomic
def make(*, email: str, name: str, organisation: Organisation | None, is_operator: bool) -> User:
    """The account with this address, made when it is missing. It has no password."""
    known = User.objects.filter(email=email).first()
    if known is not None:
        return known
    user = User.objects.create_user(
        email, None, name=name, organisation=organisation, is_operator=is_operator, is_demo=True
    )
    audit.record("user.created", user, by=None)
    return user
