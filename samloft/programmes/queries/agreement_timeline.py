"""An agreement beside those before it and those that run alongside it (A1, A9)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samloft.programmes.models import Agreement, RelatedAgreement
from samloft.programmes.queries import agreement_terms

_MONTHS = 12


@dataclass(frozen=True)
class Bar:
    """A stretch of the line in months from its beginning; without a width one of its ends is unknown.

    `related` None is the agreement itself.
    """

    related: RelatedAgreement | None
    first: date | None
    last: date | None
    start: int
    width: int
    compared: str


@dataclass(frozen=True)
class Timeline:
    """`length` and `today` are in months; without a length no period is known."""

    bars: tuple[Bar, ...]
    length: int
    today: int | None


def timeline(agreement: Agreement, related: Iterable[RelatedAgreement], on: date) -> Timeline:
    """Of rows at hand; asks nothing."""
    own = (None, agreement_terms.starts_on(agreement), agreement_terms.ends_on(agreement, on))
    periods = [own, *((row, _first(row), _last(row)) for row in related)]
    whole = [(first, last) for _row, first, last in periods if first and last]
    begin = min((first.year for first, _last_day in whole), default=on.year)
    end = max((last.year for _first_day, last in whole), default=on.year)
    bars = []
    for row, first, last in sorted(periods, key=lambda found: (found[1] or date.max, found[0] is not None)):
        start = _month(first, begin) if first and last else 0
        width = _month(last, begin) + 1 - start if first and last else 0
        bars.append(Bar(row, first, last, start, width, _compared(last, own[2]) if row else ""))
    length = (end - begin + 1) * _MONTHS if whole else 0
    now = _month(on, begin)
    return Timeline(tuple(bars), length, now if 0 <= now < length else None)


def _first(row: RelatedAgreement) -> date | None:
    return date(row.first_year, 1, 1) if row.first_year else None


def _last(row: RelatedAgreement) -> date | None:
    return date(row.last_year, 12, 31) if row.last_year else None


def _month(day: date, begin: int) -> int:
    return (day.year - begin) * _MONTHS + day.month - 1


def _compared(end: date | None, own: date | None) -> str:
    """When it ends, seen from the agreement's own end; "" when one of them is unknown."""
    if end is None or own is None:
        return ""
    years = end.year - own.year
    if years == 0:
        return _("ends the same year")
    if years < 0:
        return ngettext("ends %(years)d year before", "ends %(years)d years before", -years) % {"years": -years}
    return ngettext("ends %(years)d year after", "ends %(years)d years after", years) % {"years": years}
