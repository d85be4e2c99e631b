"""The uptake in plans across programmes as a table for a spreadsheet."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from samloft.core.spreadsheets import Cell
from samloft.programmes.queries.overarching_plans import AcrossRow


def header() -> list[str]:
    return [
        _("Programme"),
        _("Municipality or county"),
        _("Plan"),
        _("State"),
        _("Date"),
        _("Place in the plan"),
    ]


def cells(rows: Iterable[AcrossRow]) -> Iterator[Sequence[Cell]]:
    """Dates as ISO writes them; what is unknown is an empty cell, but the state says "Unknown"."""
    for row in rows:
        uptake = row.standing.uptake
        yield (
            row.programme.name,
            row.place.name,
            row.plan.title if row.plan else "",
            str(row.standing.status.label),
            uptake.on.isoformat() if uptake and uptake.on else "",
            uptake.place if uptake else "",
        )
