"""For operators: who has an account, and who may sign in."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samloft.accounts.actions import activation
from samloft.accounts.models import User
from samloft.core.errors import RuleBroken
from samloft.programmes.access import Request, operator_only
from samloft.programmes.views.pages import Back, ConfirmForm, form_page, posted

PER_PAGE = 50


@operator_only
def users(request: Request) -> HttpResponse:
    wanted = request.GET.get("q", "").strip()
    rows = User.objects.select_related("organisation").order_by("name", "pk")
    if wanted:
        rows = rows.filter(Q(name__icontains=wanted) | Q(email__icontains=wanted))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "programmes/user_list.html", {"page": page, "wanted": wanted})


@operator_only
def user_close(request: Request, pk: int) -> HttpResponse:
    user = get_object_or_404(User, pk=pk)
    form = ConfirmForm(posted(request))
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            activation.close_account(user=user, by=request.user)
            messages.success(request, _("%(person)s can no longer sign in.") % {"person": user})
            return redirect(_back().url)
    return form_page(
        request,
        form,
        title=_("Close the account of %(person)s?") % {"person": user},
        lead=_("The person can no longer sign in. Seats and what the person has done stay as they are."),
        submit=_("Close the account"),
        back=_back(),
        danger=True,
    )


@operator_only
def user_open(request: Request, pk: int) -> HttpResponse:
    user = get_object_or_404(User, pk=pk)
    form = ConfirmForm(posted(request))
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            activation.open_account(user=user, by=request.user)
            messages.success(request, _("%(person)s can sign in again.") % {"person": user})
            return redirect(_back().url)
    return form_page(
        request,
        form,
        title=_("Open the account of %(person)s?") % {"person": user},
        lead=_("The person can sign in again, with the seats that are still in force."),
        submit=_("Open the account"),
        back=_back(),
    )


def _back() -> Back:
    return Back(_("People"), reverse("programmes:users"))
