"""A JSON text read through a window, so that a file of any size takes the same memory.

The standard library's reader wants the whole text at once. Here only the description of the figures becomes Python
objects; the long lists of figures are passed over as a `Stretch`, and read piece by piece when they are wanted.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, NoReturn

from django.utils.translation import gettext_noop as _

from samloft.core.files.refusals import FileRefused, empty, refused
from samloft.indicators.reading.limits import DEEPEST, LONGEST_NUMBER, LONGEST_TEXT, MOST_DESCRIPTION

CHUNK = 256 * 1024

_STRING = rb'"[^"\\\x00-\x1f]*+(?:\\[^\x00-\x1f][^"\\\x00-\x1f]*+)*+"'
_PLAIN = rb"[-+.0-9A-Za-z]{1,%d}+" % LONGEST_NUMBER
_SPACE = re.compile(rb"[ \t\r\n]*+")
_TEXT = re.compile(_STRING)
_WORD = re.compile(_PLAIN)
# How an object begins: with a position and so with figures, or with anything else.
_BEGINNING = re.compile(rb'\{[ \t\r\n]*+(?:(?P<figures>\}|"[0-9]++")|"[0-9]*+[^0-9]|[^"} \t\r\n])')

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Stretch:
    """A list of plain values, or an object of them by position, left in the file.

    `start` is the byte of its opening bracket, `last` the highest position (-1 when there is none).
    """

    start: int
    is_list: bool
    count: int
    last: int
    in_order: bool


def not_json() -> FileRefused:
    return refused(_("The file is not valid JSON. Download it again, and do not change it on the way."))


def too_deep() -> FileRefused:
    return refused(_("The file is not statistics: it holds lists inside lists, level upon level."))


def _no_constant(_word: str) -> NoReturn:
    raise refused(_("The file holds NaN or Infinity, which JSON does not have. Download it again as JSON-stat."))


def _pairs(pairs: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    return pairs


_decode = json.JSONDecoder(parse_constant=_no_constant, object_pairs_hook=_pairs).decode


class JsonText:
    """The text of one open file. Raises FileRefused for what is not JSON, or holds more than the limits allow."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._window = b""
        self._at = 0  # where in the window we are
        self._start = 0  # the byte of the file where the window begins
        self._described = 0  # bytes that have become Python objects
        self._leave: Callable[[Path], bool] = lambda path: False

    def description(self, leave: Callable[[Path], bool]) -> Any:
        """The whole text as Python values, with a Stretch for the figures at the paths that `leave` names."""
        self._leave = leave
        self._seek(0)
        self._need(3)
        if self._window.startswith(b"\xef\xbb\xbf"):
            self._at = 3
        if not self._next():
            raise empty()
        value = self._value(())
        if self._next():
            raise not_json()
        return value

    def values(self, stretch: Stretch) -> Iterator[list[Any]]:
        """The values of a list, some thousands at a time."""
        self._seek(stretch.start)
        return self._elements()

    def pairs(self, stretch: Stretch) -> Iterator[list[tuple[int, Any]]]:
        """The positions and values of an object, some thousands at a time."""
        self._seek(stretch.start)
        return self._pairs()

    def _elements(self) -> Iterator[list[Any]]:
        return self._pieces(b"[", b"]")

    def _pairs(self) -> Iterator[list[tuple[int, Any]]]:
        for piece in self._pieces(b"{", b"}"):
            yield [(_position(key), value) for key, value in piece]

    def _pieces(self, opening: bytes, end: bytes) -> Iterator[list[Any]]:
        """What stands between the brackets, cut at the last comma of each window."""
        self._expect(opening)
        is_first = True
        while True:
            marks = _without_texts(self._window[self._at :])
            last = marks.find(end)
            cut = last if last >= 0 else marks.rfind(b",")
            if cut >= 0:
                if marks.find(b"[", 0, cut) >= 0 or marks.find(b"{", 0, cut) >= 0:
                    raise refused(_("Where the figures should be, the file holds lists of something else."))
                piece = self._window[self._at : self._at + cut]
                self._at += cut + 1
                if piece.strip():
                    yield _decoded(opening + piece + end)
                elif not (is_first and last >= 0):
                    raise not_json()
                is_first = False
            if last >= 0:
                return
            if len(self._window) - self._at > LONGEST_TEXT or not self._more():
                raise not_json()

    def _value(self, path: Path) -> Any:
        if len(path) > DEEPEST:
            raise too_deep()
        opening = self._next()
        if opening in (b"{", b"[") and self._leave(path) and self._is_stretch(opening):
            return self._passed_over(opening)
        if opening == b"{":
            return self._object(path)
        if opening == b"[":
            return self._list(path)
        if opening == b'"':
            return self._text()
        return _decoded(self._token(_WORD))

    def _is_stretch(self, opening: bytes) -> bool:
        """A list, or an object whose first key is a position; any other object is part of the description."""
        if opening == b"[":
            return True
        while not (begun := _BEGINNING.match(self._window, self._at)):
            if len(self._window) - self._at > LONGEST_TEXT or not self._more():
                raise not_json()
        return begun["figures"] is not None

    def _passed_over(self, opening: bytes) -> Stretch:
        start = self._start + self._at
        if opening == b"[":
            count = sum(len(piece) for piece in self._elements())
            return Stretch(start, True, count, count - 1, True)
        count, highest, before, in_order = 0, -1, -1, True
        for piece in self._pairs():
            for position, _value in piece:
                in_order = in_order and position > before
                before = position
                highest = max(highest, position)
            count += len(piece)
        return Stretch(start, False, count, highest, in_order)

    def _object(self, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        self._expect(b"{")
        if self._next() == b"}":
            self._at += 1
            return found
        while True:
            if self._next() != b'"':
                raise not_json()
            key = self._text()
            if key in found:
                raise refused(_("The file says “%(key)s” twice in one place. Download it again."), key=key[:80])
            self._expect(b":")
            found[key] = self._value((*path, key))
            if self._comma_or(b"}"):
                return found

    def _list(self, path: Path) -> list[Any]:
        found: list[Any] = []
        self._expect(b"[")
        if self._next() == b"]":
            self._at += 1
            return found
        while True:
            found.append(self._value((*path, len(found))))
            if self._comma_or(b"]"):
                return found

    def _comma_or(self, end: bytes) -> bool:
        mark = self._next()
        if mark not in (b",", end):
            raise not_json()
        self._at += 1
        return mark == end

    def _text(self) -> str:
        return str(_decoded(self._token(_TEXT)))

    def _token(self, pattern: re.Pattern[bytes]) -> bytes:
        while True:
            found = pattern.match(self._window, self._at)
            # What ends where the window ends may go on behind it.
            if found and found.end() < len(self._window):
                break
            if len(self._window) - self._at > LONGEST_TEXT:
                raise refused(_("The file holds a text that is longer than statistics need."))
            if not self._more():
                if found:
                    break
                raise not_json()
        self._at = found.end()
        self._described += len(found[0]) + 8
        if self._described > MOST_DESCRIPTION:
            raise refused(_("The file holds far more text than figures. Download a smaller table."))
        return found[0]

    def _expect(self, mark: bytes) -> None:
        if self._next() != mark:
            raise not_json()
        self._at += 1

    def _next(self) -> bytes:
        """The next byte that is not space, without passing it; nothing at the end."""
        while True:
            found = _SPACE.match(self._window, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._window):
                return self._window[self._at : self._at + 1]
            if not self._more():
                return b""

    def _need(self, count: int) -> None:
        while len(self._window) - self._at < count and self._more():
            pass

    def _more(self) -> bool:
        """Move the window on: what is passed goes, the next chunk comes. False at the end of the file."""
        chunk = self._file.read(CHUNK)
        self._start += self._at
        self._window = self._window[self._at :] + chunk
        self._at = 0
        return bool(chunk)

    def _seek(self, byte: int) -> None:
        self._file.seek(byte)
        self._window, self._at, self._start = b"", 0, byte


def _without_texts(window: bytes) -> bytes:
    """The window with its texts blotted out, up to one that has not come whole: what is left is structure."""
    if b'"' not in window:
        return window
    blotted = _TEXT.sub(lambda text: b"_" * len(text[0]), window)
    return blotted.partition(b'"')[0]


def _decoded(text: bytes) -> Any:
    try:
        return _decode(text.decode("utf-8"))
    except UnicodeDecodeError:
        raise refused(_("The file is not in UTF-8, as JSON must be. Save it again as UTF-8.")) from None
    except ValueError:
        raise not_json() from None


def _position(key: str) -> int:
    if not (key.isascii() and key.isdecimal() and len(key) <= 18):
        raise refused(_("The figures have to be numbered by position, and “%(key)s” is no number."), key=key[:40])
    return int(key)
