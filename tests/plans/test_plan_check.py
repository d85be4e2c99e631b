"""The plan check (C8, A4, C3): each finding, when it goes away, and that it costs the same for any plan."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samloft.plans.actions import budget_lines, measures, plan_measures, plans, sections
from samloft.plans.actions.budget_lines import LineValues
from samloft.plans.actions.measures import MeasureValues
from samloft.plans.actions.plans import Frame
from samloft.plans.models import (
    ExitRoute,
    FollowUpAnswer,
    FrameKind,
    ImportState,
    LinePurpose,
    Measure,
    MeasureGoal,
    Phase,
    PhaseInStep,
    PlanImport,
    PlanMeasure,
    SectionKey,
    Source,
)
from samloft.plans.queries.plan_check import Code, Finding, Severity, check, grouped
from samloft.programmes.models import (
    Agreement,
    Condition,
    ConditionKind,
    Decision,
    FocusAreaKind,
    FollowUpPoint,
    Goal,
    GoalLevel,
    GoalTrack,
    NationalGoal,
    StoredFile,
)
from samloft.programmes.queries.steps import in_force
from tests.cast import Cast
from tests.plans import elvestad as making
from tests.plans.elvestad import KR, Elvestad


@pytest.fixture
def elvestad(cast: Cast) -> Elvestad:
    return making.make(cast)


def found(elvestad: Elvestad, code: Code) -> list[Finding]:
    return [finding for finding in check(elvestad.fresh()) if finding.code == code]


def add_measure(elvestad: Elvestad, name: str, text: str = "Tekst.", **values: object) -> PlanMeasure:
    by = elvestad.cast.programme_leader
    made = measures.create(
        programme=elvestad.cast.programme,
        values=MeasureValues(name=name, **values),  # type: ignore[arg-type]
        by=by,
    )
    return plan_measures.add(plan=elvestad.plan, measure=made, text=text, by=by)


def add_line(elvestad: Elvestad, name: str, kroner: int, **values: object) -> None:
    budget_lines.add(
        plan=elvestad.plan,
        values=LineValues(name=name, amount=kroner * KR, **values),  # type: ignore[arg-type]
        by=elvestad.cast.programme_leader,
    )


def frame(elvestad: Elvestad, kroner: int | None, **values: object) -> None:
    plans.set_frame(
        plan=elvestad.plan,
        frame=Frame(
            kind=None if kroner is None else values.pop("kind", FrameKind.EXPECTED),  # type: ignore[arg-type]
            amount=None if kroner is None else kroner * KR,
            **values,  # type: ignore[arg-type]
        ),
        version=None,
        by=elvestad.cast.programme_leader,
    )


def test_a_measure_line_without_measure_is_a_contradiction(elvestad: Elvestad) -> None:
    assert not found(elvestad, Code.LINE_WITHOUT_MEASURE)
    add_line(elvestad, "Noe uten tiltak", 1000, source=Source.PROGRAMME_GRANT)
    (finding,) = found(elvestad, Code.LINE_WITHOUT_MEASURE)
    line = elvestad.plan.lines.get(name="Noe uten tiltak")
    assert finding.subject == f"plans.budgetline:{line.pk}"
    assert finding.subject_label == "Noe uten tiltak"
    assert finding.severity == Severity.ERROR
    assert finding.message and finding.remedy and finding.why and finding.url


def test_an_open_pot_is_no_line_without_measure(elvestad: Elvestad) -> None:
    add_line(elvestad, "Åpen post", 1000, purpose=LinePurpose.OPEN_POT, source=Source.PROGRAMME_GRANT)
    assert not found(elvestad, Code.LINE_WITHOUT_MEASURE)


def test_a_measure_that_nothing_pays_for_is_found_until_others_do(elvestad: Elvestad) -> None:
    item = add_measure(elvestad, "Jobbsjansen")
    (finding,) = found(elvestad, Code.MEASURE_WITHOUT_LINE)
    assert finding.subject == f"plans.measure:{item.measure_id}"
    Measure.objects.filter(pk=item.measure_id).update(external_funding="IMDi")
    assert not found(elvestad, Code.MEASURE_WITHOUT_LINE)


def test_a_parent_is_paid_for_when_its_children_are(elvestad: Elvestad) -> None:
    parent = add_measure(elvestad, "Skolebibliotek")
    child = add_measure(elvestad, "Mysen skole", parent=parent.measure)
    assert len(found(elvestad, Code.MEASURE_WITHOUT_LINE)) == 2
    add_line(elvestad, "Mysen skole", 1, plan_measure=child, source=Source.PROGRAMME_GRANT)
    assert not found(elvestad, Code.MEASURE_WITHOUT_LINE)


def test_children_are_paid_for_when_their_parent_is(elvestad: Elvestad) -> None:
    parent = add_measure(elvestad, "Skolebibliotek")
    add_measure(elvestad, "Mysen skole", parent=parent.measure)
    add_line(elvestad, "Skolebibliotek", 1, plan_measure=parent, source=Source.PROGRAMME_GRANT)
    assert not found(elvestad, Code.MEASURE_WITHOUT_LINE)


def test_a_closed_measure_is_left_alone(elvestad: Elvestad) -> None:
    item = add_measure(elvestad, "Avsluttet")
    Measure.objects.filter(pk=item.measure_id).update(phase=Phase.CLOSED)
    subjects = {finding.subject for finding in check(elvestad.fresh())}
    assert f"plans.measure:{item.measure_id}" not in subjects


def test_an_amount_in_a_measures_text_must_be_its_lines(elvestad: Elvestad) -> None:
    by = elvestad.cast.programme_leader
    plan_measures.edit(
        plan_measure=elvestad.plan_measure, text="Vi bruker 1,3 mill. kr i år.", version=None, by=by
    )
    assert not found(elvestad, Code.TEXT_AND_TABLE_DISAGREE)
    plan_measures.edit(
        plan_measure=elvestad.plan_measure, text="Vi bruker kr 1 400 000 i år.", version=None, by=by
    )
    (finding,) = found(elvestad, Code.TEXT_AND_TABLE_DISAGREE)
    assert "kr 1 400 000" in finding.message
    assert finding.subject == f"plans.measure:{elvestad.measure.pk}"


def test_a_measure_in_the_table_that_no_text_mentions_is_found(elvestad: Elvestad) -> None:
    by = elvestad.cast.programme_leader
    plan_measures.edit(plan_measure=elvestad.plan_measure, text="", version=None, by=by)
    assert len(found(elvestad, Code.TEXT_AND_TABLE_DISAGREE)) == 1
    section = elvestad.plan.sections.get(key=SectionKey.PRIORITIES)
    sections.write(section=section, text="Vi satser på åpen barnehage.", version=None, by=by)
    assert not found(elvestad, Code.TEXT_AND_TABLE_DISAGREE)


def test_a_section_may_name_lines_sums_and_frame_but_no_other_amounts(elvestad: Elvestad) -> None:
    by = elvestad.cast.programme_leader
    section = elvestad.plan.sections.get(key=SectionKey.BUDGET)
    text = "Til sammen 1 950 000 kr, av dette kr 650 000 til administrasjon og 1 300 000,- til barnehagen."
    sections.write(section=section, text=text, version=None, by=by)
    assert not found(elvestad, Code.TEXT_AND_TABLE_DISAGREE)
    sections.write(section=section, text=f"{text} I fjor var det kr 7 000.", version=None, by=by)
    (finding,) = found(elvestad, Code.TEXT_AND_TABLE_DISAGREE)
    assert "kr 7 000" in finding.message
    assert "650" not in finding.message


def test_years_and_paragraph_numbers_are_no_amounts(elvestad: Elvestad) -> None:
    section = elvestad.plan.sections.get(key=SectionKey.BUDGET)
    sections.write(
        section=section,
        text="I 2025 og 2026, § 12, 25 prosent av 40 barn.",
        version=None,
        by=elvestad.cast.programme_leader,
    )
    assert not found(elvestad, Code.TEXT_AND_TABLE_DISAGREE)


def test_a_frame_that_nobody_recorded_is_unknown_and_not_zero(elvestad: Elvestad) -> None:
    frame(elvestad, None)
    (finding,) = found(elvestad, Code.FRAME_UNKNOWN)
    assert not found(elvestad, Code.TOTAL_NOT_FRAME)
    assert finding.severity == Severity.WARNING


def test_a_plan_over_its_frame_is_a_contradiction_and_says_what_the_frame_rests_on(elvestad: Elvestad) -> None:
    assert not found(elvestad, Code.TOTAL_NOT_FRAME)
    frame(elvestad, 1_900_000, source="Departementet", letter="24/1")
    (finding,) = found(elvestad, Code.TOTAL_NOT_FRAME)
    message = finding.message.replace("\u00a0", " ")
    assert finding.severity == Severity.ERROR
    assert "50 000 kr" in message
    assert "1 900 000 kr" in message
    assert "Departementet, 24/1" in message


def test_a_plan_under_its_frame_is_a_warning(elvestad: Elvestad) -> None:
    frame(elvestad, 2_000_000)
    (finding,) = found(elvestad, Code.TOTAL_NOT_FRAME)
    assert finding.severity == Severity.WARNING


def test_after_the_grant_letter_the_frame_is_the_award_with_approved_carry_over(elvestad: Elvestad) -> None:
    frame(elvestad, 1_800_000, kind=FrameKind.AWARD, carry_over=150_000 * KR)
    assert not found(elvestad, Code.TOTAL_NOT_FRAME)
    frame(elvestad, 1_800_000, kind=FrameKind.AWARD, carry_over=100_000 * KR)
    assert len(found(elvestad, Code.TOTAL_NOT_FRAME)) == 1


def test_money_from_others_has_no_part_in_the_frame(elvestad: Elvestad) -> None:
    add_line(elvestad, "Eget", 90_000, plan_measure=elvestad.plan_measure, source=Source.MUNICIPALITY)
    assert not found(elvestad, Code.TOTAL_NOT_FRAME)


def test_a_line_without_source_is_asked_about(elvestad: Elvestad) -> None:
    add_line(elvestad, "Uten kilde", 1, plan_measure=elvestad.plan_measure)
    assert [finding.subject_label for finding in found(elvestad, Code.SOURCE_UNKNOWN)] == ["Uten kilde"]


def test_a_stated_total_that_differs_from_the_sum_is_a_contradiction_until_explained(elvestad: Elvestad) -> None:
    cast = elvestad.cast
    file = StoredFile.objects.create(
        programme=cast.programme, name="plan.txt", size=1, sha256="", uploaded_by=cast.programme_leader
    )
    read = PlanImport.objects.create(
        programme=cast.programme,
        year=2025,
        file=file,
        state=ImportState.ACCEPTED,
        stated_total=2_000_000 * KR,
        plan=elvestad.plan,
        by=cast.programme_leader,
    )
    (finding,) = found(elvestad, Code.TOTAL_NOT_SUM)
    assert "plan.txt" in finding.message
    assert finding.severity == Severity.ERROR
    read.total_reason = "Trykkfeil"
    read.save()
    assert not found(elvestad, Code.TOTAL_NOT_SUM)


def test_the_total_of_a_file_counts_no_more_when_the_plan_has_been_decided_on_since(elvestad: Elvestad) -> None:
    cast = elvestad.cast
    file = StoredFile.objects.create(
        programme=cast.programme, name="plan.txt", size=1, sha256="", uploaded_by=cast.programme_leader
    )
    PlanImport.objects.create(
        programme=cast.programme,
        year=2025,
        file=file,
        state=ImportState.ACCEPTED,
        stated_total=1,
        plan=elvestad.plan,
        by=cast.programme_leader,
    )
    making.recommend(elvestad)
    assert not found(elvestad, Code.TOTAL_NOT_SUM)


def test_a_measure_paid_by_the_grant_needs_an_exit_plan(elvestad: Elvestad) -> None:
    (finding,) = found(elvestad, Code.MISSING_EXIT_PLAN)
    assert finding.subject == f"plans.measure:{elvestad.measure.pk}"
    Measure.objects.update(exit_route=ExitRoute.ORDINARY_BUDGET, exit_plan="Inn i rammen fra 2027.")
    assert not found(elvestad, Code.MISSING_EXIT_PLAN)


def test_a_measure_that_others_pay_needs_no_exit_plan(elvestad: Elvestad) -> None:
    elvestad.plan.lines.update(source=Source.MUNICIPALITY)
    assert not found(elvestad, Code.MISSING_EXIT_PLAN)


def test_a_one_off_purchase_needs_neither_exit_plan_nor_ladder(elvestad: Elvestad) -> None:
    Measure.objects.update(exit_route=ExitRoute.ONE_OFF)
    assert not found(elvestad, Code.MISSING_EXIT_PLAN)
    assert not found(elvestad, Code.MISSING_LADDER)


def ladder(measure: Measure, *years: tuple[int, int]) -> None:
    for year, grant in years:
        PhaseInStep.objects.create(measure=measure, year=year, grant_share=grant, ordinary_share=100 - grant)


def test_full_grant_in_the_third_year_is_a_warning(elvestad: Elvestad) -> None:
    Measure.objects.update(exit_route=ExitRoute.ORDINARY_BUDGET, first_plan_year=2024)
    ladder(elvestad.measure, (2025, 100))
    assert not found(elvestad, Code.FULL_GRANT_THIRD_YEAR)
    ladder(elvestad.measure, (2026, 100))
    (finding,) = found(elvestad, Code.FULL_GRANT_THIRD_YEAR)
    assert "2026" in finding.message


def test_a_programme_that_ends_before_the_ladder_is_a_warning(elvestad: Elvestad) -> None:
    programme = elvestad.cast.programme
    Measure.objects.update(exit_route=ExitRoute.ORDINARY_BUDGET)
    ladder(elvestad.measure, (2027, 50), (2028, 20))
    assert not found(elvestad, Code.PROGRAMME_ENDS_BEFORE_LADDER)
    programme.ends_on = date(2027, 12, 31)
    programme.save()
    assert len(found(elvestad, Code.PROGRAMME_ENDS_BEFORE_LADDER)) == 1


def test_mandate_goals_owner_and_target_group_are_asked_for_until_they_are_there(elvestad: Elvestad) -> None:
    codes = (Code.MISSING_MANDATE, Code.MISSING_GOALS, Code.MISSING_OWNER, Code.MISSING_TARGET_GROUP)
    for code in codes:
        assert [finding.subject for finding in found(elvestad, code)] == [f"plans.measure:{elvestad.measure.pk}"]
    Measure.objects.update(mandate_status="adopted", lead_unit="Helsestasjonen", target_groups="Småbarn")
    for track in GoalTrack:
        goal = Goal.objects.create(
            programme=elvestad.cast.programme, level=GoalLevel.SUB, track=track, text=f"Mål {track}"
        )
        MeasureGoal.objects.create(measure=elvestad.measure, goal=goal)
    for code in codes:
        assert not found(elvestad, code)


def test_that_indicators_cannot_be_registered_yet_is_no_finding(elvestad: Elvestad) -> None:
    assert not any("ndikator" in finding.message for finding in check(elvestad.plan))


@pytest.fixture
def condition(elvestad: Elvestad) -> Condition:
    agreement = Agreement.objects.create(programme=elvestad.cast.programme, title="Intensjonsavtale")
    return Condition.objects.create(
        agreement=agreement, kind=ConditionKind.NOT_ORDINARY_OPERATIONS, text="Ikke ordinær drift"
    )


def test_a_condition_is_found_until_something_shows_that_it_is_kept(
    elvestad: Elvestad, condition: Condition
) -> None:
    (finding,) = found(elvestad, Code.CONDITION_WITHOUT_PROOF)
    assert finding.subject == f"programmes.condition:{condition.pk}"
    condition.proof = "Se budsjettvedtaket."
    condition.save()
    assert not found(elvestad, Code.CONDITION_WITHOUT_PROOF)


def test_a_salary_share_on_the_grant_is_to_be_explained_where_ordinary_operations_are_excluded(
    elvestad: Elvestad, condition: Condition
) -> None:
    share = {"purpose": LinePurpose.ADMINISTRATION, "source": Source.PROGRAMME_GRANT, "posts": 2}
    add_line(elvestad, "Rådgivere", 1, salary_percent=25, **share)
    (finding,) = found(elvestad, Code.SALARY_SHARE_ORDINARY_OPERATIONS)
    assert "25" in finding.message
    assert finding.subject_label == "Rådgivere"
    elvestad.plan.lines.filter(name="Rådgivere").update(note="Kommer i tillegg til ordinære stillinger.")
    assert not found(elvestad, Code.SALARY_SHARE_ORDINARY_OPERATIONS)


def test_without_that_condition_a_salary_share_needs_no_explanation(elvestad: Elvestad) -> None:
    share = {"purpose": LinePurpose.ADMINISTRATION, "source": Source.PROGRAMME_GRANT, "posts": 2}
    add_line(elvestad, "Rådgivere", 1, salary_percent=25, **share)
    assert not found(elvestad, Code.SALARY_SHARE_ORDINARY_OPERATIONS)


def test_a_sub_programmes_part_is_missing_until_it_is_delivered(elvestad: Elvestad) -> None:
    by = elvestad.cast.programme_leader
    area = elvestad.cast.focus_areas[1]
    assert not found(elvestad, Code.SUB_PROGRAMME_PART_MISSING)
    area.kind = FocusAreaKind.SUB_PROGRAMME
    area.save()
    (finding,) = found(elvestad, Code.SUB_PROGRAMME_PART_MISSING)
    assert finding.subject_label == area.name
    section = elvestad.plan.sections.get(focus_area=area)
    sections.write(section=section, text="Vår del.", version=None, by=by)
    section.refresh_from_db()
    sections.deliver(section=section, on=timezone.localdate(), by=by)
    assert not found(elvestad, Code.SUB_PROGRAMME_PART_MISSING)


def test_a_part_with_a_deadline_of_its_own_is_asked_for_and_says_when_it_was_due(elvestad: Elvestad) -> None:
    section = elvestad.plan.sections.get(focus_area=elvestad.cast.focus_areas[0])
    section.due_on = date(2024, 11, 1)
    section.save()
    (finding,) = found(elvestad, Code.SUB_PROGRAMME_PART_MISSING)
    assert "01.11.2024" in finding.message


def test_a_follow_up_point_is_found_until_a_measure_answers_it(elvestad: Elvestad) -> None:
    cast = elvestad.cast
    decision = Decision.objects.create(
        programme=cast.programme, title="Programbeskrivelsen", recorded_by=cast.programme_leader
    )
    point = FollowUpPoint.objects.create(decision=decision, text="Vurder skolemat", due_on=date(2025, 6, 1))
    (finding,) = found(elvestad, Code.UNANSWERED_FOLLOW_UP_POINT)
    assert finding.severity == Severity.WARNING
    assert finding.subject == f"programmes.followuppoint:{point.pk}"
    FollowUpAnswer.objects.create(point=point, measure=elvestad.measure)
    assert not found(elvestad, Code.UNANSWERED_FOLLOW_UP_POINT)


def test_a_follow_up_point_without_deadline_is_for_information(elvestad: Elvestad) -> None:
    cast = elvestad.cast
    decision = Decision.objects.create(programme=cast.programme, title="x", recorded_by=cast.programme_leader)
    FollowUpPoint.objects.create(decision=decision, text="Vurder skolemat")
    assert found(elvestad, Code.UNANSWERED_FOLLOW_UP_POINT)[0].severity == Severity.INFORMATION


def test_a_national_goal_of_the_year_is_told_of_until_a_measure_or_its_goal_serves_it(
    elvestad: Elvestad,
) -> None:
    NationalGoal.objects.create(year=2024, position=1, text="I fjor", source="Prop. 1 S")
    goals = [
        NationalGoal.objects.create(year=2025, position=place, text=f"Mål {place}", source="Prop. 1 S")
        for place in (1, 2, 3)
    ]
    elvestad.measure.national_goals.add(goals[0])
    sub_goal = Goal.objects.create(
        programme=elvestad.cast.programme, level=GoalLevel.SUB, track=GoalTrack.RESIDENT, text="Delmål"
    )
    sub_goal.national_goals.add(goals[1])
    MeasureGoal.objects.create(measure=elvestad.measure, goal=sub_goal)
    (finding,) = found(elvestad, Code.NATIONAL_GOAL_UNSERVED)
    assert finding.subject_label == "Mål 3"
    assert finding.severity == Severity.INFORMATION


def test_another_programmes_conditions_and_points_are_no_business_of_this_plan(elvestad: Elvestad) -> None:
    cast = elvestad.cast
    agreement = Agreement.objects.create(programme=cast.other_programme, title="Annen avtale")
    Condition.objects.create(agreement=agreement, kind=ConditionKind.OTHER, text="x")
    decision = Decision.objects.create(programme=cast.other_programme, title="x", recorded_by=cast.outsider)
    FollowUpPoint.objects.create(decision=decision, text="x")
    assert not found(elvestad, Code.CONDITION_WITHOUT_PROOF)
    assert not found(elvestad, Code.UNANSWERED_FOLLOW_UP_POINT)


def test_contradictions_come_first_and_findings_of_one_kind_stand_together(elvestad: Elvestad) -> None:
    add_line(elvestad, "Noe uten tiltak", 1000)
    severities = [finding.severity for finding in check(elvestad.fresh())]
    assert severities == sorted(severities, key=list(Severity).index)
    groups = grouped(check(elvestad.fresh()))
    keys = [(group.code, group.severity) for group in groups]
    assert len(keys) == len(set(keys))


def test_the_check_asks_as_many_questions_for_twelve_measures_as_for_two(elvestad: Elvestad) -> None:
    def grow(start: int, stop: int) -> None:
        for number in range(start, stop):
            item = add_measure(elvestad, f"Tiltak {number}", exit_route=ExitRoute.ORDINARY_BUDGET)
            add_line(elvestad, f"Tiltak {number}", number, plan_measure=item, source=Source.PROGRAMME_GRANT)
            ladder(item.measure, (2025, 100), (2026, 50))

    def queries() -> int:
        plan = elvestad.fresh()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            check(plan)
        return len(asked)

    NationalGoal.objects.create(year=2025, position=1, text="Mål", source="Prop. 1 S")
    grow(0, 2)
    few = queries()
    grow(2, 12)
    assert queries() == few
    assert few < 25


def test_the_check_works_on_an_adopted_plan(elvestad: Elvestad) -> None:
    making.adopt(elvestad)
    assert in_force(elvestad.plan).number == 1
    assert found(elvestad, Code.MISSING_MANDATE)
