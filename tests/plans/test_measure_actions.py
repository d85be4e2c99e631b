from datetime import date

import pytest

from samloft.core import audit
from samloft.core.errors import RuleBroken, StaleEdit
from samloft.core.models import AuditRow
from samloft.plans.actions import measures
from samloft.plans.actions.measures import MeasureValues
from samloft.plans.models import ActionPlan, Measure, Origin, OriginKind, Partner, Phase, PlanMeasure
from samloft.programmes.models import FocusArea
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("in_english")


def make(cast: Cast, name: str = "Åpen barnehage", **values: object) -> Measure:
    return measures.create(
        programme=cast.programme,
        values=MeasureValues(name=name, **values),  # type: ignore[arg-type]
        by=cast.programme_leader,
    )


def last_row() -> AuditRow:
    return AuditRow.objects.latest("number")


def test_measures_are_numbered_from_one_in_each_programme(cast: Cast) -> None:
    assert [make(cast).number, make(cast, "Sosionom").number] == [1, 2]
    elsewhere = measures.create(
        programme=cast.other_programme, values=MeasureValues(name="Verksted"), by=cast.outsider
    )
    assert elsewhere.number == 1


def test_a_new_measure_leaves_a_row_in_the_trail_without_its_name(cast: Cast) -> None:
    measure = make(cast)
    row = last_row()
    assert (row.action, row.subject) == ("measure.created", f"plans.measure:{measure.pk}")
    assert (row.actor_id, row.programme_id) == (cast.programme_leader.pk, cast.programme.pk)
    assert "barnehage" not in str(row.data)


def test_what_nobody_has_said_about_a_measure_stays_unknown(cast: Cast) -> None:
    measure = Measure.objects.get(pk=make(cast).pk)
    assert (measure.phase, measure.mandate_status, measure.reach, measure.exit_route) == ("", "", "", "")
    assert measure.first_plan_year is None and measure.starts_on is None


def test_a_measure_without_a_name_is_refused(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="name"):
        make(cast, "   ")


def test_spaces_in_a_name_are_collapsed(cast: Cast) -> None:
    assert make(cast, "  Ungdom  i   arbeid ").name == "Ungdom i arbeid"


def test_a_focus_area_of_another_programme_is_refused(cast: Cast) -> None:
    foreign = FocusArea.objects.create(programme=cast.other_programme, name="Arbeid")
    with pytest.raises(RuleBroken, match="another programme"):
        make(cast, focus_area=foreign)


def test_a_measure_that_ends_before_it_starts_is_refused(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="before it starts"):
        make(cast, starts_on=date(2026, 5, 1), ends_on=date(2026, 4, 30))


def test_a_measure_cannot_stand_under_itself_also_not_in_two_steps(cast: Cast) -> None:
    library = make(cast, "Skolebibliotek")
    school = make(cast, "Bibliotek på ungdomsskolen", parent=library)
    with pytest.raises(RuleBroken, match="under itself"):
        measures.change(
            measure=library,
            values=MeasureValues(name="Skolebibliotek", parent=school),
            version=None,
            by=cast.programme_leader,
        )


def test_a_parent_of_another_programme_is_refused(cast: Cast) -> None:
    foreign = measures.create(
        programme=cast.other_programme, values=MeasureValues(name="Verksted"), by=cast.outsider
    )
    with pytest.raises(RuleBroken, match="another programme"):
        make(cast, parent=foreign)


def test_a_changed_name_is_kept_as_a_former_name(cast: Cast) -> None:
    measure = make(cast, "Sosionom")
    changed = measures.change(
        measure=measure,
        values=MeasureValues(name="Sosionom på helsestasjonen", phase=Phase.PILOT),
        version=measure.version,
        by=cast.coordinator,
    )
    assert changed.name == "Sosionom på helsestasjonen"
    assert [former.name for former in changed.names.all()] == ["Sosionom"]
    assert last_row().data == {"fields": ["name", "phase"], "phase_before": "", "phase": "pilot"}


def test_saving_without_a_change_leaves_no_trace(cast: Cast) -> None:
    measure = make(cast)
    before = last_row().number
    measures.change(
        measure=measure, values=MeasureValues(name="Åpen barnehage"), version=1, by=cast.programme_leader
    )
    assert last_row().number == before


def test_a_stale_save_is_refused_and_shows_what_is_stored(cast: Cast) -> None:
    measure = make(cast)
    measures.change(
        measure=measure,
        values=MeasureValues(name="Åpen barnehage", purpose="Tidlig kontakt"),
        version=1,
        by=cast.coordinator,
    )
    with pytest.raises(StaleEdit) as refusal:
        measures.change(
            measure=measure,
            values=MeasureValues(name="Åpen barnehage", purpose="Møteplass"),
            version=1,
            by=cast.programme_leader,
        )
    assert refusal.value.current == {"purpose": "Tidlig kontakt"}


def test_a_name_in_a_document_is_remembered_once(cast: Cast) -> None:
    measure = make(cast, "Sosionom-stillingen")
    for _ in range(2):
        measures.remember_name(measure=measure, name="Sosionom", by=cast.programme_leader)
    measures.remember_name(measure=measure, name="Sosionom-stillingen", by=cast.programme_leader)
    assert [kept.name for kept in measure.names.all()] == ["Sosionom"]
    assert AuditRow.objects.filter(action="measure.name_kept").count() == 1


def test_a_former_name_that_was_a_mistake_can_be_dropped(cast: Cast) -> None:
    measure = make(cast)
    measures.remember_name(measure=measure, name="Barnehagen", by=cast.programme_leader)
    measures.forget_name(measure=measure, name=measure.names.get(), by=cast.programme_leader)
    assert not measure.names.exists()


def test_a_closed_measure_keeps_its_place_in_plans_and_cannot_be_closed_again(cast: Cast) -> None:
    measure = make(cast)
    closed = measures.close(measure=measure, on=date(2026, 12, 31), version=1, by=cast.programme_leader)
    assert (closed.phase, closed.ends_on) == (Phase.CLOSED, date(2026, 12, 31))
    assert last_row().action == "measure.closed"
    with pytest.raises(RuleBroken, match="already closed"):
        measures.close(measure=measure, on=None, version=None, by=cast.programme_leader)


def test_a_measure_entered_by_mistake_is_deleted_and_its_number_is_not_used_again(cast: Cast) -> None:
    measure = make(cast)
    Partner.objects.create(measure=measure, name="Frivilligsentralen")
    Origin.objects.create(measure=measure, kind=OriginKind.RESIDENTS, text="Innspill på folkemøte")
    measures.delete(measure=measure, by=cast.programme_leader)
    assert not Measure.objects.filter(name="Åpen barnehage").exists()
    assert make(cast, "Sosionom").number == 2
    assert audit.verify().ok


def test_a_measure_that_has_been_in_a_plan_is_not_deleted(cast: Cast) -> None:
    measure = make(cast)
    plan = ActionPlan.objects.create(programme=cast.programme, year=2026)
    PlanMeasure.objects.create(plan=plan, measure=measure)
    with pytest.raises(RuleBroken, match="Close it instead"):
        measures.delete(measure=measure, by=cast.programme_leader)


def test_a_measure_that_others_point_to_is_not_deleted(cast: Cast) -> None:
    earlier, parent = make(cast, "Jobbsjansen"), make(cast, "Skolebibliotek")
    child = make(cast, "Bibliotek på barneskolen", parent=parent)
    Origin.objects.create(
        measure=child, kind=OriginKind.EARLIER_MEASURE, text="Vokste ut av", earlier_measure=earlier
    )
    for measure in (earlier, parent):
        with pytest.raises(RuleBroken):
            measures.delete(measure=measure, by=cast.programme_leader)
