"""Pages that belong to no app: start, health, choice of colours, component gallery, errors."""

from typing import Any

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from samloft.accounts.middleware import public
from samloft.accounts.queries.demo import demo_roles
from samloft.config.context import COLOUR_COOKIE, COLOUR_MODES

ONE_YEAR = 365 * 24 * 3600


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("overview:my_page")
    roles = demo_roles() if settings.DEMO else []
    return render(request, "config/start.html", {"roles": roles})


@public
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the application answers and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


@public
@require_POST
def set_colour_mode(request: HttpRequest) -> HttpResponse:
    mode = request.POST.get("mode", "")
    if mode not in COLOUR_MODES:
        raise Http404
    answer = HttpResponseRedirect(_safe_next(request))
    answer.set_cookie(
        COLOUR_COOKIE,
        mode,
        max_age=ONE_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return answer


def _safe_next(request: HttpRequest) -> str:
    wished = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(
        wished, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return wished
    return resolve_url("home")


@public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "config/errors/csrf.html", status=403)


@public
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "config/errors/400.html", status=400)


@public
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The reason is shown when the view gave one: `raise PermissionDenied(_("Only the board may …"))`."""
    return render(request, "config/errors/403.html", {"reason": str(exception)}, status=403)


@public
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "config/errors/404.html", status=404)


@public
def server_error(request: HttpRequest) -> HttpResponse:
    """Asks neither database, session nor context processors: whatever broke may be one of them."""
    context: dict[str, Any] = {"LANGUAGE_CODE": getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)}
    return HttpResponse(render_to_string("config/errors/500.html", context), status=500)
