"""When demo mode may be used: it lets anyone choose a role, so only on one's own machine and its own data."""

from collections.abc import Iterable
from ipaddress import ip_address

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _


def refusal(*, hosts: Iterable[str]) -> str | None:
    """Why demo mode may not serve on these hosts with this database; None when it may."""
    if open_hosts := [host for host in hosts if not is_loopback(host)]:
        return _(
            "Demo mode lets anyone choose a role and must not listen on %(host)s. "
            "Use 127.0.0.1, or turn SAMLOFT_DEMO off."
        ) % {"host": open_hosts[0]}
    return database_refusal()


def database_refusal() -> str | None:
    """Why demo mode may not use this database; None for one that is empty or that `samloft demo` made."""
    users = get_user_model().objects.filter(is_active=True)
    if not users.exists() or users.filter(is_demo=True).exists():
        return None
    return _(
        "This database was not made by `samloft demo`: it has users of its own, and demo mode would let "
        "anyone be one of them. Turn SAMLOFT_DEMO off, or choose another folder with SAMLOFT_DATA."
    )


def is_loopback(host: str) -> bool:
    """True only for this machine's own addresses, by name or number."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
