"""No address is open by oversight."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from samloft.programmes.access import DESCRIPTIONS, ROLES, Permission
from tests.house.sources import python_files

MARKS = ("access_rule", "is_public", "is_signed_in")


def routes(patterns: list[Any] | None = None, prefix: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every address pattern with its view."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern), pattern.callback


def rule(view: Callable[..., Any]) -> object:
    return getattr(view, "access_rule", None)


def test_every_address_says_who_may_open_it() -> None:
    unguarded = [
        f"{route} → {view.__module__}"
        for route, view in routes()
        if not any(getattr(view, mark, None) for mark in MARKS)
    ]
    assert not unguarded, (
        "Decorate these views with @access(Permission.X), @access_across(Permission.X), @own_account or @public: "
        f"{unguarded}"
    )


def test_no_address_is_both_public_and_guarded() -> None:
    both = [route for route, view in routes() if getattr(view, "is_public", False) and rule(view)]
    assert not both, f"Take either the access rule or the public mark away: {both}"


def test_what_is_behind_a_permission_in_a_programme_has_the_programme_in_its_address() -> None:
    stray = [
        route
        for route, view in routes()
        if isinstance(rule(view), Permission) and "<slug:slug>" not in route and "<int:" in route
    ]
    assert not stray, f"Put these under programmes/<slug:slug>/…, so that the rule knows the programme: {stray}"


def test_every_permission_is_used() -> None:
    by_views = {rule(view) for _, view in routes()}
    sources = "\n".join(path.read_text(encoding="utf-8") for path in python_files() if path.name != "access.py")
    unused = [p.name for p in Permission if p not in by_views and f"Permission.{p.name}" not in sources]
    assert not unused, f"No view and no code asks for these permissions; remove them from access.py: {unused}"


def test_every_permission_is_granted_and_described() -> None:
    granted = frozenset().union(*ROLES.values())
    assert not set(Permission) - granted, f"Give these to a role in access.ROLES: {set(Permission) - granted}"
    assert not set(Permission) - set(DESCRIPTIONS), "Describe each permission in access.DESCRIPTIONS."


def test_every_role_says_what_it_may_do() -> None:
    from_choices = {role.value for role in ROLES}
    role_class = type(next(iter(ROLES)))
    assert from_choices == {role.value for role in role_class}, "Give every role a row in access.ROLES."
