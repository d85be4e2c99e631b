"""The story of a measure: where it came from, what was decided, its plans, and what people did (C4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samloft.accounts.models import User
from samloft.core import audit
from samloft.core.models import AuditRow
from samloft.plans.models import FollowUpAnswer, GapAcceptance, Measure, Origin, PlanMeasure, PlanState, PlanStep

# How many rows of the trail a page shows; the whole trail is in the database.
TRAIL_LENGTH = 60

TRAIL_WORDS = {
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
    """A step of the story. `kind` is origin, decision, plan or answer; `on` or else `year` says when."""

    kind: str
    label: str
    text: str
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
    """What somebody did in Samløft. `by` is "" when nobody is known."""

    on: date
    words: str
    by: str


def story(measure: Measure) -> list[Event]:
    """The steps in the order of time, those of unknown time first. Five queries."""
    events = [*_origins(measure), *_plans(measure), *_answers(measure), *_acceptances(measure)]
    return sorted(events, key=lambda event: event.sort_key)


def trail(measure: Measure) -> list[TrailRow]:
    """What the audit trail tells about the measure, the latest first. Two queries."""
    subject = audit.subject_of(measure)
    rows = list(
        AuditRow.objects.filter(Q(subject=subject) | Q(about__subject=subject))
        .distinct()
        .order_by("-number")[:TRAIL_LENGTH]
    )
    names = dict(
        User.objects.filter(pk__in={row.actor_id for row in rows if row.actor_id}).values_list("pk", "name")
    )
    return [
        TrailRow(
            timezone.localdate(row.at),
            str(TRAIL_WORDS.get(row.action) or _("Changed together with something else")),
            names.get(row.actor_id or 0, ""),
        )
        for row in rows
    ]


def _origins(measure: Measure) -> Iterator[Event]:
    for origin in measure.origins.select_related(
        "decision__body", "decision__programme", "earlier_measure__programme"
    ):
        decision, earlier = origin.decision, origin.earlier_measure
        target = decision or earlier
        yield Event(
            kind="origin",
            label=str(origin.get_kind_display()),
            text=origin.text,
            on=origin.happened_on or (decision.decided_on if decision else None),
            year=origin.year,
            url=target.get_absolute_url() if target else "",
            link_text=str(target) if target else "",
            is_assumed=bool(decision and decision.is_assumed),
            origin=origin,
        )


def _plans(measure: Measure) -> Iterator[Event]:
    """The measure's place in each year's plan, with the day of adoption when a decision tells it."""
    places = list(
        PlanMeasure.objects.filter(measure=measure).select_related("plan__programme").order_by("plan__year")
    )
    adopted: dict[int, PlanStep] = {}
    for step in (
        PlanStep.objects.filter(plan__in=[place.plan_id for place in places], to_state=PlanState.ADOPTED)
        .select_related("decision__body")
        .order_by("pk")
    ):
        adopted[step.plan_id] = step
    for place in places:
        step_taken = adopted.get(place.plan_id)
        decision = step_taken.decision if step_taken else None
        label = _("Action plan adopted") if step_taken else _("In the draft of the action plan")
        yield Event(
            kind="plan",
            label=label,
            text=place.text,
            on=decision.decided_on if decision else None,
            year=place.plan.year,
            url=place.plan.get_absolute_url(),
            link_text=_("Action plan %(year)s") % {"year": place.plan.year},
            is_assumed=bool(decision and decision.is_assumed),
        )


def _answers(measure: Measure) -> Iterator[Event]:
    for answer in FollowUpAnswer.objects.filter(measure=measure).select_related(
        "point__decision__body", "point__decision__programme"
    ):
        decision = answer.point.decision
        yield Event(
            kind="answer",
            label=_("A decision asked for this"),
            text=answer.point.text + (f"\n{answer.text}" if answer.text else ""),
            on=decision.decided_on,
            url=decision.get_absolute_url(),
            link_text=str(decision),
            is_assumed=decision.is_assumed,
        )


def _acceptances(measure: Measure) -> Iterator[Event]:
    accepted: dict[int, list[GapAcceptance]] = {}
    for acceptance in GapAcceptance.objects.filter(measure=measure).select_related(
        "decision__body", "decision__programme"
    ):
        accepted.setdefault(acceptance.decision_id, []).append(acceptance)
    for group in accepted.values():
        decision = group[0].decision
        yield Event(
            kind="decision",
            label=_("Gaps accepted: %(gaps)s")
            % {"gaps": ", ".join(str(one.get_gap_display()).lower() for one in group)},
            text=group[0].reason,
            on=decision.decided_on,
            url=decision.get_absolute_url(),
            link_text=str(decision.body) if decision.body else str(decision),
            is_assumed=decision.is_assumed,
        )
