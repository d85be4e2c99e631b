"""The mandate gate: what a measure has, what it lacks, and what a decision has accepted that it lacks (C5)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from django.db.models import Exists, OuterRef
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samloft.indicators.models import GoalTarget
from samloft.plans.models import ExitRoute, Gap, GapAcceptance, MandateStatus, Measure, MeasureGoal, PhaseInStep
from samloft.programmes.models import GoalTrack

State = Literal["met", "missing", "accepted"]


@dataclass(frozen=True)
class GateItem:
    """One thing a measure should have. `due_on` only while it is missing; `acceptance` only when accepted."""

    gap: Gap
    state: State
    detail: str = ""
    due_on: date | None = None
    acceptance: GapAcceptance | None = None

    @property
    def label(self) -> str:
        return str(self.gap.label)


@dataclass(frozen=True)
class Surroundings:
    """What the gate looks at besides the measure's own fields; `has_indicator` when one of its goals has one."""

    tracks: frozenset[str]
    has_indicator: bool
    has_ladder: bool
    acceptances: Mapping[str, GapAcceptance]


def gate(measure: Measure) -> tuple[GateItem, ...]:
    """The gate of one measure, in the order of `Gap`. Three queries."""
    return gates([measure])[measure.pk]


def gates(measures: Iterable[Measure]) -> dict[int, tuple[GateItem, ...]]:
    """The gates by the measure's pk. Three queries, however many measures there are."""
    measures = list(measures)
    pks = [measure.pk for measure in measures]
    tracks: dict[int, set[str]] = {}
    with_indicator = set()
    links = MeasureGoal.objects.filter(measure__in=pks).order_by().annotate(is_measured=has_target("goal"))
    for pk, track, is_measured in links.values_list("measure_id", "goal__track", "is_measured"):
        tracks.setdefault(pk, set()).add(track)
        if is_measured:
            with_indicator.add(pk)
    with_ladder = set(
        PhaseInStep.objects.filter(measure__in=pks).order_by().values_list("measure_id", flat=True).distinct()
    )
    acceptances: dict[int, dict[str, GapAcceptance]] = {}
    for acceptance in GapAcceptance.objects.filter(measure__in=pks).select_related(
        "decision__body", "decision__programme"
    ):
        acceptances.setdefault(acceptance.measure_id, {})[acceptance.gap] = acceptance
    return {
        measure.pk: judge(
            measure,
            Surroundings(
                tracks=frozenset(tracks.get(measure.pk, ())),
                has_indicator=measure.pk in with_indicator,
                has_ladder=measure.pk in with_ladder,
                acceptances=acceptances.get(measure.pk, {}),
            ),
        )
        for measure in measures
    }


def has_target(goal: str) -> Exists:
    """For a query in which `goal` leads to a goal: whether an indicator shows the way of it."""
    return Exists(GoalTarget.objects.filter(goal=OuterRef(goal)))


def missing(items: Iterable[GateItem]) -> list[GateItem]:
    """Those that count as gaps: neither met nor accepted."""
    return [item for item in items if item.state == "missing"]


class Facts(NamedTuple):
    """Whether each thing of the gate is there, by the code of its `Gap`."""

    mandate: bool
    resident_goal: bool
    organisational_goal: bool
    indicator: bool
    owner: bool
    target_group: bool
    evaluation_question: bool
    exit_plan: bool


def has_exit_plan(route: str, *, has_ladder: bool, has_words: bool) -> bool:
    """A route with words or a ladder that tell about it; a one-off purchase needs neither."""
    return bool(route) and (route == ExitRoute.ONE_OFF or has_ladder or has_words)


def unmet(facts: Facts) -> list[Gap]:
    """What is not there, in the order of `Gap`, whether or not a body has accepted it."""
    return [gap for gap, is_there in zip(_REGISTRABLE, facts, strict=True) if not is_there]


_REGISTRABLE = tuple(Gap(code) for code in Facts._fields)


def judge(measure: Measure, known: Surroundings) -> tuple[GateItem, ...]:
    """The gate from what is already loaded. No query."""
    lacking = unmet(
        Facts(
            mandate=measure.mandate_status == MandateStatus.ADOPTED,
            resident_goal=GoalTrack.RESIDENT in known.tracks,
            organisational_goal=GoalTrack.ORGANISATIONAL in known.tracks,
            indicator=known.has_indicator,
            owner=bool(measure.lead_unit or measure.responsible_role),
            target_group=bool(measure.target_groups),
            evaluation_question=bool(measure.evaluation_question),
            exit_plan=has_exit_plan(
                measure.exit_route, has_ladder=known.has_ladder, has_words=bool(measure.exit_plan)
            ),
        )
    )
    return tuple(_item(gap, measure, known) if gap in lacking else _met(gap, measure) for gap in Gap)


def _met(gap: Gap, measure: Measure) -> GateItem:
    return GateItem(gap, "met", _met_detail(gap, measure))


def _item(gap: Gap, measure: Measure, known: Surroundings) -> GateItem:
    if acceptance := known.acceptances.get(gap):
        return GateItem(gap, "accepted", acceptance.reason, acceptance=acceptance)
    return GateItem(gap, "missing", _remedy(gap, measure, known), due_on=measure.gate_due_on)


def _met_detail(gap: Gap, measure: Measure) -> str:
    if gap == Gap.OWNER:
        return ", ".join(filter(None, (measure.responsible_role, measure.lead_unit)))
    if gap == Gap.EXIT_PLAN:
        return str(ExitRoute(measure.exit_route).label)
    if gap == Gap.TARGET_GROUP:
        return measure.target_groups
    return measure.evaluation_question if gap == Gap.EVALUATION_QUESTION else ""


def _remedy(gap: Gap, measure: Measure, known: Surroundings) -> str:
    """What to do about the gap, in one sentence."""
    if gap == Gap.INDICATOR and not known.tracks:
        return _("Choose goals. The indicators of a goal count for its measures.")
    if gap == Gap.MANDATE and measure.mandate_status == MandateStatus.DRAFTED:
        return _("The mandate is drafted. Note when it is adopted.")
    if gap == Gap.EXIT_PLAN and measure.exit_route:
        return _("The route is chosen. Describe the plan, or fill in the phase-in ladder.")
    return str(_REMEDIES[gap])


_REMEDIES: dict[Gap, str | Promise] = {
    Gap.MANDATE: gettext_lazy("Note that the mandate is adopted when it is."),
    Gap.RESIDENT_GOAL: gettext_lazy("Choose a goal for what gets better for residents."),
    Gap.ORGANISATIONAL_GOAL: gettext_lazy("Choose a goal for what gets better in the services."),
    Gap.INDICATOR: gettext_lazy("Add an indicator to one of the goals that it serves."),
    Gap.OWNER: gettext_lazy("Write which unit leads the measure, or which role is responsible."),
    Gap.TARGET_GROUP: gettext_lazy("Write whom the measure is for."),
    Gap.EVALUATION_QUESTION: gettext_lazy("Write what you want to find out about the measure."),
    Gap.EXIT_PLAN: gettext_lazy("Choose what happens when the programme's money stops."),
}
