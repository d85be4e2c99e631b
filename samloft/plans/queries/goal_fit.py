"""A first text about how the plan fits the national goals, drafted from the links (B4)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samloft.plans.queries.national_service import GoalService


def draft(year: int, services: Sequence[GoalService]) -> str:
    """Which measures serve each goal, and the goals that none serves; in the language that is active."""
    served = [service for service in services if service.measures]
    unserved = [service for service in services if not service.measures]
    paragraphs = []
    if served:
        lines = [_("The measures in the plan support the national goals for %(year)s like this:") % {"year": year}]
        lines += [f"- {_sentences(service)}" for service in served]
        paragraphs.append("\n".join(lines))
    if unserved:
        lines = [_("No measure in the plan is tied to these goals:")]
        lines += [f"- {service.goal.text.strip()}" for service in unserved]
        paragraphs.append("\n".join(lines))
    return "\n\n".join(paragraphs)


def _sentences(service: GoalService) -> str:
    """The goal with its measures, and which goals of the programme it is met through."""
    said = f"{_bare(service.goal.text)}: {_listed([measure.name for measure in service.measures])}."
    if service.through:
        quoted = [_("“%(goal)s”") % {"goal": _bare(goal.text)} for goal in service.through]
        said += " " + ngettext(
            "In the programme this is the goal %(goals)s.",
            "In the programme these are the goals %(goals)s.",
            len(quoted),
        ) % {"goals": _listed(quoted)}
    return said


def _bare(text: str) -> str:
    return text.strip().rstrip(".:")


def _listed(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
