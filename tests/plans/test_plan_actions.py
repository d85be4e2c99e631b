import pytest

from samloft.core.errors import RuleBroken, StaleEdit
from samloft.core.models import AuditRow
from samloft.plans.actions import plans
from samloft.plans.actions.plans import Frame
from samloft.plans.models import ActionPlan, FrameKind, SectionKey
from samloft.programmes.models import DocumentState
from tests.cast import Cast
from tests.plans import drafting
from tests.plans.drafting import KR

pytestmark = pytest.mark.usefixtures("english")


def last_row() -> AuditRow:
    return AuditRow.objects.latest("number")


def set_frame(cast: Cast, plan: ActionPlan, frame: Frame, version: int | None = None) -> ActionPlan:
    return plans.set_frame(plan=plan, frame=frame, version=version, by=cast.programme_leader)


def test_a_new_plan_is_an_empty_draft_with_every_section_and_an_unknown_frame(cast: Cast) -> None:
    plan = drafting.start(cast)
    assert (plan.state, plan.is_open, plan.frame_total) == (DocumentState.DRAFT, True, None)
    keys = list(plan.sections.values_list("key", flat=True))
    assert sorted(set(keys)) == sorted(SectionKey)
    parts = plan.sections.filter(key=SectionKey.FOCUS_AREA).values_list("focus_area__name", flat=True)
    assert list(parts) == ["Oppvekst og utdanning", "Arbeid", "Bo- og nærmiljø"]
    assert last_row().action == "plan.started" and last_row().data == {"year": 2026}


def test_a_year_has_one_plan(cast: Cast) -> None:
    drafting.start(cast)
    with pytest.raises(RuleBroken, match="already"):
        drafting.start(cast)


def test_a_plan_for_year_26_is_refused(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="four digits"):
        drafting.start(cast, 26)


def test_a_frame_is_set_with_what_it_rests_on(cast: Cast) -> None:
    plan = drafting.start(cast)
    frame = Frame(FrameKind.AWARD, 7_000_000 * KR, 500_000 * KR, "Departementet", "26/101", is_assumed=True)
    plan = set_frame(cast, plan, frame)
    assert plan.frame_total == 7_500_000 * KR
    row = last_row()
    assert row.action == "plan.frame_set"
    assert row.data["amount"] == 7_000_000 * KR and "Departementet" not in str(row.data)


def test_a_frame_becomes_unknown_again(cast: Cast) -> None:
    plan = drafting.start(cast)
    set_frame(cast, plan, Frame(FrameKind.EXPECTED, 100))
    assert set_frame(cast, plan, Frame()).frame_total is None


@pytest.mark.parametrize(
    ("frame", "why"),
    [
        (Frame(FrameKind.AWARD), "amount"),
        (Frame(amount=100), "expected or awarded"),
        (Frame(carry_over=100), "unknown frame"),
        (Frame(is_assumed=True), "unknown frame"),
        (Frame(FrameKind.AWARD, -1), "less than zero"),
        (Frame(FrameKind.AWARD, 1, -1), "less than zero"),
    ],
)
def test_a_frame_that_makes_no_sense_is_refused(cast: Cast, frame: Frame, why: str) -> None:
    with pytest.raises(RuleBroken, match=why):
        set_frame(cast, drafting.start(cast), frame)


def test_a_frame_set_on_an_old_version_is_refused_with_what_is_stored(cast: Cast) -> None:
    plan = drafting.start(cast)
    version = plan.version
    set_frame(cast, plan, Frame(FrameKind.EXPECTED, 100), version)
    with pytest.raises(StaleEdit) as refused:
        set_frame(cast, plan, Frame(FrameKind.EXPECTED, 200), version)
    assert refused.value.current["frame_amount"] == 100


@pytest.mark.parametrize(
    "state", [DocumentState.RECOMMENDED, DocumentState.ADOPTED, DocumentState.DISPATCHED, DocumentState.ANSWERED]
)
def test_a_closed_plan_says_what_to_do(cast: Cast, state: DocumentState) -> None:
    plan = drafting.close(drafting.start(cast), state)
    with pytest.raises(RuleBroken, match="Start a revision"):
        set_frame(cast, plan, Frame(FrameKind.EXPECTED, 100))


def test_a_returned_plan_may_be_worked_on(cast: Cast) -> None:
    plan = drafting.close(drafting.start(cast), DocumentState.RETURNED)
    assert set_frame(cast, plan, Frame(FrameKind.EXPECTED, 100)).frame_total == 100
