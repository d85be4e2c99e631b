"""Word's XML where python-docx has no word for it: elements, fields and borders."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph


def element(tag: str, *children: Any, **attributes: str | int) -> Any:
    """Make an element: `element("w:shd", val="clear", fill="EFF3F5")`; attributes are of Word's namespace."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    for child in children:
        made.append(child)
    return made


def add_field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """Add a field that shows `shown` until Word works it out again."""
    begin_field(paragraph, instruction)
    paragraph.add_run(shown)
    end_field(paragraph)


def begin_field(paragraph: Paragraph, instruction: str) -> None:
    code = element("w:instrText")
    code.text = f" {instruction} "
    code.set(qn("xml:space"), "preserve")
    for piece in (element("w:fldChar", fldCharType="begin"), code, element("w:fldChar", fldCharType="separate")):
        paragraph.add_run()._r.append(piece)


def end_field(paragraph: Paragraph) -> None:
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="end"))


def borders(tag: str, **sides: tuple[int, str, int]) -> Any:
    """Make `w:pBdr` or `w:tcBorders`; a side is thickness in eighths of a point, colour, distance in points."""
    order = ("top", "left", "bottom", "right")
    return element(
        tag,
        *(
            element(f"w:{side}", val="single", sz=sides[side][0], space=sides[side][2], color=sides[side][1])
            for side in order
            if side in sides
        ),
    )
