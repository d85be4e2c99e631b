"""What an entry of a menu is. Which entries there are stands in `config/navigation.py`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

# (request, programme or None) -> may this person see the entry?
Allowed = Callable[[HttpRequest, object | None], bool]


def everyone(request: HttpRequest, programme: object | None) -> bool:
    return True


def signed_in(request: HttpRequest, programme: object | None) -> bool:
    # A request refused before it reached the session has no user, and its error page has a menu all the same.
    user = getattr(request, "user", None)
    return user is not None and bool(user.is_authenticated)


@dataclass(frozen=True)
class Item:
    """A menu entry. `covers` are starts of url names (`plans:measure_`) that also count as being here.

    Neighbours with the same `part` stand together, as pages of one tab.
    """

    label: str | Promise
    url_name: str
    icon: str = ""
    allowed: Allowed = everyone
    covers: tuple[str, ...] = ()
    part: str | Promise = ""


@dataclass(frozen=True)
class Link:
    """An entry as one person sees it on one page."""

    label: str
    url: str
    icon: str
    is_current: bool
    part: str = ""


@dataclass(frozen=True)
class Part:
    """A tab of a large menu, with the pages in it: those that this person sees."""

    name: str
    pages: tuple[Link, ...]

    @property
    def label(self) -> str:
        return self.name if len(self.pages) > 1 else self.pages[0].label

    @property
    def url(self) -> str:
        return self.pages[0].url

    @property
    def is_current(self) -> bool:
        return any(page.is_current for page in self.pages)


def parts(shown: Iterable[Link]) -> list[Part]:
    """The entries as tabs, those of one part together; an entry without a part is one of its own."""
    return [Part(name, tuple(pages)) for name, pages in groupby(shown, key=lambda link: link.part or link.label)]


def links(
    items: Iterable[Item], request: HttpRequest, *, programme: object | None = None, slug: str | None = None
) -> list[Link]:
    """The entries this person may see, in order. With `slug` the addresses are those of that programme."""
    items = [item for item in items if item.allowed(request, programme)]
    match = request.resolver_match
    here = max(items, key=lambda item: _nearness(item, match.view_name)) if items and match else None
    if here and match and not _nearness(here, match.view_name):
        here = None
    args = [slug] if slug is not None else []
    return [
        Link(
            label=str(item.label),
            url=reverse(item.url_name, args=args),
            icon=item.icon,
            is_current=item is here,
            part=str(item.part),
        )
        for item in items
    ]


def _nearness(item: Item, view_name: str) -> int:
    """How much of the page's name the entry covers; 0 when it is another part."""
    if view_name == item.url_name:
        return len(view_name) + 1
    return max((len(start) for start in item.covers if view_name.startswith(start)), default=0)
