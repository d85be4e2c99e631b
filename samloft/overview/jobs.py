"""Work that is too slow for the one who asks for it. A worker does it."""

from datetime import date

from django.utils import timezone
from django_tasks import task

from samloft.overview.actions import notices
from samloft.overview.actions.notices import Letter


@task()
def send_letter(user: int, notice_keys: list[int], on: str | None) -> None:
    """Mail one person the reminders, unless they have been sent or are no longer needed."""
    today = date.fromisoformat(on) if on else timezone.localdate()
    notices.send(letter=Letter(user, notice_keys), today=today, now=timezone.now())
