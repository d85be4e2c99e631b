"""The menus: which entries there are, in which order, and who sees them."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from samloft.core.navigation import Allowed, Item, signed_in
from samloft.programmes.access import Permission


def with_permission(permission: Permission) -> Allowed:
    """For those whose seat in the page's programme gives the permission; asks no database."""

    def allowed(request: HttpRequest, programme: object | None) -> bool:
        return permission in getattr(request, "allowed", ())

    return allowed


_programme = with_permission(Permission.PROGRAMME_VIEW)
_plans = with_permission(Permission.PLAN_VIEW)
_editions = with_permission(Permission.EDITION_VIEW)

MAIN: tuple[Item, ...] = (
    Item(_("My page"), "home", icon="house", allowed=signed_in),
    Item(_("Published documents"), "programmes:published", icon="file-text", covers=("programmes:published_",)),
)

# The tabs of one programme. Every address takes the programme's slug.
PROGRAMME: tuple[Item, ...] = (
    Item(_("Overview"), "programmes:programme", allowed=_programme, covers=("programmes:programme_",)),
    Item(_("Agreement"), "programmes:agreement", allowed=_programme, covers=("programmes:agreement_",)),
    Item(_("Goals"), "programmes:goals", allowed=_programme, covers=("programmes:goal",)),
    Item(_("Measures"), "plans:measures", allowed=_plans, covers=("plans:measure",)),
    Item(_("Action plans"), "plans:plans", allowed=_plans, covers=("plans:plan",)),
    Item(_("Decisions"), "programmes:decisions", allowed=_programme, covers=("programmes:decision",)),
    Item(
        _("Bodies and roles"),
        "programmes:bodies",
        allowed=_programme,
        covers=("programmes:body", "programmes:seat"),
    ),
    Item(_("Issued documents"), "programmes:editions", allowed=_editions, covers=("programmes:edition",)),
)
