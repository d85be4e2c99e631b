"""What each column of a table holds, from its heading and its cells."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from samloft.core.amounts import proven_grouping
from samloft.plans.reading import vocabulary
from samloft.plans.reading.cells import looks_like_money
from samloft.plans.reading.document import Cell, Merged, Row
from samloft.plans.reading.sources import is_grant_alone, source_of

_MOST_LABEL = 90
_TELLS = re.compile(
    r"\b(?:finansieres|finansierast|dekkes|dekkast|avklares|kommer|inngår|betales|fra [0-9])\b", re.I
)


class Part(StrEnum):
    """Why several columns of one source are added into one amount."""

    COST_KIND = "cost kind"
    PERIOD = "period"


@dataclass(frozen=True)
class MoneyColumn:
    index: int
    label: str
    source: str | None = None
    year: int | None = None
    is_accounts: bool = False
    is_sum: bool = False
    is_aside: bool = False  # "herav kommunen": a share of another column
    part: Part | None = None
    unit: int | None = None
    grouping: str | None = None


@dataclass(frozen=True)
class Columns:
    name: int
    money: tuple[MoneyColumn, ...]
    focus_area: int | None = None
    numbering: int | None = None
    source: int | None = None
    width: int = 0
    labels: tuple[str, ...] = ()

    @property
    def texts(self) -> list[int]:
        """The columns that hold words, the name first."""
        taken = {column.index for column in self.money} | {self.name}
        return [self.name, *(i for i in range(self.width) if i not in taken)]


def is_header(row: Row) -> bool:
    """Whether the row names columns: what the lines are called and where the money stands."""
    filled = [cell for cell in row.cells if not cell.is_blank and cell.merged is None]
    if len(filled) < 2 or any(len(cell.text) > _MOST_LABEL for cell in filled):
        return False
    if any(_is_amount(cell) or _TELLS.search(cell.text) for cell in filled):
        return False
    names = [c for c in filled if (vocabulary.NAME.search(c.text) or vocabulary.FOCUS.search(c.text))]
    moneys = [c for c in filled if _money_label(c.text) and c is not (names[0] if len(names) == 1 else None)]
    numbered = any(vocabulary.NUMBERING.search(c.text) for c in filled)
    return bool((names or numbered) and moneys) or (len(moneys) >= 2 and row.cells[0].is_blank and _short(filled))


def _short(cells: Sequence[Cell]) -> bool:
    return all(len(cell.text) <= 45 for cell in cells)


def is_second_header(row: Row) -> bool:
    """Whether the row goes on naming columns: years, units, sources under a heading that spans them."""
    filled = [cell for cell in row.cells if not cell.is_blank and cell.merged is None]
    if not filled or any(looks_like_money(cell) and not _is_label(cell) for cell in filled):
        return False
    first = row.cells[0]
    rest = [c for c in filled if c is not first]
    if not first.is_blank and any(_is_bare_thousand(c) for c in rest):
        return False  # "Åpen post | 1 000" is a line, "| 1 000 | 1 000" goes on naming columns
    return (
        bool(rest)
        and all(_is_label(c) or (_money_label(c.text) and len(c.text) <= 45) for c in rest)
        and (first.is_blank or is_header(row))
    )


def _is_amount(cell: Cell) -> bool:
    return looks_like_money(cell) and (not _is_label(cell) or _is_bare_thousand(cell))


def _is_bare_thousand(cell: Cell) -> bool:
    return bool(re.fullmatch(r"1[ .]?000", cell.text.strip()))


def _is_label(cell: Cell) -> bool:
    text = cell.text.strip()
    return bool(re.fullmatch(r"\W*(?:20[1-4][0-9])\W*", text) or vocabulary.UNIT_ONLY.fullmatch(text))


def _money_label(text: str) -> bool:
    return bool(
        vocabulary.MONEY.search(text)
        or vocabulary.YEAR.search(text)
        or vocabulary.PERIOD.search(text)
        or vocabulary.COST_KIND.search(text)
        or source_of(text)
    )


def header_labels(headers: Sequence[Row], width: int) -> tuple[str, ...]:
    """One label per column; a heading that spans columns is said of each."""
    labels = [""] * width
    for row in headers:
        carried = ""
        for i in range(width):
            cell = row.cells[i] if i < len(row.cells) else Cell()
            text = carried if cell.merged is Merged.LEFT else cell.text
            carried = text
            if text and text not in labels[i]:
                labels[i] = f"{labels[i]} {text}".strip()
    return tuple(labels)


def find_columns(labels: tuple[str, ...], body: Sequence[Row]) -> Columns | None:
    """The meaning of the columns, or None when the table has no names or no money."""
    width = len(labels)
    cells = [
        [row.cells[i] for row in body if i < len(row.cells) and row.cells[i].merged is None] for i in range(width)
    ]
    money = [i for i in range(width) if _holds_money(labels[i], cells[i], labelled=any(labels))]
    certain = [i for i in money if labels[i]]
    if certain:
        # Numbers under no heading, beside columns that have one, are not known to be money.
        money = certain
    texts = [i for i in range(width) if i not in money]
    numbering = next((i for i in texts if _is_numbering(labels[i], cells[i])), None)
    texts = [i for i in texts if i != numbering]
    focus = next(
        (i for i in texts if vocabulary.FOCUS.search(labels[i]) and not vocabulary.BEST_NAME.search(labels[i])),
        None,
    )
    name = _name_column([i for i in texts if i != focus], labels, cells)
    if name is None:
        name, focus = focus, None
    if name is None or not money:
        return None
    source = next((i for i in texts if i not in (name, focus) and _names_sources(labels[i], cells[i])), None)
    return Columns(
        name=name,
        money=tuple(_money_column(i, labels[i], cells[i]) for i in money),
        focus_area=focus,
        numbering=numbering,
        source=source,
        width=width,
        labels=labels,
    )


def _holds_money(label: str, cells: Sequence[Cell], *, labelled: bool) -> bool:
    filled = [cell for cell in cells if not cell.is_blank]
    amounts = [cell for cell in filled if looks_like_money(cell)]
    if vocabulary.ASIDE.search(label) and not source_of(label):
        return False
    if (
        vocabulary.NOT_MONEY.search(label)
        and not vocabulary.CERTAINLY_MONEY.search(label)
        and not source_of(label)
    ):
        return False
    if label and _money_label(label):
        wordy = [c for c in filled if c not in amounts and not re.fullmatch(r"\W*|0.{0,4}", c.text)]
        if vocabulary.CERTAINLY_MONEY.search(label) and filled and not amounts:
            return all(len(c.text) < 30 for c in filled) and not vocabulary.NAME.search(label)
        return bool(amounts) and len(amounts) * 2 >= len(wordy)
    sizeable = [c for c in amounts if _is_sizeable(c)]
    return bool(sizeable) and len(amounts) >= 0.6 * len(filled) and (not labelled or len(sizeable) >= 2)


def _is_sizeable(cell: Cell) -> bool:
    if cell.number is not None:
        return abs(cell.number) >= 1000
    return bool(re.search(r"kr|nok|mill|,-|[0-9][ .\u00a0][0-9]{3}|[0-9]{4}", cell.text, re.I))


def _is_numbering(label: str, cells: Sequence[Cell]) -> bool:
    if vocabulary.NUMBERING.search(label):
        return True
    filled = [cell.text.strip() for cell in cells if not cell.is_blank]
    codes = [
        text
        for text in filled
        if re.fullmatch(r"[A-ZÆØÅ]?[0-9]{1,3}(?:[.\-][0-9]{1,3})*[a-z]?[.)]?|[A-ZÆØÅ][.)]?|[IVX]{1,4}\.?", text)
    ]
    return len(codes) >= 2 and len(codes) >= 0.7 * len(filled)


def _name_column(candidates: Sequence[int], labels: Sequence[str], cells: Sequence[Sequence[Cell]]) -> int | None:
    def filled(i: int) -> int:
        return sum(1 for cell in cells[i] if not cell.is_blank)

    with_text = [i for i in candidates if filled(i)]
    for wanted in (vocabulary.BEST_NAME, vocabulary.NAME):
        named = [i for i in with_text if wanted.search(labels[i]) and not vocabulary.NOT_MONEY.search(labels[i])]
        if named:
            return named[0]
    plain = [
        i
        for i in with_text
        if not vocabulary.NOT_MONEY.search(labels[i]) and not vocabulary.SOURCE_COLUMN.search(labels[i])
    ]
    most = max((filled(i) for i in plain), default=0)
    # The first column that is mostly filled: a column with a word here and there is a remark.
    return next((i for i in plain if filled(i) >= 0.5 * most), None)


def _names_sources(label: str, cells: Sequence[Cell]) -> bool:
    filled = [cell for cell in cells if not cell.is_blank]
    known = [cell for cell in filled if source_of(cell.text)]
    return bool(filled) and bool(
        vocabulary.SOURCE_COLUMN.search(label)
        or (not label and len(known) >= 0.8 * len(filled) and len(known) > 1)
    )


def _money_column(index: int, label: str, cells: Sequence[Cell]) -> MoneyColumn:
    source = source_of(label)
    years = vocabulary.years_in(label)
    year = years[-1] if years and source != "carry_over" else None
    part = None
    if vocabulary.PERIOD.search(label):
        part = Part.PERIOD
    elif vocabulary.COST_KIND.search(label) and source is None:
        part = Part.COST_KIND
    return MoneyColumn(
        index=index,
        label=label,
        source=source,
        year=year,
        is_accounts=source != "carry_over" and bool(vocabulary.ACCOUNTS.search(label)),
        is_sum=bool(vocabulary.ROW_SUM.search(label)) and source is None,
        is_aside=bool(vocabulary.ASIDE.search(label)),
        part=part,
        unit=unit_of_column(label),
        grouping=proven_grouping(cell.text for cell in cells if cell.number is None),
    )


def unit_of_column(label: str) -> int | None:
    return vocabulary.unit_of_heading(label) if label else None


def with_grants_named(columns: tuple[MoneyColumn, ...]) -> tuple[MoneyColumn, ...]:
    """A column "Tilskudd" beside columns of named sources is the programme's own grant."""
    if not any(column.source for column in columns) or any(c.source == "programme_grant" for c in columns):
        return columns
    return tuple(
        replace(column, source="programme_grant")
        if column.source is None and is_grant_alone(column.label)
        else column
        for column in columns
    )
