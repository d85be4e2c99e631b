"""What others have done in a person's programmes since a moment, part by part; of parts that the person sees."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samloft.accounts.models import User
from samloft.core.models import AuditRow
from samloft.overview.queries.deadlines import Rights
from samloft.programmes.access import Permission
from samloft.programmes.models import Programme


@dataclass(frozen=True)
class Part:
    label: str | Promise
    permission: Permission
    url_name: str


_AGREEMENT = Part(_("Agreement"), Permission.PROGRAMME_VIEW, "programmes:agreements")
_DESCRIPTION = Part(_("Programme description"), Permission.PLAN_VIEW, "programmes:programme_description")
_GOALS = Part(_("Goals"), Permission.PROGRAMME_VIEW, "programmes:goals")
_MEASURES = Part(_("Measures"), Permission.PLAN_VIEW, "plans:measures")
_PLANS = Part(_("Action plans"), Permission.PLAN_VIEW, "plans:plans")
_DECISIONS = Part(_("Decisions"), Permission.PROGRAMME_VIEW, "programmes:decisions")
_BODIES = Part(_("Bodies and roles"), Permission.PROGRAMME_VIEW, "programmes:bodies")
_ISSUED = Part(_("Issued documents"), Permission.EDITION_VIEW, "programmes:editions")

# By the first word of what the audit trail calls it. What is not here is not told.
_PARTS: Mapping[str, Part] = {
    "agreement": _AGREEMENT,
    "condition": _AGREEMENT,
    "obligation": _AGREEMENT,
    "reservation": _AGREEMENT,
    "proof": _AGREEMENT,
    "deviation": _AGREEMENT,
    "description": _DESCRIPTION,
    "description_chapter": _DESCRIPTION,
    "goal": _GOALS,
    "measure": _MEASURES,
    "plan": _PLANS,
    "plan_measure": _PLANS,
    "section": _PLANS,
    "line": _PLANS,
    "finding": _PLANS,
    "decision": _DECISIONS,
    "body": _BODIES,
    "seat": _BODIES,
    "decision_right": _BODIES,
}
# Making an edition is part of adopting, which those who may not see drafts learn of when it is sent.
_ACTIONS: Mapping[str, Part] = {
    "edition.dispatched": _ISSUED,
    "edition.published": _ISSUED,
    "edition.answered": _ISSUED,
}


@dataclass(frozen=True)
class Change:
    programme: Programme
    label: str | Promise
    number: int
    latest: datetime
    url: str


def changes(user: User, programmes: Mapping[int, Programme], rights: Rights, since: datetime) -> list[Change]:
    """The latest first. One query."""
    rows = (
        AuditRow.objects.filter(programme_id__in=list(programmes), at__gt=since)
        .exclude(actor_id=user.pk)
        .order_by()
        .values_list("programme_id", "action")
        .annotate(number=Count("pk"), latest=Max("at"))
    )
    found: dict[tuple[int, Part], tuple[int, datetime]] = {}
    for programme, action, number, latest in rows:
        part = _ACTIONS.get(action) or _PARTS.get(action.partition(".")[0])
        if programme is None or part is None or part.permission not in rights.get(programme, ()):
            continue
        before = found.get((programme, part), (0, latest))
        found[programme, part] = before[0] + number, max(before[1], latest)
    told = [
        Change(
            programmes[programme],
            part.label,
            number,
            at,
            reverse(part.url_name, args=[programmes[programme].slug]),
        )
        for (programme, part), (number, at) in found.items()
    ]
    return sorted(told, key=lambda change: change.latest, reverse=True)
