"""Pages for reading figures from a file: upload, say what it means, look, accept, and take back.

The same pages serve two desks: a programme's, for the figures of its municipality, and that of those who operate
the installation, for figures that are everybody's.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samloft.core import downloads
from samloft.core.errors import RuleBroken
from samloft.indicators import jobs
from samloft.indicators.actions import deliveries, import_storing, imports
from samloft.indicators.documents import deliveries_table
from samloft.indicators.forms.imports import StatisticsFileForm
from samloft.indicators.forms.mappings import MappingForms
from samloft.indicators.models import ImportState, StatisticsImport
from samloft.indicators.queries.imports import import_page, imports_of, open_imports, with_status
from samloft.indicators.queries.names import Names
from samloft.indicators.queries.statistics_fetches import open_fetches
from samloft.programmes.access import Permission, Request, access, operator_only
from samloft.programmes.models import Programme
from samloft.programmes.views.pages import Back, ConfirmForm, form_page, posted

_MOST_SHOWN = 50


@dataclass(frozen=True)
class Desk:
    """Where files come in."""

    programme: Programme | None = None

    def url(self, name: str, *args: object) -> str:
        if self.programme is None:
            return reverse(f"indicators:operator_{name}", args=args)
        return reverse(f"indicators:{name}", args=(self.programme.slug, *args))

    def find(self, pk: int) -> StatisticsImport:
        return get_object_or_404(imports_of(self.programme), pk=pk)  # type: ignore[no-any-return]

    @property
    def back(self) -> Back:
        return Back(_("Figures from files"), self.url("statistics"))


View = Callable[..., HttpResponseBase]


def at_programme(view: View, permission: Permission = Permission.STATISTICS_IMPORT) -> View:
    """The view at a programme's desk, for those who may bring in the municipality's figures."""

    @access(permission)
    @wraps(view)
    def at_desk(request: Request, programme: Programme, **kwargs: Any) -> HttpResponseBase:
        return view(request, Desk(programme), **kwargs)

    return at_desk


def for_everybody(view: View) -> View:
    """The view at the desk of those who operate the installation."""

    @operator_only
    @wraps(view)
    def at_desk(request: Request, **kwargs: Any) -> HttpResponseBase:
        return view(request, Desk(), **kwargs)

    return at_desk


def statistics(request: Request, desk: Desk) -> HttpResponse:
    """The files that have come in, and the form that uploads another."""
    initial = {"retrieved_on": timezone.localdate()}
    form = StatisticsFileForm(posted(request), request.FILES or None, initial=initial, programme=desk.programme)
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            batch = imports.start(
                upload=form.cleaned_data["file"], owner=form.owner(), origin=form.origin(), by=request.user
            )
            jobs.go_on(batch, request.user)
            return redirect(desk.url("statistics_import", batch.pk))
    context = {
        "desk": desk,
        "programme": desk.programme,
        "form": form,
        "imports": [(b, s, same, desk.url("statistics_import", b.pk)) for b, s, same in _latest(desk)],
        "open_imports": open_imports()[:_MOST_SHOWN] if desk.programme else [],
        "fetches": [(f, s, desk.url("statistics_fetch", f.pk)) for f, s in open_fetches(desk.programme)],
        "fetch_url": desk.url("statistics_fetch_new"),
        "files": [(ending, desk.url("statistics_list_file", ending)) for ending in ("xlsx", "csv")],
    }
    return render(request, "indicators/statistics.html", context)


@require_safe
def statistics_list_file(request: Request, desk: Desk, ending: str) -> HttpResponseBase:
    return downloads.table(
        ending,
        name=_("deliveries"),
        title=_("Files that have come in"),
        header=deliveries_table.header(),
        rows=deliveries_table.cells(with_status(imports_of(desk.programme), now=timezone.now())),
    )


def statistics_import(request: Request, desk: Desk, pk: int) -> HttpResponse:
    """What was read and what it means. POST keeps what is said of the dimensions, and reads the file again."""
    batch = desk.find(pk)
    forms = None
    if batch.state == ImportState.READ:
        forms = MappingForms(posted(request), batch=batch, names=Names(desk.programme))
        if request.method == "POST" and forms.is_valid():
            with forms.whole.refusing(RuleBroken):
                changed = imports.change_mapping(
                    batch=batch,
                    mapping=forms.mapping(),
                    version=forms.whole.cleaned_data["version"],
                    by=request.user,
                )
                jobs.go_on(changed, request.user)
                return redirect(desk.url("statistics_import", batch.pk))
    context = {
        "desk": desk,
        "programme": desk.programme,
        "page": import_page(batch, now=timezone.now()),
        "batch": batch,
        "forms": forms,
        "urls": {name: desk.url(f"statistics_{name}", pk) for name in ("accept", "resume", "withdraw", "file")},
    }
    return render(request, "indicators/statistics_import.html", context)


@require_POST
def statistics_accept(request: Request, desk: Desk, pk: int) -> HttpResponse:
    """Store the figures, or try again after it failed."""
    batch = desk.find(pk)
    try:
        jobs.go_on(import_storing.accept(batch=batch, by=request.user), request.user)
    except RuleBroken as refused:
        messages.error(request, str(refused))
    return redirect(desk.url("statistics_import", batch.pk))


@require_POST
def statistics_resume(request: Request, desk: Desk, pk: int) -> HttpResponse:
    """Go on with work that has stopped because whoever did it is gone."""
    batch = desk.find(pk)
    try:
        jobs.go_on(deliveries.go_on(batch=batch, by=request.user), request.user)
    except RuleBroken as refused:
        messages.error(request, str(refused))
    return redirect(desk.url("statistics_import", batch.pk))


def statistics_withdraw(request: Request, desk: Desk, pk: int) -> HttpResponse:
    """Take a file back, after saying what happens then."""
    batch = desk.find(pk)
    form = ConfirmForm(posted(request))
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            jobs.go_on(deliveries.withdraw(batch=batch, by=request.user), request.user)
            messages.success(request, _("The file is withdrawn. Its figures do not count."))
            return redirect(desk.url("statistics"))
    return form_page(
        request,
        form,
        title=_("Withdraw the figures?"),
        lead=_what_happens(batch),
        submit=_("Withdraw"),
        back=Back(str(batch), desk.url("statistics_import", batch.pk)),
        programme=desk.programme,
        danger=True,
    )


def statistics_file(request: Request, desk: Desk, pk: int) -> FileResponse:
    """The file as it was uploaded."""
    batch = desk.find(pk)
    if not batch.content:
        raise Http404
    answer = FileResponse(
        batch.content.open("rb"),
        as_attachment=True,
        filename=batch.file_name,
        content_type="application/octet-stream",
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _latest(desk: Desk) -> Any:
    return with_status(imports_of(desk.programme)[:_MOST_SHOWN], now=timezone.now())


def _what_happens(batch: StatisticsImport) -> str:
    if batch.state != ImportState.VISIBLE:
        return _("Nothing of “%(name)s” counts yet. The file is kept.") % {"name": batch}
    return _(
        "The %(added)d new figures of “%(name)s” disappear from the pages, and the %(revised)d figures that it "
        "replaced come back. The file is kept."
    ) % {"name": batch, "added": batch.added, "revised": batch.revised}
