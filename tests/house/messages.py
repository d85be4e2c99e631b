"""Finds what is to be translated, and keeps the catalogues in step (`bin/messages`)."""

import ast
import re
from dataclasses import dataclass, field
from pathlib import Path

import polib
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "samloft"
LANGUAGES = ("nb", "nn")

# How many of the first arguments are text, and whether the first of them is the context.
CALLS = {
    "_": (1, False),
    "gettext": (1, False),
    "gettext_lazy": (1, False),
    "gettext_noop": (1, False),
    "ngettext": (2, False),
    "ngettext_lazy": (2, False),
    "pgettext": (2, True),
    "pgettext_lazy": (2, True),
    "npgettext": (3, True),
    "npgettext_lazy": (3, True),
}
_LITERAL = r"""u?(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
_IN_TEMPLATE = re.compile(rf"\b(n?p?n?gettext|_)\(\s*({_LITERAL}(?:\s*,\s*{_LITERAL})*)\s*(?:,\s*count\s*)?\)")

Key = tuple[str | None, str]  # context and message


@dataclass
class Message:
    context: str | None
    text: str
    plural: str = ""
    places: set[str] = field(default_factory=set)

    @property
    def key(self) -> Key:
        return self.context, self.text


def apps() -> list[Path]:
    """The folders of our apps, config included."""
    return sorted(path.parent for path in PACKAGE.glob("*/apps.py"))


def catalogue(app: Path, language: str) -> Path:
    return app / "locale" / language / "LC_MESSAGES" / "django.po"


def messages(app: Path) -> dict[Key, Message]:
    """Every message in the Python files and templates of the app."""
    found: dict[Key, Message] = {}

    def note(name: str, texts: list[str], place: Path) -> None:
        count, with_context = CALLS[name]
        context = texts[0] if with_context else None
        words = texts[1:] if with_context else texts
        message = found.setdefault((context, words[0]), Message(context, words[0]))
        if count - with_context > 1:
            message.plural = words[1]
        message.places.add(place.relative_to(ROOT).as_posix())

    for path in sorted(app.rglob("*.py")):
        for name, texts in _in_python(path):
            note(name, texts, path)
    for path in sorted(app.rglob("templates/**/*")):
        if path.suffix in {".html", ".txt"}:
            for name, texts in _in_template(path):
                note(name, texts, path)
    return found


def _in_python(path: Path) -> list[tuple[str, list[str]]]:
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name not in CALLS or not node.args:
            continue
        words = node.args[: CALLS[name][0]]
        if all(isinstance(word, ast.Constant) and isinstance(word.value, str) for word in words):
            found.append((name, [word.value for word in words]))  # type: ignore[attr-defined]
        elif any(isinstance(word, ast.JoinedStr) for word in words):
            raise AssertionError(f"{path}:{node.lineno}: no catalogue holds an f-string; use %(name)s.")
    return found


def _in_template(path: Path) -> list[tuple[str, list[str]]]:
    code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    return [
        (match[1], [ast.literal_eval(text) for text in re.findall(_LITERAL, match[2])])
        for match in _IN_TEMPLATE.finditer(code)
    ]


def update() -> None:
    """Bring every catalogue in step with the code. A text known from another app is filled in."""
    known: dict[tuple[str, Key], polib.POEntry] = {}
    for app in apps():
        for language in LANGUAGES:
            if catalogue(app, language).exists():
                for entry in polib.pofile(str(catalogue(app, language))):
                    if entry.translated() and not entry.obsolete:
                        known.setdefault((language, (entry.msgctxt, entry.msgid)), entry)
    for app in apps():
        found = messages(app)
        for language in LANGUAGES:
            _update_one(catalogue(app, language), language, found, known)


def _update_one(
    path: Path, language: str, found: dict[Key, Message], known: dict[tuple[str, Key], polib.POEntry]
) -> None:
    old = {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(path))} if path.exists() else {}
    fresh = polib.POFile(wrapwidth=110)
    fresh.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": language,
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for key, message in sorted(found.items(), key=lambda item: (sorted(item[1].places), item[1].text)):
        entry = old.get(key) or polib.POEntry(msgid=message.text, msgctxt=message.context)
        if not entry.translated() and (same := known.get((language, key))):
            entry.msgstr, entry.msgstr_plural = same.msgstr, dict(same.msgstr_plural)
        if message.plural:
            entry.msgid_plural = message.plural
            entry.msgstr_plural = entry.msgstr_plural or {0: "", 1: ""}
            entry.msgstr = ""
        entry.obsolete = False
        entry.occurrences = [(place, "") for place in sorted(message.places)]
        entry.flags = [flag for flag in entry.flags if flag == "fuzzy"]
        if "%(" in message.text:
            entry.flags.append("python-format")
        fresh.append(entry)
    if fresh:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.save(str(path))


if __name__ == "__main__":
    update()
