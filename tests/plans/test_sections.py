from datetime import date, timedelta

import pytest
from django.utils import timezone

from samloft.core.errors import RuleBroken, StaleEdit
from samloft.core.models import AuditRow
from samloft.plans.actions import sections
from samloft.plans.models import ActionPlan, PlanSection, SectionKey
from samloft.programmes.models import FocusArea
from tests.cast import Cast
from tests.plans import drafting

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def plan(cast: Cast) -> ActionPlan:
    return drafting.start(cast)


def part(plan: ActionPlan) -> PlanSection:
    section = plan.sections.filter(key=SectionKey.FOCUS_AREA).first()
    assert section is not None
    return section


def test_a_text_is_written_and_stays_out_of_the_trail(cast: Cast, plan: ActionPlan) -> None:
    section = plan.sections.get(key=SectionKey.INTRODUCTION)
    sections.write(section=section, text="Et godt år.", version=1, by=cast.coordinator)
    row = AuditRow.objects.latest("number")
    assert (row.action, row.data) == ("section.written", {"key": "introduction", "length": 11})
    assert row.programme_id == cast.programme.pk
    with pytest.raises(StaleEdit) as refused:
        sections.write(section=section, text="Et annet år.", version=1, by=cast.programme_leader)
    assert refused.value.current == {"text": "Et godt år."}


def test_a_focus_area_younger_than_the_plan_gets_its_part_when_it_is_written(cast: Cast, plan: ActionPlan) -> None:
    area = FocusArea.objects.create(programme=cast.programme, name="Kultur", position=9)
    first = sections.find_or_make(plan=plan, key=SectionKey.FOCUS_AREA, focus_area=area)
    assert sections.find_or_make(plan=plan, key=SectionKey.FOCUS_AREA, focus_area=area) == first


def test_a_focus_area_of_another_programme_gets_no_part(cast: Cast, plan: ActionPlan) -> None:
    foreign = FocusArea.objects.create(programme=cast.other_programme, name="Kultur")
    with pytest.raises(RuleBroken, match="another programme"):
        sections.find_or_make(plan=plan, key=SectionKey.FOCUS_AREA, focus_area=foreign)


def test_a_part_is_delivered_late_and_the_deadline_does_not_move(cast: Cast, plan: ActionPlan) -> None:
    due, on = date(2025, 11, 1), date(2025, 11, 15)
    section = sections.set_due(section=part(plan), due_on=due, version=None, by=cast.programme_leader)
    sections.write(section=section, text="Klart.", version=None, by=cast.coordinator)
    section = sections.deliver(section=section, on=on, by=cast.coordinator)
    assert (section.due_on, section.delivered_on, section.delivered_by) == (due, on, cast.coordinator)
    assert AuditRow.objects.latest("number").data["due_on"] == "2025-11-01"
    section = sections.take_back(section=section, by=cast.programme_leader)
    assert (section.due_on, section.delivered_on, section.delivered_by) == (due, None, None)
    assert AuditRow.objects.latest("number").action == "section.taken_back"


def test_an_empty_part_cannot_be_delivered(cast: Cast, plan: ActionPlan) -> None:
    with pytest.raises(RuleBroken, match="Write the text first"):
        sections.deliver(section=part(plan), on=date(2025, 11, 1), by=cast.coordinator)


def test_a_part_cannot_be_delivered_tomorrow(cast: Cast, plan: ActionPlan) -> None:
    section = sections.write(section=part(plan), text="Klart.", version=None, by=cast.coordinator)
    with pytest.raises(RuleBroken, match="not come yet"):
        sections.deliver(section=section, on=timezone.localdate() + timedelta(days=1), by=cast.coordinator)


def test_only_parts_of_focus_areas_are_delivered(cast: Cast, plan: ActionPlan) -> None:
    section = plan.sections.get(key=SectionKey.INTRODUCTION)
    with pytest.raises(RuleBroken, match="focus areas"):
        sections.deliver(section=section, on=date(2025, 11, 1), by=cast.coordinator)
    with pytest.raises(RuleBroken, match="focus areas"):
        sections.set_due(section=section, due_on=date(2025, 11, 1), version=None, by=cast.coordinator)


def test_no_text_is_touched_in_a_closed_plan(cast: Cast, plan: ActionPlan) -> None:
    section = part(plan)
    drafting.close(plan)
    for write in (
        lambda: sections.write(section=section, text="Nytt", version=None, by=cast.coordinator),
        lambda: sections.deliver(section=section, on=date(2025, 11, 1), by=cast.coordinator),
        lambda: sections.set_due(section=section, due_on=None, version=None, by=cast.coordinator),
        lambda: sections.take_back(section=section, by=cast.coordinator),
    ):
        with pytest.raises(RuleBroken, match="closed"):
            write()
