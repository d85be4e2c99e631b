"""Pieces of a page that come from an app above the page's own app.

`config/panels.py` says which panels a page shows; the page says where: `{% panels "plans.measure" measure %}`.
A panel is a function `(request, subject) -> HTML, or None when this person may not see it or there is nothing`.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString

Panel = Callable[[HttpRequest, Any], SafeString | None]
PanelMap = Mapping[str, Sequence[str]]


def render_panels(panels: PanelMap, place: str, request: HttpRequest, subject: object) -> list[SafeString]:
    """The HTML of each panel that has something to show this person, in the order of the map."""
    shown: list[SafeString] = []
    for dotted in panels.get(place, ()):
        panel: Panel = import_string(dotted)
        html = panel(request, subject)
        if html is not None:
            shown.append(html)
    return shown
