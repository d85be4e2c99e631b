"""Deliveries of figures as the pages show them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from samloft.core.said import Said, SaidAbout
from samloft.core.statuses import Status
from samloft.indicators.models import ImportState, IndicatorDefinition, Missing, StatisticsImport
from samloft.indicators.queries.going_missing import Gone
from samloft.indicators.reading.joining import key_and_part
from samloft.programmes.models import Programme

STATES: dict[str, Status] = {
    ImportState.WAITING: Status(
        ImportState.WAITING.label, "info", meaning=_("The file waits to be read, or is being read now.")
    ),
    ImportState.READ: Status(
        ImportState.READ.label, "warning", meaning=_("Somebody has to look at what was read and accept it.")
    ),
    ImportState.UNREADABLE: Status(
        ImportState.UNREADABLE.label, "danger", meaning=_("The file is refused. Its page says why.")
    ),
    ImportState.STORING: Status(
        ImportState.STORING.label, "info", meaning=_("The figures are being stored, and do not count yet.")
    ),
    ImportState.FAILED: Status(
        ImportState.FAILED.label,
        "danger",
        meaning=_("The figures could not all be stored, so none of them count."),
    ),
    ImportState.VISIBLE: Status(
        ImportState.VISIBLE.label, "success", meaning=_("The figures count, and show on the pages of the areas.")
    ),
    ImportState.WITHDRAWN: Status(
        ImportState.WITHDRAWN.label, meaning=_("The figures do not count. What they replaced counts again.")
    ),
}
STOPPED = Status(
    _("Stopped"),
    "warning",
    meaning=_("Whoever worked on the file is gone. Go on from its page, or set the file aside."),
)


@dataclass(frozen=True)
class Kept:
    """What will be stored of one indicator."""

    name: str
    figures: int
    missing: int


@dataclass(frozen=True)
class ImportPage:
    """`gone` are figures in use that the file says are missing: how many, and the first of them."""

    batch: StatisticsImport
    status: Status
    problems: tuple[SaidAbout, ...]
    notices: tuple[SaidAbout, ...]
    gone: int
    first_gone: tuple[Gone, ...]
    kept: tuple[Kept, ...]
    missing: tuple[tuple[str, Any, int], ...]  # symbol, what it means, how many
    has_stopped: bool

    @property
    def figures(self) -> int:
        return sum(kept.figures for kept in self.kept)

    @property
    def total(self) -> int:
        """How many rows will be stored, for a missing figure is one too."""
        return self.figures + sum(kept.missing for kept in self.kept)

    @property
    def missing_count(self) -> int:
        return sum(number for _symbol, _meaning, number in self.missing)

    @property
    def same(self) -> int:
        """How many were in use already with the same value."""
        return max(0, self.batch.stored - self.batch.added - self.batch.revised)


def import_page(batch: StatisticsImport, *, now: datetime) -> ImportPage:
    """One query, for the names of the indicators."""
    by_key: dict[str, tuple[int, int]] = {}
    # The value of a share before its numerator and denominator, which are stored beside it.
    for target, counts in sorted(batch.preview.get("kept", {}).items()):
        by_key.setdefault(key_and_part(target)[0], counts)
    first_gone = batch.preview.get("first_gone", ())
    names = indicator_names(by_key)
    return ImportPage(
        batch=batch,
        status=status_of(batch, now),
        problems=tuple(_said(batch.problems)),
        notices=tuple(_said(batch.preview.get("notices", ()))),
        gone=batch.preview.get("gone", 0),
        first_gone=tuple(Gone(*told)._replace(indicator=names.get(told[2], told[2])) for told in first_gone),
        kept=tuple(Kept(names.get(key, key), *counts) for key, counts in by_key.items()),
        missing=tuple((symbol, _meaning(symbol), number) for symbol, number in batch.missing.items()),
        has_stopped=batch.has_stopped(now),
    )


def status_of(batch: StatisticsImport, now: datetime) -> Status:
    """Figures that count do so whether or not the rankings know them yet."""
    return STOPPED if batch.is_being_read_or_stored and batch.has_stopped(now) else STATES[batch.state]


def problems_of(batch: StatisticsImport) -> list[SaidAbout]:
    """What is wrong with the file, to be said in the reader's language."""
    return _said(batch.problems)


def _said(kept: Iterable[Any]) -> list[SaidAbout]:
    return [SaidAbout(Said.from_json(where), Said.from_json(message)) for where, message in kept]


def indicator_names(keys: Iterable[str]) -> dict[str, str]:
    """The names of indicators in the language of the page. One query."""
    definitions = IndicatorDefinition.objects.latest().filter(indicator__key__in=list(keys))
    return {definition.indicator.key: definition.name for definition in definitions.select_related("indicator")}


def imports_of(programme: Programme | None) -> Any:
    """The deliveries that come in at one desk: a programme's, or that of those who operate the installation."""
    return StatisticsImport.objects.filter(programme=programme).select_related("municipality", "made_by")


def with_status(
    batches: Iterable[StatisticsImport], *, now: datetime
) -> Sequence[tuple[StatisticsImport, Status, int]]:
    """Each delivery with its status, and how many of its figures were in use already."""
    return [(one, status_of(one, now), max(0, one.stored - one.added - one.revised)) for one in batches]


def open_imports() -> Any:
    """Deliveries in use that are everybody's."""
    return StatisticsImport.objects.filter(municipality=None, state=ImportState.VISIBLE)


def _meaning(symbol: str) -> Any:
    return Missing(symbol).label if symbol in Missing.values else _("a status of the file's own")
