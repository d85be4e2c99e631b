"""Recording what fulfils an obligation, taking it back, and deviations that the parties agree on."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samloft.core.errors import RuleBroken
from samloft.programmes.access import Permission, Request, access, editions, may_prove
from samloft.programmes.actions import files
from samloft.programmes.actions import proofs as actions
from samloft.programmes.actions.proofs import ProofValues
from samloft.programmes.forms.proofs import DeviationForm, ProofForm
from samloft.programmes.models import Deviation, Obligation, Occurrence, Programme, Proof
from samloft.programmes.queries.obligation_details import obligations
from samloft.programmes.queries.obligation_words import period
from samloft.programmes.queries.proof_suggestions import suggestions
from samloft.programmes.views.obligations import at
from samloft.programmes.views.pages import ConfirmForm, posted, saved_or_form


@access(Permission.OBLIGATION_PROVE)
def proof_new(request: Request, programme: Programme, pk: int) -> HttpResponse:
    occurrence = _find(request, programme, pk)
    form = ProofForm(
        posted(request),
        request.FILES or None,
        obligation=occurrence.obligation,
        editions=editions(request.allowed, programme),
    )

    def save() -> object:
        upload = form.cleaned_data["upload"]
        file = files.store(programme=programme, upload=upload, by=request.user) if upload else None
        return actions.record(occurrence=occurrence, values=form.values(file=file), by=request.user)

    return saved_or_form(
        request,
        form,
        save,
        title=_("Record what happened"),
        lead=_lead(occurrence),
        submit=_("Record"),
        said=_("It is recorded."),
        back=at(occurrence.obligation),
        programme=programme,
    )


@require_POST
@access(Permission.OBLIGATION_PROVE)
def proof_accept(request: Request, programme: Programme, pk: int) -> HttpResponse:
    """One press on a suggestion. What is no longer suggested is not recorded."""
    occurrence = _find(request, programme, pk)
    wanted = (request.POST.get("event"), request.POST.get("edition"))
    found = next(
        (
            one
            for one in suggestions(editions(request.allowed, programme), [occurrence], timezone.localdate())
            if (one.event, str(one.edition.pk)) == wanted
        ),
        None,
    )
    if found is None:
        messages.warning(request, _("This is not suggested any more. Look at what is recorded."))
        return redirect(occurrence.obligation)
    try:
        values = ProofValues(event=found.event, on=found.on, edition=found.edition)
        actions.record(occurrence=occurrence, values=values, by=request.user)
        messages.success(request, _("It is recorded."))
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    return redirect(occurrence.obligation)


@access(Permission.OBLIGATION_PROVE)
def proof_withdraw(request: Request, programme: Programme, pk: int) -> HttpResponse:
    proof = get_object_or_404(
        Proof.objects.filter(occurrence__obligation__agreement__programme=programme).select_related(
            "occurrence", "edition", "decision", "file"
        ),
        pk=pk,
    )
    obligation = _allowed(request, programme, proof.occurrence.obligation_id)
    return saved_or_form(
        request,
        ConfirmForm(posted(request)),
        lambda: actions.withdraw(proof=proof, by=request.user),
        title=_("Take back what is recorded?"),
        lead=_("“%(proof)s” no longer counts for the obligation. The document, decision or file itself stays.")
        % {"proof": proof},
        submit=_("Take it back"),
        said=_("It is taken back."),
        back=at(obligation),
        programme=programme,
        danger=True,
    )


@access(Permission.OBLIGATION_PROVE)
def deviation_new(request: Request, programme: Programme, pk: int) -> HttpResponse:
    occurrence = _find(request, programme, pk)
    form = DeviationForm(posted(request), obligation=occurrence.obligation)

    def save() -> object:
        return actions.agree_deviation(occurrence=occurrence, values=form.values(), by=request.user)

    return saved_or_form(
        request,
        form,
        save,
        title=_("Record a deviation that the parties agree on"),
        lead=_lead(occurrence),
        submit=_("Record"),
        said=_("The deviation is recorded."),
        back=at(occurrence.obligation),
        programme=programme,
    )


@access(Permission.OBLIGATION_PROVE)
def deviation_withdraw(request: Request, programme: Programme, pk: int) -> HttpResponse:
    rows = Deviation.objects.filter(occurrence__obligation__agreement__programme=programme)
    deviation = get_object_or_404(rows.select_related("occurrence"), pk=pk)
    obligation = _allowed(request, programme, deviation.occurrence.obligation_id)
    return saved_or_form(
        request,
        ConfirmForm(posted(request)),
        lambda: actions.withdraw_deviation(deviation=deviation, by=request.user),
        title=_("Take back the deviation?"),
        lead=_("“%(deviation)s” no longer counts, and the obligation stands as before.")
        % {"deviation": deviation},
        submit=_("Take it back"),
        said=_("It is taken back."),
        back=at(obligation),
        programme=programme,
        danger=True,
    )


def _find(request: Request, programme: Programme, pk: int) -> Occurrence:
    """The time, with its obligation; 403 for those who may not record anything about this one."""
    occurrence = (
        Occurrence.objects.filter(obligation__agreement__programme=programme, pk=pk)
        .prefetch_related("proofs")
        .first()
    )
    if occurrence is None:
        raise Http404
    occurrence.obligation = _allowed(request, programme, occurrence.obligation_id)
    return occurrence


def _allowed(request: Request, programme: Programme, pk: int) -> Obligation:
    obligation = get_object_or_404(obligations(programme), pk=pk)
    if not may_prove(request.user, request.allowed, obligation):
        raise PermissionDenied
    return obligation


def _lead(occurrence: Occurrence) -> str:
    return f"{occurrence.obligation} – {period(occurrence)}"
