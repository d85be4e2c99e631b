"""`samloft check-plan`: what the plan check finds, for people and for scripts."""

from argparse import ArgumentParser, Namespace

from django.utils.translation import gettext as _

from samloft.core.cli import Result, UnknownSlug, offer_json
from samloft.plans.models import ActionPlan
from samloft.plans.queries.findings import SEVERITY_LABELS
from samloft.plans.queries.plan_check import Finding, check, open_findings
from samloft.programmes.models import Programme


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--programme", metavar="SLUG", required=True, help="the programme's name in addresses")
    parser.add_argument("--year", type=int, required=True, help="the plan's year")
    offer_json(parser)


def run(options: Namespace) -> Result:
    """Findings that nobody has set aside end the command with status 1, whatever their severity."""
    findings = check(_plan(options.programme, options.year))
    return Result(
        text=_told(findings),
        data={
            "findings": [
                {
                    "code": str(finding.code),
                    "severity": str(finding.severity),
                    "subject": finding.subject,
                    "message": f"{_named(finding)}: {finding.message}",
                    "remedy": finding.remedy,
                    "overridden": finding.overridden,
                }
                for finding in findings
            ]
        },
        findings=bool(open_findings(findings)),
    )


def _plan(slug: str, year: int) -> ActionPlan:
    programme = Programme.objects.filter(slug=slug).first()
    if programme is None:
        raise UnknownSlug(_("There is no programme called %(slug)s.") % {"slug": slug})
    plan = ActionPlan.objects.filter(programme=programme, year=year).select_related("programme").first()
    if plan is None:
        raise UnknownSlug(
            _("%(programme)s has no action plan for %(year)d.") % {"programme": programme, "year": year}
        )
    return plan


def _told(findings: tuple[Finding, ...]) -> str:
    open_count = len(open_findings(findings))
    lines = [
        _("The plan check finds nothing.")
        if not findings
        else _("Open findings: %(open)d. Set aside with a reason: %(aside)d.")
        % {"open": open_count, "aside": len(findings) - open_count}
    ]
    for finding in findings:
        mark = _("set aside") if finding.overridden else SEVERITY_LABELS[finding.severity]
        lines.append(f"[{mark}] {finding.title} – {_named(finding)}: {finding.message} {finding.remedy}")
    return "\n".join(lines)


def _named(finding: Finding) -> str:
    """What the finding is about; some of these are whole sentences."""
    return finding.subject_label.rstrip(".")
