"""Deadlines as a table for a spreadsheet."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from samloft.core.spreadsheets import Cell
from samloft.overview.queries.deadlines import Deadline


def header() -> list[str]:
    return [
        _("Programme"),
        _("Agreement"),
        _("Place in the agreement"),
        _("Obligation"),
        _("Period"),
        _("Owed by"),
        _("Due"),
        _("State"),
        _("Days late"),
        _("Fulfilled"),
        _("What shows it"),
    ]


def cells(rows: Iterable[Deadline]) -> Iterator[Sequence[Cell]]:
    """Dates as ISO writes them; what is unknown is an empty cell, but the state says "Unknown"."""
    for row in rows:
        found = row.judgement
        yield (
            row.programme.name,
            str(row.obligation.agreement),
            row.obligation.clause,
            row.obligation.text,
            row.period,
            row.owed_by,
            _iso(found.due_on),
            str(found.status.label),
            found.days_late,
            _iso(found.fulfilled_on),
            str(found.proof) if found.proof else "",
        )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
