"""What time does to obligations: due dates that stay, extensions, new rhythms, days that know no later facts."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from samloft.config.cli.frame import main
from samloft.core.errors import RuleBroken
from samloft.programmes.actions import agreement_terms, agreements, obligations
from samloft.programmes.actions.agreement_terms import ExtensionValues
from samloft.programmes.actions.agreements import AgreementValues
from samloft.programmes.actions.obligations import ObligationValues, OwedBy
from samloft.programmes.models import (
    Agreement,
    FulfillingEvent,
    Obligation,
    Occurrence,
    Rhythm,
)
from samloft.programmes.queries.obligation_statuses import Judgement, Standing, judge
from tests.cast import Cast
from tests.programmes.test_obligations import happen, make_agreement, owe

LAST_OF_2024 = date(2024, 12, 31)


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    return make_agreement(cast)


def due_dates(duty: Obligation) -> list[tuple[str, date | None]]:
    return [(row.key, row.due_on) for row in duty.occurrences.all()]


def change(cast: Cast, duty: Obligation, rhythm: Rhythm, due_on: date | None) -> None:
    obligations.change(
        obligation=duty,
        values=ObligationValues(
            text=duty.text,
            kind=duty.kind,
            rhythm=rhythm,
            owed_by=[OwedBy(row.party) for row in duty.owed_by.all()],
            due_on=due_on,
        ),
        version=duty.version,
        by=cast.programme_leader,
    )


def test_an_extension_in_mid_year_moves_no_due_date_and_adds_the_new_ones(
    cast: Cast, agreement: Agreement
) -> None:
    """A2, A5: what was due by the old end on 30 June stays due then, though the year now goes on."""
    agreements.change(
        agreement=agreement,
        values=AgreementValues(title="Avtale", signed_on=date(2024, 6, 10), valid_to=date(2027, 6, 30)),
        version=None,
        by=cast.programme_leader,
    )
    agreement.refresh_from_db()
    duties = [
        owe(cast, agreement, Rhythm.YEARLY, due_on=date(2025, 2, 28)),
        owe(cast, agreement, Rhythm.TIMES_A_YEAR, min_times=2),
        owe(cast, agreement, Rhythm.MONTHLY, due_on=date(2024, 7, 31)),
        owe(cast, agreement, Rhythm.WEEKLY, due_on=date(2024, 7, 1)),
        owe(cast, agreement, Rhythm.CONTINUOUS),
    ]
    before = {duty.pk: due_dates(duty) for duty in duties}
    agreement_terms.extend(
        agreement=agreement,
        values=ExtensionValues(signed_on=date(2026, 3, 1), valid_to=date(2028, 12, 31)),
        by=cast.programme_leader,
    )
    for duty in duties:
        after = due_dates(duty)
        assert after[: len(before[duty.pk])] == before[duty.pk]
        assert len(after) > len(before[duty.pk])
        assert len({key for key, _day in after}) == len(after)


def test_a_due_date_that_has_passed_cannot_be_moved(cast: Cast, agreement: Agreement) -> None:
    """A5: who entered it wrongly takes the obligation away while nothing is recorded, and enters it anew."""
    duty = owe(cast, agreement, due_on=LAST_OF_2024)
    with pytest.raises(RuleBroken, match=r"31\.12\.2024"):
        change(cast, duty, Rhythm.ONCE, date(2027, 12, 31))
    assert due_dates(duty) == [("once", LAST_OF_2024)]


def test_a_due_date_ahead_can_be_moved_though_something_is_recorded(cast: Cast, agreement: Agreement) -> None:
    duty = owe(cast, agreement, due_on=date(2028, 3, 1), fulfilling_event=FulfillingEvent.ADOPTED)
    happen(cast, duty.occurrences.get(), date(2025, 2, 1), event="finished")
    change(cast, duty, Rhythm.ONCE, date(2028, 6, 1))
    assert due_dates(duty) == [("once", date(2028, 6, 1))]


def test_a_new_rhythm_begins_where_what_stays_of_the_old_one_ends(cast: Cast, agreement: Agreement) -> None:
    duty = owe(cast, agreement, Rhythm.YEARLY, due_on=date(2024, 10, 1))
    passed = [row.key for row in duty.occurrences.filter(due_on__lt=timezone.localdate())]
    change(cast, duty, Rhythm.MONTHLY, date(2024, 1, 31))
    rows = list(duty.occurrences.order_by("starts_on"))
    assert [row.key for row in rows][: len(passed)] == passed
    for one, following in pairwise(rows):
        assert one.ends_on < following.starts_on


def test_today_is_the_day_in_oslo(cast: Cast, agreement: Agreement, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the last day of the year has half an hour left in Greenwich, it is over in Oslo."""
    monkeypatch.setattr(timezone, "now", lambda: datetime(2024, 12, 31, 23, 30, tzinfo=UTC))
    duty = owe(cast, agreement, due_on=LAST_OF_2024)
    assert judge(duty, duty.occurrences.get(), timezone.localdate()).days_late == 1
    happen(cast, duty.occurrences.get(), date(2025, 1, 1))
    with pytest.raises(RuleBroken, match="future"):
        happen(cast, duty.occurrences.get(), date(2025, 1, 2))


def test_what_a_day_knows_never_depends_on_what_happened_later(cast: Cast, agreement: Agreement) -> None:
    """For any facts: a day sees those dated until then, lateness is whole days, and the database judges alike."""
    once = owe(cast, agreement, due_on=LAST_OF_2024).occurrences.get()
    days = st.dates(date(2024, 1, 1), date(2026, 12, 31))

    def judged(facts: Iterable[tuple[str, date]], on: date) -> Judgement:
        once.proofs.all().delete()
        once.deviations.all().delete()
        for what, day in facts:
            if what == "deviation":
                once.deviations.create(
                    agreed_on=day, agreed_with="Alle", reason="Utsatt", recorded_by=cast.programme_leader
                )
            else:
                once.proofs.create(event=what, on=day, kind="note", recorded_by=cast.programme_leader)
        return judge(once.obligation, Occurrence.objects.get(pk=once.pk), on)

    @given(st.lists(st.tuples(st.sampled_from(["done", "deviation"]), days), max_size=3), days)
    @settings(max_examples=25)
    def holds(facts: list[tuple[str, date]], on: date) -> None:
        known = [(what, day) for what, day in facts if day <= on]
        same, found = judged(known, on), judged(facts, on)
        assert (found.standing, found.days_late) == (same.standing, same.days_late)
        done = [day for what, day in known if what == "done"]
        if done:
            assert found.fulfilled_on == min(done)
            assert found.days_late == max(0, (min(done) - LAST_OF_2024).days)
        elif known:
            assert found.standing == Standing.DEVIATION_AGREED
        else:
            assert found.days_late == max(0, (on - LAST_OF_2024).days)
        assert found.due_on == LAST_OF_2024
        rows = Occurrence.objects.filter(pk=once.pk)
        assert rows.met(on).exists() is (found.standing in (Standing.FULFILLED, Standing.FULFILLED_LATE))
        assert rows.overdue(on).exists() is (found.standing == Standing.OVERDUE)
        assert rows.unmet(on).exists() is (found.standing in (Standing.OVERDUE, Standing.DUE))

    holds()


def test_the_database_counts_only_the_event_that_fulfils_and_as_often_as_is_owed(
    cast: Cast, agreement: Agreement
) -> None:
    twice = owe(
        cast, agreement, Rhythm.TIMES_A_YEAR, min_times=2, fulfilling_event=FulfillingEvent.DONE
    ).occurrences.get(key="2025")
    year = Occurrence.objects.filter(pk=twice.pk)
    happen(cast, twice, date(2025, 2, 1), event="finished")
    happen(cast, twice, date(2025, 3, 1), event="done")
    assert year.overdue(date(2026, 1, 1)).exists()
    assert not year.overdue(date(2025, 12, 31)).exists()
    happen(cast, twice, date(2025, 4, 1), event="done")
    assert year.met(date(2025, 4, 1)).exists()
    assert not year.met(date(2025, 3, 31)).exists()


def test_what_was_adopted_had_been_finished_though_nobody_knows_when(cast: Cast, agreement: Agreement) -> None:
    """A3: an unknown date is unknown, neither overdue nor the date of something else."""
    duty = owe(cast, agreement, due_on=LAST_OF_2024, fulfilling_event=FulfillingEvent.FINISHED)
    once = Occurrence.objects.filter(obligation=duty)
    happen(cast, once.get(), date(2025, 2, 11), event="adopted")
    before, after = (judge(duty, once.get(), day) for day in (date(2025, 2, 10), date(2025, 2, 11)))
    assert (before.standing, before.days_late) == (Standing.OVERDUE, 41)
    assert (after.standing, after.fulfilled_on, after.days_late) == (Standing.UNKNOWN, None, None)
    assert after.detail
    assert once.overdue(date(2025, 2, 10)).exists()
    assert not once.overdue(date(2026, 1, 1)).exists()
    happen(cast, once.get(), date(2024, 12, 20), event="finished")
    assert judge(duty, once.get(), date(2026, 1, 1)).standing == Standing.FULFILLED


def test_what_was_adopted_in_time_had_been_finished_in_time(cast: Cast, agreement: Agreement) -> None:
    duty = owe(cast, agreement, due_on=LAST_OF_2024, fulfilling_event=FulfillingEvent.FINISHED)
    happen(cast, duty.occurrences.get(), date(2024, 12, 10), event="adopted")
    found = judge(duty, duty.occurrences.get(), date(2026, 1, 1))
    assert (found.standing, found.fulfilled_on, found.days_late) == (Standing.FULFILLED, None, 0)


def test_more_than_is_allowed_is_never_counted_in_days(cast: Cast, agreement: Agreement) -> None:
    duty = owe(cast, agreement, Rhythm.TIMES_A_YEAR, min_times=1, max_times=1)
    for day in (date(2025, 2, 1), date(2025, 3, 1)):
        happen(cast, duty.occurrences.get(key="2025"), day, event="done")
    found = judge(duty, duty.occurrences.get(key="2025"), date(2025, 4, 1))
    assert (found.is_over_limit, found.days_late) == (True, None)


def test_the_command_tells_of_the_agreement_that_was_in_force_that_day(
    cast: Cast, agreement: Agreement, capsys: pytest.CaptureFixture[str]
) -> None:
    """A programme runs under one agreement at a time; earlier ones stay readable."""
    owe(cast, agreement, text="I den nye")
    owe(cast, make_agreement(cast, first_year=2018, years=6), text="I den gamle")

    def texts(*more: str) -> list[str]:
        assert main(["obligations", "--programme", "elvestad", "--json", *more]) == 0
        return [row["text"] for row in json.loads(capsys.readouterr().out)]

    assert texts() == ["I den nye"]
    assert texts("--on", "2020-01-01") == ["I den gamle"]


def test_the_command_tells_people_who_owes_what_and_how_late_it_is(
    cast: Cast, agreement: Agreement, capsys: pytest.CaptureFixture[str]
) -> None:
    owe(cast, agreement, due_on=LAST_OF_2024)
    owe(cast, agreement, Rhythm.CONTINUOUS, text="Samordne innsatsen")
    assert main(["obligations", "--programme", "elvestad", "--on", "2025-01-15"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any("31.12.2024" in line and "15 dag" in line and "Elvestad kommune: " in line for line in lines)
    assert sum("Samordne innsatsen" in line for line in lines) == 5
