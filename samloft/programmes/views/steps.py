"""One page for each step of a document's way. It says exactly what will happen and who is told, and then does it.

Each document has addresses of its own, whose views find the document and call these.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from samloft.core.errors import RuleBroken
from samloft.core.forms import Form
from samloft.programmes import access as rights
from samloft.programmes.access import Permission, Request
from samloft.programmes.actions import steps
from samloft.programmes.forms.steps import AnswerForm, DecisionForm, DispatchForm, ReturnForm, ReviseForm
from samloft.programmes.models import (
    AnswerKind,
    Body,
    BodyKind,
    DocumentState,
    Edition,
    GoverningDocument,
)
from samloft.programmes.queries.steps import LEADS_TO, Move, in_force, label_of, step_of

Act = Callable[..., object]
Beside = Callable[[], dict[str, Any]]


def recommend(request: Request, document: GoverningDocument, act: Act, *, beside: Beside = dict) -> HttpResponse:
    """`act` takes the step by the decision; `beside` gives the context of what the page shows before the form."""
    _require_drafts(request)
    form = DecisionForm(request.POST or None, bodies=_bodies(request, document, Move.RECOMMEND))
    if request.method == "POST" and form.is_valid():
        with form.refusing(RuleBroken):
            act(decision=form.decision())
            _tell(request, _("%(document)s is recommended. It waits to be adopted."), document)
            return redirect(document)
    return _page(request, document, Move.RECOMMEND, form, **beside())


def adopt(request: Request, document: GoverningDocument, act: Act, *, beside: Beside = dict) -> HttpResponse:
    _require_drafts(request)
    form = DecisionForm(request.POST or None, bodies=_bodies(request, document, Move.ADOPT))
    if request.method == "POST" and form.is_valid():
        with form.refusing(RuleBroken):
            act(decision=form.decision())
            _tell(request, _("%(document)s is adopted and kept unchanged as an edition."), document)
            return redirect(document)
    return _page(request, document, Move.ADOPT, form, **beside())


def dispatch(request: Request, document: GoverningDocument) -> HttpResponse:
    _require_drafts(request)
    form = DispatchForm(
        request.POST or None,
        bodies=_bodies(request, document, Move.DISPATCH),
        recipients=Body.objects.filter(programmes=document.programme, kind=BodyKind.MINISTRY),
        initial={"sent_on": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        with form.refusing(RuleBroken):
            steps.dispatch(document=document, decision=form.decision(), sending=form.sending(), by=request.user)
            messages.success(request, _("The dispatch is recorded. The recipient can read the edition now."))
            return redirect(document)
    return _page(request, document, Move.DISPATCH, form)


def answer(request: Request, document: GoverningDocument, *, after_award: str = "") -> HttpResponse:
    """The ministry answers here too; it sees the edition that it was sent, never the draft.

    `after_award` is said to those who may revise the document when a grant letter was the answer; without it, a
    grant letter is no answer to the document.
    """
    _require_sent(request, document)
    bodies = _bodies(request, document, Move.ANSWER)
    form = AnswerForm(
        request.POST or None,
        request.FILES or None,
        bodies=bodies,
        needs_letter=_needs_letter(request, bodies),
        takes_award=bool(after_award),
    )
    if request.method == "POST" and form.is_valid():
        with form.refusing(RuleBroken):
            kind, letter = AnswerKind(form.cleaned_data["kind"]), form.cleaned_data["letter"]
            steps.answer(document=document, decision=form.decision(), kind=kind, letter=letter, by=request.user)
            messages.success(request, _("The answer is recorded."))
            if after_award and kind == AnswerKind.GRANT_LETTER and Permission.PLAN_REVISE in request.allowed:
                messages.info(request, after_award)
            return _back(request, document)
    return _page(request, document, Move.ANSWER, form)


def send_back(request: Request, document: GoverningDocument) -> HttpResponse:
    _require_sent(request, document)
    bodies = _bodies(request, document, Move.SEND_BACK)
    form = ReturnForm(
        request.POST or None,
        request.FILES or None,
        bodies=bodies,
        takes_letter=document.state == DocumentState.DISPATCHED,
        needs_letter=_needs_letter(request, bodies),
    )
    if request.method == "POST" and form.is_valid():
        with form.refusing(RuleBroken):
            reason, letter = form.cleaned_data["reason"], form.cleaned_data.get("letter")
            steps.send_back(
                document=document, decision=form.decision(), reason=reason, letter=letter, by=request.user
            )
            _tell(request, _("%(document)s is returned, and can be worked on again."), document)
            return _back(request, document)
    return _page(request, document, Move.SEND_BACK, form)


def revise(request: Request, document: GoverningDocument) -> HttpResponse:
    form = ReviseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusing(RuleBroken):
            steps.revise(document=document, reason=form.cleaned_data["reason"], by=request.user)
            _tell(request, _("%(document)s is open as a draft. The last edition stays in force."), document)
            return redirect(document)
    return _page(request, document, Move.REVISE, form)


def _require_drafts(request: Request) -> None:
    """The steps before the dispatch are the municipality's own, for those who may see drafts."""
    if Permission.PLAN_VIEW not in request.allowed:
        raise PermissionDenied


def _require_sent(request: Request, document: GoverningDocument) -> None:
    """For those who see no drafts the document is there only when an edition of it has been sent."""
    if Permission.PLAN_VIEW not in request.allowed and _last_sent(request, document) is None:
        raise Http404


def _last_sent(request: Request, document: GoverningDocument) -> Edition | None:
    """The last edition of the document that this person may read."""
    readable = rights.editions(request.allowed, document.programme)
    return document.editions().filter(pk__in=readable.values("pk")).order_by("-number").first()


def _bodies(request: Request, document: GoverningDocument, move: Move) -> QuerySet[Body]:
    """The bodies that take the step and that this person may write for.

    Someone of the municipality may write down what the ministry answered, with the letter.
    """
    step = step_of(move, document)
    if step is None:
        return Body.objects.none()
    deciding: QuerySet[Body] = rights.bodies_that_decide(document.programme, step, on=timezone.localdate())
    recorded = rights.bodies_recorded_by(request.user, document.programme)
    own: QuerySet[Body] = deciding.filter(pk__in=recorded.values("pk"))
    is_answer = step == document.STEPS[DocumentState.ANSWERED]
    if is_answer and document.programme.is_run_by(request.user.organisation) and not own.exists():
        return deciding
    return own


def _needs_letter(request: Request, bodies: QuerySet[Body]) -> bool:
    recorded = rights.bodies_recorded_by(request.user, request.programme)
    return not bodies.filter(pk__in=recorded.values("pk")).exists()


def _tell(request: Request, text: str, document: GoverningDocument) -> None:
    messages.success(request, capfirst(text % {"document": document.noun}))


def _back(request: Request, document: GoverningDocument) -> HttpResponse:
    """To the document, or to the edition for those who see no drafts."""
    if Permission.PLAN_VIEW not in request.allowed:
        return redirect(_last_sent(request, document) or document.programme)
    return redirect(document)


def _page(request: Request, document: GoverningDocument, move: Move, form: Form, **more: Any) -> HttpResponse:
    sees_drafts = Permission.PLAN_VIEW in request.allowed
    edition = in_force(document) if sees_drafts else _last_sent(request, document)
    context = {
        "programme": document.programme,
        "document": document,
        "move": move,
        "title": label_of(move, document),
        "form": form,
        "edition": edition,
        "next_number": edition.number + 1 if edition else 1,
        "is_open": LEADS_TO[move] in document.ALLOWED[DocumentState(document.state)],
        "may": move == Move.REVISE or form.fields["body"].queryset.exists(),  # type: ignore[attr-defined]
        "back": document if sees_drafts else edition,
        **more,
    }
    return render(request, "programmes/document_step.html", context)
