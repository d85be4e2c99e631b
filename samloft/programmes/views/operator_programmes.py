"""For those who operate the installation: start programmes, and give them a leader."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samloft.accounts.actions import invitations
from samloft.accounts.models import Organisation, User
from samloft.core.errors import RuleBroken
from samloft.programmes.access import Request, operator_only
from samloft.programmes.actions import programmes
from samloft.programmes.forms.people import PersonForm
from samloft.programmes.forms.programmes import StartProgrammeForm
from samloft.programmes.models import Programme
from samloft.programmes.queries.programmes import all_programmes
from samloft.programmes.views.pages import Back, form_page, posted


@operator_only
def operator_programmes(request: Request) -> HttpResponse:
    rows = list(all_programmes(timezone.localdate()))
    return render(request, "programmes/operator_programme_list.html", {"rows": rows})


@operator_only
def programme_new(request: Request) -> HttpResponse:
    form = StartProgrammeForm(posted(request))
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken), transaction.atomic():
            cleaned = form.cleaned_data
            leader = _person(
                request, cleaned["leader_email"], cleaned["leader_name"], cleaned["leader_organisation"]
            )
            made = programmes.start(
                slug=cleaned["slug"],
                owner=cleaned["municipality"] or cleaned["county"],
                values=form.values(),
                leader=leader,
                by=request.user,
            )
            messages.success(request, _("%(programme)s is started, and has a leader.") % {"programme": made})
            return redirect(_back().url)
    return form_page(request, form, title=_("Start a programme"), submit=_("Start"), back=_back())


@operator_only
def programme_leader_new(request: Request, pk: int) -> HttpResponse:
    programme = get_object_or_404(Programme, pk=pk)
    form = PersonForm(posted(request))
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken), transaction.atomic():
            cleaned = form.cleaned_data
            leader = _person(request, cleaned["email"], cleaned["name"], cleaned["person_organisation"])
            programmes.give_leader(programme=programme, leader=leader, by=request.user)
            messages.success(request, _("%(person)s now leads the programme.") % {"person": leader})
            return redirect(_back().url)
    return form_page(
        request,
        form,
        title=_("Give %(programme)s a leader") % {"programme": programme},
        lead=_("The leader sees and changes everything in the programme, and gives out its seats."),
        submit=_("Give the seat"),
        back=_back(),
    )


def _person(request: Request, email: str, name: str, organisation: Organisation | None) -> User:
    user, is_new = invitations.find_or_invite(
        email=email,
        name=name,
        organisation=organisation,
        site=request.build_absolute_uri("/").rstrip("/"),
        by=request.user,
    )
    if is_new:
        # Said only when all is stored: a refusal afterwards takes the account and the mail back.
        told = _("A mail with a link is sent to %(email)s.") % {"email": user.email}
        transaction.on_commit(lambda: messages.info(request, told))
    return user


def _back() -> Back:
    return Back(_("Programmes"), reverse("programmes:operator_programmes"))
