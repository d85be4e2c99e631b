"""Whom a visitor to the demo may be."""

from samloft.accounts.models import User


def demo_roles() -> list[User]:
    """The demo users in the order they were made, which puts those who use Samløft most first. One query."""
    return list(
        User.objects.filter(is_demo=True, is_active=True)
        .select_related("organisation")
        .order_by("is_operator", "pk")
    )
