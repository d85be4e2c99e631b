"""The phase-in ladder, its warnings, and the kroner that lose financing when the programme ends (C3)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samloft.plans.models import ExitRoute, Measure, PhaseInStep, StepStatus
from samloft.programmes.models import Programme

# Ways of living on after the programme; the two others end, and need no ladder.
ROUTES_WITH_LADDER = frozenset(
    {ExitRoute.ORDINARY_BUDGET, ExitRoute.VOLUNTARY, ExitRoute.OTHER_AUTHORITY, ExitRoute.SOCIAL_ENTERPRISE}
)

_STATUSES = {status.value: status for status in StepStatus}


@dataclass(frozen=True, slots=True)
class LadderRow:
    """One year's shares in whole percent; None is unknown. `status` is a `StepStatus`."""

    year: int
    grant: int | None
    ordinary: int | None
    other: int | None
    status: StepStatus

    @property
    def is_known(self) -> bool:
        return None not in (self.grant, self.ordinary, self.other)


@dataclass(frozen=True)
class LadderWarning:
    code: str
    message: str


@dataclass(frozen=True)
class Ladder:
    rows: tuple[LadderRow, ...]
    warnings: tuple[LadderWarning, ...]

    def row(self, year: int) -> LadderRow | None:
        return next((row for row in self.rows if row.year == year), None)

    def grant_after(self, last_year: int) -> LadderRow | None:
        """The row that tells the grant's share when the programme's last year is over; None when none does.

        It is the year after, if the ladder has it; else the last year itself; else the step with which the
        ladder came down to no grant before that. A ladder that stops earlier does not tell.
        """
        told = self.row(last_year + 1) or self.row(last_year)
        if told is not None:
            return told
        earlier = [row for row in self.rows if row.year < last_year]
        return earlier[-1] if earlier and earlier[-1].grant == 0 else None


def ladder(measure: Measure) -> Ladder:
    """The ladder of one measure. One query, and one for the programme if it is not loaded."""
    return ladders([measure])[measure.pk]


def ladders(measures: Iterable[Measure]) -> dict[int, Ladder]:
    """The ladders by the measure's pk. One query, when the measures' programme is loaded."""
    measures = list(measures)
    steps: dict[int, list[PhaseInStep]] = {}
    stored = PhaseInStep.objects.filter(measure__in=[measure.pk for measure in measures])
    for step in stored.order_by("measure_id", "year"):
        steps.setdefault(step.measure_id, []).append(step)
    return {measure.pk: build(measure, steps.get(measure.pk, [])) for measure in measures}


def all_rows(programme: Programme) -> dict[int, tuple[LadderRow, ...]]:
    """The rows of every ladder of the programme by the measure's pk, without warnings. One query.

    Values and not models, for an overview reads thousands of steps and shows a hundred ladders.
    """
    found: dict[int, list[LadderRow]] = {}
    steps = PhaseInStep.objects.filter(measure__programme=programme).order_by("measure_id", "year")
    fields = ("measure_id", "year", "grant_share", "ordinary_share", "other_share", "status")
    for pk, year, grant, ordinary, other, status in steps.values_list(*fields):
        shares = complete((grant, ordinary, other))
        found.setdefault(pk, []).append(LadderRow(year, *shares, status=_STATUSES[status]))
    return {pk: tuple(rows) for pk, rows in found.items()}


def with_warnings(measure: Measure, rows: tuple[LadderRow, ...]) -> Ladder:
    """The ladder from rows that are already loaded. No query when the programme is loaded."""
    return Ladder(rows, tuple(_warnings(measure, rows, last_programme_year(measure.programme))))


def complete(shares: Sequence[int | None]) -> tuple[int | None, int | None, int | None]:
    """Grant, ordinary and other share with what follows by arithmetic filled in: together they are 100."""
    grant, ordinary, other = shares
    known = [share for share in (grant, ordinary, other) if share is not None]
    left = 100 - sum(known)
    if len(known) == 2 or (known and left == 0):
        return (
            left if grant is None else grant,
            left if ordinary is None else ordinary,
            left if other is None else other,
        )
    return grant, ordinary, other


def build(measure: Measure, steps: Sequence[PhaseInStep]) -> Ladder:
    """The ladder from steps that are already loaded, by year. No query when the programme is loaded."""
    rows = tuple(
        LadderRow(
            step.year,
            *complete((step.grant_share, step.ordinary_share, step.other_share)),
            status=StepStatus(step.status),
        )
        for step in steps
    )
    return with_warnings(measure, rows)


def last_programme_year(programme: Programme) -> int | None:
    """The last calendar year with programme money; None when nobody knows when the programme ends."""
    return programme.ends_on.year if programme.ends_on else None


def _warnings(measure: Measure, rows: tuple[LadderRow, ...], last_year: int | None) -> Iterable[LadderWarning]:
    if not rows:
        if measure.exit_route in ROUTES_WITH_LADDER:
            yield LadderWarning("no_ladder", _("The measure is to live on, but has no ladder. Fill in its years."))
        return
    started = measure.first_plan_year or (measure.starts_on.year if measure.starts_on else rows[0].year)
    for row in rows:
        if row.grant == 100 and row.year - started >= 2:
            yield LadderWarning(
                "full_grant_third_year",
                _("The grant still pays everything in %(year)s, which is year %(count)s of the measure.")
                % {"year": row.year, "count": row.year - started + 1},
            )
            break
    if last_year is None:
        return
    late = [row.year for row in rows if row.year > last_year and row.grant]
    if late:
        yield LadderWarning(
            "ends_before_ladder",
            _("The programme ends in %(last)s, but the ladder counts on grant money in %(year)s.")
            % {"last": last_year, "year": late[-1]},
        )
    elif measure.exit_route in ROUTES_WITH_LADDER or not measure.exit_route:
        yield from _open_end(rows, last_year)


def _open_end(rows: tuple[LadderRow, ...], last_year: int) -> Iterable[LadderWarning]:
    """The programme is over, and the ladder has not told that the grant's share is taken over."""
    told = Ladder(rows, ()).grant_after(last_year)
    if told is None or told.grant is None:
        yield LadderWarning(
            "unknown_after_programme",
            _("The ladder does not say who pays when the programme ends in %(last)s.") % {"last": last_year},
        )
    elif told.grant > 0:
        yield LadderWarning(
            "open_at_programme_end",
            _("The programme ends in %(last)s with %(share)s percent of the cost still paid by the grant.")
            % {"last": last_year, "share": told.grant},
        )
