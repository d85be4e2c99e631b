"""The agreements of the source documents are held without special code, and come out right (S0, S2, S3, S4)."""

from datetime import date

import pytest

from samloft.plans.demo import entry
from samloft.programmes.models import Agreement, DocumentState, Occurrence, Programme, Rhythm, Step
from samloft.programmes.queries.agreement_terms import ends_on, in_force
from samloft.programmes.queries.obligation_statuses import Standing
from samloft.programmes.queries.obligations import OccurrenceRow, occurrence_rows, owed_by

TODAY = date(2026, 11, 25)

pytestmark = pytest.mark.django_db


@pytest.fixture
def programmes() -> dict[str, Programme]:
    entry.enter_all()
    return {row.slug: row for row in Programme.objects.with_owner()}


def agreement_of(programme: Programme) -> Agreement:
    found = in_force(programme, TODAY)
    assert found is not None
    return found


def test_the_agreements_of_the_four_programmes_come_out_right(programmes: dict[str, Programme]) -> None:
    assert set(programmes) == {"mysen", "oslo-sor", "fredrikstad", "ostfold"}
    mysen(programmes["mysen"])
    mysens_description(programmes["mysen"])
    oslo_sor(programmes["oslo-sor"])
    fredrikstad(programmes["fredrikstad"])
    ostfold(programmes["ostfold"])


def rows(programme: Programme) -> tuple[OccurrenceRow, ...]:
    return occurrence_rows(agreement_of(programme), TODAY)


def mysen(programme: Programme) -> None:
    """S0: signed 10 June 2024, five years; the description due 31.12.2024 was adopted 42 days later."""
    agreement = agreement_of(programme)
    assert (agreement.signed_on, ends_on(agreement)) == (date(2024, 6, 10), date(2028, 12, 31))
    decisions = {row.decided_on: row for row in agreement.decisions.all()}
    assert decisions[date(2023, 4, 25)].unanimous is True
    assert date(2024, 4, 23) in decisions
    assert agreement.focus_areas.count() == 3
    late = [row for row in rows(programme) if row.judgement.standing == Standing.FULFILLED_LATE]
    assert [(row.judgement.days_late, row.judgement.event) for row in late] == [(42, "adopted")]
    assert late[0].occurrence.due_on == date(2024, 12, 31)
    assert not late[0].occurrence.proofs.filter(event="finished").exists()
    before = occurrence_rows(agreement, date(2025, 1, 15))
    assert [row.judgement.days_late for row in before if row.judgement.standing == Standing.OVERDUE] == [15]
    parties = list(agreement.parties.select_related("organisation"))
    assert {owed_by(row.obligation, parties) for row in rows(programme)} == {"state", "municipality", "both"}
    assert agreement.conditions.count() == 3
    assert agreement.reservations.count() == 1
    assert programme.overarching_plans.count() == 3


def mysens_description(programme: Programme) -> None:
    """S1: adopted by the council on 11 February 2025, which asked for two things; when it was sent is unknown."""
    (edition,) = programme.description.editions()
    assert edition.decision.decided_on == date(2025, 2, 11)
    assert edition.decision.follow_up_points.count() == 2
    assert programme.decisions.filter(step=Step.ADOPT_DESCRIPTION).count() == 1
    assert programme.decisions.filter(decided_on=date(2025, 2, 11)).count() == 1
    assert programme.description.state == DocumentState.ADOPTED
    assert not edition.dispatches.exists()


def oslo_sor(programme: Programme) -> None:
    """S2: nine years, to and including 2026, so that it ends together with its sister."""
    agreement = agreement_of(programme)
    assert ends_on(agreement) == date(2026, 12, 31)
    related = {row.kind: (row.first_year, row.last_year) for row in agreement.related.all()}
    assert related == {"predecessor": (2008, 2017), "sister": (2017, 2026)}
    dated = [row.occurrence.due_on for row in rows(programme) if row.occurrence.due_on]
    assert dated == [date(2018, 6, 30)]
    assert agreement.focus_areas.count() == 3
    assert agreement.reservations.count() == 2


def fredrikstad(programme: Programme) -> None:
    """S4: the basis is the council's strategy, the agreement is of 5 September 2023, its duration unknown."""
    assert programme.basis == "council_strategy"
    agreement = agreement_of(programme)
    assert (agreement.signed_on, ends_on(agreement)) == (date(2023, 9, 5), None)
    assert [row.occurrence.due_on for row in rows(programme)] == [date(2024, 3, 31)] * 2
    tracks = set(programme.goals.exclude(track="").values_list("track", flat=True))
    assert tracks == {"resident", "organisational"}


def ostfold(programme: Programme) -> None:
    """S3: owned by the county; six parties, eight themes, at most six meetings a year, one party at most two."""
    assert programme.owner.authority == "Østfold fylkeskommune"
    assert programme.municipality is None
    assert programme.basis == "assignment_letter"
    agreement = agreement_of(programme)
    assert ends_on(agreement) == date(2018, 12, 31)
    assert agreement.parties.count() == 6
    assert agreement.focus_areas.count() == 8
    group = agreement.obligations.get(rhythm=Rhythm.TIMES_A_YEAR)
    assert group.max_times == 6
    assert [row.max_times for row in group.owed_by.all() if row.max_times] == [2]
    yearly = agreement.obligations.filter(rhythm=Rhythm.YEARLY)
    assert Occurrence.objects.filter(obligation__in=yearly).count() == 4
    assert all(row.judgement.standing == Standing.UNKNOWN for row in rows(programme))
