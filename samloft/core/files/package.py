"""The zip package that DOCX and XLSX files are, opened with suspicion.

Everything is measured while it is unpacked: a declared size is only a claim.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from xml.parsers import expat

from samloft.core.files.refusals import FileRefused, broken, dangerous, locked

MOST_PARTS = 2_000
MOST_RATIO = 250  # unpacked / packed; ordinary XML packs 10 to 30 times
DEEPEST_XML = 256
_CHUNK = 64 * 1024
_ENOUGH_TO_JUDGE = 1024 * 1024  # bytes; below this a high ratio is only an even picture or an empty sheet
_XML = re.compile(r"\.(?:xml|rels|vml)$", re.I)


@dataclass(frozen=True)
class Limits:
    """What a package may hold; `too_much` is the refusal of one that holds more. Sizes in bytes."""

    largest_unpacked: int  # all parts together
    largest_xml: int  # one XML part
    most_elements: int  # of one XML part
    too_much: Callable[[], FileRefused]


class Package:
    """The parts of a package, by name. Raises FileRefused when the package is broken or hostile."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.size = len(data)
        self._limits = limits
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._parts = self._checked_parts()
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError):
            raise broken() from None
        self._unpacked = 0
        self._cache: dict[str, bytes] = {}

    def _checked_parts(self) -> dict[str, zipfile.ZipInfo]:
        entries = self._zip.infolist()
        if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > self._limits.largest_unpacked:
            raise self._limits.too_much()
        parts: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            name = entry.filename
            if "\\" in name or name.startswith("/") or ".." in name.split("/") or ":" in name or name in parts:
                raise dangerous()
            if entry.flag_bits & 0x1:
                raise locked()
            if entry.file_size > _ENOUGH_TO_JUDGE and entry.file_size > MOST_RATIO * max(1, entry.compress_size):
                raise self._limits.too_much()
            parts[name] = entry
        return parts

    def has(self, name: str) -> bool:
        return name in self._parts

    @property
    def names(self) -> list[str]:
        return list(self._parts)

    def main_part(self, kind: str) -> str | None:
        """The name of the main part whose content type holds `kind`, when it is not in its usual place."""
        if not self.has("[Content_Types].xml"):
            return None
        types = self.read("[Content_Types].xml").decode("utf-8", "replace")
        for override in re.findall(r"<(?:\w+:)?Override\b[^>]*>", types):
            if re.search(rf'ContentType="[^"]*{kind}[^"]*main\+xml"', override):
                named = re.search(r'PartName="/?([^"]+)"', override)
                if named and self.has(named[1]):
                    return named[1]
        return None

    def read(self, name: str) -> bytes:
        """The unpacked bytes of a part, checked: not too large, and if XML without entities and not too deep."""
        if name in self._cache:
            return self._cache[name]
        is_xml = bool(_XML.search(name))
        most = self._limits.largest_xml if is_xml else self._limits.largest_unpacked
        pieces, size = [], 0
        try:
            with self._zip.open(self._parts[name]) as part:
                while piece := part.read(_CHUNK):
                    size += len(piece)
                    self._unpacked += len(piece)
                    if size > most or self._unpacked > self._limits.largest_unpacked:
                        raise self._limits.too_much()
                    pieces.append(piece)
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            EOFError,
            KeyError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ):
            raise broken() from None
        content = b"".join(pieces)
        if is_xml:
            check_xml(content, self._limits)
        self._cache[name] = content
        return content

    def check_all_xml(self) -> None:
        """Check every XML part, for readers that open parts by themselves."""
        for name in self._parts:
            if _XML.search(name):
                self.read(name)

    def repacked(self) -> bytes:
        """The checked XML parts in a package of our own, so that a reader unpacks nothing that is not measured."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
            for name in self.names:
                if re.search(r"\.(?:xml|rels)$", name, re.I):
                    target.writestr(name, self.read(name))
        return out.getvalue()


def check_xml(content: bytes, limits: Limits) -> None:
    """Refuse XML that declares entities or a document type, nests too deep or holds too many elements."""
    if content.count(b"<") > 2 * limits.most_elements:
        raise limits.too_much()  # said without reading them all
    parser = expat.ParserCreate()
    depth = count = 0

    def start(_name: str, _attributes: object) -> None:
        nonlocal depth, count
        depth += 1
        count += 1
        if depth > DEEPEST_XML:
            raise dangerous()
        if count > limits.most_elements:
            raise limits.too_much()

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def doctype(*_declared: object) -> None:
        raise dangerous()

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = doctype
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        raise broken() from None
