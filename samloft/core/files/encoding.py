"""Which letters the bytes of a text file are."""

import codecs
import re
from collections.abc import Iterable

_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# The old Norwegian code pages give different letters for the same bytes; the text that looks Norwegian wins.
_CODE_PAGES = ("cp1252", "cp865", "mac_roman", "latin-1")
_NORWEGIAN = re.compile(r"(?<=[A-Za-zæøåÆØÅ ])[æøåÆØÅéôòü–«»](?=[A-Za-zæøåÆØÅ .,:;)])|§")
_ODD = re.compile(r"[\x80-\x9f†‡›‹‘’¿¯¸¾¬ÃÂÐ‰ŒœŽž¢¦¥¨¯³´µ¹º±˛ˇ◊ı]|[A-Za-z][^\x00-\xffŒœ–—’‘”“…•€]|[a-z][A-ZÆØÅ]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class NotText(ValueError):
    """The bytes are not text in any encoding that we know."""


def decode(data: bytes) -> str:
    """The text of the bytes. Raises NotText."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            try:
                return _checked(data.decode(encoding))
            except UnicodeDecodeError:
                raise NotText from None
    if b"\x00" in data:
        return _checked(_without_mark(data))
    try:
        return _checked(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _checked(data.decode(_code_page_of(data)))


def _without_mark(data: bytes) -> str:
    """UTF-16 without a byte order mark has a null in every other place of ordinary text."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    half = len(data) / 2
    for count, other, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if count > 0.6 * half and other < 0.05 * half:
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                break
    raise NotText


def encoding_of(chunks: Iterable[bytes]) -> str:
    """The encoding of a text that is too long to hold; its bytes are only looked at. Raises NotText."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    before = b""
    for number, chunk in enumerate(chunks):
        if number == 0:
            for mark, encoding in _BYTE_ORDER_MARKS:
                if chunk.startswith(mark):
                    return encoding
        if b"\x00" in chunk:
            raise NotText
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError:
            return _code_page_of(before[-1000:] + chunk)
        before = chunk
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return _code_page_of(before)
    return "utf-8"


def _code_page_of(data: bytes) -> str:
    best, best_score = "latin-1", None
    for encoding in _CODE_PAGES:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        sample = text[:200_000]
        score = len(_NORWEGIAN.findall(sample)) - 2 * len(_ODD.findall(sample))
        if best_score is None or score > best_score:
            best, best_score = encoding, score
    return best


def _checked(text: str) -> str:
    sample = text[:400_000]
    if "\x00" in text or len(_CONTROL.findall(sample)) > max(2, len(sample) // 500):
        raise NotText
    # A no-break space counts as unprintable in Python, and well-set amounts are full of them.
    odd = (letter for letter in sample if not letter.isprintable() and not letter.isspace())
    strange = sum(1 for letter in odd if letter not in "\x1b\u00ad")
    letters = sum(1 for letter in sample if letter.isalnum() or letter.isspace() or letter in "|-:;,.")
    if strange > max(20, len(sample) // 50) or letters < len(sample) * 0.3:
        raise NotText
    return text
