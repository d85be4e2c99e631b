"""Uploaded files are sent as attachments, after the access check, and never shown inside a page."""

from django.http import FileResponse
from django.shortcuts import get_object_or_404

from samloft.programmes.access import Permission, Request, access
from samloft.programmes.models import Programme
from samloft.programmes.queries.files import visible_files


@access(Permission.PROGRAMME_VIEW)
def file(request: Request, programme: Programme, pk: int) -> FileResponse:
    stored = get_object_or_404(visible_files(request.allowed, programme), pk=pk)
    answer = FileResponse(
        stored.content.open("rb"), as_attachment=True, filename=stored.name, content_type=stored.media_type
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
