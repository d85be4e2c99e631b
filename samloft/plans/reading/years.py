"""Which year a plan is for, and which of its money columns are that year's."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from samloft.core.said import Said, said
from samloft.plans.reading import vocabulary
from samloft.plans.reading.columns import MoneyColumn
from samloft.plans.reading.document import Document, Heading, Paragraph, Table


def plan_year(document: Document, filename: str) -> int | None:
    """The year that title, headings and first lines name most, else the file name's; None when evenly split."""
    counted: Counter[int] = Counter()
    for year in vocabulary.years_in(document.title):
        counted[year] += 3
    seen = 0
    for block in document.blocks:
        if isinstance(block, Heading):
            counted.update(2 * vocabulary.years_in(block.text))
        elif isinstance(block, Table):
            seen = 6
            counted.update(2 * [year for text in _titles(block) for year in vocabulary.years_in(text)])
        elif isinstance(block, Paragraph) and seen < 6:
            seen += 1
            if len(block.text) < 100:
                counted.update(vocabulary.years_in(block.text))
    ranked = counted.most_common(2)
    if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
        return ranked[0][0]
    named = set(vocabulary.years_in(filename.replace("_", " ")))
    both = named & set(counted) if counted else named
    return next(iter(both)) if len(both) == 1 else next(iter(named)) if len(named) == 1 else None


def _titles(table: Table) -> list[str]:
    """What stands alone in the rows above the table's columns, as a sheet's title does."""
    titles = []
    for row in table.rows[:8]:
        if len(row.filled) > 1:
            break
        titles += [cell.text for cell in row.filled if len(cell.text) < 120]
    return titles


def wanted_year(document: Document, filename: str, asked: int | None) -> int | None:
    """The year to read: the one asked for if the file can be of it, else the file's own."""
    own = plan_year(document, filename)
    if asked is None or own is None or own == asked or _has_column_of(document, asked):
        return asked or own
    return own


def _has_column_of(document: Document, year: int) -> bool:
    tables = [block for block in document.blocks if isinstance(block, Table)]
    heads = [cell.text for table in tables for row in table.rows[:8] for cell in row.cells if len(cell.text) < 60]
    return any(year in vocabulary.years_in(text) for text in heads)


@dataclass(frozen=True)
class Chosen:
    """The money columns of the plan's year; `left` are the others, `unsure` says what a person must decide."""

    columns: tuple[MoneyColumn, ...]
    left: tuple[MoneyColumn, ...] = ()
    unsure: Said | None = None


def choose_columns(columns: Sequence[MoneyColumn], year: int | None) -> Chosen:
    """Keep the plan's budget; leave accounts, forecasts and other years."""
    budget = [column for column in columns if not column.is_accounts] or list(columns)
    left = [column for column in columns if column not in budget]
    years = sorted({column.year for column in budget if column.year})
    if len(years) < 2:
        # One year's budget beside accounts: a sum over years that are gone is no sum of this row.
        return Chosen(tuple(budget), tuple(left))
    wanted, unsure = year, None
    if year not in years:
        named = [c for c in budget if c.year and vocabulary.BUDGET.search(c.label)]
        if len(years) == 2 and {c.year for c in named} == set(years):
            wanted = years[-1]
        else:
            wanted = years[0] if len(years) > 2 else years[-1]
            unsure = said(
                _(
                    "The budget has columns for %(years)s, and nothing says which year the plan is for. Choose "
                    "the year."
                ),
                years=", ".join(str(one) for one in years),
            )
    kept = [c for c in budget if c.year == wanted or (c.year is None and not c.is_sum)]
    if any(c.year == wanted and c.source is None for c in kept):
        kept = [c for c in kept if c.year == wanted or c.source is not None]
    left += [c for c in budget if c not in kept]
    return Chosen(tuple(kept), tuple(left), unsure)
