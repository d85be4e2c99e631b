"""Makes and changes the accounts that people sign in with."""

from django.db import transaction
from django.utils.translation import gettext as _

from samloft.accounts.models import Organisation, User
from samloft.core import audit
from samloft.core.errors import RuleBroken

COMMAND_LINE = "command-line@samloft.invalid"


@transaction.atomic
def create(*, email: str, name: str, organisation: Organisation | None, by: User | None) -> User:
    """An account without a password; its owner sets one through the link that a mail or the operator gives."""
    if User.objects.filter(email=email.strip().lower()).exists():
        raise RuleBroken(_("There is already an account with this e-mail address."))
    user = User.objects.create_user(email.strip(), None, name=name, organisation=organisation)
    audit.record("user.created", user, by=by)
    return user


def command_line_user() -> User:
    """Who stands in the audit trail for what is done from the command line. It can never sign in."""
    user, _made = User.objects.get_or_create(
        email=COMMAND_LINE, defaults={"name": "Kommandolinjen", "is_active": False, "password": "!"}
    )
    if not user.is_operator:
        # Whoever has a command line on this machine operates the installation.
        user.is_operator = True
        user.save(update_fields=["is_operator"])
    return user
