"""`samloft import-plan`: read a plan from a file and, with --accept, store it."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _

from samloft.accounts.actions.users import command_line_user
from samloft.core.cli import InputRefused, Result, UnknownSlug, offer_json
from samloft.core.errors import RuleBroken
from samloft.core.money import format_kroner
from samloft.plans.actions import imports
from samloft.plans.models import Mapping
from samloft.plans.reading import FileRefused, PlanReading, Remark, read_plan
from samloft.programmes.actions import files
from samloft.programmes.models import Programme


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="Word, Excel, CSV, PDF, Markdown or text")
    parser.add_argument("--programme", required=True, metavar="SLUG")
    parser.add_argument("--year", required=True, type=int)
    parser.add_argument(
        "--accept",
        action="store_true",
        help="store measures and lines when nothing is left for a person to decide; the plan's lines become"
        " those of the file, and an adopted plan gets a draft revision",
    )
    offer_json(parser)


def run(options: Namespace) -> Result:
    programme = Programme.objects.filter(slug=options.programme).first()
    if programme is None:
        raise UnknownSlug(_("There is no programme called %(slug)s.") % {"slug": options.programme})
    if not 1900 <= options.year <= 2200:
        raise UnknownSlug(_("%(year)s is not a year.") % {"year": options.year})
    data = _content(options.file)
    try:
        reading = read_plan(data, options.file.name, year=options.year)
    except FileRefused as refused:
        raise InputRefused(str(refused)) from refused
    problems: list[Remark] = list(reading.problems)
    if options.accept and not problems:
        problems = _accept(programme, options, data, reading)
    output = reading.to_json()
    output["problems"] = [{"where": problem.where, "message": problem.message} for problem in problems]
    accepted = options.accept and not problems
    return Result(_told(reading, problems, accepted=accepted), output, findings=bool(problems))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputRefused(
            _("%(file)s cannot be opened: %(why)s") % {"file": path, "why": error.strerror}
        ) from error


def _accept(programme: Programme, options: Namespace, data: bytes, reading: PlanReading) -> list[Remark]:
    """Store the reading, or say what a person must decide first; then nothing is stored."""
    unsure = [
        Remark(
            _("Row %(row)s") % {"row": proposal.row},
            _("“%(name)s” looks like the measure “%(measure)s”, but not surely. Decide in the browser.")
            % {"name": proposal.values.name, "measure": proposal.values.measure},
        )
        for proposal in imports.propose(programme, reading)
        if proposal.values.mapping == Mapping.UNDECIDED
    ]
    if unsure:
        return unsure
    user = command_line_user()
    try:
        imports.import_at_once(
            programme=programme,
            year=options.year,
            store_file=lambda: files.store(
                programme=programme, upload=SimpleUploadedFile(options.file.name, data), by=user
            ),
            reading=reading,
            by=user,
        )
    except RuleBroken as refused:
        return [Remark(options.file.name, str(refused))]
    return []


def _told(reading: PlanReading, problems: list[Remark], *, accepted: bool) -> str:
    text: list[str] = [
        f"{line.row:>5}  {format_kroner(line.amount):>16}  {line.name}"
        + (f"  ({line.focus_area})" if line.focus_area else "")
        for line in reading.lines
    ]
    text.append(_("Sum: %(sum)s") % {"sum": format_kroner(reading.sum)})
    stated = reading.stated_total
    text.append(_("Stated total: %(total)s") % {"total": _("none") if stated is None else format_kroner(stated)})
    for title, remarks in ((_("To decide"), problems), (_("Remarks"), reading.notes)):
        if remarks:
            text.append(f"\n{title}:")
            text += [f"- {remark.where}: {remark.message}" for remark in remarks]
    text.append("")
    text.append(_("Stored.") if accepted else _("Nothing is stored."))
    return "\n".join(text)
