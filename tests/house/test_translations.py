"""Everything that people read is written in bokmål and nynorsk."""

import re
from pathlib import Path

import polib
import pytest

from samloft.core.catalogues import catalogues
from tests.house.messages import LANGUAGES, apps, catalogue, messages

APPS = apps()

# Words that are bokmål only. Each has exactly one usual form in nynorsk, so a hit is always a mistake.
BOKMAL_ONLY = {
    "allerede": "allereie",
    "bare": "berre",
    "bedre": "betre",
    "beløpene": "beløpa",
    "bruker": "brukar",
    "disse": "desse",
    "ennå": "enno",
    "en": "ein",
    "et": "eit",
    "finnes": "finst",
    "flere": "fleire",
    "fra": "frå",
    "følge": "følgje",
    "gjøre": "gjere",
    "gjør": "gjer",
    "gjelder": "gjeld",
    "hel": "heil",
    "hele": "heile",
    "hva": "kva",
    "hvem": "kven",
    "hver": "kvar",
    "hvert": "kvart",
    "hvilke": "kva",
    "hvilken": "kva for ein",
    "hvilket": "kva for eit",
    "hvis": "viss",
    "hvor": "kor",
    "hvordan": "korleis",
    "hvorfor": "kvifor",
    "ikke": "ikkje",
    "innbygger": "innbyggjar",
    "innbyggere": "innbyggjarar",
    "jeg": "eg",
    "kommer": "kjem",
    "leder": "leiar",
    "mangler": "manglar",
    "mer": "meir",
    "mye": "mykje",
    "målene": "måla",
    "noe": "noko",
    "noen": "nokon",
    "nå": "no",
    "områdene": "områda",
    "opplysninger": "opplysningar",
    "programleder": "programleiar",
    "selv": "sjølv",
    "siden": "sidan or sida",
    "skrevet": "skrive",
    "tidligere": "tidlegare",
    "tiltakene": "tiltaka",
    "utgave": "utgåve",
    "uten": "utan",
    "vedtakene": "vedtaka",
    "være": "vere",
    "vært": "vore",
}
NYNORSK_ONLY = {
    "ikkje",
    "korleis",
    "kva",
    "kven",
    "kvifor",
    "berre",
    "frå",
    "noko",
    "nokon",
    "eit",
    "ein",
    "vere",
    "desse",
}

PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|\{(\w*)\}")
WORD = re.compile(r"[a-zæøåéòôA-ZÆØÅ]+")


def _entries(app: Path, language: str) -> dict[tuple[str | None, str], polib.POEntry]:
    path = catalogue(app, language)
    if not path.exists():
        return {}
    return {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(path)) if not entry.obsolete}


def _texts(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def _all_texts(language: str) -> list[tuple[str, str, str]]:
    return [
        (app.name, entry.msgid, text)
        for app in APPS
        for entry in _entries(app, language).values()
        for text in _texts(entry)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("app", APPS, ids=lambda app: app.name)
def test_every_message_is_translated(app: Path, language: str) -> None:
    entries = _entries(app, language)
    missing = [
        f"{text!r} in {', '.join(sorted(message.places))}"
        for (context, text), message in messages(app).items()
        if (entry := entries.get((context, text))) is None or entry.fuzzy or not entry.translated()
    ]
    assert not missing, (
        f"{len(missing)} messages lack {language}. Run bin/messages and translate them in "
        f"{catalogue(app, language)}:\n" + "\n".join(missing)
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("app", APPS, ids=lambda app: app.name)
def test_no_translation_is_left_over(app: Path, language: str) -> None:
    unused = sorted(text for _, text in set(_entries(app, language)) - set(messages(app)))
    assert not unused, f"Run bin/messages to remove what nothing uses any more from {app.name}: {unused}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_the_same_in_the_translation(language: str) -> None:
    different = [
        f"{app.name}: {entry.msgid!r} → {text!r}"
        for app in APPS
        for entry in _entries(app, language).values()
        for text in _texts(entry)
        if text
        and set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(entry.msgid))
        and set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(entry.msgid_plural or ""))
    ]
    assert not different, "Use every %(name)s of the message, and no other:\n" + "\n".join(different)


def test_nynorsk_has_no_bokmal_only_word() -> None:
    found = [
        f"{app}: {text!r}: write {BOKMAL_ONLY[word]!r} for {word!r}"
        for app, _, text in _all_texts("nn")
        for word in {word.lower() for word in WORD.findall(PLACEHOLDER.sub("", text))}
        if BOKMAL_ONLY.get(word)
    ]
    assert not found, "\n".join(found)


def test_bokmal_has_no_nynorsk_only_word() -> None:
    found = [
        f"{app}: {text!r}: {word!r} is nynorsk"
        for app, _, text in _all_texts("nb")
        for word in {word.lower() for word in WORD.findall(PLACEHOLDER.sub("", text))}
        if word in NYNORSK_ONLY
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_message_is_translated_alike_in_every_app(language: str) -> None:
    """Django merges the catalogues: of two different translations, one would be lost without a word."""
    seen: dict[tuple[str | None, str], tuple[str, list[str]]] = {}
    different = []
    for app in APPS:
        for key, entry in _entries(app, language).items():
            other, texts = seen.setdefault(key, (app.name, _texts(entry)))
            if texts != _texts(entry):
                different.append(f"{key[1]!r}: {other} {texts}, {app.name} {_texts(entry)}")
    assert not different, "Translate alike, or tell them apart with pgettext():\n" + "\n".join(different)


def test_every_catalogue_is_for_an_app_and_a_language_we_have() -> None:
    expected = {catalogue(app, language) for app in APPS for language in LANGUAGES}
    assert set(catalogues()) <= expected
