"""What a person takes along as a file: a table to a spreadsheet, or a document."""

from collections.abc import Callable, Iterable, Sequence

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from samloft.core import spreadsheets
from samloft.core.documents.blocks import Document
from samloft.core.documents.formats import FORMATS
from samloft.core.spreadsheets import Cell


def table(
    ending: str, *, name: str, title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> HttpResponse:
    """The file `name.csv` or `name.xlsx`, whichever the ending of the address asks for; 404 for any other.

    It is made here and now, not while it is sent: by then the reader's language is gone.
    """
    headers = _headers(name, ending)
    if ending == "csv":
        content = b"".join(spreadsheets.csv_rows(header, rows))
        return HttpResponse(content, content_type=spreadsheets.CSV_TYPE, headers=headers)
    if ending != "xlsx":
        raise Http404
    content = spreadsheets.xlsx(title, header, rows)
    return HttpResponse(content, content_type=spreadsheets.XLSX_TYPE, headers=headers)


def document(ending: str, *, name: str, build: Callable[[], Document]) -> HttpResponse:
    """The file `name.pdf`, `.docx` or `.html`, whichever the ending asks for; 404 for any other."""
    wanted = FORMATS.get(ending)
    if wanted is None:
        raise Http404
    headers = _headers(name, ending) | {"X-Content-Type-Options": "nosniff"}
    return HttpResponse(wanted.render(build()), content_type=wanted.media_type, headers=headers)


def _headers(name: str, ending: str) -> dict[str, str]:
    return {"Content-Disposition": content_disposition_header(True, f"{name}.{ending}") or ""}
