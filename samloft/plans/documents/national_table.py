"""What answers the national goals of a budget year, as a table for a spreadsheet."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from samloft.core.spreadsheets import Cell
from samloft.plans.queries.national_links import NationalRow


def header() -> list[str]:
    return [
        _("Budget year"),
        _("Number"),
        _("National goal"),
        _("Served"),
        _("The programme's goals"),
        _("Measures"),
        _("Measures through the programme's goals"),
        _("Measures outside the plan"),
    ]


def cells(rows: Iterable[NationalRow]) -> Iterator[Sequence[Cell]]:
    for row in rows:
        yield (
            row.goal.year,
            row.goal.position,
            row.goal.text,
            _("Yes") if row.is_served else _("No"),
            "; ".join(goal.text for goal in row.goals),
            ", ".join(measure.name for measure in row.measures),
            ", ".join(measure.name for measure in row.by_goals),
            ", ".join(measure.name for measure in row.outside),
        )
