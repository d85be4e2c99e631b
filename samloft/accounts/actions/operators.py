"""Gives out the right to operate the installation. Only who has the machine can do it, so `by` is nobody."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core import audit
from samloft.core.errors import RuleBroken


@transaction.atomic
def appoint(*, email: str, name: str) -> User:
    """Make the account an operator, and make the account if there is none."""
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as invalid:
        raise RuleBroken(_("%(email)s is not an e-mail address.") % {"email": email}) from invalid
    user = User.objects.select_for_update().filter(email=address).first()
    if user is None:
        user = User.objects.create_user(address, None, name=name.strip(), is_operator=True)
    elif user.is_operator and user.is_active:
        return user
    else:
        user.is_operator = user.is_active = True
        user.save(update_fields=["is_operator", "is_active"])
    audit.record("user.operator_appointed", user, by=None)
    return user
