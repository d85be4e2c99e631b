"""Reads files of statistics into dimensions and a stream of figures: JSON-stat, CSV and Excel.

Everything here is pure: it knows files, not the database. Figures are never held, only passed on, so that a file
of any size takes the same memory.
"""

from django.utils.translation import gettext_noop as _

from samloft.core.files.refusals import FileRefused, empty, refused
from samloft.indicators.reading.csv_rows import not_text, open_csv
from samloft.indicators.reading.cube import UNKNOWN, Counts, Cube, Dimension, Figure, Problems, count
from samloft.indicators.reading.jsonstat import open_jsonstat
from samloft.indicators.reading.limits import LARGEST_FILE
from samloft.indicators.reading.source import Source, source_at
from samloft.indicators.reading.tables import Hints, open_table
from samloft.indicators.reading.xlsx_rows import is_old_excel, open_xlsx, refuse_old_excel

__all__ = [
    "UNKNOWN",
    "Counts",
    "Cube",
    "Dimension",
    "Figure",
    "FileRefused",
    "Hints",
    "Problems",
    "Source",
    "count",
    "open_statistics",
    "source_at",
]

_BEGINNING = 4096
_OTHER_KINDS = (
    b"%PDF-",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"{\\rtf",
    b"<",
)
_NO_HINTS = Hints()


def open_statistics(source: Source, choice: str = "", hints: Hints = _NO_HINTS) -> Cube:
    """Describe the table in a file, whichever format it has; `choice` names one of several. Raises FileRefused.

    What the file is follows from its content; its name is not asked.
    """
    if source.size > LARGEST_FILE:
        raise refused(
            _("The file is larger than %(most)d MB. Download a smaller part of the table."),
            most=LARGEST_FILE // 1024 // 1024,
        )
    with source.open() as file:
        beginning = file.read(_BEGINNING)
    bare = beginning.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not bare:
        raise empty()
    if bare[:20].lower().startswith((b"<!doctype", b"<html")):
        raise refused(_("The file is a web page, not a table. Download the table as JSON-stat, CSV or Excel."))
    if b"AXIS-VERSION=" in bare:
        raise refused(_("The file is in PX format. Download the table as JSON-stat, CSV or Excel instead."))
    if bare.startswith(_OTHER_KINDS):
        raise not_text()
    if is_old_excel(beginning):
        raise refuse_old_excel(source)
    if beginning.startswith(b"PK"):
        return open_table(open_xlsx(source), choice, hints)
    if bare.startswith((b"{", b"[")):
        return open_jsonstat(source, choice)
    return open_table([open_csv(source)], choice, hints)
