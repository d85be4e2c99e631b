"""Last year's plan as the start of this year's, in one step that may be taken again (C11)."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core import audit, editing
from samloft.core.errors import RuleBroken
from samloft.plans.actions import plans
from samloft.plans.models import (
    ActionPlan,
    BudgetLine,
    CostSplit,
    Measure,
    Phase,
    PlanMeasure,
    PlanSection,
    SectionKey,
    Source,
)
from samloft.programmes.models import Programme


@transaction.atomic
def carry_forward(*, programme: Programme, from_year: int, to_year: int, by: User) -> ActionPlan:
    """Bring measures, texts and lines of one year into another, and start that year's plan when it lacks.

    Closed measures and money carried over from earlier years stay behind, and so does what was said about last
    year's new measures. Taken again, it adds only what is missing and touches nothing that has been written.
    """
    if from_year == to_year:
        raise RuleBroken(_("Choose two different years."))
    old = ActionPlan.objects.filter(programme=programme, year=from_year).first()
    if old is None:
        raise RuleBroken(_("There is no plan for %(year)s to carry forward.") % {"year": from_year})
    # Of two who begin a year at once, the second meets the plan that the first has started.
    editing.locked(programme)
    new = ActionPlan.objects.filter(programme=programme, year=to_year).first()
    new = plans.open_plan(new or plans.start(programme=programme, year=to_year, by=by))
    carried = _carry_measures(old, new)
    lines = _carry_lines(old, new)
    texts = _carry_texts(old, new)
    if carried or lines or texts:
        audit.record(
            "plan.carried_forward",
            new,
            by=by,
            about=[programme, old, *(item.measure for item in carried)],
            data={
                "from": old.pk,
                "measures": [item.measure_id for item in carried],
                "lines": len(lines),
                "amount": sum(line.amount for line in lines),
                "texts": texts,
            },
        )
    return new


def _carry_measures(old: ActionPlan, new: ActionPlan) -> list[PlanMeasure]:
    present = set(new.plan_measures.values_list("measure_id", flat=True))
    missing = [item for item in _living(old) if item.measure_id not in present]
    last = new.plan_measures.aggregate(last=Max("position"))["last"] or 0
    made = PlanMeasure.objects.bulk_create(
        PlanMeasure(plan=new, measure=item.measure, text=item.text, position=last + place)
        for place, item in enumerate(missing, 1)
    )
    Measure.objects.filter(pk__in=[item.measure_id for item in missing], first_plan_year__isnull=True).update(
        first_plan_year=min(old.year, new.year)
    )
    return made


def _living(plan: ActionPlan) -> Iterable[PlanMeasure]:
    return plan.plan_measures.select_related("measure").exclude(measure__phase=Phase.CLOSED)


def _carry_lines(old: ActionPlan, new: ActionPlan) -> list[BudgetLine]:
    places = {item.measure_id: item for item in new.plan_measures.all()}
    present = list(new.lines.select_related("plan_measure"))
    last = max((line.position for line in present), default=0)
    missing: list[BudgetLine] = []
    splits: list[CostSplit] = []
    closed = set(old.plan_measures.filter(measure__phase=Phase.CLOSED).values_list("pk", flat=True))
    for line in old.lines.select_related("plan_measure").prefetch_related("splits"):
        if line.source == Source.CARRY_OVER or line.plan_measure_id in closed:
            continue
        if _take_match(line, present):
            continue
        place = places.get(line.plan_measure.measure_id) if line.plan_measure else None
        copy = BudgetLine(
            plan=new,
            purpose=line.purpose,
            plan_measure=place,
            name=line.name,
            source=line.source,
            amount=line.amount,
            note=line.note,
            posts=line.posts,
            salary_percent=line.salary_percent,
            position=last + len(missing) + 1,
            first_line_id=line.first_line_id or line.pk,
        )
        missing.append(copy)
        splits += [CostSplit(line=copy, kind=part.kind, amount=part.amount) for part in line.splits.all()]
    made = BudgetLine.objects.bulk_create(missing)
    CostSplit.objects.bulk_create(splits)
    return made


def _take_match(line: BudgetLine, present: list[BudgetLine]) -> bool:
    """True when the new year has this line already; a line of the new year answers for one old line only."""
    first = line.first_line_id or line.pk
    match = next((own for own in present if first in (own.first_line_id, own.pk)), None)
    match = match or next((own for own in present if not own.first_line_id and _key(own) == _key(line)), None)
    if match is None:
        return False
    present.remove(match)
    return True


def _key(line: BudgetLine) -> tuple[int | None, str, str, str]:
    measure = line.plan_measure.measure_id if line.plan_measure else None
    return measure, line.purpose, line.name.casefold(), line.source


def _carry_texts(old: ActionPlan, new: ActionPlan) -> int:
    """Fill empty sections with last year's texts as a starting point; give how many."""
    texts = {(section.key, section.focus_area_id): section.text for section in old.sections.all()}
    empty = []
    for section in PlanSection.objects.select_for_update().filter(plan=new, text=""):
        text = texts.get((section.key, section.focus_area_id), "")
        if text and section.key != SectionKey.NEW_MEASURES:
            section.text = text
            section.version += 1
            empty.append(section)
    PlanSection.objects.bulk_update(empty, ["text", "version"])
    return len(empty)
