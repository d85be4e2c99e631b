"""`samloft import-areas`: enter areas, their codes and what became of them from a CSV or YAML file."""

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from samloft.accounts.actions.users import command_line_user
from samloft.core.cli import InputRefused, Result, offer_json
from samloft.core.errors import RuleBroken
from samloft.core.files.yaml_text import YamlRefused
from samloft.indicators.remaking import remake_latest_figures
from samloft.places.actions import area_files
from samloft.places.area_files import AreaEntry, read_areas
from samloft.places.queries.without_code import municipalities_without_code


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV or YAML; see docs/operations.md")
    offer_json(parser)


def run(options: Namespace) -> Result:
    today = timezone.localdate()
    try:
        entered = area_files.enter(entries=_read(options.file), today=today, by=command_line_user())
    except RuleBroken as refused:
        raise InputRefused(f"{options.file.name}: {refused}") from refused
    if entered.area_ids:
        remake_latest_figures.enqueue(sorted(entered.area_ids))
    left = [f"{one.code} {one.name}" for one in municipalities_without_code(today)]
    text = [
        _("%(added)d new areas, %(changed)d changed, %(successions)d changes of codes.")
        % {"added": entered.added, "changed": entered.changed, "successions": entered.successions}
    ]
    if left:
        text += [
            "",
            _("To decide: these have programmes, but their codes are no longer in use. Move them by hand."),
        ]
        text += [f"- {name}" for name in left]
    return Result(
        "\n".join(text),
        {
            "added": entered.added,
            "changed": entered.changed,
            "successions": entered.successions,
            "municipalities_without_code": left,
        },
        findings=bool(left),
    )


def _read(path: Path) -> Sequence[AreaEntry]:
    try:
        return read_areas(path.name, path.read_bytes())
    except OSError as error:
        raise InputRefused(
            _("%(file)s cannot be opened: %(why)s") % {"file": path, "why": error.strerror}
        ) from error
    except YamlRefused as refused:
        lines = [f"{path.name}: {row.where.text}: {row.message.text}" for row in refused.problems]
        raise InputRefused("\n".join(lines)) from refused
