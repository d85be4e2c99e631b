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


def operator(request: HttpRequest, programme: object | None) -> bool:
    return bool(getattr(getattr(request, "user", None), "is_operator", False))


_programme = with_permission(Permission.PROGRAMME_VIEW)
_plans = with_permission(Permission.PLAN_VIEW)
_figures = with_permission(Permission.FIGURE_VIEW)
_editions = with_permission(Permission.EDITION_VIEW)
_statistics = with_permission(Permission.STATISTICS_IMPORT)


# What one programme's pages are gathered under: the thread from agreement to what is decided.
_AGREEMENT = _("Agreement")
_FIGURES = _("The area in figures")
_PLANS = _("Goals and plans")
_STEERING = _("Steering")

# The pages of one programme. Every address takes the programme's slug.
PROGRAMME: tuple[Item, ...] = (
    Item(
        _("Overview"),
        "programmes:programme",
        allowed=_programme,
        covers=("programmes:programme_edit", "programmes:focus_area"),
    ),
    Item(
        _("Agreement"),
        "programmes:agreements",
        allowed=_programme,
        covers=("programmes:agreement", "programmes:party_", "programmes:related_", "programmes:condition_"),
        part=_AGREEMENT,
    ),
    Item(_("Year wheel"), "overview:year_wheel", allowed=_programme, part=_AGREEMENT),
    Item(
        _("Areas"),
        "indicators:areas",
        allowed=_figures,
        covers=("indicators:area", "indicators:outlines"),
        part=_FIGURES,
    ),
    Item(
        _("Baselines"),
        "indicators:baselines",
        allowed=_figures,
        covers=("indicators:baseline",),
        part=_FIGURES,
    ),
    Item(
        _("Figures from files"),
        "indicators:statistics",
        allowed=_statistics,
        covers=("indicators:statistics_",),
        part=_FIGURES,
    ),
    Item(
        _("Published figures"),
        "indicators:releases",
        allowed=_figures,
        covers=("indicators:release",),
        part=_FIGURES,
    ),
    Item(
        _("Goals"),
        "programmes:goals",
        allowed=_programme,
        covers=(
            "programmes:goal",
            "programmes:overarching_",
            "programmes:uptake_",
            "plans:goal_",
            "indicators:goal_",
        ),
        part=_PLANS,
    ),
    Item(_("Measures"), "plans:measures", allowed=_plans, covers=("plans:measure",), part=_PLANS),
    Item(_("Action plans"), "plans:plans", allowed=_plans, covers=("plans:plan",), part=_PLANS),
    Item(
        _("Programme description"),
        "programmes:programme_description",
        allowed=_programme,
        covers=("programmes:description_",),
        part=_PLANS,
    ),
    Item(
        _("Decisions"),
        "programmes:decisions",
        allowed=_programme,
        covers=("programmes:decision", "programmes:point_", "programmes:follow_up", "programmes:written_answer_"),
        part=_STEERING,
    ),
    Item(
        _("Bodies and roles"),
        "programmes:bodies",
        allowed=_programme,
        covers=("programmes:body_", "programmes:roles", "programmes:seat_", "programmes:decision_right"),
        part=_STEERING,
    ),
    Item(
        _("Issued documents"),
        "programmes:editions",
        allowed=_editions,
        covers=("programmes:edition",),
        part=_STEERING,
    ),
)

# The tabs of those who operate the installation.
OPERATOR: tuple[Item, ...] = (
    Item(
        _("Programmes"),
        "programmes:operator_programmes",
        allowed=operator,
        covers=("programmes:programme_new", "programmes:programme_leader_"),
    ),
    Item(_("People"), "programmes:users", allowed=operator, covers=("programmes:user_",)),
    Item(_("Organisations"), "programmes:organisations", allowed=operator, covers=("programmes:organisation_",)),
    Item(
        _("Municipalities"),
        "programmes:municipalities",
        allowed=operator,
        covers=("programmes:municipality_", "programmes:county_"),
    ),
    Item(
        _("Areas"),
        "indicators:operator_areas",
        allowed=operator,
        covers=("indicators:operator_area", "indicators:operator_outlines"),
    ),
    Item(
        _("Figures from files"),
        "indicators:operator_statistics",
        allowed=operator,
        covers=("indicators:operator_statistics_", "indicators:statistics_bank"),
    ),
    Item(
        _("National goals"),
        "programmes:national_goals",
        allowed=operator,
        covers=("programmes:national_goal_",),
    ),
    Item(_("Indicators"), "indicators:catalogue", allowed=operator, covers=("indicators:catalogue_",)),
)

MAIN: tuple[Item, ...] = (
    Item(_("My page"), "overview:my_page", icon="house", allowed=signed_in),
    Item(_("Deadlines"), "overview:deadlines", icon="calendar", allowed=signed_in),
    Item(
        _("Published documents"),
        "programmes:published",
        icon="file-text",
        covers=("programmes:published_", "indicators:published_"),
    ),
    Item(
        _("Operation"),
        "programmes:operator_programmes",
        icon="cog",
        allowed=operator,
        covers=tuple(item.url_name for item in OPERATOR)
        + tuple(start for item in OPERATOR for start in item.covers),
    ),
)
