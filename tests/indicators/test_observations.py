"""F2: figures are stored in the background, count all at once, keep their revisions and can be taken back."""

from collections.abc import Iterator, Sequence

import pytest

from samloft.core.errors import RuleBroken
from samloft.core.models import AuditRow
from samloft.indicators.actions import deliveries, latest_figures, observations, pacing
from samloft.indicators.actions.observations import Row
from samloft.indicators.models import ImportState, LatestFigure, Observation, StatisticsImport
from tests.cast import Cast
from tests.indicators.east import East, deliver, delivery, indicator, row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def _in_use() -> list[tuple[str, float | None, str, int]]:
    found = Observation.objects.in_use().order_by("period", "pk")
    return list(found.values_list("period", "value", "missing", "revision"))


def _stored(cast: Cast, rows: Sequence[Row]) -> StatisticsImport:
    batch = deliveries.begin(batch=delivery(cast.operator), by=cast.operator)
    return observations.store(batch=batch, rows=rows)


def test_figures_count_from_the_moment_the_delivery_is_made_visible(cast: Cast) -> None:
    east, poor = East(), indicator("poor")
    batch = _stored(cast, [row(poor, east.country, 2023, 10.0), row(poor, east.country, 2024, missing=":")])
    assert _in_use() == []
    assert (batch.added, batch.revised, batch.stored) == (2, 0, 2)

    deliveries.make_visible(batch=batch, by=cast.operator)
    assert _in_use() == [("2023", 10.0, "", 1), ("2024", None, ":", 1)]
    seen = AuditRow.objects.get(action="statistics.made_visible")
    assert (seen.data["added"], seen.data["revised"]) == (2, 0)


def test_a_changed_figure_is_a_new_revision_and_the_old_one_is_kept(cast: Cast) -> None:
    east, poor = East(), indicator("poor")
    deliver(cast.operator, [row(poor, east.country, 2023, 10.0), row(poor, east.country, 2024, 11.0)])
    second = deliver(cast.operator, [row(poor, east.country, 2023, 10.0), row(poor, east.country, 2024, 12.0)])
    assert (second.added, second.revised) == (0, 1)
    assert _in_use() == [("2023", 10.0, "", 1), ("2024", 12.0, "", 2)]
    assert Observation.objects.count() == 3


def test_the_same_file_twice_changes_nothing(cast: Cast) -> None:
    east, poor = East(), indicator("poor")
    rows = [row(poor, zone, 2024, numerator=n, denominator=90) for n, zone in enumerate(east.zones)]
    deliver(cast.operator, rows)
    again = deliver(cast.operator, rows)
    assert (again.added, again.revised) == (0, 0)
    assert Observation.objects.count() == 2


def test_a_figure_that_is_being_replaced_counts_until_its_successor_does(cast: Cast) -> None:
    east, poor = East(), indicator("poor")
    deliver(cast.operator, [row(poor, east.country, 2024, 11.0)])
    batch = _stored(cast, [row(poor, east.country, 2024, 12.0)])
    assert _in_use() == [("2024", 11.0, "", 1)]
    deliveries.fail(batch=batch, by=cast.operator)
    assert _in_use() == [("2024", 11.0, "", 1)]
    assert AuditRow.objects.filter(action="statistics.failed").exists()


def test_a_failed_delivery_can_be_stored_again(cast: Cast) -> None:
    east, poor = East(), indicator("poor")
    batch = _stored(cast, [row(poor, east.country, 2024, 12.0)])
    batch = deliveries.fail(batch=batch, by=cast.operator)
    batch = deliveries.begin(batch=batch, by=cast.operator)
    observations.store(batch=batch, rows=[row(poor, east.country, 2024, 13.0)])
    assert Observation.objects.count() == 1
    deliveries.make_visible(batch=batch, by=cast.operator)
    assert _in_use() == [("2024", 13.0, "", 1)]


def test_a_withdrawn_delivery_brings_back_what_it_replaced(cast: Cast) -> None:
    east, poor = East(), indicator("poor")
    deliver(cast.operator, [row(poor, east.country, 2024, 11.0)])
    second = deliver(cast.operator, [row(poor, east.country, 2024, 12.0)])
    deliveries.withdraw(batch=second, by=cast.operator)
    latest_figures.rebuild(observations.affected(second))
    assert _in_use() == [("2024", 11.0, "", 1)]
    assert LatestFigure.objects.get().value == 11
    assert AuditRow.objects.filter(action="statistics.withdrawn").exists()


def test_withdrawing_the_one_in_the_middle_leaves_the_newest_in_use(cast: Cast) -> None:
    east, poor = East(), indicator("poor")
    deliver(cast.operator, [row(poor, east.country, 2024, 11.0)])
    second = deliver(cast.operator, [row(poor, east.country, 2024, 12.0)])
    third = deliver(cast.operator, [row(poor, east.country, 2024, 13.0)])
    deliveries.withdraw(batch=second, by=cast.operator)
    assert _in_use() == [("2024", 13.0, "", 3)]
    deliveries.withdraw(batch=third, by=cast.operator)
    assert _in_use() == [("2024", 11.0, "", 1)]


def test_two_figures_for_one_place_are_refused(cast: Cast) -> None:
    east, poor = East(), indicator("poor")
    batch = deliveries.begin(batch=delivery(cast.operator), by=cast.operator)
    with pytest.raises(RuleBroken, match="two figures for the same place"):
        observations.store(
            batch=batch, rows=[row(poor, east.country, 2024, 1.0), row(poor, east.country, 2024, 2.0)]
        )


def test_women_and_men_of_each_age_have_their_own_place(cast: Cast) -> None:
    east, poor = East(), indicator("poor")
    deliver(
        cast.operator,
        [row(poor, east.country, 2024, 1.0)]
        + [row(poor, east.country, 2024, 2.0, sex=sex, age=age) for sex in "fm" for age in ("0-5", "6-15")],
    )
    assert len(_in_use()) == 5
    assert Observation.objects.in_use().whole().count() == 1


def test_one_delivery_is_stored_at_a_time(cast: Cast) -> None:
    first, second = delivery(cast.operator), delivery(cast.operator)
    kept = deliver(cast.operator, [])
    deliveries.begin(batch=first, by=cast.operator)
    with pytest.raises(RuleBroken, match="Another delivery is being stored"):
        deliveries.begin(batch=second, by=cast.operator)
    with pytest.raises(RuleBroken, match="Another delivery is being stored"):
        deliveries.withdraw(batch=kept, by=cast.operator)


def test_a_delivery_that_counts_cannot_be_stored_again(cast: Cast) -> None:
    batch = deliver(cast.operator, [])
    with pytest.raises(RuleBroken, match="In use"):
        deliveries.begin(batch=batch, by=cast.operator)


def test_progress_shows_chunk_by_chunk(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pacing, "MOST", 2)
    east, poor = East(), indicator("poor")
    seen: list[int] = []
    batch = deliveries.begin(batch=delivery(cast.operator), by=cast.operator)

    def rows() -> Iterator[Row]:
        for year in range(2020, 2025):
            seen.append(StatisticsImport.objects.get(pk=batch.pk).stored)
            yield row(poor, east.country, year, 1.0)

    stored = observations.store(batch=batch, rows=rows())
    assert (seen, stored.stored, stored.state) == ([0, 0, 2, 2, 4], 5, ImportState.STORING)


def test_withdrawing_many_goes_chunk_by_chunk(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pacing, "MOST", 2)
    east, poor = East(), indicator("poor")

    def years(value: float) -> list[Row]:
        return [row(poor, east.country, year, value) for year in range(2018, 2025)]

    deliver(cast.operator, years(1.0))
    second = deliver(cast.operator, years(2.0))
    deliver(cast.operator, years(3.0)[:5])
    deliveries.withdraw(batch=second, by=cast.operator)
    assert [value for _period, value, _missing, _revision in _in_use()] == [3.0] * 5 + [1.0] * 2
