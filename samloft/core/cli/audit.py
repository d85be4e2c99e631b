"""`samloft audit verify`: is the audit chain whole?"""

from argparse import ArgumentParser, Namespace

from django.utils.translation import gettext as _

from samloft.core import audit
from samloft.core.cli import Result, offer_json


def arguments(parser: ArgumentParser) -> None:
    verify = parser.add_subparsers(dest="what", metavar="verify", required=True).add_parser(
        "verify", help="find a changed, inserted, removed or cut-off row"
    )
    verify.add_argument(
        "--head",
        metavar="HASH",
        help="a hash from an adopted document or a backup, which the chain must hold",
    )
    offer_json(verify)


def run(options: Namespace) -> Result:
    verdict = audit.verify(expected_head=options.head)
    return Result(
        text=_told(verdict, expected_head=options.head),
        data={
            "ok": verdict.ok,
            "rows": verdict.rows,
            "first_bad": verdict.first_bad,
            "head": verdict.head,
        },
        findings=not verdict.ok,
    )


def _told(verdict: audit.Verdict, *, expected_head: str | None) -> str:
    if verdict.ok:
        return _("The audit trail is whole: %(rows)d rows, head %(head)s.") % {
            "rows": verdict.rows,
            "head": verdict.head or "-",
        }
    if verdict.first_bad == verdict.rows + 1:
        if expected_head:
            return _("The audit trail has lost its end, or never held the hash %(hash)s.") % {
                "hash": expected_head
            }
        return _("The audit trail has lost rows at its end; %(rows)d are left.") % {"rows": verdict.rows}
    return _("The audit trail is broken at row %(row)d of %(rows)d.") % {
        "row": verdict.first_bad,
        "rows": verdict.rows,
    }
