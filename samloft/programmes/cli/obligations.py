"""`samloft obligations`: what the parties to a programme's agreement owe, and how it stands."""

from argparse import ArgumentParser, Namespace
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from samloft.core.cli import JsonValue, Result, UnknownSlug, WrongUsage, offer_json
from samloft.programmes.models import Programme
from samloft.programmes.queries import agreement_terms
from samloft.programmes.queries.obligations import OccurrenceRow, occurrence_rows, owed_by
from samloft.programmes.recurrence import ONCE


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--programme", required=True, metavar="SLUG")
    parser.add_argument("--on", metavar="DATE", help="how it stood that day (YYYY-MM-DD); today when left out")
    offer_json(parser)


def run(options: Namespace) -> Result:
    on = _day(options.on)
    programme = Programme.objects.filter(slug=options.programme).first()
    if programme is None:
        raise UnknownSlug(_("There is no programme called %(slug)s.") % {"slug": options.programme})
    agreement = agreement_terms.in_force(programme, on)
    if agreement is None:
        return Result(_("The programme has no agreement yet."), [])
    parties = list(agreement.parties.select_related("organisation"))
    rows = occurrence_rows(agreement, on)
    data = [_data(row, owed_by(row.obligation, parties)) for row in rows]
    lines = [_line(row, len(parties)) for row in rows]
    heading = _("%(agreement)s, as it stood on %(day)s") % {"agreement": agreement, "day": _shown(on)}
    return Result("\n".join([heading, "", *(lines or [_("The agreement has no obligations yet.")])]), data)


def _day(text: str | None) -> date:
    if text is None:
        return timezone.localdate()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise WrongUsage(_("“%(text)s” is no date. Write it as 2026-01-31.") % {"text": text}) from error


def _data(row: OccurrenceRow, owing: str) -> dict[str, JsonValue]:
    found = row.judgement
    return {
        "text": row.obligation.text,
        "owed_by": owing,
        "due": found.due_on.isoformat() if found.due_on else None,
        "fulfilled": found.fulfilled_on.isoformat() if found.fulfilled_on else None,
        "event": found.event or None,
        "status": str(found.standing),
        "days_late": found.days_late,
        "proof": str(found.proof) if found.proof else None,
    }


def _line(row: OccurrenceRow, parties: int) -> str:
    found = row.judgement
    status = f"{found.status.label}, {found.detail}" if found.detail else str(found.status.label)
    when = _shown(found.due_on) if found.due_on else row.occurrence.key
    if when == ONCE:
        when = _("no date")
    names = [str(party) for party in row.obligation.owed_by.all()]
    owing = _("all parties") if 1 < len(names) == parties else ", ".join(names)
    return f"{when:<12} {status:<34} {owing}: {row.obligation.text}"


def _shown(day: date) -> str:
    return day.strftime("%d.%m.%Y")
