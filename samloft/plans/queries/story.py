"""The story of a measure: where it came from, what was decided, its plans, and what people did (C4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samloft.accounts.models import User
from samloft.core import audit
from samloft.core.models import AuditRow
from samloft.plans.models import GapAcceptance, Measure, Origin, Phase
from samloft.plans.queries.measure_page import MeasurePage

# How many rows of the trail a page shows; the whole trail is in the database.
TRAIL_LENGTH = 60

TRAIL_WORDS: dict[str, str | Promise] = {
    "measure.created": gettext_lazy("Entered in Samløft"),
    "measure.changed": gettext_lazy("Changed"),
    "measure.closed": gettext_lazy("Closed"),
    "measure.name_kept": gettext_lazy("Another name noted"),
    "measure.name_dropped": gettext_lazy("A former name removed"),
    "measure.partner_added": gettext_lazy("Partner added"),
    "measure.partner_changed": gettext_lazy("Partner changed"),
    "measure.partner_removed": gettext_lazy("Partner removed"),
    "measure.origin_added": gettext_lazy("Origin added"),
    "measure.origin_changed": gettext_lazy("Origin changed"),
    "measure.origin_removed": gettext_lazy("Origin removed"),
    "measure.goals_set": gettext_lazy("Goals chosen"),
    "measure.national_goals_set": gettext_lazy("Goals in the state budget chosen"),
    "measure.ladder_set": gettext_lazy("Phase-in ladder changed"),
    "measure.exit_plan_set": gettext_lazy("Exit plan changed"),
    "measure.gap_accepted": gettext_lazy("A gap accepted by decision"),
    "measure.gap_reopened": gettext_lazy("An accepted gap counts again"),
    "measure.point_answered": gettext_lazy("Linked to a point of a decision"),
    "measure.answer_changed": gettext_lazy("Answer to a decision changed"),
    "measure.answer_removed": gettext_lazy("Answer to a decision removed"),
}


@dataclass(frozen=True)
class Event:
    """A step of the story. `kind` is origin, decision, plan or change; `on` or else `year` says when."""

    kind: str
    label: str
    text: str = ""
    on: date | None = None
    year: int | None = None
    url: str = ""
    link_text: str = ""
    is_assumed: bool = False
    origin: Origin | None = None

    @property
    def sort_key(self) -> tuple[int, date]:
        """Unknown time comes first; a bare year counts as its first day."""
        if self.on is None and self.year is None:
            return 0, date.min
        return 1, self.on or date(self.year or 1, 1, 1)


@dataclass(frozen=True)
class TrailRow:
    """What somebody did in Samløft. `by` is "" when nobody is known; `event` when it belongs in the story."""

    on: date
    words: str
    by: str
    event: Event | None


def story(page: MeasurePage, trail_rows: list[TrailRow]) -> list[Event]:
    """The steps in the order of time, those of unknown time first. No query."""
    events = [
        *(_origin(origin) for origin in page.origins),
        *_plans(page),
        *_answers(page),
        *_acceptances(page),
        *(row.event for row in trail_rows if row.event),
    ]
    return sorted(events, key=lambda event: event.sort_key)


def trail(measure: Measure) -> list[TrailRow]:
    """What the audit trail tells about the measure, the latest first. One query."""
    subject = audit.subject_of(measure)
    about = AuditRow.objects.filter(about__subject=subject)
    rows = (
        AuditRow.objects.filter(Q(subject=subject) | Q(pk__in=about.values("pk")))
        .annotate(actor=Subquery(User.objects.filter(pk=OuterRef("actor_id")).values("name")[:1]))
        .order_by("-number")[:TRAIL_LENGTH]
    )
    return [_trail_row(row, row.actor or "", row.subject == subject) for row in rows]


def _trail_row(row: AuditRow, actor: str, is_own: bool) -> TrailRow:
    on = timezone.localdate(row.at)
    if not is_own:
        return TrailRow(on, _("Something that concerns the measure was changed"), actor, None)
    words = str(TRAIL_WORDS.get(row.action) or _("Changed"))
    event: Event | None = None
    if row.action == "measure.changed" and "phase" in row.data:
        words = _("Phase changed from “%(before)s” to “%(after)s”") % {
            "before": _phase(row.data["phase_before"]),
            "after": _phase(row.data["phase"]),
        }
        event = Event("change", words, on=on)
    elif row.action == "measure.changed" and "name" in row.data.get("fields", []):
        words = _("Given a new name")
        event = Event("change", words, on=on)
    elif row.action in ("measure.created", "measure.closed"):
        event = Event("change", words, on=on)
    return TrailRow(on, words, actor, event)


def _phase(code: str) -> str:
    return str(Phase(code).label) if code in Phase.values else _("Unknown")


def _origin(origin: Origin) -> Event:
    decision, earlier = origin.decision, origin.earlier_measure
    target = decision or earlier
    return Event(
        kind="origin",
        label=str(origin.get_kind_display()),
        text=origin.text,
        on=origin.happened_on or (decision.decided_on if decision and not origin.year else None),
        year=origin.year,
        url=target.get_absolute_url() if target else "",
        link_text=str(target) if target else "",
        is_assumed=bool(decision and decision.is_assumed),
        origin=origin,
    )


def _plans(page: MeasurePage) -> Iterator[Event]:
    for place in page.plan_years:
        label = _("Action plan adopted") if place.is_adopted else _("In the draft of the action plan")
        yield Event(
            kind="plan",
            label=label,
            text=place.text,
            on=place.adopted_on,
            year=place.year,
            url=reverse("plans:plan", args=[page.measure.programme.slug, place.year]),
            link_text=_("Action plan %(year)s") % {"year": place.year},
            is_assumed=place.is_assumed,
        )


def _answers(page: MeasurePage) -> Iterator[Event]:
    for answer in page.answers:
        decision = answer.point.decision
        yield Event(
            kind="decision",
            label=_("A decision asked for this"),
            text=answer.point.text + (f"\n{answer.text}" if answer.text else ""),
            on=decision.decided_on,
            url=decision.get_absolute_url(),
            link_text=str(decision),
            is_assumed=decision.is_assumed,
        )


def _acceptances(page: MeasurePage) -> Iterator[Event]:
    accepted: dict[int, list[GapAcceptance]] = {}
    for acceptance in page.acceptances:
        accepted.setdefault(acceptance.decision_id, []).append(acceptance)
    for group in accepted.values():
        decision = group[0].decision
        gaps = ", ".join(str(one.get_gap_display()).lower() for one in group)
        yield Event(
            kind="decision",
            label=_("Gaps accepted: %(gaps)s") % {"gaps": gaps},
            text=group[0].reason,
            on=decision.decided_on,
            url=decision.get_absolute_url(),
            link_text=str(decision.body) if decision.body else str(decision),
            is_assumed=decision.is_assumed,
        )
