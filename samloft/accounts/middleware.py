"""Everything needs sign-in unless its view is marked public, so that forgetting fails closed."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _


def public(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Mark a view that anyone may open without signing in."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def own_account(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Mark a view that everyone signed in may open, because it shows and changes only their own account."""
    view.access_rule = "own account"  # type: ignore[attr-defined]
    return view


class SignInRequiredMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: object, kwargs: object
    ) -> HttpResponseBase | None:
        """None lets the view run; otherwise the way to the sign-in page."""
        if request.user.is_authenticated or getattr(view, "is_public", False):
            return None
        if getattr(request, "htmx", False):
            # The page stays as it is, so nothing typed is lost; the message tells how to go on.
            told = _("You have been signed out. Sign in again in another tab and repeat this step.")
            return HttpResponse(told, status=401, content_type="text/plain; charset=utf-8")
        return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
