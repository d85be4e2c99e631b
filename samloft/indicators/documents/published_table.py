"""Published figures as open data: a table for a spreadsheet, and JSON."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from samloft.core.spreadsheets import Cell
from samloft.indicators.models import Release
from samloft.indicators.queries.published_figures import HIDDEN, WITHHELD, rows

# What stands where a figure is left out, as statistics write it.
SYMBOLS = {HIDDEN: ":", WITHHELD: ":", "unknown": ".."}


def header() -> list[str]:
    return [
        _("Area code"),
        _("Area"),
        _("Period"),
        _("Figure"),
        _("Unit"),
        _("Why it is missing"),
        _("Provisional"),
        _("After a break"),
    ]


def cells(release: Release) -> Iterator[Sequence[Cell]]:
    """One line for each area and period; a figure that is left out is an empty cell with its symbol beside it."""
    for row in rows(release.table):
        for period, cell in zip(release.table["periods"], row.cells, strict=True):
            yield (
                row.code,
                row.name,
                period,
                cell.value,
                release.indicator.unit,
                SYMBOLS.get(cell.state, cell.state),
                _("yes") if cell.is_provisional else "",
                _("yes") if cell.after_break else "",
            )


def as_json(release: Release) -> dict[str, Any]:
    """The same, for machines. `status` holds the symbol where a value is null; all lists run along `periods`."""
    definition, table = release.definition, release.table
    return {
        "programme": release.programme.slug,
        "indicator": release.indicator.key,
        "name": {"nb": definition.name_nb, "nn": definition.name_nn, "en": definition.name_en},
        "unit": release.indicator.unit,
        "definition": definition.number,
        "release": release.number,
        "published": release.published_on.isoformat(),
        "hidden_below": release.threshold,
        "synthetic": table["is_synthetic"],
        "sources": table["sources"],
        "periods": table["periods"],
        "areas": [
            {
                "code": row.code,
                "name": row.name,
                "values": [cell.value for cell in row.cells],
                "status": [SYMBOLS.get(cell.state, cell.state) for cell in row.cells],
                "provisional": [cell.is_provisional for cell in row.cells],
                "after_break": [cell.after_break for cell in row.cells],
            }
            for row in rows(table)
        ],
    }
