"""Whom a visitor to the demo may be."""

from django.db.models import F

from samloft.accounts.models import User


def demo_roles() -> list[User]:
    """The demo users, by organisation (those without one last) and name. One query."""
    return list(
        User.objects.filter(is_demo=True, is_active=True)
        .select_related("organisation")
        .order_by(F("organisation__name").asc(nulls_last=True), "name")
    )
