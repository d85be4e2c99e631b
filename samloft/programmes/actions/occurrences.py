"""Laying out when an obligation is to be met. What is past, or has proof, stays as it was (A5)."""

from datetime import date

from samloft.programmes.models import Agreement, Obligation, Occurrence
from samloft.programmes.queries.agreement_terms import ends_on, starts_on
from samloft.programmes.recurrence import Slot, slots


def lay_out(obligation: Obligation, *, today: date) -> None:
    """Bring the stored times in step with the obligation's rhythm and the agreement's period.

    Belongs inside the transaction that changed one of them. A due date that has passed never moves, and a time
    with proof or an agreed deviation is never taken away. Nothing is laid out while the period is unknown.
    """
    wanted = {slot.key: slot for slot in _slots(obligation)}
    known = {row.key: row for row in obligation.occurrences.prefetch_related("proofs", "deviations")}
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
        if _is_settled(row, today):
            continue
        slot = wanted.get(key)
        if slot is None:
            row.delete()
        elif (row.starts_on, row.ends_on, row.due_on) != (slot.starts_on, slot.ends_on, slot.due_on):
            row.starts_on, row.ends_on, row.due_on = slot.starts_on, slot.ends_on, slot.due_on
            row.version += 1
            row.save(update_fields=["starts_on", "ends_on", "due_on", "version"])


def lay_out_all(agreement: Agreement, *, today: date) -> None:
    """As the agreement's period changes."""
    for obligation in agreement.obligations.all():
        lay_out(obligation, today=today)


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
    )


def _is_settled(row: Occurrence, today: date) -> bool:
    """True for what history rests on."""
    return bool(row.proofs.all() or row.deviations.all()) or (row.due_on is not None and row.due_on < today)
