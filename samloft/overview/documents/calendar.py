"""Deadlines as an iCalendar file (RFC 5545), for calendar programs. Holds no names of persons and no proofs."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from samloft.overview.queries.deadlines import Deadline
from samloft.programmes.queries.obligation_statuses import Standing

_OPEN = (Standing.DUE, Standing.OVERDUE)
# Reminders ring at nine in the morning, and not at midnight where an all-day event begins.
MORNING = timedelta(hours=9)
FETCH_AGAIN = timedelta(hours=12)


def build(name: str, rows: Iterable[Deadline], *, site: str, now: datetime) -> bytes:
    """`site` is where Samløft answers, such as `https://samloft.example.no`."""
    calendar = Calendar()
    calendar.add("prodid", "-//Samloft//NO")
    calendar.add("version", "2.0")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Europe/Oslo")
    calendar.add("refresh-interval", FETCH_AGAIN, parameters={"VALUE": "DURATION"})
    for row in rows:
        if row.occurrence.due_on is not None:
            calendar.add_component(_event(row, row.occurrence.due_on, site, now))
    return bytes(calendar.to_ical())


def _event(row: Deadline, due: date, site: str, now: datetime) -> Event:
    event = Event()
    # The same in every feed and after every change, so that a program moves the event instead of making a new one.
    event.add("uid", f"deadline-{row.occurrence.pk}@samloft")
    event.add("dtstamp", now)
    event.add("dtstart", due)
    event.add("dtend", due + timedelta(days=1))
    event.add("summary", f"{row.programme}: {row.obligation.text}")
    event.add("description", _description(row))
    event.add("url", site + row.url)
    event.add("transp", "TRANSPARENT")
    event.add("categories", [_("Deadline")])
    if row.judgement.standing in _OPEN:
        for days in row.obligation.reminders:
            event.add_component(_alarm(row, days))
    return event


def _description(row: Deadline) -> str:
    found = row.judgement
    status = f"{found.status.label} ({found.detail})" if found.detail else str(found.status.label)
    lines = [
        _("State: %(status)s") % {"status": status},
        _("Owed by: %(parties)s") % {"parties": row.owed_by or _("unknown")},
    ]
    if row.obligation.clause:
        lines.append(_("In the agreement: %(clause)s") % {"clause": row.obligation.clause})
    return "\n".join(lines)


def _alarm(row: Deadline, days: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", MORNING - timedelta(days=days))
    alarm.add("description", f"{row.programme}: {row.obligation.text}")
    return alarm
