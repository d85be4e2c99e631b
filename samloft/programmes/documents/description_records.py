"""What a programme description says that is recorded already: goals, bodies, duties; chapter by chapter."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from samloft.core.documents.blocks import (
    Block,
    BulletList,
    Column,
    Fact,
    Facts,
    Heading,
    Paragraph,
    Row,
    Run,
    Table,
    Text,
)
from samloft.core.documents.plain_text import paragraphs_from_text
from samloft.programmes.models import (
    ChapterKey,
    DecisionRight,
    GoalState,
    ObligationKind,
    OverarchingPlan,
    Seat,
)
from samloft.programmes.queries.bodies import RIGHT_NOW, BodyRow
from samloft.programmes.queries.goals import GoalNode
from samloft.programmes.queries.obligation_words import how_often
from samloft.programmes.queries.programme_descriptions import DescriptionContent


def _goals(content: DescriptionContent) -> Iterator[Block]:
    """What the programme builds on, and its goals: a heading for each overall goal, sub-goals in two tracks."""
    if content.builds_on:
        yield Paragraph.of(_("The programme builds on these plans:"))
        yield BulletList.of(*(_overarching(plan) for plan in content.builds_on))
    for main in content.goals:
        yield Paragraph.of(Run(main.goal.get_level_display() + ": ", strong=True), *_said(main))
        yield from _tracks(main)
        for overall in main.overall:
            area = overall.goal.focus_area
            title = area.name if area else overall.goal.get_level_display()
            yield Heading(2, title, anchor=f"goal-{overall.goal.pk}")
            yield Paragraph.of(Run(overall.goal.get_level_display() + ": ", strong=True), *_said(overall))
            yield from _tracks(overall)


def _overarching(plan: OverarchingPlan) -> str:
    goals = "; ".join(goal.text.strip().rstrip(".") for goal in plan.goals.all())
    named = f"{plan.title} ({plan.owner.authority})"
    return f"{named}: {goals}" if goals else named


def _tracks(node: GoalNode) -> Iterator[Block]:
    for title, goals in (
        (_("What gets better for residents:"), node.resident),
        (_("What gets better in the services:"), node.organisational),
    ):
        if goals:
            yield Paragraph.of(title)
            yield BulletList(tuple(_said(goal) for goal in goals))


def _said(node: GoalNode) -> Text:
    """The goal's words, and its state unless a body has adopted it."""
    if node.goal.state == GoalState.ADOPTED:
        return (Run(node.goal.text),)
    state = Run(f" ({str(node.status.label).lower()})", emphasis=True)
    return (Run(node.goal.text), state)


def _focus_areas(content: DescriptionContent) -> Iterator[Block]:
    if not any(area.description.strip() for area in content.focus_areas):
        if content.focus_areas:
            yield BulletList.of(*(area.name for area in content.focus_areas))
        return
    for area in content.focus_areas:
        yield Heading(2, area.name, anchor=f"focus-area-{area.pk}")
        yield from paragraphs_from_text(area.description)


def _organisation(content: DescriptionContent) -> Iterator[Block]:
    """The bodies with what they are for, who decides what, and what is to be coordinated; never persons."""
    rows = [_body(row) for row in content.bodies if row.body is not None]
    if rows:
        columns = (Column(_("Body")), Column(_("Mandate and tasks")), Column(_("Seats")))
        yield Table(columns, tuple(rows), caption=_("Bodies of the programme"))
    decided = [
        Row.of(capfirst(step.label), ", ".join(dict.fromkeys(deciders)))
        for step in content.decision_table
        if (deciders := [_decider(row.right) for row in step.rights if row.status is RIGHT_NOW])
    ]
    if decided:
        yield Table((Column(_("Step")), Column(_("Body"))), tuple(decided), caption=_("Who decides what"))
    yield from _duties(content, ObligationKind.COORDINATION)


def _body(row: BodyRow) -> Row:
    seats = ", ".join(dict.fromkeys(_seat(one.seat) for one in row.seats))
    mandate = row.body.mandate.strip() if row.body else ""
    return Row.of(str(row.body), mandate or _("unknown"), seats or _("none recorded"))


def _seat(seat: Seat) -> str:
    return f"{seat} ({seat.percent} %)" if seat.percent else str(seat)


def _decider(right: DecisionRight) -> str:
    if right.delegated_from is None:
        return right.body.name
    return _("%(body)s, on behalf of %(other)s") % {"body": right.body.name, "other": right.delegated_from.name}


def _implementation(content: DescriptionContent) -> Iterator[Block]:
    programme, agreement = content.description.programme, content.agreement
    facts = [Fact(_("Period of the programme"), _period(programme.starts_on, programme.ends_on))]
    if content.areas:
        facts.append(Fact(_("Area"), ", ".join(content.areas)))
    if agreement is not None:
        until = _("to %(day)s") % {"day": _day(content.agreement_ends_on)}
        facts.append(Fact(_("Agreement"), f"{agreement.title}, {until}"))
    yield Facts(tuple(facts))
    yield from _duties(content, ObligationKind.DOCUMENT, ObligationKind.REPORT, ObligationKind.MEETING)


def _strategies(content: DescriptionContent) -> Iterator[Block]:
    yield from _duties(content, ObligationKind.WORKING_METHOD)


def _evaluation(content: DescriptionContent) -> Iterator[Block]:
    yield from _duties(content, ObligationKind.EVALUATION, ObligationKind.SHARING)


def _duties(content: DescriptionContent, *kinds: ObligationKind) -> Iterator[Block]:
    """What the agreement asks for of these kinds: what, of whom, and when or how often."""
    rows = tuple(
        Row.of(
            duty.text,
            ", ".join(str(row.party.organisation) for row in duty.owed_by.all()),
            capfirst(how_often(duty)),
        )
        for duty in content.obligations
        if duty.kind in kinds
    )
    if rows:
        columns = (Column(_("What")), Column(_("Who")), Column(_("When")))
        yield Table(columns, rows, caption=_("What the agreement asks for"))


def _period(starts_on: date | None, ends_on: date | None) -> str:
    return _("from %(start)s to %(end)s") % {"start": _day(starts_on), "end": _day(ends_on)}


def _day(day: date | None) -> str:
    return formats.date_format(day, "DATE_FORMAT") if day else _("unknown")


def _state_roles(content: DescriptionContent) -> Iterator[Block]:
    if not content.has_several_state_parties:
        return
    columns = (Column(_("Party")), Column(_("Role")), Column(_("Responsibility")))
    rows = tuple(
        Row.of(party.organisation.name, party.role or _("unknown"), party.responsibility or _("unknown"))
        for party in content.state_parties
    )
    yield Table(columns, rows, caption=_("Parties of the state in the agreement"))


RECORDED: dict[str, Callable[[DescriptionContent], Iterable[Block]]] = {
    ChapterKey.GOALS: _goals,
    ChapterKey.FOCUS_AREAS: _focus_areas,
    ChapterKey.STRATEGIES: _strategies,
    ChapterKey.ORGANISATION: _organisation,
    ChapterKey.STATE_ROLES: _state_roles,
    ChapterKey.IMPLEMENTATION: _implementation,
    ChapterKey.EVALUATION: _evaluation,
}
