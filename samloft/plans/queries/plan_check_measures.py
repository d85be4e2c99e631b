"""The rules of the plan check that read the measures: mandate, goals, owner, target group, exit, phase-in."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from samloft.core import audit
from samloft.plans.models import Gap, Measure
from samloft.plans.queries import gate, phase_in
from samloft.plans.queries.findings import Code, Finding, Severity
from samloft.plans.queries.gate import GateItem
from samloft.plans.queries.phase_in import Ladder
from samloft.plans.queries.plan_material import PlanMaterial

_CODE_OF_WARNING = {
    "full_grant_third_year": Code.FULL_GRANT_THIRD_YEAR,
    "ends_before_ladder": Code.PROGRAMME_ENDS_BEFORE_LADDER,
    "open_at_programme_end": Code.PROGRAMME_ENDS_BEFORE_LADDER,
    "no_ladder": Code.MISSING_LADDER,
    "unknown_after_programme": Code.MISSING_LADDER,
}


def findings(material: PlanMaterial) -> Iterator[Finding]:
    """Measures that are closed or part of ordinary operations are left alone."""
    measures = material.active_measures
    ladders = phase_in.ladders(measures)
    paid_by_grant = material.paid_by_grant
    for measure in measures:
        missing = {item.gap: item for item in gate.missing(material.gates[measure.pk])}
        yield from _gate(measure, missing)
        if measure.pk in paid_by_grant:
            yield from _exit(measure, missing)
        yield from _phase_in(measure, ladders[measure.pk], missing, is_paid=measure.pk in paid_by_grant)


def _gate(measure: Measure, missing: Mapping[Gap, GateItem]) -> Iterator[Finding]:
    if item := missing.get(Gap.MANDATE):
        yield _found(measure, Code.MISSING_MANDATE, _("No adopted mandate is recorded."), item.detail, item)
    goals = [missing[gap] for gap in (Gap.RESIDENT_GOAL, Gap.ORGANISATIONAL_GOAL) if gap in missing]
    if goals:
        words = (
            _("The measure serves no goal for residents and none for the services.")
            if len(goals) == 2
            else _("The measure serves no goal for residents.")
            if goals[0].gap == Gap.RESIDENT_GOAL
            else _("The measure serves no goal for the services.")
        )
        yield _found(measure, Code.MISSING_GOALS, words, " ".join(item.detail for item in goals), goals[0])
    if item := missing.get(Gap.OWNER):
        yield _found(measure, Code.MISSING_OWNER, _("No unit or role is responsible."), item.detail, item)
    if item := missing.get(Gap.TARGET_GROUP):
        yield _found(
            measure, Code.MISSING_TARGET_GROUP, _("It is not said whom the measure is for."), item.detail, item
        )


def _exit(measure: Measure, missing: Mapping[Gap, GateItem]) -> Iterator[Finding]:
    if item := missing.get(Gap.EXIT_PLAN):
        message = (
            _("The grant pays for the measure, and its exit route has no plan.")
            if measure.exit_route
            else _("The grant pays for the measure, and it is not said what happens when the grant ends.")
        )
        yield _found(measure, Code.MISSING_EXIT_PLAN, message, item.detail, item)


def _phase_in(
    measure: Measure, ladder: Ladder, missing: Mapping[Gap, GateItem], *, is_paid: bool
) -> Iterator[Finding]:
    """At most one finding of each kind. Without an exit plan the ladder is not asked for as well."""
    told: set[Code] = set()
    for warning in ladder.warnings:
        code = _CODE_OF_WARNING[warning.code]
        is_asked_already = Gap.EXIT_PLAN in missing or not is_paid
        if code in told or (code == Code.MISSING_LADDER and is_asked_already):
            continue
        told.add(code)
        yield Finding(
            code,
            Severity.WARNING,
            audit.subject_of(measure),
            measure.name,
            warning.message,
            _("Look at the phase-in ladder of the measure and correct or complete it."),
            f"{measure.get_absolute_url()}#phase-in",
        )


def _found(measure: Measure, code: Code, message: str, remedy: str, item: GateItem) -> Finding:
    if item.due_on:
        message = _("%(message)s It is due %(date)s.") % {
            "message": message,
            "date": item.due_on.strftime("%d.%m.%Y"),
        }
    return Finding(
        code,
        Severity.WARNING,
        audit.subject_of(measure),
        measure.name,
        message,
        remedy,
        f"{measure.get_absolute_url()}#gate",
    )
