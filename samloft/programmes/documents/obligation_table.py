"""What the parties owe, time by time, as a table for a spreadsheet."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from samloft.core.spreadsheets import Cell
from samloft.programmes.models import FulfillingEvent
from samloft.programmes.queries.obligations import ObligationRow


def header() -> list[str]:
    return [
        _("Obligation"),
        _("Place in the agreement"),
        _("Owed by"),
        _("Kind"),
        _("How often"),
        _("Period"),
        _("Due"),
        _("Fulfilled"),
        _("Fulfilled when"),
        _("State"),
        _("Days late"),
        _("What shows it"),
        _("Deviation agreed with"),
    ]


def cells(rows: Iterable[ObligationRow]) -> Iterator[Sequence[Cell]]:
    """A row for each time, and one for an obligation without any. Dates as ISO writes them; unknown is empty."""
    for row in rows:
        duty = row.obligation
        about = (
            duty.text,
            duty.clause,
            ", ".join(map(str, row.owed_by)),
            duty.get_kind_display(),
            row.how_often,
        )
        if not row.occurrences:
            yield (*about, "", "", "", duty.get_fulfilling_event_display(), str(row.status.label), None, "", "")
        for time in row.occurrences:
            found = time.judgement
            yield (
                *about,
                time.period,
                _iso(found.due_on),
                _iso(found.fulfilled_on),
                str(FulfillingEvent(found.event).label) if found.event else "",
                str(found.status.label),
                found.days_late,
                str(found.proof) if found.proof else "",
                found.deviation.agreed_with if found.deviation else "",
            )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
