"""Whether a page's HTML hangs together: what a browser forgives and assistive technology does not."""

from html.parser import HTMLParser

VOID = {
    *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"),
    *("path", "use", "rect"),  # self-closed in our SVG
}
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "popovertarget", "data-opens")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.wanted: list[tuple[str, str]] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.append(given["id"])
        for name in REFERENCES:
            self.wanted += [(name, target) for target in given.get(name, "").split()]
        if given.get("href", "").startswith("#") and len(given["href"]) > 1:
            self.wanted.append(("href", given["href"][1:]))
        self.faults += [f"<{tag}> has {name}" for name in given if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in given):
            self.faults.append(f"inline <{tag}>")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> closes {self.open[-1] if self.open else 'nothing'} at {self.getpos()}")
        else:
            self.open.pop()


def faults(html: str) -> list[str]:
    """Unbalanced tags, doubled ids, references to ids that are not there, inline style and script."""
    reader = _Reader()
    reader.feed(html)
    found = reader.faults + [f"<{tag}> is never closed" for tag in reader.open]
    found += [f"id {one!r} twice" for one in sorted({i for i in reader.ids if reader.ids.count(i) > 1})]
    return found + [
        f'{name}="{target}" leads nowhere' for name, target in reader.wanted if target not in reader.ids
    ]
