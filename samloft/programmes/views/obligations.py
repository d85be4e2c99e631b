"""Obligations: the page of one, entering and changing them, and all of an agreement's as a file."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samloft.core import downloads
from samloft.programmes.access import Permission, Request, access, editions, may_prove
from samloft.programmes.actions import obligations as actions
from samloft.programmes.documents import obligation_table
from samloft.programmes.forms.obligations import ObligationFilterForm, ObligationForm
from samloft.programmes.models import Agreement, Obligation, Programme
from samloft.programmes.queries.obligation_details import obligation_detail, obligations
from samloft.programmes.queries.obligation_words import how_often
from samloft.programmes.queries.obligations import obligation_rows
from samloft.programmes.queries.obligations_by_party import chosen
from samloft.programmes.views.pages import Back, ConfirmForm, posted, saved_or_form


@require_safe
@access(Permission.PROGRAMME_VIEW)
def obligation(request: Request, programme: Programme, pk: int) -> HttpResponse:
    found = get_object_or_404(obligations(programme), pk=pk)
    readable = editions(request.allowed, programme)
    context = {
        "programme": programme,
        "obligation": found,
        "how_often": how_often(found),
        "detail": obligation_detail(found, timezone.localdate(), editions=readable),
        "may_prove": may_prove(request.user, request.allowed, found),
        "readable": set(readable.values_list("pk", flat=True)),
    }
    return render(request, "programmes/obligation.html", context)


@access(Permission.PROGRAMME_EDIT)
def obligation_new(request: Request, programme: Programme, agreement_pk: int) -> HttpResponse:
    agreement = get_object_or_404(programme.agreements, pk=agreement_pk)
    form = ObligationForm(posted(request), agreement=agreement)

    def save() -> object:
        return actions.add(agreement=agreement, values=form.values(), by=request.user)

    return saved_or_form(
        request,
        form,
        save,
        title=_("Add an obligation"),
        lead=_("One duty at a time. Leave empty what the agreement does not say; it shows as unknown."),
        submit=_("Save"),
        said=_("The obligation is saved."),
        back=_agreement(agreement),
        programme=programme,
    )


@access(Permission.PROGRAMME_EDIT)
def obligation_edit(request: Request, programme: Programme, pk: int) -> HttpResponse:
    found = get_object_or_404(obligations(programme), pk=pk)
    back = at(found)
    form = ObligationForm(posted(request), instance=found, agreement=found.agreement)

    def save() -> object:
        return actions.change(obligation=found, values=form.values(), version=form.opened_version, by=request.user)

    return saved_or_form(
        request,
        form,
        save,
        title=_("Edit the obligation"),
        lead=_("Due dates that have passed, and what something is recorded about, stay as they are."),
        submit=_("Save"),
        said=_("The obligation is saved."),
        back=back,
        programme=programme,
    )


@access(Permission.PROGRAMME_EDIT)
def obligation_remove(request: Request, programme: Programme, pk: int) -> HttpResponse:
    found = get_object_or_404(obligations(programme), pk=pk)
    return saved_or_form(
        request,
        ConfirmForm(posted(request)),
        lambda: actions.remove(obligation=found, by=request.user),
        title=_("Remove the obligation?"),
        lead=_("“%(text)s” disappears with all its due dates.") % {"text": found},
        submit=_("Remove"),
        said=_("The obligation is removed."),
        back=at(found),
        to=found.agreement.get_absolute_url(),
        programme=programme,
        danger=True,
    )


@require_safe
@access(Permission.PROGRAMME_VIEW)
def obligations_file(request: Request, programme: Programme, agreement_pk: int, ending: str) -> HttpResponseBase:
    """Those that the page shows, with the same filter."""
    agreement = get_object_or_404(programme.agreements.select_related("programme"), pk=agreement_pk)
    form = ObligationFilterForm(request.GET, parties=tuple(agreement.parties.select_related("organisation")))
    rows = chosen(obligation_rows(agreement, timezone.localdate()), form.choice())
    return downloads.table(
        ending,
        name=_("obligations"),
        title=_("Obligations"),
        header=obligation_table.header(),
        rows=obligation_table.cells(rows),
    )


def at(found: Obligation) -> Back:
    """The page of the obligation, as the way back."""
    return Back(Truncator(found.text).words(8), found.get_absolute_url())


def _agreement(agreement: Agreement) -> Back:
    return Back(agreement.title, f"{agreement.get_absolute_url()}#obligations")
