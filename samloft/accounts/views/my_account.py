"""What a person can see and change about their own account."""

from allauth.account.views import PasswordChangeView
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse_lazy
from django.views.decorators.http import require_safe

from samloft.accounts.middleware import own_account


@own_account
@require_safe
def my_account(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/my_account.html")


@own_account
def change_password(request: HttpRequest) -> HttpResponseBase:
    """Only for those who sign in with a password; the people of the demo have none."""
    if not (request.user.is_authenticated and request.user.has_usable_password()):
        raise Http404
    change: HttpResponseBase = PasswordChangeView.as_view(success_url=reverse_lazy("my_account"))(request)
    return change
