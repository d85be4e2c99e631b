"""All that the page of one measure shows, loaded once and shared by its parts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Literal, NamedTuple

from django.db.models import CharField, F, OuterRef, Subquery, Value

from samloft.plans.models import (
    FollowUpAnswer,
    GapAcceptance,
    Measure,
    MeasureGoal,
    Origin,
    PhaseInStep,
    PlanMeasure,
    PlanStep,
    Sector,
    Source,
)
from samloft.plans.queries import gate, goal_split, phase_in
from samloft.plans.queries.gate import GateItem, Surroundings
from samloft.plans.queries.phase_in import Ladder
from samloft.programmes.models import DocumentState, GoalTrack, NationalGoal


@dataclass(frozen=True)
class Line:
    """A budget line of the measure; `source` is a label, "" when unknown; `amount` in øre."""

    name: str
    source: str
    amount: int


@dataclass(frozen=True)
class PlanYear:
    """The measure's place in one year's plan, with its money. `adopted_on` when a decision tells it."""

    year: int
    state: DocumentState
    text: str
    lines: tuple[Line, ...]
    is_adopted: bool
    adopted_on: date | None
    is_assumed: bool

    @property
    def total(self) -> int:
        return sum(line.amount for line in self.lines)


class Named(NamedTuple):
    """A part of the measure, another name of it, or a partner, as the page lists them."""

    kind: Literal["child", "name", "partner"]
    pk: int
    place: int
    name: str
    sector: str
    contribution: str


class ServedGoal(NamedTuple):
    """A goal that the measure serves; `amount` is estimated øre in the latest plan with money, None without."""

    link: MeasureGoal
    amount: int | None


@dataclass(frozen=True)
class MeasurePage:
    measure: Measure
    gate: tuple[GateItem, ...]
    ladder: Ladder
    served_goals: tuple[ServedGoal, ...]
    national_goals: tuple[NationalGoal, ...]
    partners: tuple[tuple[str, tuple[Named, ...]], ...]
    origins: tuple[Origin, ...]
    answers: tuple[FollowUpAnswer, ...]
    acceptances: tuple[GapAcceptance, ...]
    plan_years: tuple[PlanYear, ...]
    children: tuple[Named, ...]
    names: tuple[Named, ...]

    @property
    def tracks(self) -> tuple[tuple[str, tuple[ServedGoal, ...]], ...]:
        """The goals in two tracks: label and goals, also when a track is empty."""
        return tuple(
            (str(track.label), tuple(one for one in self.served_goals if one.link.goal.track == track))
            for track in GoalTrack
        )

    @property
    def split_year(self) -> int | None:
        """The year whose money is split on the goals; None when there is nothing to split."""
        return next((one.year for one in self.plan_years if one.lines), None) if self.served_goals else None


def load(measure: Measure) -> MeasurePage:
    """Nine queries, when focus area, parent and programme are loaded with the measure."""
    links = tuple(
        measure.goal_links.select_related("goal__focus_area").annotate(is_measured=gate.has_target("goal"))
    )
    steps: tuple[PhaseInStep, ...] = tuple(measure.phase_in_steps.order_by("year"))
    acceptances = tuple(measure.gap_acceptances.select_related("decision__body", "decision__programme"))
    known = Surroundings(
        tracks=frozenset(link.goal.track for link in links),
        has_indicator=any(link.is_measured for link in links),
        has_ladder=bool(steps),
        acceptances={acceptance.gap: acceptance for acceptance in acceptances},
    )
    listed = _named(measure)
    years = plan_years(measure)
    return MeasurePage(
        measure=measure,
        gate=gate.judge(measure, known),
        ladder=phase_in.build(measure, steps),
        served_goals=_served_goals(links, years),
        national_goals=tuple(measure.national_goals.all()),
        partners=_by_sector(listed["partner"]),
        origins=tuple(
            measure.origins.select_related("decision__body", "decision__programme", "earlier_measure__programme")
        ),
        answers=tuple(
            measure.follow_up_answers.select_related("point__decision__body", "point__decision__programme")
        ),
        acceptances=acceptances,
        plan_years=years,
        children=tuple(listed["child"]),
        names=tuple(listed["name"]),
    )


def _named(measure: Measure) -> dict[str, list[Named]]:
    """Parts, other names and partners by their kind. One query instead of three, for most measures have few."""
    empty = Value("", CharField())
    sources = (
        (measure.children, "child", F("number"), empty, empty),
        (measure.names, "name", F("pk"), empty, empty),
        (measure.partners, "partner", F("pk"), F("sector"), F("contribution")),
    )
    asked = [
        source.order_by().values_list(Value(kind, CharField()), "pk", place, "name", sector, contribution)
        for source, kind, place, sector, contribution in sources
    ]
    found: dict[str, list[Named]] = {kind: [] for _source, kind, *_rest in sources}
    rows = [Named(*row) for row in asked[0].union(*asked[1:], all=True)]
    for row in sorted(rows, key=attrgetter("place")):
        found[row.kind].append(row)
    return found


def plan_years(measure: Measure) -> tuple[PlanYear, ...]:
    """The plans that the measure is in, the latest first, with its lines. One query."""
    adopted = PlanStep.objects.filter(plan=OuterRef("plan"), to_state=DocumentState.ADOPTED).order_by("-pk")
    places = (
        PlanMeasure.objects.filter(measure=measure)
        .annotate(
            adopted=Subquery(adopted.values("pk")[:1]),
            adopted_on=Subquery(adopted.values("decision__decided_on")[:1]),
            is_assumed=Subquery(adopted.values("decision__is_assumed")[:1]),
        )
        .order_by("-plan__year", "lines__position", "lines__pk")
        .values(
            "plan__year",
            "plan__state",
            "text",
            "adopted",
            "adopted_on",
            "is_assumed",
            "lines__name",
            "lines__source",
            "lines__amount",
        )
    )
    lines: dict[int, list[Line]] = {}
    found: dict[int, PlanYear] = {}
    for row in places:
        year = row["plan__year"]
        of_year = lines.setdefault(year, [])
        if row["lines__amount"] is not None:
            source = row["lines__source"]
            of_year.append(
                Line(row["lines__name"], str(Source(source).label) if source else "", row["lines__amount"])
            )
        found[year] = PlanYear(
            year=year,
            state=DocumentState(row["plan__state"]),
            text=row["text"],
            lines=tuple(of_year),
            is_adopted=row["adopted"] is not None,
            adopted_on=row["adopted_on"],
            is_assumed=bool(row["is_assumed"]),
        )
    return tuple(found.values())


def _served_goals(links: Sequence[MeasureGoal], years: Sequence[PlanYear]) -> tuple[ServedGoal, ...]:
    latest = next((one for one in years if one.lines), None)
    if latest is None:
        return tuple(ServedGoal(link, None) for link in links)
    amounts = goal_split.share_out(latest.total, [link.weight for link in links])
    return tuple(ServedGoal(link, amount) for link, amount in zip(links, amounts, strict=True))


def _by_sector(partners: list[Named]) -> tuple[tuple[str, tuple[Named, ...]], ...]:
    """Partners under the label of their sector, in the order of `Sector`; "" last, for those of unknown sector."""
    groups = [
        (str(sector.label), tuple(partner for partner in partners if partner.sector == sector))
        for sector in Sector
    ]
    groups.append(("", tuple(partner for partner in partners if not partner.sector)))
    return tuple((label, members) for label, members in groups if members)
