"""`samloft import-agreement`: enter an agreement, with all that it says, from one readable file."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.utils.translation import gettext as _

from samloft.accounts.actions.users import command_line_user
from samloft.core.cli import InputRefused, Result, UnknownSlug, offer_json
from samloft.core.errors import RuleBroken
from samloft.core.files.yaml_text import YamlRefused, read_yaml
from samloft.programmes.actions import agreement_import
from samloft.programmes.agreement_file import AgreementFile
from samloft.programmes.models import Programme


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE.yaml")
    offer_json(parser)


def run(options: Namespace) -> Result:
    file = _read(options.file)
    programme = Programme.objects.with_owner().filter(slug=file.programme).first()
    if programme is None:
        raise UnknownSlug(_("There is no programme called %(slug)s.") % {"slug": file.programme})
    try:
        entered = agreement_import.enter(programme=programme, file=file, by=command_line_user())
    except RuleBroken as refused:
        raise InputRefused(f"{options.file.name}: {refused}") from refused
    text = [
        _("“%(title)s”: %(added)d new, %(changed)d changed, %(unchanged)d as before.")
        % {
            "title": entered.agreement,
            "added": entered.added,
            "changed": entered.changed,
            "unchanged": entered.unchanged,
        }
    ]
    if entered.not_in_file:
        text += ["", _("Recorded here, but not in the file; it is left as it is:")]
        text += [f"- {line}" for line in entered.not_in_file]
    return Result(
        "\n".join(text),
        {
            "programme": programme.slug,
            "agreement": str(entered.agreement),
            "added": entered.added,
            "changed": entered.changed,
            "unchanged": entered.unchanged,
            "not_in_file": entered.not_in_file,
        },
    )


def _read(path: Path) -> AgreementFile:
    try:
        return read_yaml(path.read_bytes(), AgreementFile)
    except OSError as error:
        raise InputRefused(
            _("%(file)s cannot be opened: %(why)s") % {"file": path, "why": error.strerror}
        ) from error
    except YamlRefused as refused:
        lines = [f"{path.name}: {row.where.text}: {row.message.text}" for row in refused.problems]
        raise InputRefused("\n".join(lines)) from refused
