"""The way of a measure from grant into ordinary operation: the ladder and the exit plan (C3)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core import audit, editing
from samloft.core.errors import RuleBroken, StaleEdit
from samloft.plans.models import ExitRoute, Measure, PhaseInStep, StepStatus


@dataclass(frozen=True)
class StepValues:
    """One year. Shares in whole percent of the year's cost; None is unknown."""

    year: int
    grant_share: int | None = None
    ordinary_share: int | None = None
    other_share: int | None = None
    status: StepStatus | str = StepStatus.INTENDED

    @property
    def shares(self) -> tuple[int | None, int | None, int | None]:
        return self.grant_share, self.ordinary_share, self.other_share


@dataclass(frozen=True)
class ExitPlanValues:
    route: ExitRoute | str = ""
    plan: str = ""
    owner: str = ""


@transaction.atomic
def set_ladder(*, measure: Measure, steps: Sequence[StepValues], version: int | None = None, by: User) -> Measure:
    """Give the measure exactly these steps. `version` is the measure's. Raises StaleEdit.

    The trail keeps the shares as `year:grant/ordinary/other:status`, a question mark for unknown.
    """
    stored = editing.locked(measure)
    _require_sound(stored, steps)
    before = {step.year: step for step in stored.phase_in_steps.select_for_update()}
    wanted = {step.year: step for step in steps}
    if {year: _values(step) for year, step in before.items()} == wanted:
        return stored
    if version is not None and stored.version != version:
        raise StaleEdit(
            _("Someone else changed this measure while you were writing. Compare, and save again."),
            version=stored.version,
            current={"steps": [_values(step) for step in before.values()]},
        )
    stored.phase_in_steps.exclude(year__in=wanted).delete()
    for year, step in wanted.items():
        if year in before:
            editing.change(before[year], asdict(step), version=None)
        else:
            PhaseInStep.objects.create(measure=stored, **asdict(step))
    stored.version += 1
    stored.save(update_fields=["version"])
    audit.record(
        "measure.ladder_set",
        stored,
        by=by,
        data={"steps": [_code(step) for _year, step in sorted(wanted.items())]},
    )
    return stored


@transaction.atomic
def set_exit_plan(*, measure: Measure, values: ExitPlanValues, version: int | None = None, by: User) -> Measure:
    """Say how the measure lives on or ends when the programme's money stops. Raises StaleEdit."""
    stored, changed = editing.change(
        measure,
        {"exit_route": values.route, "exit_plan": values.plan, "exit_owner": values.owner},
        version=version,
    )
    if changed:
        data: dict[str, audit.AuditValue] = {"fields": sorted(changed), "route": str(stored.exit_route)}
        audit.record("measure.exit_plan_set", stored, by=by, data=data)
    return stored


def _values(step: PhaseInStep) -> StepValues:
    return StepValues(
        year=step.year,
        grant_share=step.grant_share,
        ordinary_share=step.ordinary_share,
        other_share=step.other_share,
        status=step.status,
    )


def _code(step: StepValues) -> str:
    shares = "/".join("?" if share is None else str(share) for share in step.shares)
    return f"{step.year}:{shares}:{step.status}"


def _require_sound(measure: Measure, steps: Sequence[StepValues]) -> None:
    if steps and measure.exit_route == ExitRoute.ONE_OFF:
        raise RuleBroken(_("A one-off purchase has no ladder. Choose another exit route first."))
    if len({step.year for step in steps}) < len(steps):
        raise RuleBroken(_("The same year stands twice. Keep one line for each year."))
    for step in steps:
        known = [share for share in step.shares if share is not None]
        if any(share < 0 or share > 100 for share in known):
            raise RuleBroken(_("%(year)s: a share is between 0 and 100 percent.") % {"year": step.year})
        if sum(known) > 100 or (len(known) == 3 and sum(known) != 100):
            raise RuleBroken(
                _("%(year)s: the shares sum to %(total)s percent. Make them 100, or leave unknown ones empty.")
                % {"year": step.year, "total": sum(known)}
            )
