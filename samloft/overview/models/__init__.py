"""What a person follows along with: calendars, notices, and when they were last here."""

from samloft.overview.models.calendar_feeds import CalendarFeed
from samloft.overview.models.notices import OVERDUE, Notice, NoticePreference, NoticeTime
from samloft.overview.models.visits import Visit

__all__ = [
    "OVERDUE",
    "CalendarFeed",
    "Notice",
    "NoticePreference",
    "NoticeTime",
    "Visit",
]
