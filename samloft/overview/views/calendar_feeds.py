"""Private addresses for calendar programs: the page that makes them, and what they answer."""

import hashlib

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from samloft.accounts.middleware import own_account, public
from samloft.core.errors import RuleBroken
from samloft.overview.actions import calendar_feeds as actions
from samloft.overview.documents import calendar as document
from samloft.overview.forms.calendar_feeds import FeedForm
from samloft.overview.models import CalendarFeed
from samloft.overview.queries import calendar_feeds as queries
from samloft.overview.queries import deadlines
from samloft.overview.queries.notices import language_of
from samloft.programmes import access
from samloft.programmes.access import Permission, Request, permissions_everywhere


@never_cache
@own_account
def calendars(request: Request) -> HttpResponse:
    """The address is shown on the answer to the form, and never again."""
    programmes = access.programmes(request.user, Permission.PROGRAMME_VIEW).order_by("name")
    choices = list(programmes.values_list("pk", "name"))
    form = FeedForm(request.POST or None, programmes=choices)
    address = ""
    if request.method == "POST" and form.is_valid():
        with form.refusing(RuleBroken):
            chosen = programmes.filter(pk=form.cleaned_data["programme"]).first()
            made = actions.make(label=form.cleaned_data["label"], programme=chosen, by=request.user)
            address = request.build_absolute_uri(reverse("overview:calendar_file", args=[made.token]))
            form = FeedForm(programmes=choices)
    context = {"form": form, "address": address, "feeds": queries.feeds_of(request.user)}
    return render(request, "overview/calendars.html", context)


@own_account
@require_POST
def calendar_revoke(request: Request, pk: int) -> HttpResponse:
    feed = get_object_or_404(CalendarFeed, pk=pk, user=request.user)
    actions.revoke(feed=feed, now=timezone.now(), by=request.user)
    messages.success(request, _("The address is withdrawn, and answers no more."))
    return redirect("overview:calendars")


@public
@require_safe
def calendar_file(request: HttpRequest, token: str) -> HttpResponseBase:
    """For whoever has the address, and only what its owner may see at this moment."""
    today = timezone.localdate()
    feed = queries.find(token)
    programmes = list(queries.programmes_of(feed, today)) if feed else []
    if feed is None or not programmes:
        raise Http404
    actions.note_use(feed=feed, today=today)
    with translation.override(language_of(feed.user)):
        rights = permissions_everywhere(feed.user, today=today)
        found = deadlines.dated_from(programmes, today.replace(year=today.year - 1, month=1, day=1))
        content = document.build(
            _("Deadlines: %(programme)s") % {"programme": feed.programme or _("all my programmes")},
            deadlines.deadlines(found, today, user=feed.user, rights=rights),
            site=request.build_absolute_uri("/").rstrip("/"),
            now=timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0),
        )
    etag = f'"{hashlib.sha256(content).hexdigest()}"'
    headers = {"ETag": etag, "Cache-Control": "private, max-age=900", "Referrer-Policy": "no-referrer"}
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
    return get_conditional_response(request, etag=etag, response=answer) or answer
