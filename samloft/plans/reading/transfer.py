"""How an interpretation crosses from the reading process to ours: plain JSON, checked by shape when it arrives."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from samloft.core.said import Said, SaidAbout
from samloft.plans.reading.interpretation import Interpretation, ReadLine, Section, UnreadLine


def packed(read: Interpretation) -> dict[str, Any]:
    return {
        "lines": [asdict(line) for line in read.lines],
        "unread": [asdict(line) for line in read.unread],
        "stated_total": read.stated_total,
        "problems": [[about.where.to_json(), about.message.to_json()] for about in read.problems],
        "notes": [[about.where.to_json(), about.message.to_json()] for about in read.notes],
        "sections": [asdict(section) for section in read.sections],
        "year": read.year,
        "title": read.title,
    }


def unpacked(data: dict[str, Any]) -> Interpretation:
    return Interpretation(
        lines=tuple(ReadLine(**line) for line in data["lines"]),
        unread=tuple(UnreadLine(**line) for line in data["unread"]),
        stated_total=data["stated_total"],
        problems=_remarks(data["problems"]),
        notes=_remarks(data["notes"]),
        sections=tuple(Section(**section) for section in data["sections"]),
        year=data["year"],
        title=data["title"],
    )


def _remarks(pairs: Sequence[Sequence[list[Any]]]) -> tuple[SaidAbout, ...]:
    return tuple(SaidAbout(Said.from_json(where), Said.from_json(message)) for where, message in pairs)
