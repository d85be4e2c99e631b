"""Seats: give out, change, end."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samloft.accounts.actions import invitations
from samloft.accounts.models import User
from samloft.core.errors import RuleBroken
from samloft.programmes.access import Permission, Request, access
from samloft.programmes.actions import seats as actions
from samloft.programmes.forms.people import EndSeatForm, SeatForm
from samloft.programmes.models import Programme
from samloft.programmes.views.pages import Back, form_page, posted


@access(Permission.PROGRAMME_STAFF)
def seat_new(request: Request, programme: Programme) -> HttpResponse:
    initial = {"body": request.GET.get("body"), "starts_on": timezone.localdate()}
    form = SeatForm(posted(request), programme=programme, initial=initial)
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken), transaction.atomic():
            user = _person(request, form.cleaned_data)
            actions.add(programme=programme, values=form.values(user=user), by=request.user)
            messages.success(request, _("The seat is made."))
            return redirect(_back(programme).url)
    return form_page(
        request,
        form,
        title=_("New seat"),
        lead=_("A person does things here through a seat. The role says what the seat lets its holder do."),
        submit=_("Make the seat"),
        back=_back(programme),
        programme=programme,
    )


@access(Permission.PROGRAMME_STAFF)
def seat_edit(request: Request, programme: Programme, pk: int) -> HttpResponse:
    seat = get_object_or_404(programme.seats.select_related("user"), pk=pk)
    form = SeatForm(posted(request), instance=seat, programme=programme)
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken), transaction.atomic():
            user = seat.user or _person(request, form.cleaned_data)
            actions.change(
                seat=seat,
                values=form.values(user=user),
                version=form.opened_version,
                today=timezone.localdate(),
                by=request.user,
            )
            messages.success(request, _("The seat is saved."))
            return redirect(_back(programme).url)
    return form_page(
        request,
        form,
        title=_("Edit the seat"),
        lead=_("Held by %(person)s.") % {"person": seat.user} if seat.user else _("The seat is open."),
        submit=_("Save"),
        back=_back(programme),
        programme=programme,
    )


@access(Permission.PROGRAMME_STAFF)
def seat_end(request: Request, programme: Programme, pk: int) -> HttpResponse:
    seat = get_object_or_404(programme.seats.select_related("user"), pk=pk)
    today = timezone.localdate()
    form = EndSeatForm(posted(request), initial={"on": today})
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            actions.end(seat=seat, on=form.cleaned_data["on"], today=today, by=request.user)
            messages.success(request, _("The seat has got its last day."))
            return redirect(_back(programme).url)
    return form_page(
        request,
        form,
        title=_("End the seat “%(seat)s”?") % {"seat": seat},
        lead=_(
            "From the day after, the holder can no longer do here what the seat allows. What the person has done "
            "stays, and the account stays open."
        ),
        submit=_("End the seat"),
        back=_back(programme),
        programme=programme,
        danger=True,
    )


def _person(request: Request, cleaned: dict[str, Any]) -> User | None:
    """Whom the form names by e-mail address; a new account is made and mailed when there is none."""
    if not cleaned.get("email"):
        return None
    user, is_new = invitations.find_or_invite(
        email=cleaned["email"],
        name=cleaned["name"],
        organisation=cleaned["organisation"],
        site=request.build_absolute_uri("/").rstrip("/"),
        by=request.user,
    )
    if is_new:
        # Said only when all is stored: a refusal afterwards takes the account and the mail back.
        told = _("A mail with a link is sent to %(email)s.") % {"email": user.email}
        transaction.on_commit(lambda: messages.info(request, told))
    return user


def _back(programme: Programme) -> Back:
    return Back(_("Bodies and seats"), reverse("programmes:bodies", args=[programme.slug]))
