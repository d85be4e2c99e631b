"""My page: what waits for my roles, what has changed since I was here, my programmes."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from samloft.accounts.middleware import own_account
from samloft.overview.actions import visits
from samloft.overview.queries.changes import changes
from samloft.overview.queries.my_tasks import my_tasks
from samloft.programmes.access import Request, permissions_everywhere
from samloft.programmes.models import Edition
from samloft.programmes.queries.editions import listed
from samloft.programmes.queries.programmes import my_programmes

LATEST = 10


@require_safe
@own_account
def my_page(request: Request) -> HttpResponse:
    now, today = timezone.now(), timezone.localdate()
    rows = my_programmes(request.user, today)
    rights = permissions_everywhere(request.user, today=today)
    since = visits.note(by=request.user, now=now)
    programmes = {row.programme.pk: row.programme for row in rows}
    published = listed(Edition.objects.published()).select_related("programme__municipality", "programme__county")
    context = {
        "rows": rows,
        "mine": my_tasks(request.user, list(programmes.values()), rights, today) if rows else None,
        "today": today,
        "since": since,
        "changes": changes(request.user, programmes, rights, since)[:LATEST] if since and rows else [],
        "published": [] if rows else list(published.order_by("-published_on", "-pk")[:LATEST]),
    }
    return render(request, "overview/my_page.html", context)
