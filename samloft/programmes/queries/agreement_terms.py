"""Which agreement a programme runs under, how long it lasts, and what its end asks for (A1, A2, A9)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from samloft.programmes.models import END_REVIEWS, Agreement, EndReview, Extension, Programme


def starts_on(agreement: Agreement) -> date | None:
    """The first day of its period; when that is not stated, the day it was signed; None is unknown."""
    return date(agreement.first_year, 1, 1) if agreement.first_year else agreement.signed_on


def ends_on(agreement: Agreement, on: date | None = None) -> date | None:
    """The end in force on a day: of the last extension signed by then, else the agreement's own. None is unknown.

    Without a day all extensions count. Reads `agreement.extensions`, which lists prefetch.
    """
    extended = agreement.extensions.all() if agreement.pk else ()
    signed = [row for row in extended if on is None or row.signed_on <= on]
    return max(signed, key=lambda row: row.number).valid_to if signed else agreement.valid_to


def earlier_ends(agreement: Agreement) -> list[date]:
    """The ends that extensions have moved, in order."""
    known = [agreement.valid_to, *(row.valid_to for row in agreement.extensions.all())]
    return [day for day in known[:-1] if day is not None]


def is_in_force(agreement: Agreement, on: date) -> bool:
    start, end = starts_on(agreement), ends_on(agreement, on)
    return start is not None and start <= on and (end is None or on <= end)


def in_force(programme: Programme, on: date) -> Agreement | None:
    """The agreement the programme runs under that day; else the last one begun, else the first to come."""
    return choose(
        programme.agreements.select_related("programme__municipality", "programme__county").prefetch_related(
            "extensions"
        ),
        on,
    )


def choose(agreements: Iterable[Agreement], on: date) -> Agreement | None:
    """As `in_force`, of agreements at hand."""
    dated = sorted(
        ((starts_on(row), row.pk, row) for row in agreements), key=lambda found: (found[0] or date.max, found[1])
    )
    current = [row for _start, _pk, row in dated if is_in_force(row, on)]
    begun = [row for start, _pk, row in dated if start is not None and start <= on]
    if current or begun:
        return (current or begun)[-1]
    return dated[0][2] if dated else None


def overlapping(agreement: Agreement, start: date | None, end: date | None) -> Agreement | None:
    """Another agreement of the programme whose period is known to share a day with this one's.

    Of a period with an unknown end, only the first day is known.
    """
    if start is None:
        return None
    last = end or start
    others = Agreement.objects.filter(programme=agreement.programme_id).exclude(pk=agreement.pk)
    for other in others.prefetch_related("extensions"):
        begins, finishes = starts_on(other), ends_on(other)
        if begins and (finishes or begins) >= start and begins <= last:
            return other
    return None


@dataclass(frozen=True)
class OpenEndReview:
    """The question that stands open since `since`, about the end `valid_to`."""

    agreement: Agreement
    months_before: int
    since: date
    valid_to: date


def open_end_reviews(agreements: Iterable[Agreement], on: date) -> list[OpenEndReview]:
    """What the ends that draw near ask for (A9). Only the latest question of each agreement. One query."""
    rows = list(agreements)
    answered = set(
        EndReview.objects.filter(agreement__in=rows, decided_on__lte=on).values_list(
            "agreement_id", "valid_to", "months_before"
        )
    )
    found = []
    for agreement in rows:
        end = ends_on(agreement, on)
        if end is None or end < on:
            continue
        asked = [months for months in END_REVIEWS if end - relativedelta(months=months) <= on]
        if asked and (agreement.pk, end, asked[-1]) not in answered:
            since = end - relativedelta(months=asked[-1])
            found.append(OpenEndReview(agreement, asked[-1], since, end))
    return found


def extensions(agreement: Agreement) -> list[Extension]:
    return list(agreement.extensions.select_related("decision__programme", "document").order_by("number"))
