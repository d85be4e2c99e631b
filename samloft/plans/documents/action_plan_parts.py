"""The parts of the action plan in the order of the document (C6): each is what one edits at a time on the page."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import formats
from django.utils.translation import gettext as _

from samloft.core.documents.blocks import (
    Block,
    BulletList,
    Fact,
    Facts,
    Heading,
    Note,
    Paragraph,
    Run,
    Text,
)
from samloft.core.documents.plain_text import paragraphs_from_text
from samloft.core.money import format_kroner
from samloft.plans.documents.budget_table import budget_table
from samloft.plans.models import (
    ActionPlan,
    BudgetLine,
    FrameKind,
    Gap,
    MandateStatus,
    PlanMeasure,
    PlanSection,
    SectionKey,
)
from samloft.plans.queries.plan_content import PlanContent
from samloft.programmes.documents.parts import Part
from samloft.programmes.models import FocusArea

# Headings that are about the same thing have the same anchor in every year and edition, so that two plans can be
# compared (C7). What follows here is the measure's id.
MEASURE_ANCHOR = "about-measure-"


@dataclass(frozen=True)
class PlanPart(Part):
    """A part of the plan, and what it is about."""

    section: PlanSection | None = None
    plan_measure: PlanMeasure | None = None
    focus_area: FocusArea | None = None


def parts(content: PlanContent) -> tuple[PlanPart, ...]:
    """Every part, blank ones too, in the language that is active."""
    return tuple(
        [
            _text(content, SectionKey.INTRODUCTION, _("Introduction"), numbered=False),
            *_priorities(content),
            *_measures(content),
            *_budget(content),
            _text(content, SectionKey.OWN_EFFORT, _("Own effort")),
            _text(
                content,
                SectionKey.GOAL_FIT,
                _("Fit with the national goals for %(year)s") % {"year": content.plan.year},
            ),
        ]
    )


def _text(
    content: PlanContent,
    key: SectionKey,
    title: str,
    *,
    level: int = 1,
    numbered: bool = True,
    focus_area: FocusArea | None = None,
    more: tuple[Block, ...] = (),
) -> PlanPart:
    section = content.section(key, focus_area)
    name = section_name(section)
    blocks = (*paragraphs_from_text(section.text), *more)
    return PlanPart(
        name,
        Heading(level, title, anchor=section_anchor(key, focus_area), numbered=numbered),
        blocks,
        section=section,
        focus_area=focus_area,
        is_blank=not blocks,
    )


def section_name(section: PlanSection) -> str:
    """The section's id on the page, also before it is stored."""
    if section.pk:
        return f"section-{section.pk}"
    return f"section-new-{section.focus_area_id}" if section.focus_area_id else f"section-{section.key}"


def section_anchor(key: SectionKey, focus_area: FocusArea | None) -> str:
    return f"text-focus-area-{focus_area.pk}" if focus_area else f"text-{key}"


def _priorities(content: PlanContent) -> Iterator[PlanPart]:
    yield _text(content, SectionKey.PRIORITIES, _("Priorities in %(year)s") % {"year": content.plan.year})
    for area in content.focus_areas:
        yield _text(content, SectionKey.FOCUS_AREA, area.name, level=2, focus_area=area)


def _measures(content: PlanContent) -> Iterator[PlanPart]:
    yield PlanPart("measures-chapter", Heading(1, _("Measures"), anchor="measures-heading"), is_blank=True)
    areas = [*content.focus_areas, None]
    for area in areas:
        members = content.continued(area)
        if area is None and not members:
            continue
        name = f"area-{area.pk}" if area else "area-none"
        title = area.name if area else _("Other measures")
        yield PlanPart(name, Heading(2, title, anchor=f"{name}-heading"), focus_area=area, is_blank=True)
        for item in members:
            yield _measure(content, item)
    title = _("New measures in %(year)s") % {"year": content.plan.year}
    yield _text(content, SectionKey.NEW_MEASURES, title, level=2)
    for item in content.new_measures:
        yield _measure(content, item, says_focus_area=True)
    lines = tuple(_shared_line(line) for line in content.shared_lines)
    yield _text(
        content,
        SectionKey.ADMINISTRATION,
        _("Administrative costs"),
        level=2,
        more=(BulletList(lines),) if lines else (),
    )


def _measure(content: PlanContent, item: PlanMeasure, *, says_focus_area: bool = False) -> PlanPart:
    measure = item.measure
    text = item.text if item.text.strip() else measure.description
    facts = [
        (_("Focus area"), measure.focus_area.name if says_focus_area and measure.focus_area else ""),
        (_("Target groups"), measure.target_groups),
        (_("Responsible"), ", ".join(filter(None, (measure.responsible_role, measure.lead_unit)))),
        (_("Partners"), ", ".join(partner.name for partner in measure.partners.all())),
        (_("Paid by"), measure.external_funding),
        (_("When the programme's money stops"), str(measure.get_exit_route_display())),
    ]
    known = tuple(Fact(label, value) for label, value in facts if value.strip())
    blocks: list[Block] = [*paragraphs_from_text(text)]
    if known:
        blocks.append(Facts(known))
    if note := _still_missing(content, item):
        blocks.append(note)
    name = f"measure-{item.pk}"
    return PlanPart(
        name,
        Heading(3, measure.name, anchor=f"{MEASURE_ANCHOR}{measure.pk}"),
        tuple(blocks),
        plan_measure=item,
        focus_area=measure.focus_area,
    )


def _still_missing(content: PlanContent, item: PlanMeasure) -> Note | None:
    """What the measure lacks in the mandate gate, visible to whoever reads the plan until it is solved (C5).

    Said of new measures and of those that have recorded that their mandate waits. What nobody has recorded about
    an older measure is for the plan check to ask, not for the document to state.
    """
    measure = item.measure
    waits = measure.mandate_status in (MandateStatus.NONE, MandateStatus.DRAFTED)
    missing = content.missing(item)
    if not missing or not (waits or measure.first_plan_year == content.plan.year):
        return None
    gaps = {one.gap for one in missing}
    labels = [str(gap.label).lower() for gap in Gap if gap in gaps]
    sentences = [_("Not settled yet: %(gaps)s.") % {"gaps": _listed(labels)}]
    due = next((one.due_on for one in missing if one.due_on), None)
    if due:
        sentences.append(_("To be ready by %(date)s.") % {"date": formats.date_format(due, "DATE_FORMAT")})
    return Note("info", " ".join(sentences))


def _shared_line(line: BudgetLine) -> Text:
    runs = [Run(line.name, strong=True)]
    said = []
    if line.posts and line.salary_percent:
        said.append(salary_share(line.posts, line.salary_percent))
    said += [line.note.strip()] if line.note.strip() else []
    if said:
        runs.append(Run(": " + " ".join(said)))
    return tuple(runs)


def salary_share(posts: int, percent: int) -> str:
    if posts == 1:
        return _("%(percent)s %% of the salary of one post.") % {"percent": percent}
    return _("%(percent)s %% of the salary of %(posts)s posts.") % {"percent": percent, "posts": posts}


def _budget(content: PlanContent) -> Iterator[PlanPart]:
    title = _("Budget and finances %(year)s") % {"year": content.plan.year}
    yield _text(content, SectionKey.BUDGET, title)
    frame = Paragraph.of(" ".join(frame_sentences(content)))
    yield PlanPart("frame", None, (frame, *_frame_notes(content)))
    if content.lines:
        yield PlanPart("budget-table", None, (budget_table(content),))
    else:
        nothing = Paragraph.of(_("The plan has no budget lines yet."))
        yield PlanPart("budget-table", None, (nothing,))


def frame_sentences(content: PlanContent) -> tuple[str, ...]:
    """What the plan is made within and what that rests on, and how the total compares with it (C8).

    Sentences rather than a table, so that whoever reads the file back meets one table of amounts.
    """
    plan = content.plan
    total = sum(line.amount for line in content.lines)
    words = {"total": format_kroner(total), "year": plan.year}
    if plan.frame_amount is None or plan.frame_total is None:
        return (
            _("The frame for %(year)s is not recorded.") % words,
            _("The lines of the plan add up to %(total)s.") % words,
        )
    sentences = [_frame(plan, plan.frame_amount)]
    if plan.frame_carry_over is not None:
        carried = {"amount": format_kroner(plan.frame_carry_over)}
        sentences.append(_("Approved carry-over of %(amount)s comes in addition.") % carried)
    left = plan.frame_total - total
    words["left"] = format_kroner(abs(left))
    if left > 0:
        sentences.append(_("The lines of the plan add up to %(total)s; %(left)s of the frame is left.") % words)
    elif left < 0:
        sentences.append(
            _("The lines of the plan add up to %(total)s, which is %(left)s more than the frame.") % words
        )
    else:
        sentences.append(_("The lines of the plan add up to %(total)s, the whole frame.") % words)
    return tuple(sentences)


def _frame(plan: ActionPlan, amount: int) -> str:
    basis = [plan.frame_source] if plan.frame_source else []
    if plan.frame_letter:
        basis.append(_("letter %(reference)s") % {"reference": plan.frame_letter})
    words = {"year": plan.year, "amount": format_kroner(amount), "basis": ", ".join(basis)}
    if plan.frame_kind == FrameKind.AWARD:
        if basis:
            return _("The grant for %(year)s is %(amount)s (%(basis)s).") % words
        return _("The grant for %(year)s is %(amount)s.") % words
    if basis:
        return _("The expected frame for %(year)s is %(amount)s (%(basis)s).") % words
    return _("The expected frame for %(year)s is %(amount)s.") % words


def _frame_notes(content: PlanContent) -> Iterator[Note]:
    if content.plan.frame_is_assumed:
        yield Note("assumed", _("No document shows the frame; the amount is entered so that the work can go on."))


def _listed(words: list[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}
