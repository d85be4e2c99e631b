"""A drawn SVG made safe and steady: only shapes and words are let through, and names are numbered.

Styles become attributes, so that the picture is the same under a strict policy, in the PDF and in Word.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from samloft.core.charts.looks import FONT, FONT_SIZE, TEXT

SVG = "http://www.w3.org/2000/svg"
SHAPES = frozenset(
    {"g", "path", "line", "rect", "circle", "ellipse", "polygon", "polyline", "text", "tspan", "defs", "clipPath"}
)
ATTRIBUTES = frozenset(
    [
        "x",
        "y",
        "x1",
        "x2",
        "y1",
        "y2",
        "dx",
        "dy",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "width",
        "height",
        "d",
        "points",
        "transform",
        "fill",
        "fill-opacity",
        "fill-rule",
        "stroke",
        "stroke-opacity",
        "stroke-width",
        "stroke-dasharray",
        "stroke-linejoin",
        "stroke-linecap",
        "text-anchor",
        "font-size",
        "font-weight",
        "font-style",
        "id",
        "clip-path",
    ]
)
STYLES = frozenset({"fill", "font-size", "font-weight", "font-style", "stroke", "stroke-width"})
_LONG = re.compile(r"-?\d+\.\d+")
_REFERENCE = re.compile(r"url\(#([\w-]+)\)")


def tidy(svg: str, *, title: str, words: str, language: str) -> bytes:
    drawn = fromstring(svg)
    width, height = (round(float(drawn.get(side, "0"))) for side in ("width", "height"))
    head = (
        f'<svg xmlns="{SVG}" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" '
        f'lang="{_escaped(language)}" font-family="{FONT}" font-size="{FONT_SIZE}" fill="{TEXT}">'
        f"<title>{_escaped(title)}</title><desc>{_escaped(words)}</desc>"
    )
    names: dict[str, str] = {}
    body = "".join(_written(child, names) for child in drawn)
    return f"{head}{body}</svg>".encode()


def _written(element: Element, names: dict[str, str]) -> str:
    tag = element.tag.rpartition("}")[2]
    if tag not in SHAPES:
        return ""
    attributes = "".join(f' {name}="{_escaped(value)}"' for name, value in _attributes(element, names))
    inner = "".join(_written(child, names) for child in element)
    if tag in ("text", "tspan"):
        inner = _escaped((element.text or "").strip()) + inner
    if not inner and tag in ("g", "defs", "text"):
        return ""
    return f"<{tag}{attributes}>{inner}</{tag}>" if inner else f"<{tag}{attributes}/>"


def _attributes(element: Element, names: dict[str, str]) -> Iterator[tuple[str, str]]:
    found = {name: value for name, value in element.attrib.items() if name in ATTRIBUTES and value}
    for rule in element.get("style", "").split(";"):
        name, _colon, value = rule.partition(":")
        if name.strip() in STYLES:
            found[name.strip()] = value.strip().removesuffix("px")
    for name in sorted(found):
        value = found[name]
        if name == "id":
            yield name, _counted(value, names)
        elif name == "clip-path":
            inside = _REFERENCE.fullmatch(value)
            if inside:
                yield name, f"url(#{_counted(inside[1], names)})"
        elif "url(" not in value:
            yield name, _LONG.sub(_short, value)


def _counted(name: str, names: dict[str, str]) -> str:
    return names.setdefault(name, f"c{len(names) + 1}")


def _short(number: re.Match[str]) -> str:
    text = f"{float(number[0]):.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
