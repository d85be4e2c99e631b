"""F3: a file held against what the installation has."""

from typing import Any

import pytest

from samloft.core.files.yaml_text import read_yaml
from samloft.indicators.models import Direction, ImportState, Indicator, StatisticsImport
from samloft.indicators.queries.previews import MOST_CATEGORIES, preview_of
from samloft.indicators.queries.statistics_files import TELL_EVERY, Reading, last_mapping, read, understand
from samloft.indicators.reading.mapping import StatisticsMapping
from samloft.places.models import Area, AreaKind
from tests.cast import Cast
from tests.indicators.figures import deliver
from tests.indicators.reading.stat_files import Stat, source_of, written


@pytest.fixture
def zones(cast: Cast) -> list[Area]:
    Indicator.objects.create(key="low_income", unit="%", direction=Direction.HIGHER_IS_WORSE)
    return [
        Area.objects.create(
            kind=AreaKind.ZONE, code=f"9001-{n}", name=f"Sone {n}", municipality=cast.programme.municipality
        )
        for n in (1, 2)
    ]


def file_of(dimensions: dict[str, list[str]], values: list[Any], **about: Any) -> Any:
    stat = Stat(dimensions, {})
    return written(Stat(dimensions, dict(zip(stat.places, values, strict=True)))) | about


def held(content: Any, text: str, cast: Cast) -> Reading:
    given = read_yaml(text.encode(), StatisticsMapping)
    return read(understand(source_of(content), given, cast.programme.municipality))


TABLE = file_of(
    {"Sone": ["9001-1", "9001-2"], "Tid": ["2023", "2024"]}, [1, ":", None, 4], label="12345: Lavinntekt"
)


def test_a_complete_file_is_counted_and_sampled(cast: Cast, zones: list[Area]) -> None:
    reading = held(TABLE, "indicator: {key: low_income}", cast)

    assert reading.problems == ()
    assert (reading.counts.present, reading.counts.missing) == (2, {":": 1, "unknown": 1})
    assert reading.kept == {"low_income": (2, 2)}
    preview = preview_of(reading)
    assert (preview["areas"], preview["periods"], preview["kept"]) == (2, ["2023", "2024"], {"low_income": (2, 2)})
    assert preview["sample"][1] == {"labels": ["Sone 9001-1", "Sone 2024"], "value": None, "status": ":"}
    assert [d["known"] for d in preview["dimensions"]] == [2, 2]


def test_a_file_far_from_ours_is_described_all_the_same(cast: Cast) -> None:
    far = file_of({"Fartøy": ["tråler", "sjark"], "Fiskeslag": ["torsk"], "Tid": ["2024M01"]}, [5, None])
    reading = held(far, "", cast)

    assert reading.understood.dimensions == [
        {"id": "Fartøy", "label": "fartøy", "size": 2, "role": None},
        {"id": "Fiskeslag", "label": "fiskeslag", "size": 1, "role": None},
        {"id": "Tid", "label": "tid", "size": 1, "role": None},
    ]
    assert (reading.counts.present, reading.counts.missing) == (1, {"unknown": 1})
    assert len(reading.problems) == 3  # the vessel, the area and the indicator
    assert reading.understood.mapping.plain() == {"period": {"dimension": "Tid"}, "ignore": {"Fiskeslag": "torsk"}}


def test_the_last_file_of_the_table_tells_how_to_read_the_next(cast: Cast, zones: list[Area]) -> None:
    kept = {"indicator": {"key": "low_income"}, "period": {"dimension": "Tid", "leave_out": ["2023", "1999"]}}
    batch = StatisticsImport.objects.create(
        table_id="12345", mapping=kept, municipality=cast.programme.municipality, made_by=cast.programme_leader
    )
    assert held(TABLE, "", cast).problems != ()

    StatisticsImport.objects.filter(pk=batch.pk).update(state=ImportState.VISIBLE)
    reading = held(TABLE, "", cast)

    assert reading.problems == ()
    assert reading.understood.resolution.of("period") == ("2024",)
    assert last_mapping("12345", None) is None
    assert last_mapping("12345", cast.other_programme.municipality) is None


def test_several_tables_ask_which_until_somebody_has_said(cast: Cast, zones: list[Area]) -> None:
    both = {"first": TABLE, "second": TABLE}

    assert any(
        "first" in about.message.text for about in held(both, "indicator: {key: low_income}", cast).problems
    )
    assert held(both, "choice: second\nindicator: {key: low_income}", cast).problems == ()


def test_a_file_without_figures_has_nothing_to_store(cast: Cast, zones: list[Area]) -> None:
    empty = file_of({"Sone": ["9001-1"], "Tid": ["2023"]}, [None])

    assert len(held(empty, "indicator: {key: low_income}", cast).problems) == 1


def test_long_reading_tells_how_far_it_has_come(cast: Cast) -> None:
    codes = [str(n) for n in range(TELL_EVERY // 10)]
    far = file_of({"a": codes, "b": [str(n) for n in range(25)]}, [1] * (len(codes) * 25))
    seen: list[int] = []

    reading = read(understand(source_of(far), StatisticsMapping(), None), seen.append)

    assert seen == [TELL_EVERY, 2 * TELL_EVERY]
    assert len(preview_of(reading)["dimensions"][0]["categories"]) == MOST_CATEGORIES


@pytest.mark.usefixtures("in_english")
def test_a_number_that_a_symbol_takes_the_place_of_is_told_and_stops_nothing(
    cast: Cast, zones: list[Area]
) -> None:
    content = TABLE | {"value": [1, 7, 3, 0], "status": {"1": ":", "2": "..", "3": ":"}}
    reading = held(content, "indicator: {key: low_income}", cast)
    assert reading.problems == () and reading.counts.present == 1
    first, more = reading.notices
    assert first.where.text == "The figure for Sone 9001-1, Sone 2024"
    assert "both the number 7 and the symbol “:”" in first.message.text
    assert more.message.text == "The same in 1 other places.", "A zero beside a symbol is no contradiction."


def test_figures_in_use_that_a_file_says_are_missing_are_counted_before_it_is_accepted(
    cast: Cast, zones: list[Area]
) -> None:
    indicator = Indicator.objects.get(key="low_income")
    deliver(
        cast.operator,
        {
            (indicator, zones[0], "2024"): 12.5,
            (indicator, zones[1], "2023"): ":",
            (indicator, zones[1], "2024"): 9,
        },
        municipality=cast.programme.municipality,
    )
    reading = held(TABLE, "indicator: {key: low_income}", cast)
    assert (reading.gone, reading.first_gone) == (1, (("Sone 1", "2024", "low_income", 12.5),))
    assert held(TABLE, "", cast).gone == 0, "Nothing is compared before it is clear what the figures are."
    preview = preview_of(reading)
    assert (preview["gone"], preview["first_gone"]) == (1, [["Sone 1", "2024", "low_income", 12.5]])
