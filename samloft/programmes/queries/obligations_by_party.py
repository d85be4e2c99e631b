"""The obligations of an agreement as its page shows them: those of each party beside each other (A3, A6)."""

from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from samloft.core.statuses import Status
from samloft.programmes.models import AgreementParty
from samloft.programmes.queries.obligation_statuses import OVER_LIMIT, SHOWN, Standing
from samloft.programmes.queries.obligations import ObligationRow
from samloft.programmes.queries.proof_suggestions import Suggestion, suggestions

# As the reader needs them: what to act on first.
_ORDER = (
    OVER_LIMIT,
    Standing.OVERDUE,
    Standing.DUE,
    Standing.UNKNOWN,
    Standing.FULFILLED_LATE,
    Standing.FULFILLED,
    Standing.DEVIATION_AGREED,
)


@dataclass(frozen=True)
class Card:
    """An obligation with what the reader can do about it: accept what is suggested, or record what happened."""

    row: ObligationRow
    suggestion: Suggestion | None
    may_prove: bool

    @property
    def asks_for_proof(self) -> bool:
        return self.may_prove and self.row.standing in (Standing.OVERDUE, Standing.DUE, Standing.UNKNOWN)


@dataclass(frozen=True)
class Side:
    """What one party owes alone; without a party, what several owe together."""

    party: AgreementParty | None
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Chosen:
    """What to look at; None and "" are everything."""

    party: AgreementParty | None
    standing: str


@dataclass(frozen=True)
class Count:
    standing: str
    status: Status
    number: int


def cards(rows: Sequence[ObligationRow], editions: Any, on: date, provable: Container[int]) -> tuple[Card, ...]:
    """`provable` are the obligations about which the reader may record something, `editions` those they may read.

    Two queries.
    """
    times = [time.occurrence for row in rows if row.obligation.pk in provable for time in row.occurrences]
    suggested = {one.occurrence.obligation_id: one for one in suggestions(editions, times, on)}
    return tuple(Card(row, suggested.get(row.obligation.pk), row.obligation.pk in provable) for row in rows)


def together(found: Sequence[Card]) -> Side:
    return Side(None, tuple(card for card in found if len(card.row.owed_by) > 1))


def alone(found: Sequence[Card], parties: Sequence[AgreementParty]) -> tuple[Side, ...]:
    """One side for each party that owes something by itself; of two parties always both."""
    sides = [Side(party, tuple(card for card in found if card.row.owed_by == (party,))) for party in parties]
    if not any(side.cards for side in sides):
        return ()
    return tuple(side for side in sides if side.cards or len(parties) == 2)


def chosen(rows: Sequence[ObligationRow], choice: Chosen) -> tuple[ObligationRow, ...]:
    """Those that the party owes, alone or with others, and that stand so now."""
    return tuple(
        row
        for row in rows
        if (choice.party is None or choice.party in row.owed_by)
        and (not choice.standing or row.shown == choice.standing)
    )


def counts(rows: Sequence[ObligationRow]) -> tuple[Count, ...]:
    """How many obligations stand in each way now; only the ways that some stand in."""
    number = Counter(row.shown for row in rows)
    return tuple(Count(one, SHOWN[one], number[one]) for one in _ORDER if number[one])
