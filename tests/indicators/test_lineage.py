"""F4: 3014 → 3118 is one series, and before 2020 Indre Østfold is five municipalities."""

from datetime import date
from typing import Any

import pytest

from samloft.indicators.queries.lineage import lineages
from samloft.places.models import Area, AreaKind, SuccessionKind
from tests.indicators.east import MERGED, East, follows

pytestmark = pytest.mark.django_db


def _zone(code: str, start: str | None = None) -> Area:
    begun = date.fromisoformat(start) if start else None
    return Area.objects.create(kind=AreaKind.ZONE, code=code, name=code, valid_from=begun)


def _seen(area: Area) -> list[tuple[list[str], int | None, int | None, bool]]:
    return [
        (sorted(one.code for one in segment.areas), segment.first, segment.last, segment.breaks)
        for segment in lineages([area])[area.pk].segments
    ]


def test_indre_ostfold_has_one_series_with_a_break_at_the_merger() -> None:
    assert _seen(East().municipality) == [
        (["3118"], 2024, None, False),
        (["3014"], 2020, 2023, False),
        (sorted(MERGED), None, 2019, True),
    ]


def test_the_counties_are_those_of_the_time() -> None:
    east = East()
    segments = lineages([east.municipality])[east.municipality.pk].segments
    assert [{one.parent for one in segment.areas} for segment in segments] == [
        {east.county_31},
        {east.county_30},
        {east.county_01},
    ]


def test_an_area_that_was_never_another_has_one_open_segment() -> None:
    assert _seen(_zone("1")) == [(["1"], None, None, False)]


def test_a_whole_does_not_stand_in_for_the_part_that_was_split_off() -> None:
    old, new = _zone("1"), _zone("2", "2021-01-01")
    follows(old, new, "2021-01-01", SuccessionKind.SPLIT)
    assert _seen(new) == [(["2"], 2021, None, False)]


def test_an_area_that_took_in_another_was_itself_there_before() -> None:
    large, small = _zone("1", "2010-01-01"), _zone("2")
    follows(small, large, "2020-01-01", SuccessionKind.MERGED)
    assert _seen(large) == [(["1"], 2020, None, False), (["1", "2"], None, 2019, True)]


def test_areas_that_changed_in_different_years_step_back_one_at_a_time() -> None:
    whole, a, b, older = _zone("W", "2020-01-01"), _zone("A", "2015-01-01"), _zone("B"), _zone("O")
    follows(a, whole, "2020-01-01", SuccessionKind.MERGED)
    follows(b, whole, "2020-01-01", SuccessionKind.MERGED)
    follows(older, a, "2015-01-01", SuccessionKind.RENUMBERED)
    assert _seen(whole) == [
        (["W"], 2020, None, False),
        (["A", "B"], 2015, 2019, True),
        (["B", "O"], None, 2014, False),
    ]


def test_a_ring_of_codes_comes_to_an_end() -> None:
    a, b = _zone("A"), _zone("B")
    follows(a, b, "2020-01-01", SuccessionKind.RENUMBERED)
    follows(b, a, "2020-01-01", SuccessionKind.RENUMBERED)
    assert len(_seen(a)) == 2


def test_the_lineages_of_many_cost_as_many_queries_as_of_one(django_assert_num_queries: Any) -> None:
    east = East()
    with django_assert_num_queries(3):
        lineages([east.municipality])
    with django_assert_num_queries(3):
        lineages([east.municipality, east.viken, *east.zones])
