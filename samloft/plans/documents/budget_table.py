"""The budget table of the action plan: lines by focus area, and a column per source when there are several."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samloft.core.audit import subject_of
from samloft.core.documents.blocks import Cell, Column, Row, Table
from samloft.core.money import format_kroner
from samloft.plans.models import ActionPlan, BudgetLine, LinePurpose, Source
from samloft.plans.queries.plan_content import PlanContent, focus_area_of


@dataclass(frozen=True)
class LineGroup:
    """Lines that stand together in the table; `title` is the focus area, or what they are for."""

    name: str
    title: str
    lines: tuple[BudgetLine, ...]

    @property
    def amount(self) -> int:
        return sum(line.amount for line in self.lines)


def groups(content: PlanContent) -> tuple[LineGroup, ...]:
    """The plan's lines by focus area, those without one, and the shared costs; empty groups are left out."""
    of_measures = [line for line in content.lines if line.purpose == LinePurpose.MEASURE]
    found = [
        LineGroup(f"area-{area.pk}", area.name, tuple(line for line in of_measures if focus_area_of(line) == area))
        for area in content.focus_areas
    ]
    rest = tuple(line for line in of_measures if focus_area_of(line) is None)
    title = _("Other measures") if len(rest) < len(of_measures) else _("Measures")
    found.append(LineGroup("area-none", title, rest))
    found.append(LineGroup("shared", _("Administration, competence and evaluation"), content.shared_lines))
    return tuple(group for group in found if group.lines)


def group_name(line: BudgetLine) -> str:
    """The name of the group that the line stands in."""
    if line.purpose != LinePurpose.MEASURE:
        return "shared"
    area = focus_area_of(line)
    return f"area-{area.pk}" if area else "area-none"


def budget_table(content: PlanContent) -> Table:
    """One amount column, or one per source and a sum when the lines have several sources."""
    year = content.plan.year
    sources = _sources(content.lines)
    caption = _("Budget for %(year)s") % {"year": year}
    note = ""
    if len(sources) == 1:
        columns = [Column(_("Measure")), Column(_("Amount"), "end")]
        if sources[0]:
            note = _("All amounts: %(source)s.") % {"source": str(Source(sources[0]).label).lower()}
    else:
        heads = [str(Source(source).label) if source else _("Source unknown") for source in sources]
        columns = [Column(_("Measure")), *(Column(head, "end") for head in heads), Column(_("Sum"), "end")]
    rows: list[Row] = []
    every_group = groups(content)
    for group in every_group:
        if len(every_group) > 1:
            rows.append(Row.of(group.title, kind="group"))
        rows += [_row(lines, sources) for lines in _merged(group.lines)]
        if len(every_group) > 1 and len(group.lines) > 1:
            rows.append(_sum_row(_("Subtotal"), group.lines, sources, content.plan, "subtotal"))
    rows.append(_sum_row(_("Total"), content.lines, sources, content.plan, "total"))
    return Table(tuple(columns), tuple(rows), caption=caption, note=note)


def _sources(lines: Iterable[BudgetLine]) -> list[str]:
    """The sources in use in their fixed order, unknown last; at least one."""
    used = {line.source for line in lines}
    ordered = [str(source) for source in Source if source in used]
    return [*ordered, *([""] if "" in used or not ordered else [])]


def _merged(lines: Sequence[BudgetLine]) -> list[list[BudgetLine]]:
    """Lines of one measure and name from different sources share a row."""
    rows: list[list[BudgetLine]] = []
    alike: dict[tuple[int | None, str, str], list[list[BudgetLine]]] = {}
    for line in lines:
        candidates = alike.setdefault((line.plan_measure_id, line.purpose, line.name), [])
        row = next((row for row in candidates if all(line.source != other.source for other in row)), None)
        if row is None:
            row = []
            rows.append(row)
            candidates.append(row)
        row.append(line)
    return rows


def _row(lines: list[BudgetLine], sources: Sequence[str]) -> Row:
    by_source = {line.source: line for line in lines}
    cells = [
        Cell(format_kroner(by_source[source].amount), subject_of(by_source[source]))
        if source in by_source
        else Cell("")
        for source in sources
    ]
    if len(sources) > 1:
        only = subject_of(lines[0]) if len(lines) == 1 else ""
        cells.append(Cell(format_kroner(sum(line.amount for line in lines)), only))
    return Row((Cell(lines[0].name), *cells))


def _sum_row(label: str, lines: Sequence[BudgetLine], sources: Sequence[str], plan: ActionPlan, kind: str) -> Row:
    cells = []
    if len(sources) > 1:
        cells = [
            Cell(format_kroner(sum(line.amount for line in lines if line.source == source))) for source in sources
        ]
    total = Cell(format_kroner(sum(line.amount for line in lines)), subject_of(plan))
    return Row((Cell(label), *cells, total), kind)  # type: ignore[arg-type]
