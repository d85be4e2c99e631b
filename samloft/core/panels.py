"""Pieces of a page that come from an app above the page's own app.

`config/panels.py` says which panels a page shows; the page says where: `{% panels "plans.measure" measure %}`.
A panel is a function `(request, subject) -> HTML`, or None when this person may not see it or there is nothing.

Where a page lists many records, a panel would ask the database for each of them. There the page takes *notes*:
`{% notes "programmes.goals.notes" goals as noted %}`, and at each record `{% note noted goal %}`. A note is made
by a function `(request, records) -> {primary key: HTML}`, and the map of panels names it in the same way.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString

Panel = Callable[[HttpRequest, Any], SafeString | None]
Noter = Callable[[HttpRequest, Sequence[Any]], Mapping[int, SafeString]]
Notes = Mapping[int, Sequence[SafeString]]
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


def take_notes(panels: PanelMap, place: str, request: HttpRequest, records: Sequence[Any]) -> Notes:
    """By primary key, the HTML that each app above has to say about a record, in the order of the map."""
    noted: dict[int, list[SafeString]] = {}
    for dotted in panels.get(place, ()):
        noter: Noter = import_string(dotted)
        for pk, html in noter(request, records).items():
            noted.setdefault(pk, []).append(html)
    return noted
