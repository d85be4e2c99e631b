"""The rules of the plan check that read the budget table: totals, frame, sources, lines, salary shares."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from samloft.core import audit
from samloft.core.money import format_kroner
from samloft.plans.models import BudgetLine, FrameKind, LinePurpose, Measure
from samloft.plans.queries.findings import Code, Finding, Severity
from samloft.plans.queries.plan_material import GRANT_SOURCES, PlanMaterial
from samloft.programmes.models import ConditionKind


def findings(material: PlanMaterial) -> Iterator[Finding]:
    yield from _stated_total(material)
    yield from _frame(material)
    for line in material.lines:
        yield from _line(material, line)
    yield from _measures_without_line(material)
    yield from _salary_shares(material)


def _stated_total(material: PlanMaterial) -> Iterator[Finding]:
    """A reason that was given when the file was accepted answers the finding."""
    read = material.last_import
    if read is None or read.stated_total is None or read.total_reason:
        return
    if read.stated_total != material.total:
        yield Finding(
            Code.TOTAL_NOT_SUM,
            Severity.ERROR,
            audit.subject_of(material.plan),
            _("The plan as a whole"),
            _("The document %(file)s states %(stated)s; the budget lines add up to %(sum)s.")
            % {
                "file": read.file.name,
                "stated": format_kroner(read.stated_total),
                "sum": format_kroner(material.total),
            },
            _("Correct the lines, or set the finding aside and say why the sums differ."),
            material.url("budget-table"),
        )


def _frame(material: PlanMaterial) -> Iterator[Finding]:
    plan = material.plan
    subject, label = audit.subject_of(plan), _("The plan as a whole")
    frame = plan.frame_total
    if frame is None:
        yield Finding(
            Code.FRAME_UNKNOWN,
            Severity.WARNING,
            subject,
            label,
            _("The plan adds up to %(sum)s, and no frame is recorded to hold it against.")
            % {"sum": format_kroner(material.total)},
            _("Record the frame with its source: the expected one, or the award when the grant letter is there."),
            material.url("frame"),
        )
        return
    # Others' money has no part in the frame; a line without source may be the grant's until somebody says.
    asked = sum(line.amount for line in material.lines if not line.source or line.source in GRANT_SOURCES)
    if asked != frame:
        difference = abs(asked - frame)
        words = (
            _("The lines from the grant add up to %(asked)s, which is %(difference)s more than %(basis)s.")
            if asked > frame
            else _("The lines from the grant add up to %(asked)s, which is %(difference)s less than %(basis)s.")
        )
        yield Finding(
            Code.TOTAL_NOT_FRAME,
            Severity.ERROR if asked > frame else Severity.WARNING,
            subject,
            label,
            words
            % {
                "asked": format_kroner(asked),
                "difference": format_kroner(difference),
                "basis": frame_basis(material),
            },
            _("Change the lines so that they fit, correct the frame, or say why they differ."),
            material.url("budget-table"),
        )


def frame_basis(material: PlanMaterial) -> str:
    """What the frame rests on, in words: kind, amount, carry-over, and who gives it."""
    plan = material.plan
    kind = (
        _("the award of %(amount)s in the grant letter")
        if plan.frame_kind == FrameKind.AWARD
        else _("the expected frame of %(amount)s")
    )
    words = kind % {"amount": format_kroner(plan.frame_amount)}
    if plan.frame_carry_over:
        words = _("%(frame)s with approved carry-over of %(amount)s") % {
            "frame": words,
            "amount": format_kroner(plan.frame_carry_over),
        }
    source = ", ".join(
        part
        for part in (
            plan.frame_source,
            plan.frame_letter,
            _("assumed") if plan.frame_is_assumed else "",
        )
        if part
    )
    return f"{words} ({source})" if source else words


def _line(material: PlanMaterial, line: BudgetLine) -> Iterator[Finding]:
    subject = audit.subject_of(line)
    if line.purpose == LinePurpose.MEASURE and line.plan_measure_id is None:
        yield Finding(
            Code.LINE_WITHOUT_MEASURE,
            Severity.ERROR,
            subject,
            line.name,
            _("The line of %(amount)s belongs to no measure.") % {"amount": format_kroner(line.amount)},
            _("Choose the measure, or give the line another purpose, such as open pot."),
            material.url(f"line-{line.pk}"),
        )
    if not line.source:
        yield Finding(
            Code.SOURCE_UNKNOWN,
            Severity.WARNING,
            subject,
            line.name,
            _("It is not said who pays the %(amount)s.") % {"amount": format_kroner(line.amount)},
            _("Choose the source of the line."),
            material.url(f"line-{line.pk}"),
        )


def _measures_without_line(material: PlanMaterial) -> Iterator[Finding]:
    funded = set(material.lines_of)
    in_plan = {item.measure_id: item.measure for item in material.plan_measures}
    covered = funded | _above(funded, in_plan) | _below(funded, in_plan)
    for measure in material.active_measures:
        if measure.pk in covered or measure.external_funding:
            continue
        yield Finding(
            Code.MEASURE_WITHOUT_LINE,
            Severity.WARNING,
            audit.subject_of(measure),
            measure.name,
            _("The measure is in the plan, and no budget line pays for it."),
            _("Add a line. If others pay, say on the measure who does; it then needs none."),
            measure.get_absolute_url(),
        )


def _above(funded: set[int], measures: dict[int, Measure]) -> set[int]:
    """Measures whose children have lines: the money stands on the parts."""
    found: set[int] = set()
    for pk in funded:
        measure = measures.get(pk)
        while measure is not None and measure.parent_id and measure.parent_id not in found:
            found.add(measure.parent_id)
            measure = measures.get(measure.parent_id)
    return found


def _below(funded: set[int], measures: dict[int, Measure]) -> set[int]:
    """Child measures under a measure with a line: the line stands on the whole."""
    found: set[int] = set()
    for pk, measure in measures.items():
        above, seen = measure.parent_id, {pk}
        while above is not None and above not in seen:
            if above in funded:
                found.add(pk)
                break
            seen.add(above)
            parent = measures.get(above)
            above = parent.parent_id if parent else None
    return found


def _salary_shares(material: PlanMaterial) -> Iterator[Finding]:
    kinds = {condition.kind for condition in material.conditions}
    if ConditionKind.NOT_ORDINARY_OPERATIONS not in kinds:
        return
    for line in material.lines:
        if line.salary_percent is None or line.source not in GRANT_SOURCES or line.note.strip():
            continue
        yield Finding(
            Code.SALARY_SHARE_ORDINARY_OPERATIONS,
            Severity.WARNING,
            audit.subject_of(line),
            line.name,
            _("%(percent)d %% of the salary of %(posts)d posts is charged to the grant.")
            % {"percent": line.salary_percent, "posts": line.posts or 0},
            _("Say in the line's note why this is not ordinary operations."),
            material.url(f"line-{line.pk}"),
        )
