"""`samloft send-notices`: hand the day's reminders to the worker. To be run once a day."""

from argparse import ArgumentParser, Namespace
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samloft.core.cli import Result, WrongUsage, offer_json
from samloft.overview import jobs
from samloft.overview.actions import notices


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--on", metavar="DATE", help="as if it were that day (YYYY-MM-DD); today when left out")
    offer_json(parser)


def run(options: Namespace) -> Result:
    letters = notices.prepare(on=_day(options.on))
    for letter in letters:
        jobs.send_letter.enqueue(letter.user, letter.notices, options.on)
    count = len(letters)
    text = ngettext(
        "%(count)d e-mail is handed to the worker.", "%(count)d e-mails are handed to the worker.", count
    )
    return Result(text % {"count": count}, {"letters": count})


def _day(text: str | None) -> date:
    if text is None:
        return timezone.localdate()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise WrongUsage(_("“%(text)s” is no date. Write it as 2026-01-31.") % {"text": text}) from error
