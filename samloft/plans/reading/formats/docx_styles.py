"""What Word's styles say: which are headings, of what level, which are bold, items or contents."""

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

Element = Any  # lxml brings no types
_HEADING = re.compile(r"^(?:heading|overskrift|rubrik|titre|überschrift)\s*([1-9])\b", re.I)
_TITLE = re.compile(r"^(?:title|tittel)$", re.I)
_CONTENTS = re.compile(
    r"^(?:toc|innh|inh|innholdsfortegnelse)\s*[0-9]?|^toc heading|^table of figures|^figurliste", re.I
)
_ITEM = re.compile(r"list|liste|bullet|punkt", re.I)


def local(element: Element) -> str:
    """The element's name without namespace; "" for comments and instructions."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def value_of(parent: Element, name: str) -> str | None:
    """The `val` attribute of the first child with this name."""
    for child in parent:
        if local(child) == name:
            return next(
                (value for key, value in child.attrib.items() if str(key).rsplit("}", 1)[-1] == "val"), None
            )
    return None


def _child(parent: Element | None, name: str) -> Element | None:
    if parent is None:
        return None
    return next((child for child in parent if local(child) == name), None)


@dataclass(frozen=True)
class Style:
    name: str = ""
    parent: str = ""
    level: int = 0  # 0 when the style is no heading
    bold: bool = False
    is_title: bool = False
    is_contents: bool = False
    is_item: bool = False


_PLAIN = Style()


@dataclass
class Styles:
    by_id: dict[str, Style]

    @classmethod
    def read(cls, root: Element | None) -> "Styles":
        styles: dict[str, Style] = {}
        for element in root if root is not None else ():
            if local(element) == "style":
                key = next((str(v) for k, v in element.attrib.items() if str(k).endswith("styleId")), "")
                styles[key] = _style(element)
        return cls(styles)

    @cached_property
    def _settled(self) -> dict[str, Style]:
        return {key: self._with_parents(key) for key in self.by_id}

    def _with_parents(self, key: str) -> Style:
        style = self.by_id.get(key, _PLAIN)
        seen = {key}
        parent = style.parent
        while parent and parent not in seen and parent in self.by_id:
            above = self.by_id[parent]
            style = replace(
                style,
                level=style.level or above.level,
                bold=style.bold or above.bold,
                is_title=style.is_title or above.is_title,
                is_contents=style.is_contents or above.is_contents,
                is_item=style.is_item or above.is_item,
            )
            seen.add(parent)
            parent = above.parent
        return style

    def of_paragraph(self, paragraph: Element) -> Style:
        properties = _child(paragraph, "pPr")
        if properties is None:
            return _PLAIN
        key = value_of(properties, "pStyle") or ""
        style = self._settled.get(key) or _named(key)
        outline = value_of(properties, "outlineLvl")
        if outline and outline.isdigit() and int(outline) < 9:
            style = replace(style, level=int(outline) + 1)
        if _child(properties, "numPr") is not None and not style.level:
            style = replace(style, is_item=True)
        return style

    def run_is_bold(self, properties: Element | None) -> bool:
        key = value_of(properties, "rStyle") if properties is not None else None
        return bool(key and self._settled.get(key, _PLAIN).bold)


def _style(element: Element) -> Style:
    name = value_of(element, "name") or ""
    paragraph, run = _child(element, "pPr"), _child(element, "rPr")
    style = replace(_named(name), parent=value_of(element, "basedOn") or "")
    outline = value_of(paragraph, "outlineLvl") if paragraph is not None else None
    if outline and outline.isdigit() and int(outline) < 9:
        style = replace(style, level=int(outline) + 1)
    bold = _child(run, "b")
    if bold is not None and value_of(run, "b") not in ("0", "false", "off"):
        style = replace(style, bold=True)
    return style


def _named(name: str) -> Style:
    """A style by its name alone, for documents whose styles part is missing or in Norwegian."""
    heading = _HEADING.match(re.sub(r"(?<=[a-z])(?=[0-9])", " ", name, flags=re.I))
    return Style(
        name=name,
        level=int(heading[1]) if heading else 0,
        is_title=bool(_TITLE.match(name)),
        is_contents=bool(_CONTENTS.match(name)),
        is_item=bool(_ITEM.search(name)) and not heading,
    )
