"""How an obligation stands on a day: one judgement for pages, calendar, reminders and command line (A3, A5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samloft.core.statuses import Status
from samloft.programmes.models import (
    PRESUPPOSED_BY,
    Deviation,
    FulfillingEvent,
    Obligation,
    Occurrence,
    Proof,
    Rhythm,
)


class Standing(StrEnum):
    FULFILLED = "fulfilled"
    FULFILLED_LATE = "fulfilled_late"
    DUE = "due"
    OVERDUE = "overdue"
    DEVIATION_AGREED = "deviation_agreed"
    UNKNOWN = "unknown"


STATUSES: dict[Standing, Status] = {
    Standing.FULFILLED: Status(
        gettext_lazy("Fulfilled"),
        "success",
        meaning=gettext_lazy("What fulfils the obligation happened, and not after the due date."),
    ),
    Standing.FULFILLED_LATE: Status(
        gettext_lazy("Fulfilled late"),
        "warning",
        meaning=gettext_lazy("What fulfils the obligation happened after the due date."),
    ),
    Standing.DUE: Status(
        gettext_lazy("Not due yet"),
        "info",
        meaning=gettext_lazy("The due date lies ahead, and nothing recorded fulfils it yet."),
    ),
    Standing.OVERDUE: Status(
        gettext_lazy("Overdue"),
        "danger",
        meaning=gettext_lazy("The due date has passed, and nothing recorded fulfils the obligation."),
    ),
    Standing.DEVIATION_AGREED: Status(
        gettext_lazy("Deviation agreed"),
        "neutral",
        meaning=gettext_lazy("The parties have agreed to meet it in another way, or not at all."),
    ),
    Standing.UNKNOWN: Status(
        gettext_lazy("Unknown"),
        "neutral",
        "question",
        meaning=gettext_lazy("No due date or nothing done is recorded, so nobody can say how it stands."),
    ),
}
OVER_THE_LIMIT = Status(
    gettext_lazy("Over the limit"),
    "danger",
    meaning=gettext_lazy("More is recorded than the agreement allows in the period."),
)
# What pages tell apart: the standings, and what was done more often than is allowed.
OVER_LIMIT = "over_limit"
SHOWN: Mapping[str, Status] = {
    **{str(one): status for one, status in STATUSES.items()},
    OVER_LIMIT: OVER_THE_LIMIT,
}


@dataclass(frozen=True)
class Judgement:
    """`days_late` counts to `fulfilled_on`, else to the day asked about; None when nothing is due.

    `proof` is what fulfils it, or what was recorded last. `count` is how often it was done in the period.
    `lacks_date` when something recorded shows that it was done, and nothing when.
    """

    standing: Standing
    due_on: date | None
    fulfilled_on: date | None
    event: str
    days_late: int | None
    proof: Proof | None
    deviation: Deviation | None
    count: int = 0
    is_over_limit: bool = False
    lacks_date: bool = False

    @property
    def shown(self) -> str:
        """A key of `SHOWN`."""
        return OVER_LIMIT if self.is_over_limit else self.standing

    @property
    def status(self) -> Status:
        return SHOWN[self.shown]

    @property
    def detail(self) -> str:
        """The figure beside the status word; "" when there is none."""
        days = self.days_late or 0
        if self.standing == Standing.FULFILLED_LATE:
            return ngettext("%(days)d day late", "%(days)d days late", days) % {"days": days}
        if self.standing == Standing.OVERDUE and days:
            return ngettext("%(days)d day overdue", "%(days)d days overdue", days) % {"days": days}
        if self.standing == Standing.DEVIATION_AGREED and self.deviation:
            return _("agreed with %(party)s") % {"party": self.deviation.agreed_with}
        if self.lacks_date:
            return _("done, on a day that nobody has recorded")
        return ""


def judge(obligation: Obligation, occurrence: Occurrence, on: date) -> Judgement:
    """How the occurrence stands that day; what is dated later is not known yet. Reads prefetched rows only."""
    proofs = [row for row in occurrence.proofs.all() if row.on <= on]
    deviations = [row for row in occurrence.deviations.all() if row.agreed_on <= on]
    deviation = deviations[-1] if deviations else None
    counted = sorted(_counted(obligation, proofs), key=lambda row: (row.on, row.pk))
    over = _is_over(obligation, counted)
    met = None if over else _met_by(obligation, counted)
    latest = counted[-1] if counted else (proofs[-1] if proofs else None)
    if met is not None:
        late = max((met.on - occurrence.due_on).days, 0) if occurrence.due_on else None
        standing = Standing.FULFILLED_LATE if late else Standing.FULFILLED
        return Judgement(standing, occurrence.due_on, met.on, met.event, late, met, deviation, len(counted))
    later = _presupposing(obligation, proofs)
    standing = _unmet(obligation, occurrence, on, over=over, deviation=deviation, later=later)
    late = None
    if occurrence.due_on and not over and standing != Standing.UNKNOWN:
        late = (on - occurrence.due_on).days if standing == Standing.OVERDUE else 0
    return Judgement(
        standing,
        occurrence.due_on,
        None,
        obligation.fulfilling_event,
        late,
        latest,
        deviation,
        len(counted),
        over and deviation is None,
        deviation is None and later is not None,
    )


def _counted(obligation: Obligation, proofs: Sequence[Proof]) -> list[Proof]:
    """The proofs of the event that fulfils; of any event when the obligation names none."""
    event = obligation.fulfilling_event
    return [row for row in proofs if not event or row.event == event]


def _presupposing(obligation: Obligation, proofs: Sequence[Proof]) -> Proof | None:
    """The first event that cannot have happened without the fulfilling one, whose own date nobody has recorded."""
    if not obligation.fulfilling_event or _counted(obligation, proofs):
        return None
    events = PRESUPPOSED_BY.get(FulfillingEvent(obligation.fulfilling_event), ())
    return min((row for row in proofs if row.event in events), key=lambda row: (row.on, row.pk), default=None)


def _met_by(obligation: Obligation, counted: Sequence[Proof]) -> Proof | None:
    wanted = max(obligation.min_times or 1, 1)
    return counted[wanted - 1] if len(counted) >= wanted else None


def _is_over(obligation: Obligation, counted: Sequence[Proof]) -> bool:
    if obligation.rhythm != Rhythm.TIMES_A_YEAR:
        return False
    if obligation.max_times is not None and len(counted) > obligation.max_times:
        return True
    caps = {row.party_id: row.max_times for row in obligation.owed_by.all() if row.max_times is not None}
    return any(sum(proof.party_id == party for proof in counted) > cap for party, cap in caps.items())


def _unmet(
    obligation: Obligation,
    occurrence: Occurrence,
    on: date,
    *,
    over: bool,
    deviation: Deviation | None,
    later: Proof | None,
) -> Standing:
    if deviation is not None:
        return Standing.DEVIATION_AGREED
    if later is not None:
        in_time = occurrence.due_on is None or later.on <= occurrence.due_on
        return Standing.FULFILLED if in_time else Standing.UNKNOWN
    if over:
        return Standing.OVERDUE
    if occurrence.due_on is not None:
        return Standing.OVERDUE if occurrence.due_on < on else Standing.DUE
    # A continuous duty is looked at once a year; until the year is over, that lies ahead.
    is_ahead = obligation.rhythm == Rhythm.CONTINUOUS and occurrence.ends_on >= on
    return Standing.DUE if is_ahead else Standing.UNKNOWN
