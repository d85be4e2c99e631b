"""Demo mode only: be one of the made-up people, without a password."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from samloft.accounts.middleware import public
from samloft.accounts.models import User


@public
@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    if not settings.DEMO:
        raise Http404
    wanted = request.POST.get("user", "")
    if not wanted.isdecimal():
        raise Http404
    user = get_object_or_404(User, pk=int(wanted), is_demo=True, is_active=True)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("home")
