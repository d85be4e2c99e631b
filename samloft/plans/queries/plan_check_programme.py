"""The rules of the plan check that read what stands around the plan: conditions, decisions, national goals."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from samloft.core import audit
from samloft.plans.queries.findings import Code, Finding, Severity
from samloft.plans.queries.plan_material import PlanMaterial


def findings(material: PlanMaterial) -> Iterator[Finding]:
    yield from _conditions(material)
    yield from _follow_up_points(material)
    yield from _national_goals(material)


def _conditions(material: PlanMaterial) -> Iterator[Finding]:
    for condition in material.conditions:
        if condition.needs_proof and not condition.is_proved:
            yield Finding(
                Code.CONDITION_WITHOUT_PROOF,
                Severity.WARNING,
                audit.subject_of(condition),
                str(condition),
                _("Nothing is recorded that shows that this condition is kept."),
                _("Write on the agreement what shows it, or attach a decision or a file."),
                condition.agreement.get_absolute_url(),
            )


def _follow_up_points(material: PlanMaterial) -> Iterator[Finding]:
    """A point is pressing when it falls due before the plan's year is over; else it is good to know."""
    for point in material.unanswered_points:
        due = point.due_on
        pressing = due is not None and due.year <= material.plan.year
        yield Finding(
            Code.UNANSWERED_FOLLOW_UP_POINT,
            Severity.WARNING if pressing else Severity.INFORMATION,
            audit.subject_of(point),
            point.text,
            _("Nothing answers this point of the decision “%(decision)s”.") % {"decision": point.decision},
            _("Link the measure that answers it, or write on the decision how it is answered."),
            point.decision.get_absolute_url(),
        )


def _national_goals(material: PlanMaterial) -> Iterator[Finding]:
    for service in material.goal_services:
        goal = service.goal
        if not service.measures:
            yield Finding(
                Code.NATIONAL_GOAL_UNSERVED,
                Severity.INFORMATION,
                audit.subject_of(goal),
                goal.text,
                _("No measure in the plan is linked to this goal in the state budget for %(year)d.")
                % {"year": goal.year},
                _("Link a measure or one of the programme's goals to it, if one serves it."),
                material.plan.get_absolute_url(),
            )
