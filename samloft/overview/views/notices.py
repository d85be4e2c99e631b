"""Choosing how one is reminded of deadlines (L13)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samloft.accounts.middleware import own_account
from samloft.overview.actions import notices as actions
from samloft.overview.forms.notices import NoticeForm
from samloft.overview.models import NoticePreference
from samloft.programmes.access import Request


@own_account
def notices(request: Request) -> HttpResponse:
    stored = NoticePreference.objects.filter(user=request.user).first()
    form = NoticeForm(request.POST or None, instance=stored)
    if request.method == "POST" and form.is_valid():
        actions.choose(by=request.user, **form.cleaned_data)
        messages.success(request, _("Your choice is saved."))
        return redirect("overview:notices")
    return render(request, "overview/notices.html", {"form": form})
