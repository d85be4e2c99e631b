"""My page: one's programmes, what to do first in each, and what is published."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from samloft.accounts.middleware import own_account
from samloft.programmes.access import Request
from samloft.programmes.models import Edition
from samloft.programmes.queries.editions import listed
from samloft.programmes.queries.programmes import my_programmes
from samloft.programmes.queries.waiting_documents import waiting_descriptions

LATEST = 10


@own_account
def home(request: Request) -> HttpResponse:
    today = timezone.localdate()
    rows = my_programmes(request.user, today)
    programmes = [row.programme for row in rows]
    published = listed(Edition.objects.published()).select_related("programme__municipality", "programme__county")
    context = {
        "rows": rows,
        "programmes": programmes,
        "descriptions": waiting_descriptions(request.user, programmes, today),
        "published": [] if rows else list(published.order_by("-published_on", "-pk")[:LATEST]),
    }
    return render(request, "programmes/home.html", context)
