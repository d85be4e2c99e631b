"""A table that a person takes along to a spreadsheet, as the answer to a request."""

from collections.abc import Iterable, Sequence

from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse

from samloft.core import spreadsheets
from samloft.core.spreadsheets import Cell


def table(
    ending: str, *, name: str, title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> HttpResponseBase:
    """The file `name.csv` or `name.xlsx`, whichever the ending of the address asks for; 404 for any other."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.{ending}"'}
    if ending == "csv":
        lines = spreadsheets.csv_rows(header, rows)
        return StreamingHttpResponse(lines, content_type=spreadsheets.CSV_TYPE, headers=headers)
    if ending != "xlsx":
        raise Http404
    content = spreadsheets.xlsx(title, header, rows)
    return HttpResponse(content, content_type=spreadsheets.XLSX_TYPE, headers=headers)
