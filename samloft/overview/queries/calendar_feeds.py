"""Which feed a private address opens, and which programmes it shows at present."""

import hashlib
import hmac
from datetime import date
from typing import Any

from samloft.accounts.models import User
from samloft.overview.models import CalendarFeed
from samloft.programmes import access
from samloft.programmes.access import Permission


def feeds_of(user: User) -> list[CalendarFeed]:
    """Those in use; the one made last first."""
    return list(CalendarFeed.objects.filter(user=user, revoked_at__isnull=True).select_related("programme"))


def find(token: str) -> CalendarFeed | None:
    """The feed in use that the token opens. The database finds a hash, which tells nothing of the token."""
    wanted = hashlib.sha256(token.encode()).hexdigest()
    feeds = CalendarFeed.objects.select_related("user__organisation", "programme")
    feed = feeds.filter(token_hash=wanted, revoked_at__isnull=True, user__is_active=True).first()
    return feed if feed is not None and hmac.compare_digest(feed.token_hash, wanted) else None


def programmes_of(feed: CalendarFeed, today: date) -> Any:
    """What the user may see today, whatever it was when the address was made."""
    seen = access.programmes(feed.user, Permission.PROGRAMME_VIEW, today=today)
    return seen.filter(pk=feed.programme_id) if feed.programme_id else seen
