"""The plan check: what in a plan contradicts itself or is missing, with what to do about it (C8)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from samloft.plans.models import ActionPlan, FindingOverride
from samloft.plans.queries import (
    plan_check_measures,
    plan_check_money,
    plan_check_programme,
    plan_check_texts,
    plan_material,
)
from samloft.plans.queries.findings import SEVERITY_LABELS, Code, Finding, Severity
from samloft.plans.queries.plan_content import PlanContent

__all__ = [
    "Code",
    "Finding",
    "FindingGroup",
    "PlanCheck",
    "Severity",
    "check",
    "grouped",
    "open_findings",
    "overview",
]

_ORDER = {severity: place for place, severity in enumerate(Severity)}
_CODE_ORDER = {code: place for place, code in enumerate(Code)}


def check(
    plan: ActionPlan, *, content: PlanContent | None = None, today: date | None = None
) -> tuple[Finding, ...]:
    """All findings, contradictions first, then by kind; a constant number of queries.

    `content` saves them for a caller that has read the plan already.
    """
    material = plan_material.load(plan, today=today or timezone.localdate(), content=content)
    found = [
        *plan_check_money.findings(material),
        *plan_check_texts.findings(material),
        *plan_check_measures.findings(material),
        *plan_check_programme.findings(material),
    ]
    found.sort(key=lambda finding: (_ORDER[finding.severity], _CODE_ORDER[finding.code]))
    return tuple(_with_overrides(found, plan))


def open_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Those that nobody has set aside."""
    return [finding for finding in findings if not finding.overridden]


@dataclass(frozen=True)
class FindingGroup:
    """Findings of one kind and severity, open ones and those set aside."""

    code: Code
    severity: Severity
    open: tuple[Finding, ...]
    overridden: tuple[Finding, ...]

    @property
    def title(self) -> str:
        return (self.open or self.overridden)[0].title

    @property
    def why(self) -> str:
        return (self.open or self.overridden)[0].why

    @property
    def severity_label(self) -> str:
        return str(SEVERITY_LABELS[self.severity])


@dataclass(frozen=True)
class PlanCheck:
    """What a page shows of the check: the groups, and how many findings count and are set aside."""

    groups: tuple[FindingGroup, ...]
    open_count: int
    overridden_count: int

    @property
    def severity_counts(self) -> list[tuple[Severity, str, int]]:
        """How many open findings there are of each severity that has any."""
        counts = [
            (severity, str(label), sum(len(group.open) for group in self.groups if group.severity == severity))
            for severity, label in SEVERITY_LABELS.items()
        ]
        return [count for count in counts if count[2]]


def overview(findings: Iterable[Finding]) -> PlanCheck:
    groups = tuple(grouped(findings))
    return PlanCheck(
        groups,
        sum(len(group.open) for group in groups),
        sum(len(group.overridden) for group in groups),
    )


def grouped(findings: Iterable[Finding]) -> list[FindingGroup]:
    """The findings by severity and kind, in the order of the check; kinds with open findings first."""
    groups: dict[tuple[Severity, Code], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.severity, finding.code), []).append(finding)
    made = [
        FindingGroup(
            code,
            severity,
            tuple(finding for finding in members if not finding.overridden),
            tuple(finding for finding in members if finding.overridden),
        )
        for (severity, code), members in groups.items()
    ]
    return sorted(made, key=lambda group: not group.open)


def _with_overrides(findings: Iterable[Finding], plan: ActionPlan) -> Iterable[Finding]:
    overrides: Mapping[tuple[str, str], FindingOverride] = {
        (override.code, override.subject): override for override in plan.overrides.select_related("by")
    }
    for finding in findings:
        override = overrides.get((finding.code, finding.subject))
        if override is None:
            yield finding
        else:
            yield replace(
                finding,
                override=override.pk,
                override_reason=override.reason,
                override_by=str(override.by),
                override_at=override.at,
            )
