"""The deliveries of figures as a table for a spreadsheet."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from samloft.core.spreadsheets import Cell
from samloft.core.statuses import Status
from samloft.indicators import figures
from samloft.indicators.models import StatisticsImport


def header() -> list[str]:
    return [
        _("Title"),
        _("File"),
        _("Source"),
        _("Table"),
        _("Licence"),
        _("Retrieved"),
        _("Came in"),
        _("State"),
        _("Figures"),
        _("New"),
        _("Changed"),
        _("As before"),
        _("Synthetic"),
        _("Checksum"),
    ]


def cells(batches: Iterable[tuple[StatisticsImport, Status, int]]) -> Iterator[Sequence[Cell]]:
    for batch, state, same in batches:
        yield (
            batch.title,
            batch.file_name,
            batch.source,
            batch.table_id,
            batch.licence,
            figures.day(batch.retrieved_at) if batch.retrieved_at else "",
            figures.day(batch.made_at),
            str(state.label),
            batch.observations,
            batch.added,
            batch.revised,
            same,
            _("Yes") if batch.is_synthetic else "",
            batch.sha256,
        )
