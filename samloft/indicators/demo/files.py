"""Writes the demo's files of statistics: `python -m samloft.indicators.demo.files`.

They are JSON-stat 2.0, in two of the shapes that files come in: figures in a list, and figures by their place. The
files are kept beside the code; a test sees to it that they are what this program writes.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from samloft.indicators.demo import made_up
from samloft.indicators.demo.made_up import Count, Share

FOLDER = Path(__file__).resolve().parent / "files"
ZONES, LARGER, CORRECTED = "soner.json", "kommuner.json", "rettelser.json"
SOURCE = "Syntetiske tall, laget for demoen"
LICENCE = "CC0 1.0"
UPDATED = "2026-03-02T08:00:00Z"
# The parts of a share, as the reader of files knows them.
_PARTS = ("", "/numerator", "/denominator")

Cell = tuple[float | int | None, str]
Column = tuple[str, Callable[[str, int], Cell]]
Counted = Callable[[Share, str, int], Count]


def contents() -> dict[str, dict[str, Any]]:
    """The files by their names."""
    return {
        ZONES: _table(
            "Syntetiske levekårssoner i Indre Østfold", made_up.zones(), list(_zone_columns()), in_list=True
        ),
        LARGER: _table(
            "Syntetiske tall for kommuner, fylker og landet",
            made_up.municipalities_and_larger(),
            list(_larger_columns()),
            in_list=False,
        ),
        CORRECTED: _table(
            "Rettede syntetiske tall for to soner i Mysen",
            made_up.corrected_zones(),
            list(_columns([s for s in made_up.SHARES if s.key == made_up.CORRECTED], made_up.corrected)),
            years=[made_up.CORRECTED_YEAR],
            in_list=True,
        ),
    }


def _zone_columns() -> Iterator[Column]:
    yield made_up.POPULATION, lambda code, year: (made_up.people(code, year), "")
    yield from _columns(made_up.SHARES)
    yield made_up.INCOME, lambda code, year: (made_up.income(code, year), "")
    yield made_up.SATISFACTION, _satisfaction


def _larger_columns() -> Iterator[Column]:
    yield made_up.POPULATION, lambda code, year: (made_up.people(code, year), "")
    yield from _columns((*made_up.SHARES, *made_up.MUNICIPAL))
    yield made_up.INCOME, lambda code, year: (made_up.income(code, year), "")


def _columns(shares: Sequence[Share], count: Counted = made_up.count) -> Iterator[Column]:
    for share in shares:
        for part in _PARTS:
            yield f"{share.key}{part}", _cell(share, part, count)


def _cell(share: Share, part: str, count: Counted) -> Callable[[str, int], Cell]:
    def cell(code: str, year: int) -> Cell:
        found = count(share, code, year)
        if not found.is_shown:
            return None, found.status
        values = {"/numerator": found.above, "/denominator": found.below}
        value = values.get(part)
        return round(100 * found.above / found.below, 1) if value is None else value, found.status

    return cell


def _satisfaction(code: str, year: int) -> Cell:
    return (made_up.satisfaction(code, year), "") if year in made_up.SURVEYS else (None, ".")


def _table(
    title: str,
    codes: Sequence[str],
    columns: Sequence[Column],
    *,
    years: Sequence[int] = made_up.YEARS,
    in_list: bool,
) -> dict[str, Any]:
    values: list[float | int | None] = []
    status: dict[str, str] = {}
    for code in codes:
        for _key, cell in columns:
            for year in years:
                value, mark = cell(code, year) if year in made_up.years_of(code) else (None, "")
                if mark:
                    status[str(len(values))] = mark
                values.append(value)
    sparse = {str(at): value for at, value in enumerate(values) if value is not None}
    return {
        "version": "2.0",
        "class": "dataset",
        "label": title,
        "source": SOURCE,
        "updated": UPDATED,
        "note": ["Alle tall er funnet på. De sier ingenting om virkelige steder."],
        "id": ["Region", "ContentsCode", "Tid"],
        "size": [len(codes), len(columns), len(years)],
        "role": {"geo": ["Region"], "metric": ["ContentsCode"], "time": ["Tid"]},
        "dimension": {
            "Region": _dimension("område", codes),
            "ContentsCode": _dimension("statistikkvariabel", [key for key, _cell in columns]),
            "Tid": _dimension("år", [str(year) for year in years]),
        },
        "value": values if in_list else sparse,
        "status": status,
    }


def _dimension(label: str, codes: Sequence[str]) -> dict[str, Any]:
    return {"label": label, "category": {"index": list(codes), "label": {code: code for code in codes}}}


def as_text(table: dict[str, Any]) -> str:
    return json.dumps(table, ensure_ascii=False, indent=None, separators=(",", ":")) + "\n"


def main() -> None:
    for name, table in contents().items():
        (FOLDER / name).write_text(as_text(table), encoding="utf-8")


if __name__ == "__main__":
    main()
