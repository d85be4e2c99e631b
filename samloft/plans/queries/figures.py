"""A plan's amounts as rows that editions keep and that plans are compared by."""

from dataclasses import dataclass

from samloft.plans.models import ActionPlan, BudgetLine, LinePurpose
from samloft.plans.queries.plan_content import focus_area_of

_LONGEST_NAME = 70


@dataclass(frozen=True)
class Figure:
    """One budget line, amount in øre. `key` names the same thing in every plan and edition of the programme:

    `measure:12:programme_grant`, `line:åpen post:` or `open_pot:åpen post:`; a second one like it ends in `:2`.
    """

    key: str
    label: str
    group: str
    funding_source: str
    amount: int
    reference: str
    position: int


def figures(plan: ActionPlan) -> tuple[Figure, ...]:
    """One query; in the order of the plan's lines."""
    seen: dict[str, int] = {}
    found = []
    for position, line in enumerate(plan.lines.select_related("plan_measure__measure__focus_area"), 1):
        key = _key(line)
        seen[key] = seen.get(key, 0) + 1
        found.append(
            Figure(
                key=key if seen[key] == 1 else f"{key}:{seen[key]}",
                label=line.name,
                group=_group(line),
                funding_source=line.source,
                amount=line.amount,
                reference=f"plans.budgetline:{line.pk}",
                position=position,
            )
        )
    return tuple(found)


def _key(line: BudgetLine) -> str:
    if line.plan_measure:
        return f"measure:{line.plan_measure.measure_id}:{line.source}"
    kind = "line" if line.purpose == LinePurpose.MEASURE else line.purpose
    name = " ".join(line.name.casefold().split())[:_LONGEST_NAME]
    return f"{kind}:{name}:{line.source}"


def _group(line: BudgetLine) -> str:
    if line.purpose != LinePurpose.MEASURE:
        return str(LinePurpose(line.purpose).label)
    area = focus_area_of(line)
    return area.name if area else ""
