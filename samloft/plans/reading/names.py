"""Names as written, without what is not the name: markup, footnote marks, bullets, odd spaces."""

import html
import re

from samloft.core.amounts import SUPERSCRIPT, plain_spaces

_SUP = re.compile(r"<sup\b[^>]*>.*?</sup>", re.I | re.S)
_BREAK = re.compile(r"<br\s*/?>|</p>|</div>|</li>", re.I)
_TAG = re.compile(r"</?[a-z][a-z0-9]{0,15}(?:\s[^<>]{0,200})?/?>", re.I)
_LINK = re.compile(r"!?\[([^\[\]]{1,200})\]\([^()\s]{0,300}\)")
_FOOTNOTE_REFERENCE = re.compile(
    r"\[\^[^\[\]\s]{1,12}\]|\s?\[[0-9]{1,2}\](?=$|[\s.,:;])|(?<=\S)\^[0-9]{1,2}\^?(?=$|\s)"
)
_EMPHASIS = re.compile(r"(\*{1,3})(?=\S)([^*]{1,300}?)(?<=\S)\1")
_UNDERLINED = re.compile(r"(?<![\w_])(_{1,3})(?=\S)([^_]{1,300}?)(?<=\S)\1(?![\w_])")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|>~-])")
_SUPERSCRIPTS = re.compile(rf"(?<!\bm)(?<!\bkm)(?<!\bcm)[{SUPERSCRIPT}][{SUPERSCRIPT},⁾]*")
_TRAILING_MARKS = re.compile(r"(?:\s?(?:[*†‡§]+\)?|(?<=[\s*])[0-9]{1,2}\)))+$")
_BULLET = re.compile(r"^[•·▪●◦‣∙–—\-*]\s+")
_NUMBERING = re.compile(
    r"^(?:(?:[Kk]apittel|[Kk]ap\.|[Dd]el|[Pp]kt\.?)\s+)?(?:[0-9]+(?:\.[0-9]+)+[.):]?|[0-9]{1,2}[.):]|[0-9]{1,2}(?=\s+[A-ZÆØÅ]))\s+(?=\D)"
)


def without_markup(text: str) -> str:
    """The text without HTML and Markdown marks; a line break stays a line break."""
    text = _SUP.sub("", text)
    text = _BREAK.sub("\n", text)
    text = html.unescape(_TAG.sub("", text))
    text = _FOOTNOTE_REFERENCE.sub("", text)
    text = _LINK.sub(r"\1", text)
    for _again in range(2):
        text = _EMPHASIS.sub(r"\2", text)
        text = _UNDERLINED.sub(r"\2", text)
    return _ESCAPED.sub(r"\1", text)


def is_bold_markup(text: str) -> bool:
    """Whether the whole text stands in bold, in Markdown or HTML."""
    stripped = text.strip()
    return bool(
        re.fullmatch(r"(\*\*|__)(?=\S)(?:(?!\1).)+\1:?", stripped)
        or re.fullmatch(r"<(b|strong)\b[^>]*>.*</\1>:?", stripped, re.I | re.S)
    )


def clean_name(text: str) -> str:
    """The name as written, spaces collapsed, footnote marks off; digits that belong to the name stay."""
    text = joined_lines(without_markup(text))
    text = _SUPERSCRIPTS.sub("", text)
    previous = None
    while previous != text:
        previous = text
        # "(trinn 2)" keeps its closing bracket; "Åpen post 2)" has a mark that opens nowhere.
        if text.count("(") < text.count(")") or not text.endswith(")"):
            text = _TRAILING_MARKS.sub("", text)
    return plain_spaces(_BULLET.sub("", plain_spaces(text)))


def joined_lines(text: str) -> str:
    """One line; a word broken at its own hyphen is put together again, "Bo-" before "og" is not."""
    text = re.sub(r"(?<=\w)\u00ad\s*\n\s*", "", text)
    text = re.sub(r"(?<=\w)-[ \t]*\n[ \t]*(?!(?:og|eller|samt)\b)(?=[a-zæøå0-9])", "-", text)
    return plain_spaces(text)


_SMALL_WORD = re.compile(r"(?:og|i|på|for|av|til|med|ved|fra|å|som|der|eller|samt|mot)\b")


def is_cut_word(first: str, second: str, *, room: float, width: float, joined: float) -> bool:
    """Whether a narrow column cut one word in two: it was alone on its line, filled it, and was too long for it.

    `room` is what was left of the line, `width` the column's, `joined` that of the whole word, all in points.
    """
    if " " in first.strip() or not second[:1].islower() or not first[-1:].isalpha() or _SMALL_WORD.match(second):
        return False
    if re.fullmatch(r"[bcdfghjklmnpqrstvwxz]{1,2}", second):
        return joined > width  # no word: the end of one
    letter = joined / max(1, len(first) + len(second.split()[0]))
    return joined > width and room < 1.5 * letter


def without_numbering(heading: str) -> str:
    """`Oppvekst og utdanning` from `2.1 Oppvekst og utdanning`; a year is not numbering."""
    found = _NUMBERING.match(heading)
    if found is None or re.match(r"(?:19|20)[0-9]{2}\b", heading):
        return heading
    return heading[found.end() :] or heading
