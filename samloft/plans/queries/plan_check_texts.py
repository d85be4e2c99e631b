"""The rules of the plan check that hold the plan's words against its table."""

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from samloft.core import audit
from samloft.core.money import format_kroner
from samloft.plans.models import BudgetLine, PlanMeasure, PlanSection, SectionKey
from samloft.plans.queries.amounts_in_text import amounts_in
from samloft.plans.queries.findings import Code, Finding, Severity
from samloft.plans.queries.plan_material import PlanMaterial
from samloft.programmes.models import FocusAreaKind


def findings(material: PlanMaterial) -> Iterator[Finding]:
    yield from _measures(material)
    known = _known_amounts(material)
    for section in material.sections:
        yield from _section(material, section, known)
    yield from _parts(material)


def _measures(material: PlanMaterial) -> Iterator[Finding]:
    lines_of = material.lines_of
    written = "\n".join(section.text for section in material.sections).casefold()
    for item in material.plan_measures:
        lines = lines_of.get(item.measure_id, [])
        text = item.text or item.measure.description
        if lines and not text.strip() and not _is_mentioned(item.measure.name, written):
            yield _disagree(
                item,
                _("The table has %(amount)s for the measure, and the text does not mention it.")
                % {"amount": format_kroner(sum(line.amount for line in lines))},
                _("Write what happens this year, or set the finding aside if the table says enough."),
            )
        if not lines:
            continue
        known = _sums(lines)
        for found in amounts_in(item.text):
            if found.amount not in known:
                yield _disagree(
                    item,
                    _("The text says %(written)s; the measure's lines add up to %(sum)s.")
                    % {
                        "written": found.written,
                        "sum": format_kroner(sum(line.amount for line in lines)),
                    },
                    _("Correct the text or the lines."),
                )
                break


def _disagree(item: PlanMeasure, message: str, remedy: str) -> Finding:
    return Finding(
        Code.TEXT_AND_TABLE_DISAGREE,
        Severity.WARNING,
        audit.subject_of(item.measure),
        item.measure.name,
        message,
        remedy,
        f"{item.plan.get_absolute_url()}#measure-{item.pk}",
    )


def _section(material: PlanMaterial, section: PlanSection, known: frozenset[int]) -> Iterator[Finding]:
    """One finding per section, about all amounts in it that the table does not know."""
    strange = [found.written for found in amounts_in(section.text) if found.amount not in known]
    if strange:
        yield Finding(
            Code.TEXT_AND_TABLE_DISAGREE,
            Severity.WARNING,
            audit.subject_of(section),
            str(section),
            _("The text has amounts that are no line, sum or frame of the plan: %(amounts)s.")
            % {"amounts": ", ".join(dict.fromkeys(strange))},
            _("Correct the text or the table, or set the finding aside if the amount is about something else."),
            material.url(f"section-{section.pk}"),
        )


def _known_amounts(material: PlanMaterial) -> frozenset[int]:
    """Every line, the sums per measure, source, purpose and focus area, the total and the frame."""
    lines = material.lines
    known = {line.amount for line in lines} | {material.total}
    area_of = {item.pk: item.measure.focus_area_id for item in material.plan_measures}
    sums: dict[tuple[str, object], int] = {}
    for line in lines:
        place = line.plan_measure_id or 0
        for group in (
            ("measure", place),
            ("source", line.source),
            ("purpose", line.purpose),
            ("focus area", area_of.get(place)),
        ):
            sums[group] = sums.get(group, 0) + line.amount
    known.update(sums.values())
    plan = material.plan
    known.update(
        amount for amount in (plan.frame_amount, plan.frame_carry_over, plan.frame_total) if amount is not None
    )
    return frozenset(known)


def _sums(lines: Iterable[BudgetLine]) -> frozenset[int]:
    amounts = [line.amount for line in lines]
    per_source: dict[str, int] = {}
    for line in lines:
        per_source[line.source] = per_source.get(line.source, 0) + line.amount
    return frozenset({*amounts, *per_source.values(), sum(amounts)})


def _is_mentioned(name: str, text: str) -> bool:
    """True when the text has the name, or all its longer words."""
    plain = name.casefold()
    if plain in text:
        return True
    words = [word for word in re.findall(r"\w+", plain) if len(word) > 3]
    return bool(words) and all(word in text for word in words)


def _parts(material: PlanMaterial) -> Iterator[Finding]:
    """Parts with a deadline of their own, and every sub-programme's, until they are delivered (C6)."""
    sections = {
        section.focus_area_id: section for section in material.sections if section.key == SectionKey.FOCUS_AREA
    }
    for area in material.focus_areas:
        section = sections.get(area.pk)
        is_own_part = area.kind == FocusAreaKind.SUB_PROGRAMME or bool(section and section.due_on)
        if not is_own_part or (section and section.delivered_on):
            continue
        due = section.due_on if section else None
        if due is None:
            message = _("The part has not been delivered; no deadline is set.")
        elif due < material.today:
            message = _("The part was due %(date)s and has not been delivered.")
        else:
            message = _("The part is due %(date)s and has not been delivered yet.")
        yield Finding(
            Code.SUB_PROGRAMME_PART_MISSING,
            Severity.WARNING,
            audit.subject_of(area),
            area.name,
            message % {"date": due.strftime("%d.%m.%Y")} if due else message,
            _("Ask the one who writes the part to deliver it."),
            material.url(f"section-{section.pk}" if section else "measures"),
        )
