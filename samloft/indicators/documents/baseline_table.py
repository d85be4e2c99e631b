"""A baseline as a table for a spreadsheet, with what is known now."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samloft.core.spreadsheets import Cell
from samloft.indicators.figures import period
from samloft.indicators.queries.baselines import IndicatorGroup


def header() -> list[str]:
    return [
        _("Indicator"),
        _("Version"),
        _("Unit"),
        _("Area code"),
        _("Area"),
        _("Period"),
        _("Baseline"),
        _("Why it is missing"),
        _("Period now"),
        _("Now"),
        pgettext("difference", "Change"),
        _("Revised later to"),
        _("Source"),
        _("Table"),
        _("Retrieved"),
    ]


def cells(groups: Iterable[IndicatorGroup]) -> Iterator[Sequence[Cell]]:
    """One line for each indicator and area; what is unknown is an empty cell."""
    for group in groups:
        for movement in group.movements:
            reading = movement.reading
            start, now, source = reading.last, movement.now, reading.source
            yield (
                group.definition.name,
                group.definition.number,
                group.indicator.unit,
                reading.area.code,
                reading.area.name,
                period(start.period) if start else None,
                start.value if start else None,
                start.missing if start else None,
                period(now.period) if now else None,
                now.value if now else None,
                movement.change,
                movement.revised.value if movement.revised else None,
                source.source,
                source.table_id,
                source.retrieved_at.date().isoformat() if source.retrieved_at else None,
            )
