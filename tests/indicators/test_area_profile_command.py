"""`samloft area-profile`, as scripts and people see it."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from samloft.config.cli.frame import main
from samloft.indicators.models import Level
from samloft.places.models import Area, AreaKind
from tests.cast import Cast
from tests.indicators.east import East, deliver, indicator, row

pytestmark = pytest.mark.django_db

KEYS = ["key", "period", "value", "missing", "municipality", "county", "country", "gap", "source"]


def _asked(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    status = main(["area-profile", *words, "--json"])
    return status, json.loads(capsys.readouterr().out)


def _zone_with_figures(cast: Cast) -> East:
    east, poor = East(), indicator("poor")
    indicator("thriving", position=1, levels=[Level.ZONE])
    indicator("elsewhere", position=2, levels=[Level.MUNICIPALITY])
    deliver(
        cast.operator,
        [row(poor, area, 2024, value)
         for area, value in ((east.zones[0], 15.1), (east.municipality, 10.0), (east.county_31, 9.0))]
        + [row(poor, east.zones[0], 2023, missing=":")],
        source="Oss selv",
    )  # fmt: skip
    return east


def test_a_zone_stands_beside_its_larger_areas(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    _zone_with_figures(cast)
    status, found = _asked(capsys, "--area", "31180101")
    assert (status, found["area"], list(found)) == (0, "31180101", ["area", "indicators"])
    first, second = found["indicators"]
    assert list(first) == KEYS
    assert first == {
        "key": "poor",
        "period": "2024",
        "value": 15.1,
        "missing": None,
        "municipality": 10.0,
        "county": 9.0,
        "country": None,
        "gap": 5.1,
        "source": "Oss selv",
    }
    assert (second["key"], second["value"], second["missing"]) == ("thriving", None, "unknown")


def test_a_period_can_be_asked_for_and_a_hidden_figure_says_so(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    _zone_with_figures(cast)
    _status, found = _asked(capsys, "--area", "31180101", "--period", "2023")
    assert [(one["period"], one["value"], one["missing"]) for one in found["indicators"]] == [
        ("2023", None, ":"),
        ("2023", None, "unknown"),
    ]


@pytest.mark.parametrize("words", [["--area", "9999"], ["--area", ""], ["--area", "3118", "--period", "i fjor"]])
def test_what_does_not_exist_is_wrong_usage(
    words: list[str], cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    East()
    status, found = _asked(capsys, *words)
    assert (status, list(found)) == (64, ["error"])


def test_of_two_areas_with_one_code_the_one_in_use_today_is_meant(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    poor, today = indicator("poor"), timezone.localdate()
    old = Area.objects.create(
        kind=AreaKind.ZONE, code="1", name="Før", valid_from=None, valid_to=today - timedelta(days=1)
    )
    new = Area.objects.create(kind=AreaKind.ZONE, code="1", name="Nå", valid_from=today)
    deliver(cast.operator, [row(poor, old, 2020, 1.0), row(poor, new, 2020, 2.0)])
    _status, found = _asked(capsys, "--area", "1")
    assert found["indicators"][0]["value"] == 2.0


def test_a_code_that_has_gone_out_of_use_can_still_be_asked_for(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    east, poor = East(), indicator("poor")
    deliver(cast.operator, [row(poor, east.viken, 2022, 7.0)])
    _status, found = _asked(capsys, "--area", "3014")
    assert found["indicators"][0]["value"] == 7.0


def test_indre_ostfold_is_one_series_beside_the_county_of_each_year(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    """F4, end to end: five municipalities until 2019, code 3014 in Viken, code 3118 in Østfold."""
    east, poor = East(), indicator("poor")
    rows = [row(poor, old, 2019, numerator=10 + n, denominator=100 + n) for n, old in enumerate(east.merged)]
    rows += [row(poor, east.viken, 2022, 14.0), row(poor, east.municipality, 2024, 16.0)]
    counties = ((east.county_01, 2019, 11.0), (east.county_30, 2022, 10.0), (east.county_31, 2024, 13.0))
    deliver(cast.operator, [*rows, *(row(poor, county, year, value) for county, year, value in counties)])
    asked = {
        year: _asked(capsys, "--area", "3118", "--period", year)[1]["indicators"][0]
        for year in ("2019", "2022", "2024")
    }
    assert {year: (one["value"], one["county"], one["gap"]) for year, one in asked.items()} == {
        "2019": (pytest.approx(100 * 60 / 510), 11.0, pytest.approx(100 * 60 / 510 - 11, abs=1e-5)),
        "2022": (14.0, 10.0, 4.0),
        "2024": (16.0, 13.0, 3.0),
    }


def test_people_read_it_in_norwegian(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    _zone_with_figures(cast)
    assert main(["area-profile", "--area", "31180101"]) == 0
    told = capsys.readouterr().out.replace("\xa0", " ").splitlines()
    assert told == [
        "zone 31180101 (31180101)",
        "poor nb: 15,1 % (2024); avstand +5,1 prosentpoeng; kommune 10,0 %; fylke 9,0 %; Oss selv",
        "Indikatorer uten tall her: 1",
    ]
