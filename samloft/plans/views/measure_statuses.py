"""How phases and gaps look: word, tone, icon and definition."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samloft.core.statuses import Status, Step
from samloft.plans.models import Phase, StepStatus

PHASE_STATUSES: dict[str, Status] = {
    Phase.IDEA: Status(Phase.IDEA.label, "neutral", "question", _("Somebody has suggested it.")),
    Phase.PREPARATION: Status(
        Phase.PREPARATION.label, "info", "pencil", _("It is being prepared; nothing has started.")
    ),
    Phase.PILOT: Status(Phase.PILOT.label, "info", "plant", _("It is tried out on a small scale.")),
    Phase.RUNNING: Status(Phase.RUNNING.label, "success", "check-circle", _("It runs as planned.")),
    Phase.SCALED_UP: Status(
        Phase.SCALED_UP.label, "success", "arrow-up", _("It reaches more people or places than at first.")
    ),
    Phase.MAINSTREAMED: Status(
        Phase.MAINSTREAMED.label, "success", "house", _("The municipality runs it with its own money.")
    ),
    Phase.CLOSED: Status(Phase.CLOSED.label, "neutral", "circle-slash", _("It has ended.")),
    "": Status(_("Unknown"), "neutral", "question", _("Nobody has set the phase.")),
}

GAP_STATUSES: dict[str, Status] = {
    "met": Status(_("In place"), "success", "check-circle", _("This is registered.")),
    "missing": Status(_("Missing"), "warning", "warning", _("This must come before the measure is whole.")),
    "accepted": Status(_("Accepted"), "info", "gavel", _("A body has decided that it may go on without this.")),
}

STEP_STATUSES: dict[str, Status] = {
    StepStatus.INTENDED: Status(
        StepStatus.INTENDED.label, "neutral", "circle", _("The plan says so; the budget does not yet.")
    ),
    StepStatus.PROPOSED: Status(
        StepStatus.PROPOSED.label, "info", "send", _("It stands in the proposal for the economic plan.")
    ),
    StepStatus.ADOPTED: Status(
        StepStatus.ADOPTED.label, "success", "seal", _("The council has adopted it in the economic plan.")
    ),
}

_LINE = (
    Phase.IDEA,
    Phase.PREPARATION,
    Phase.PILOT,
    Phase.RUNNING,
    Phase.SCALED_UP,
    Phase.MAINSTREAMED,
)


def phase_line(phase: str) -> list[Step]:
    """The phases as a line with the measure's place on it; none is current when nobody has set the phase.

    Earlier phases count as passed without a claim that the measure was in each of them.
    """
    if phase == Phase.CLOSED:
        return [Step(Phase.CLOSED.label, "stopped", gettext("The measure has ended"))]
    here = _LINE.index(Phase(phase)) if phase else -1
    return [
        Step(
            step.label,
            "done" if place < here else "current" if place == here else "upcoming",
            gettext("Earlier phase") if place < here else "" if place == here else gettext("Later phase"),
        )
        for place, step in enumerate(_LINE)
    ]
