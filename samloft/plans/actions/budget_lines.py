"""The plan's budget lines. Every write locks the plan, so that sums and splits hold when two people write."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max, Sum
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core import audit, editing
from samloft.core.errors import RuleBroken, StaleEdit
from samloft.core.money import format_kroner
from samloft.plans.actions.plans import open_plan
from samloft.plans.models import ActionPlan, BudgetLine, CostKind, CostSplit, LinePurpose, PlanMeasure

# 100 billion kroner. Nobody plans for more here; a larger amount has too many zeros.
LARGEST = 100_000_000_000_00


@dataclass(frozen=True)
class LineValues:
    """`amount` in øre; an empty source is unknown. `posts` and `salary_percent` stand together or not at all."""

    name: str
    amount: int
    purpose: LinePurpose | str = LinePurpose.MEASURE
    plan_measure: PlanMeasure | None = None
    source: str = ""
    note: str = ""
    posts: int | None = None
    salary_percent: int | None = None


@transaction.atomic
def add(*, plan: ActionPlan, values: LineValues, by: User) -> BudgetLine:
    plan = open_plan(plan)
    _check(values, plan)
    last = plan.lines.aggregate(last=Max("position"))["last"] or 0
    line = BudgetLine.objects.create(plan=plan, position=last + 1, **_fields(values))
    audit.record("line.added", line, by=by, about=_about(line, plan), data=_told(line))
    return line


@transaction.atomic
def edit(*, line: BudgetLine, values: LineValues, version: int | None, by: User) -> BudgetLine:
    """Refused when the new amount is less than what is split into cost kinds already."""
    plan = open_plan(line.plan)
    _check(values, plan)
    split_sum = line.splits.aggregate(sum=Sum("amount"))["sum"] or 0
    if values.amount < split_sum:
        raise RuleBroken(
            _(
                "%(sum)s of this line is split into kinds of cost. Lower the split first, or keep the amount at "
                "least that high."
            )
            % {"sum": format_kroner(split_sum)}
        )
    before = BudgetLine.objects.filter(pk=line.pk).values_list("amount", flat=True).first()
    stored, changed = editing.change(line, _fields(values), version=version)
    if changed:
        data = {**_told(stored), "fields": sorted(changed), "before": before}
        audit.record("line.changed", stored, by=by, about=_about(stored, plan), data=data)
    return stored


@transaction.atomic
def remove(*, line: BudgetLine, by: User) -> None:
    plan = open_plan(line.plan)
    stored = BudgetLine.objects.filter(pk=line.pk).select_related("plan_measure__measure").first()
    if stored is None:
        raise RuleBroken(_("Someone else has removed this line already."))
    about, told = _about(stored, plan)[1:], _told(stored)
    pk = stored.pk
    stored.delete()
    audit.record("line.removed", plan, by=by, about=about, data={**told, "line": pk})


@transaction.atomic
def split(*, line: BudgetLine, parts: Mapping[CostKind, int], version: int | None, by: User) -> BudgetLine:
    """Divide the line by kind of cost, in øre. The parts replace those that were; zero means none.

    What the parts leave is not split. Refused when they are more than the line.
    """
    plan = open_plan(line.plan)
    stored = editing.locked(line)
    wanted = {CostKind(kind): amount for kind, amount in parts.items() if amount}
    current = {CostKind(part.kind): part.amount for part in stored.splits.all()}
    if wanted == current:
        return stored
    if version is not None and stored.version != version:
        raise StaleEdit(
            _("Someone else saved this while you were writing. Your text is kept below; compare and save again."),
            current={str(kind): amount for kind, amount in current.items()},
            version=stored.version,
        )
    if any(amount < 0 for amount in wanted.values()):
        raise RuleBroken(_("A part of a line cannot be less than zero."))
    if sum(wanted.values()) > stored.amount:
        raise RuleBroken(
            _("The parts add up to %(sum)s, and the line is only %(line)s. Lower a part or raise the line.")
            % {"sum": format_kroner(sum(wanted.values())), "line": format_kroner(stored.amount)}
        )
    stored.splits.all().delete()
    CostSplit.objects.bulk_create(
        CostSplit(line=stored, kind=kind, amount=amount) for kind, amount in wanted.items()
    )
    stored.version += 1
    stored.save(update_fields=["version"])
    audit.record(
        "line.split",
        stored,
        by=by,
        about=_about(stored, plan),
        data={str(kind): amount for kind, amount in sorted(wanted.items())},
    )
    return stored


def _check(values: LineValues, plan: ActionPlan) -> None:
    if not values.name.strip():
        raise RuleBroken(_("Give the line a name, as it shall stand in the budget table."))
    if values.amount < 0:
        raise RuleBroken(_("A budget line cannot be less than zero."))
    if values.amount > LARGEST:
        raise RuleBroken(_("The amount is larger than any plan. Look for a zero too many."))
    if values.purpose != LinePurpose.MEASURE and values.plan_measure:
        raise RuleBroken(_("Only lines for measures are tied to a measure. Choose the purpose “Measure”."))
    # Asked of the database: someone may have taken the measure out since the form was opened.
    if values.plan_measure and not plan.plan_measures.filter(pk=values.plan_measure.pk).exists():
        raise RuleBroken(_("The measure is not in this plan. Add it to the plan first."))
    if (values.posts is None) != (values.salary_percent is None):
        raise RuleBroken(_("Write both the number of posts and the share of each salary, or neither."))
    if values.posts is not None and (values.posts < 1 or not 1 <= (values.salary_percent or 0) <= 100):
        raise RuleBroken(_("A salary share is of at least one post, and between 1 and 100 %."))


def _fields(values: LineValues) -> dict[str, object]:
    return {
        "name": " ".join(values.name.split()),
        "amount": values.amount,
        "purpose": str(values.purpose),
        "plan_measure": values.plan_measure,
        "source": str(values.source),
        "note": values.note,
        "posts": values.posts,
        "salary_percent": values.salary_percent,
    }


def _about(line: BudgetLine, plan: ActionPlan) -> list[BudgetLine | ActionPlan | PlanMeasure]:
    measure = [line.plan_measure.measure] if line.plan_measure else []
    return [plan, *measure]  # type: ignore[list-item]


def _told(line: BudgetLine) -> dict[str, int | str | None]:
    return {"amount": line.amount, "source": line.source, "purpose": line.purpose, "plan": line.plan_id}
