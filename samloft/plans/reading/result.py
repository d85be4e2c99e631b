"""What reading a plan gives."""

from dataclasses import dataclass
from typing import Any

from samloft.core.kroner import kroner_text
from samloft.plans.reading.interpretation import ReadLine, Section, UnreadLine
from samloft.plans.reading.isolation import interpret_apart
from samloft.plans.reading.refuse import LARGEST_FILE, too_large


@dataclass(frozen=True)
class Remark:
    where: str
    message: str


@dataclass(frozen=True)
class PlanReading:
    lines: tuple[ReadLine, ...]
    stated_total: int | None  # øre
    problems: tuple[Remark, ...]
    notes: tuple[Remark, ...]
    unread: tuple[UnreadLine, ...] = ()
    sections: tuple[Section, ...] = ()
    year: int | None = None  # the plan's year, when the file says so
    title: str = ""

    @property
    def sum(self) -> int:
        """All lines added, in øre."""
        return sum(line.amount for line in self.lines)

    def to_json(self) -> dict[str, Any]:
        """The stable form for scripts: amounts are kroner with two decimals, as text."""
        return {
            "lines": [
                {
                    "name": line.name,
                    "amount": kroner_text(line.amount),
                    "focus_area": line.focus_area,
                    "source": line.source,
                    "row": line.row,
                }
                for line in self.lines
            ],
            "sum": kroner_text(self.sum),
            "stated_total": None if self.stated_total is None else kroner_text(self.stated_total),
            "problems": [{"where": remark.where, "message": remark.message} for remark in self.problems],
            "notes": [{"where": remark.where, "message": remark.message} for remark in self.notes],
        }


def read_plan(data: bytes, filename: str, *, year: int | None = None) -> PlanReading:
    """Read a plan file; `year` tells which budget columns to take when the caller knows the plan's year.

    Messages are in the active language. Raises FileRefused for a file that is hostile, broken or of a format
    that is not read; no other error escapes.
    """
    if len(data) > LARGEST_FILE:
        raise too_large()
    read = interpret_apart(data, filename, year)
    return PlanReading(
        lines=read.lines,
        stated_total=read.stated_total,
        problems=tuple(Remark(about.where.text, about.message.text) for about in read.problems),
        notes=tuple(Remark(about.where.text, about.message.text) for about in read.notes),
        unread=read.unread,
        sections=read.sections,
        year=read.year,
        title=read.title,
    )
