"""Small plans written for the tests, and what a reading says in a form that is easy to compare."""

from dataclasses import dataclass

from samloft.plans.reading.interpret import interpret
from samloft.plans.reading.recognise import read_document


@dataclass(frozen=True)
class Told:
    """A reading in kroner: lines as (name, kroner), with areas, sources and rows beside."""

    lines: list[tuple[str, float]]
    areas: list[str | None]
    sources: list[str | None]
    rows: list[int]
    stated: float | None
    problems: list[str]
    places: list[str]
    notes: list[str]

    @property
    def sum(self) -> float:
        return sum(kroner for _name, kroner in self.lines)

    @property
    def by_source(self) -> list[tuple[str, str | None, float]]:
        return [(name, source, kroner) for (name, kroner), source in zip(self.lines, self.sources, strict=True)]

    @property
    def by_area(self) -> dict[str, str | None]:
        return {name: area for (name, _kroner), area in zip(self.lines, self.areas, strict=True)}


def told(data: bytes | str, filename: str = "plan.txt", *, year: int | None = None) -> Told:
    """Read in this process; the child process has tests of its own."""
    raw = data.encode() if isinstance(data, str) else data
    read = interpret(read_document(raw, filename), filename, year)
    return Told(
        lines=[(line.name, line.amount / 100) for line in read.lines],
        areas=[line.focus_area for line in read.lines],
        sources=[line.source for line in read.lines],
        rows=[line.row for line in read.lines],
        stated=None if read.stated_total is None else read.stated_total / 100,
        problems=[about.message.text for about in read.problems],
        places=[about.where.text for about in read.problems],
        notes=[about.message.text for about in read.notes],
    )


def table(*rows: str) -> str:
    """A Markdown table from rows such as "Tiltak | Beløp"; the first is the header."""
    header, *body = rows
    line = "|".join("---" for _cell in header.split("|"))
    return "\n".join([f"| {header} |", f"|{line}|", *(f"| {row} |" for row in body)]) + "\n"
