"""Opens and closes accounts. A closed one keeps its name in what the person has done."""

from django.db import transaction
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core import audit
from samloft.core.errors import RuleBroken


@transaction.atomic
def open_account(*, user: User, by: User) -> User:
    return _set(user, True, by)


@transaction.atomic
def close_account(*, user: User, by: User) -> User:
    """The person can no longer sign in. Nobody closes the account they work from."""
    if user.pk == by.pk:
        raise RuleBroken(_("You cannot close your own account. Ask another operator."))
    return _set(user, False, by)


def _set(user: User, is_active: bool, by: User) -> User:
    if not by.is_operator:
        raise RuleBroken(_("Only those who operate this installation open and close accounts."))
    stored = User.objects.select_for_update().get(pk=user.pk)
    if stored.is_active != is_active:
        stored.is_active = is_active
        stored.save(update_fields=["is_active"])
        audit.record("user.opened" if is_active else "user.closed", stored, by=by)
    return stored
