"""Makes and withdraws the private addresses of calendars (A5)."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core import audit
from samloft.core.errors import RuleBroken
from samloft.overview.models import CalendarFeed
from samloft.programmes.models import Programme

AT_MOST = 20


@dataclass(frozen=True)
class NewFeed:
    """`token` is known here and to whoever is shown it now, and to nobody afterwards."""

    feed: CalendarFeed
    token: str


def hash_of(token: str) -> str:
    """The token has 256 random bits, so that a plain hash gives nothing away."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make(*, label: str, programme: Programme | None, by: User) -> NewFeed:
    """Without a programme the calendar holds all programmes that the user sees, at any time."""
    User.objects.select_for_update().get(pk=by.pk)
    if CalendarFeed.objects.filter(user=by, revoked_at__isnull=True).count() >= AT_MOST:
        raise RuleBroken(
            _("You have %(count)d calendar addresses. Withdraw one that you no longer use first.")
            % {"count": AT_MOST}
        )
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(user=by, programme=programme, label=label, token_hash=hash_of(token))
    audit.record("calendar_feed.made", feed, by=by)
    return NewFeed(feed, token)


@transaction.atomic
def revoke(*, feed: CalendarFeed, now: datetime, by: User) -> CalendarFeed:
    """The address answers no more. Withdrawing it again changes nothing."""
    stored = CalendarFeed.objects.select_for_update().get(pk=feed.pk)
    if stored.revoked_at is None:
        stored.revoked_at = now
        stored.save(update_fields=["revoked_at"])
        audit.record("calendar_feed.revoked", stored, by=by)
    return stored


def note_use(*, feed: CalendarFeed, today: date) -> None:
    """Remember the day of the latest fetch. No audit row: a calendar program fetches many times a day."""
    if feed.last_used_on != today:
        CalendarFeed.objects.filter(pk=feed.pk).update(last_used_on=today)
