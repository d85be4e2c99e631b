"""The list of measures as a table for a spreadsheet."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from samloft.core.spreadsheets import Cell, Money
from samloft.plans.queries.measures import MeasureRow


def header(year: int) -> list[str]:
    """The column headings; amounts are for `year` and the year after."""
    return [
        _("Number"),
        _("Name"),
        _("Focus area"),
        _("Lead unit"),
        _("Responsible role"),
        _("Phase"),
        _("In the plans for"),
        _("%(year)s (kr)") % {"year": year},
        _("%(year)s (kr)") % {"year": year + 1},
        _("Funded from outside by"),
        _("Missing"),
        _("Next action"),
    ]


def cells(rows: Iterable[MeasureRow]) -> Iterator[Sequence[Cell]]:
    """One line for each measure; what is unknown is an empty cell."""
    for row in rows:
        yield (
            row.number,
            row.name,
            row.focus_area,
            row.lead_unit,
            row.responsible_role,
            str(row.phase.label) if row.phase else "",
            row.years,
            _money(row.this_year),
            _money(row.next_year),
            row.external_funding,
            ", ".join(str(gap.label) for gap in row.gaps),
            row.next_action,
        )


def _money(ore: int | None) -> Money | None:
    return None if ore is None else Money(ore)
