"""Sends reminders of deadlines: each once, by e-mail (A5, L13)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from samloft.accounts.models import User
from samloft.core import audit
from samloft.overview.models import Notice, NoticePreference, NoticeTime
from samloft.overview.queries import deadlines, notices
from samloft.overview.queries.deadlines import Deadline
from samloft.programmes.access import Permission, permissions_everywhere
from samloft.programmes.queries.obligation_statuses import Standing
from samloft.programmes.queries.obligations import occurrences_of


@dataclass(frozen=True)
class Letter:
    """One e-mail to be sent: the keys of its reader and of the reminders in it."""

    user: int
    notices: list[int]


@transaction.atomic
def choose(*, when: str, language: str, by: User) -> NoticePreference:
    """How the person wants to be reminded."""
    chosen, _made = NoticePreference.objects.update_or_create(
        user=by, defaults={"when": when, "language": language}
    )
    audit.record("notice_preference.chosen", chosen, by=by, data={"when": when, "language": language})
    return chosen


@transaction.atomic
def prepare(*, on: date) -> list[Letter]:
    """Note the reminders of the day, and say which letters are to be sent. What is already noted stays as it is.

    Reminders that were noted earlier and never left, because the mail server did not answer, come along.
    """
    due = list(notices.due_notices(on))
    Notice.objects.bulk_create(
        (
            Notice(
                occurrence=row.occurrence,
                user=row.user,
                due_on=row.occurrence.due_on,
                days_before=row.days_before,
            )
            for row in due
            if row.occurrence.due_on
        ),
        ignore_conflicts=True,
    )
    today = {(row.occurrence.pk, row.user.pk, row.occurrence.due_on, row.days_before) for row in due}
    unsent = Notice.objects.filter(sent_at__isnull=True, user__in={row.user.pk for row in due}).order_by(
        "occurrence__due_on", "pk"
    )
    by_user: dict[int, list[int]] = {}
    for notice in unsent:
        if (notice.occurrence_id, notice.user_id, notice.due_on, notice.days_before) in today:
            by_user.setdefault(notice.user_id, []).append(notice.pk)
    when = notices.time_of(User.objects.filter(pk__in=list(by_user)))
    return [letter for user, keys in by_user.items() for letter in _letters(user, keys, when[user])]


def send(*, letter: Letter, today: date, now: datetime) -> bool:
    """Send what of the letter has not been sent and is still not done. True when there was something to send.

    The reminders are taken before the mail goes and put back when it does not, so that no two workers send them
    and no lock is held while the mail server answers.
    """
    user = User.objects.get(pk=letter.user)
    taken = _take(letter, now)
    try:
        rows = _rows(user, taken, today)
        if rows:
            _mail(user, rows)
    except Exception:
        Notice.objects.filter(pk__in=[notice.pk for notice in taken]).update(sent_at=None)
        raise
    return bool(rows)


def _letters(user: int, keys: list[int], when: str) -> list[Letter]:
    return [Letter(user, [key]) for key in keys] if when == NoticeTime.AT_ONCE else [Letter(user, keys)]


@transaction.atomic
def _take(letter: Letter, now: datetime) -> list[Notice]:
    waiting = Notice.objects.select_for_update().filter(
        pk__in=letter.notices, user=letter.user, sent_at__isnull=True
    )
    taken = list(waiting)
    Notice.objects.filter(pk__in=[notice.pk for notice in taken]).update(sent_at=now)
    return taken


def _rows(user: User, taken: Sequence[Notice], today: date) -> list[Deadline]:
    """What is still to be told of, to somebody who may still see it."""
    rights = permissions_everywhere(user, today=today) if user.is_active else {}
    seen = [programme for programme, allowed in rights.items() if Permission.PROGRAMME_VIEW in allowed]
    found = occurrences_of(seen).filter(pk__in=[notice.occurrence_id for notice in taken])
    rows = deadlines.deadlines(found, today, user=user, rights=rights)
    return [row for row in rows if row.judgement.standing in (Standing.DUE, Standing.OVERDUE)]


def _mail(user: User, rows: Sequence[Deadline]) -> None:
    with translation.override(notices.language_of(user)):
        values = {
            "user": user,
            "overdue": [row for row in rows if row.judgement.standing == Standing.OVERDUE],
            "ahead": [row for row in rows if row.judgement.standing == Standing.DUE],
            "only": rows[0] if len(rows) == 1 else None,
            "count": len(rows),
            "site": settings.SITE,
        }
        subject = render_to_string("overview/email/notice_subject.txt", values).strip()
        body = render_to_string("overview/email/notice.txt", values)
        send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [user.email])
