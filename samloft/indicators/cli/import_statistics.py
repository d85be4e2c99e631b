"""`samloft import-statistics`: describe a file of statistics and, with --accept, store its figures."""

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from django.core.files.base import File
from django.utils.translation import gettext as _

from samloft.accounts.actions.users import command_line_user
from samloft.core.cli import InputRefused, JsonValue, Result, offer_json
from samloft.core.errors import RuleBroken
from samloft.core.files.refusals import FileRefused
from samloft.core.files.yaml_text import YamlRefused, read_yaml
from samloft.indicators.actions import import_storing, imports
from samloft.indicators.models import ImportState, StatisticsImport
from samloft.indicators.queries.imports import problems_of
from samloft.indicators.queries.statistics_files import Reading, read, understand
from samloft.indicators.reading import source_at
from samloft.indicators.reading.mapping import KIND_NAMES, StatisticsMapping
from samloft.places.models import Municipality

Problem = tuple[str, str]  # where and what


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="JSON-stat, CSV or Excel (.xlsx)")
    parser.add_argument("--mapping", type=Path, metavar="FILE.yaml", help="what the dimensions mean")
    parser.add_argument(
        "--accept", action="store_true", help="store the figures when nothing is left for a person to decide"
    )
    offer_json(parser)


def run(options: Namespace) -> Result:
    given = _mapping(options.mapping)
    municipality = _owner(given)
    try:
        reading = read(understand(source_at(options.file), given, municipality))
    except OSError as error:
        raise _cannot_open(options.file, error) from error
    except FileRefused as refused:
        raise InputRefused(str(refused)) from refused
    problems = [(about.where.text, about.message.text) for about in reading.problems]
    stored = None
    if options.accept and not problems:
        stored, problems = _accept(options.file, reading, municipality)
    data: JsonValue = {
        "dimensions": reading.understood.dimensions,
        "mapping": reading.understood.mapping.plain(),
        "observations": reading.counts.present,
        "missing": reading.counts.missing,
        "problems": [{"where": where, "message": message} for where, message in problems],
    }
    return Result(_told(reading, problems, stored), data, findings=bool(problems))


def _mapping(path: Path | None) -> StatisticsMapping:
    if path is None:
        return StatisticsMapping()
    try:
        return read_yaml(path.read_bytes(), StatisticsMapping)
    except OSError as error:
        raise _cannot_open(path, error) from error
    except YamlRefused as refused:
        lines = [f"{path}: {about.where.text}: {about.message.text}" for about in refused.problems]
        raise InputRefused("\n".join(lines)) from refused


def _owner(given: StatisticsMapping) -> Municipality | None:
    """The municipality that the mapping says owns the figures; without one they are everybody's."""
    if given.owner is None:
        return None
    found = Municipality.objects.filter(code=given.owner).first()
    if found is None:
        raise InputRefused(_("There is no municipality with the code %(code)s.") % {"code": given.owner})
    return found


def _cannot_open(path: Path, error: OSError) -> InputRefused:
    return InputRefused(_("%(file)s cannot be opened: %(why)s") % {"file": path, "why": error.strerror})


def _accept(
    path: Path, reading: Reading, municipality: Municipality | None
) -> tuple[StatisticsImport | None, list[Problem]]:
    user = command_line_user()
    try:
        with path.open("rb") as content:
            batch = imports.start(
                upload=File(content, path.name),
                owner=imports.Owner(municipality),
                origin=imports.FileOrigin(),
                by=user,
            )
        stored = import_storing.store_at_once(batch=batch, reading=reading, by=user)
    except RuleBroken as refused:
        return None, [(path.name, str(refused))]
    if stored.state != ImportState.VISIBLE:
        return None, [(about.where.text, about.message.text) for about in problems_of(stored)]
    return stored, []


def _told(reading: Reading, problems: Sequence[Problem], stored: StatisticsImport | None) -> str:
    understood, counts = reading.understood, reading.counts
    text = [understood.cube.about.title] if understood.cube.about.title else []
    for dimension, kind in zip(understood.cube.dimensions, understood.resolution.kinds, strict=True):
        meaning = f"  → {_(KIND_NAMES[kind])}" if kind else ""
        text.append(f"{dimension.id:<20} {dimension.size:>8}  {dimension.label}{meaning}")
    text.append(_("Figures: %(count)d") % {"count": counts.present})
    for reason, number in counts.missing.items():
        text.append(_("Missing “%(reason)s”: %(count)d") % {"reason": reason, "count": number})
    if reading.gone:
        text.append(_("Figures in use that go missing: %(count)d") % {"count": reading.gone})
    text += [f"- {about.where.text}: {about.message.text}" for about in reading.notices]
    if problems:
        text.append("\n" + _("To decide") + ":")
        text += [f"- {where}: {message}" for where, message in problems]
    text.append("")
    if stored is None:
        text.append(_("Nothing is stored."))
    else:
        words = {"added": stored.added, "revised": stored.revised}
        text.append(_("Stored: %(added)d new figures, %(revised)d changed.") % words)
    return "\n".join(text)
