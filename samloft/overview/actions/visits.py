"""Remembers that somebody is here. No audit row: it tells of nothing that was done."""

from datetime import datetime, timedelta

from django.db import transaction

from samloft.accounts.models import User
from samloft.overview.models import Visit

# Away for this long, and coming back is a new visit.
PAUSE = timedelta(hours=2)
# Not written more often, so that reading a page seldom writes.
PRECISION = timedelta(minutes=5)


@transaction.atomic
def note(*, by: User, now: datetime) -> datetime | None:
    """When the visit before this one ended; None on the first."""
    visit, is_first = Visit.objects.select_for_update().get_or_create(user=by, defaults={"latest": now})
    if is_first:
        return None
    if now - visit.latest >= PAUSE:
        visit.before = visit.latest
    if now - visit.latest >= PRECISION:
        visit.latest = now
        visit.save(update_fields=["before", "latest"])
    return visit.before
