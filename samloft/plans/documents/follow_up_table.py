"""What decisions ask for and what answers it, as a table for a spreadsheet."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from samloft.core.spreadsheets import Cell
from samloft.plans.queries.follow_up import AnsweredPoint


def header() -> list[str]:
    return [
        _("What is asked for"),
        _("Decision"),
        _("By whom"),
        _("Due"),
        _("State"),
        _("Days late"),
        _("Measures"),
        _("Written answers"),
    ]


def cells(rows: Iterable[AnsweredPoint]) -> Iterator[Sequence[Cell]]:
    """One line for each point; dates as ISO writes them, and what is unknown is an empty cell."""
    for row in rows:
        decision = row.point.decision
        yield (
            row.point.text,
            decision.title,
            str(decision.body or ""),
            row.point.due_on.isoformat() if row.point.due_on else "",
            str(row.status.label),
            row.days_late or None,
            ", ".join(answer.measure.name for answer in row.answers),
            "; ".join(answer.text for answer in row.point.written_answers.all()),
        )
