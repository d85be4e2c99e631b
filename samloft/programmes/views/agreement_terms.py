"""How long the agreement lasts: extending it, and answering what its end asks for."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samloft.programmes.access import Permission, Request, access
from samloft.programmes.actions import agreement_terms as actions
from samloft.programmes.actions import files
from samloft.programmes.forms.agreement_terms import EndReviewForm, ExtensionForm
from samloft.programmes.models import Agreement, EndReview, Extension, Programme
from samloft.programmes.queries import agreement_terms
from samloft.programmes.views.pages import Back, ConfirmForm, posted, saved_or_form


@access(Permission.PROGRAMME_EDIT)
def agreement_extend(request: Request, programme: Programme, agreement_pk: int) -> HttpResponse:
    agreement = _find(programme, agreement_pk)
    form = ExtensionForm(posted(request), request.FILES or None, programme=programme)

    def save() -> object:
        upload = form.cleaned_data["upload"]
        document = files.store(programme=programme, upload=upload, by=request.user) if upload else None
        return actions.extend(agreement=agreement, values=form.values(document=document), by=request.user)

    end = agreement_terms.ends_on(agreement)
    lead = _("The end that was agreed first stays visible. New due dates are laid out to the new end.")
    if end:
        lead = _("The agreement runs to %(day)s now.") % {"day": date_format(end, "DATE_FORMAT")} + " " + lead
    return saved_or_form(
        request,
        form,
        save,
        title=_("Extend the agreement"),
        lead=lead,
        submit=_("Record the extension"),
        said=_("The extension is recorded."),
        back=Back(agreement.title, agreement.get_absolute_url()),
        programme=programme,
    )


@access(Permission.PROGRAMME_EDIT)
def agreement_end(request: Request, programme: Programme, agreement_pk: int) -> HttpResponse:
    """404 when the end asks for nothing, also when somebody has answered in the meantime."""
    agreement = _find(programme, agreement_pk)
    asked = agreement_terms.open_end_reviews([agreement], timezone.localdate())
    if not asked:
        raise Http404
    form = EndReviewForm(posted(request), programme=programme, initial={"decided_on": timezone.localdate()})

    def save() -> object:
        values = form.values(months_before=asked[0].months_before)
        return actions.review_end(agreement=agreement, values=values, by=request.user)

    return saved_or_form(
        request,
        form,
        save,
        title=_("What happens when the agreement ends?"),
        lead=_("The agreement runs to %(day)s.") % {"day": date_format(asked[0].valid_to, "DATE_FORMAT")},
        submit=_("Record the choice"),
        said=_("The choice is recorded."),
        back=Back(agreement.title, agreement.get_absolute_url()),
        programme=programme,
    )


@access(Permission.PROGRAMME_EDIT)
def extension_withdraw(request: Request, programme: Programme, pk: int) -> HttpResponse:
    extension = get_object_or_404(Extension, pk=pk, agreement__programme=programme)
    return _withdraw(
        request,
        extension.agreement,
        lambda: actions.withdraw_extension(extension=extension, by=request.user),
        title=_("Take back the extension?"),
        lead=_("Due dates after the earlier end disappear. What has passed, or has something recorded, stays."),
    )


@access(Permission.PROGRAMME_EDIT)
def end_review_withdraw(request: Request, programme: Programme, pk: int) -> HttpResponse:
    review = get_object_or_404(EndReview, pk=pk, agreement__programme=programme)
    return _withdraw(
        request,
        review.agreement,
        lambda: actions.withdraw_end_review(review=review, by=request.user),
        title=_("Take back the choice?"),
        lead=_("The question of what happens when the agreement ends stands open again."),
    )


def _withdraw(
    request: Request, agreement: Agreement, withdraw: Callable[[], object], *, title: str, lead: str
) -> HttpResponse:
    return saved_or_form(
        request,
        ConfirmForm(posted(request)),
        withdraw,
        title=title,
        lead=lead,
        submit=_("Take it back"),
        said=_("It is taken back."),
        back=Back(agreement.title, agreement.get_absolute_url()),
        programme=request.programme,
        danger=True,
    )


def _find(programme: Programme, pk: int) -> Agreement:
    found: Agreement = get_object_or_404(
        programme.agreements.select_related("programme").prefetch_related("extensions"), pk=pk
    )
    return found
