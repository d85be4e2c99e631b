"""The tree of goals as a table for a spreadsheet."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from samloft.core.spreadsheets import Cell
from samloft.programmes.queries.goals import GoalNode, walk


def header() -> list[str]:
    return [
        _("Level"),
        _("Goal"),
        _("Belongs to"),
        _("Track"),
        _("Focus area"),
        _("State"),
        _("Adopted by"),
        _("Adopted on"),
        _("National goals"),
    ]


def cells(tree: Iterable[GoalNode]) -> Iterator[Sequence[Cell]]:
    """One line for each goal, each before those below it; national goals as `2027: 1, 3`."""
    nodes = list(walk(tree))
    texts = {node.goal.pk: node.goal.text for node in nodes}
    for node in nodes:
        goal, decision = node.goal, node.goal.decision
        yield (
            goal.get_level_display(),
            goal.text,
            texts.get(goal.parent_id or 0, ""),
            goal.get_track_display(),
            goal.focus_area.name if goal.focus_area else "",
            goal.get_state_display(),
            str(decision.body or "") if decision else "",
            decision.decided_on.isoformat() if decision and decision.decided_on else "",
            "; ".join(
                f"{one.year}: {', '.join(str(each.position) for each in one.goals)}" for one in node.national
            ),
        )
