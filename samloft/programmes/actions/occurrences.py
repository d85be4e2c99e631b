"""Laying out when an obligation is to be met. What is past, or has proof, stays as it was (A5)."""

from datetime import date

from samloft.programmes.models import Agreement, Obligation, Occurrence
from samloft.programmes.queries.agreement_terms import earlier_ends, ends_on, starts_on
from samloft.programmes.recurrence import ONCE, Slot, slots


def lay_out(obligation: Obligation, *, today: date) -> None:
    """Bring the stored times in step with the obligation's rhythm and the agreement's period.

    Belongs inside the transaction that changed one of them. A due date that has passed never moves, and a time
    with proof or an agreed deviation is never taken away; a new rhythm begins where what stays of the old one
    ends. Nothing is laid out while the period is unknown.
    """
    rows = obligation.occurrences.select_for_update(of=("self",)).order_by("pk")
    known = {row.key: row for row in rows.prefetch_related("proofs", "deviations")}
    wanted = {slot.key: slot for slot in _slots(obligation)}
    stays = [row for key, row in known.items() if key not in wanted and _is_history(row, today)]
    begins = max((_covered_to(row, today) for row in stays), default=date.min)
    wanted = {key: slot for key, slot in wanted.items() if key in known or slot.starts_on > begins}
    Occurrence.objects.bulk_create(
        Occurrence(
            obligation=obligation,
            key=key,
            starts_on=slot.starts_on,
            ends_on=slot.ends_on,
            due_on=slot.due_on,
        )
        for key, slot in wanted.items()
        if key not in known
    )
    for key, row in known.items():
        slot = wanted.get(key)
        if slot is not None:
            _move(row, slot, today)
        elif row not in stays:
            row.delete()


def lay_out_all(agreement: Agreement, *, today: date) -> None:
    """As the agreement's period changes."""
    for obligation in agreement.obligations.all():
        obligation.agreement = agreement
        lay_out(obligation, today=today)


def has_passed(row: Occurrence, today: date) -> bool:
    """True when the due date lies behind, so that it never moves."""
    return row.due_on is not None and row.due_on < today


def _slots(obligation: Obligation) -> list[Slot]:
    agreement = obligation.agreement
    start = obligation.starts_on or starts_on(agreement)
    end = obligation.ends_on or ends_on(agreement)
    if start is None or end is None:
        return []
    return slots(
        obligation.rhythm,
        first_due=obligation.due_on,
        start=start,
        end=end,
        has_minimum=obligation.min_times is not None,
        earlier_ends=earlier_ends(agreement),
    )


def _is_history(row: Occurrence, today: date) -> bool:
    return has_passed(row, today) or bool(row.proofs.all() or row.deviations.all())


def _covered_to(row: Occurrence, today: date) -> date:
    """The last day that a time which stays speaks for. What is owed once can be met all through the period."""
    return (row.due_on or today) if row.key == ONCE else row.ends_on


def _move(row: Occurrence, slot: Slot, today: date) -> None:
    """Give the row the slot's days, unless its due date has passed."""
    days = (slot.starts_on, slot.ends_on, slot.due_on)
    if has_passed(row, today) or (row.starts_on, row.ends_on, row.due_on) == days:
        return
    row.starts_on, row.ends_on, row.due_on = days
    row.version += 1
    row.save(update_fields=["starts_on", "ends_on", "due_on", "version"])
