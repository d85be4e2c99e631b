"""F7: figures that everybody may read, with small numbers hidden, and nothing given away by a later table."""

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from samloft.accounts.models import User
from samloft.core.errors import RuleBroken
from samloft.core.models import AuditRow
from samloft.indicators.actions import baselines
from samloft.indicators.actions import releases as actions
from samloft.indicators.actions.baselines import BaselineValues
from samloft.indicators.models import Indicator, Observation, Release
from samloft.indicators.queries.owners import owners_for
from samloft.indicators.queries.releases import earlier, prepare
from samloft.places.models import Area
from tests.cast import Cast
from tests.indicators.figures import aim_at, deliver, make_indicator, make_municipality_area, make_zone
from tests.indicators.reader import worked_out
from tests.plans.measure_factory import make_goal
from tests.programmes.filled import queries_do_not_grow

pytestmark = pytest.mark.usefixtures("in_english")

SignIn = Callable[[User], Client]
TODAY = date(2025, 5, 2)


@pytest.fixture
def indicator(cast: Cast) -> Indicator:
    return make_indicator()


@pytest.fixture
def zones(cast: Cast, indicator: Indicator) -> list[Area]:
    """The programme's place with four zones: 2, 40, 30 and 50 of 200 each."""
    place, municipality = cast.programme.areas.get(), cast.programme.municipality
    assert municipality
    made = [make_zone(municipality, f"9001010{number}", f"Sone {number}", place) for number in range(1, 5)]
    known = zip(made, (2.0, 40.0, 30.0, 50.0), strict=True)
    deliver(
        cast.operator,
        {(indicator, zone, "2023"): (count, 200.0) for zone, count in known},
        municipality=municipality,
    )
    return made


def publish(cast: Cast, indicator: Indicator, areas: list[Area], on: date = TODAY) -> Release:
    return actions.publish(
        programme=cast.programme,
        indicator=indicator,
        areas=areas,
        years=(None, None),
        checksum=prepare(indicator, areas, owners_for(cast.programme)).checksum,
        on=on,
        by=cast.programme_leader,
    )


def states(release: Release) -> list[list[object]]:
    return [[cell.get("state", cell.get("value")) for cell in row] for row in release.table["cells"]]


def test_a_small_number_is_hidden_and_another_with_it(cast: Cast, indicator: Indicator, zones: list[Area]) -> None:
    release = publish(cast, indicator, [cast.programme.areas.get(), *zones])
    assert states(release) == [[15.2], ["hidden"], [20.0], ["hidden"], [25.0]], (
        "30 is the cheapest to hide with 2."
    )
    assert worked_out(earlier(indicator)) == {}
    assert "2" not in {str(value) for row in states(release) for value in row}
    row = AuditRow.objects.latest("number")
    assert row.action == "release.published"
    assert row.data["hidden"] == 2 and row.data["number"] == 1


def test_zones_that_are_left_out_are_not_given_away_by_their_sum(
    cast: Cast, indicator: Indicator, zones: list[Area]
) -> None:
    """The place and its three other zones would tell that two live so in the first zone."""
    release = publish(cast, indicator, [cast.programme.areas.get(), *zones[1:]])
    assert "hidden" in [state for (state,) in states(release)]
    assert worked_out(earlier(indicator)) == {}


def test_nobody_works_out_a_zone_from_two_tables(cast: Cast, indicator: Indicator, zones: list[Area]) -> None:
    """The first table has the first zones, the second the last ones and the place they make up together."""
    first = publish(cast, indicator, zones[:2])
    assert states(first) == [["hidden"], [20.0]]
    second = publish(cast, indicator, [cast.programme.areas.get(), *zones[2:]])
    assert "hidden" in [state for (state,) in states(second)]
    assert worked_out(earlier(indicator)) == {}


def test_a_share_of_nearly_all_is_hidden_too(cast: Cast, zones: list[Area]) -> None:
    most = make_indicator("most")
    deliver(cast.operator, {(most, zones[0], "2023"): (198.0, 200.0), (most, zones[1], "2023"): (90.0, 200.0)})
    assert states(publish(cast, most, zones[:2])) == [["hidden"], [45.0]]


def test_counts_are_hidden_below_the_threshold_of_the_indicator(cast: Cast, zones: list[Area]) -> None:
    people = make_indicator("people", unit="personer", aggregation="sum", decimals=0, small_count=10)
    deliver(
        cast.operator,
        {(people, zones[0], "2023"): 9.0, (people, zones[1], "2023"): 10.0, (people, zones[2], "2023"): 0.0},
    )
    assert states(publish(cast, people, zones[:3])) == [["hidden"], [10], [0]]


def test_a_figure_without_counts_is_shown_only_when_its_source_is_open(cast: Cast, zones: list[Area]) -> None:
    money = make_indicator("money", unit="kr")
    deliver(cast.operator, {(money, zones[0], "2023"): 512000.0})
    deliver(cast.operator, {(money, zones[1], "2023"): 498000.0}, municipality=cast.programme.municipality)
    assert states(publish(cast, money, zones[:2])) == [[512000.0], ["withheld"]]


def test_households_are_counted_too_and_hours_are_not(cast: Cast, zones: list[Area]) -> None:
    """What the unit is called does not matter; the catalogue says whether the figure counts people."""
    homes = make_indicator("homes", unit="husholdninger", aggregation="sum", decimals=0)
    hours = make_indicator("hours", unit="timer", aggregation="sum", decimals=0, counts_people=False)
    for indicator in (homes, hours):
        counts = zip(zones, (2.0, 40.0, 30.0), strict=False)
        deliver(cast.operator, {(indicator, zone, "2023"): count for zone, count in counts})
    assert states(publish(cast, homes, zones[:3])) == [["hidden"], [40], [30]]
    assert states(publish(cast, hours, zones[:3])) == [[2], [40], [30]]


def test_a_mean_is_open_only_when_all_of_its_parts_are(cast: Cast, zones: list[Area]) -> None:
    """The first zone is open, the second is the municipality's own: with the first, the mean would tell it."""
    people = make_indicator("population_total", unit="personer", aggregation="sum", decimals=0)
    income = make_indicator("income", unit="kr", aggregation="population_weighted_mean", decimals=0)
    deliver(cast.operator, {(people, zone, "2023"): 100.0 for zone in zones})
    deliver(cast.operator, {(income, zone, "2023"): 500000.0 for zone in (zones[0], *zones[2:])}, source="Banken")
    own = cast.programme.municipality
    deliver(cast.operator, {(income, zones[1], "2023"): 300000.0}, municipality=own, source="Kommunen")
    everything = [cast.programme.areas.get(), *zones]
    assert states(publish(cast, income, everything)) == [["withheld"], [500000], ["withheld"], [500000], [500000]]
    sources = prepare(income, everything, owners_for(cast.programme)).table["sources"]
    assert [source["source"] for source in sources] == ["Banken", "Kommunen"]


def test_why_a_figure_is_missing_is_told(cast: Cast, indicator: Indicator, zones: list[Area]) -> None:
    deliver(cast.operator, {(indicator, zones[0], "2024"): ":", (indicator, zones[1], "2024"): (40.0, 200.0)})
    release = publish(cast, indicator, zones[:3])
    assert release.table["periods"] == ["2023", "2024"]
    assert [row[1] for row in states(release)] == [":", 20.0, ".."]


def test_what_the_source_hides_is_not_given_away_by_the_rest(
    cast: Cast, indicator: Indicator, zones: list[Area]
) -> None:
    """A place with its own total, and four zones of which the source hides one: the rest would tell it."""
    place = cast.programme.areas.get()
    known = {(indicator, place, "2024"): (60.0, 800.0), (indicator, zones[0], "2024"): ":"}
    counts = zip(zones[1:], (9.0, 20.0, 25.0), strict=True)
    deliver(cast.operator, {**known, **{(indicator, zone, "2024"): (count, 200.0) for zone, count in counts}})
    release = actions.publish(
        programme=cast.programme,
        indicator=indicator,
        areas=[place, *zones],
        years=(2024, 2024),
        checksum=prepare(
            indicator, [place, *zones], owners_for(cast.programme), first_year=2024, last_year=2024
        ).checksum,
        on=TODAY,
        by=cast.programme_leader,
    )
    assert states(release) == [[7.5], [":"], ["hidden"], [10.0], [12.5]]
    assert worked_out(earlier(indicator)) == {}


def test_a_zone_that_the_delivery_leaves_out_is_not_worked_out_either(
    cast: Cast, indicator: Indicator, zones: list[Area]
) -> None:
    """Without the zone in the file, the place and the others tell that three live so there; and not if many do."""
    place = cast.programme.areas.get()
    people = make_indicator("people", unit="personer", aggregation="sum", decimals=0)
    for period, total in (("2023", 78.0), ("2024", 175.0)):
        rest = {(people, zone, period): 25.0 for zone in zones[1:]}
        deliver(cast.operator, {(people, place, period): total, **rest})
    release = publish(cast, people, [place, *zones])
    assert [row[1] for row in states(release)] == [175, "..", 25, 25, 25]
    assert "hidden" in [row[0] for row in states(release)]
    assert worked_out(earlier(people)) == {}


def test_two_zones_hidden_by_the_source_protect_each_other(
    cast: Cast, indicator: Indicator, zones: list[Area]
) -> None:
    people = make_indicator("people", unit="personer", aggregation="sum", decimals=0)
    place = cast.programme.areas.get()
    known = {(people, place, "2023"): 67.0, (people, zones[0], "2023"): ":", (people, zones[1], "2023"): ":"}
    deliver(cast.operator, {**known, **{(people, zone, "2023"): 30.0 for zone in zones[2:]}})
    assert states(publish(cast, people, [place, *zones])) == [[67], [":"], [":"], [30], [30]]
    assert worked_out(earlier(people)) == {}


def test_nobody_computes_a_small_count_from_a_published_share_and_the_published_population(
    cast: Cast, indicator: Indicator, zones: list[Area]
) -> None:
    """A reader with the public files of both tables multiplies every share by every population."""
    people = make_indicator("people", unit="personer", aggregation="sum", decimals=0)
    counts = {"2022": (3.0, 196.0, 44.0, 1.0), "2023": (2.0, 40.0, 30.0, 50.0), "2024": (200.0, 0.0, 199.0, 4.0)}
    for period, of_zones in counts.items():
        if period != "2023":  # which the zones have already
            shares = zip(zones, of_zones, strict=True)
            deliver(cast.operator, {(indicator, zone, period): (count, 200.0) for zone, count in shares})
        deliver(cast.operator, {(people, zone, period): 200.0 for zone in zones})
    everything = [cast.programme.areas.get(), *zones]
    publish(cast, people, everything)
    publish(cast, indicator, everything)
    everyone = Client()
    shares, whole = (everyone.get(public(key, "figures.json")).json() for key in (indicator.key, "people"))
    seen = 0
    for of_share, of_people in zip(shares["areas"], whole["areas"], strict=True):
        for share, population in zip(of_share["values"], of_people["values"], strict=True):
            if share is not None and population is not None:
                count, seen = round(share * population / 100), seen + 1
                assert not 0 < count < 5 and not 0 < population - count < 5
    assert seen >= 6, "Something must be left to read."
    assert worked_out(earlier(indicator)) == {}


def test_a_table_withdrawn_and_issued_anew_after_a_revision_gives_nothing_away(
    cast: Cast, indicator: Indicator, zones: list[Area]
) -> None:
    everything = [cast.programme.areas.get(), *zones]
    actions.withdraw(release=publish(cast, indicator, everything), on=TODAY, by=cast.programme_leader)
    later = deliver(cast.operator, {(indicator, zones[0], "2023"): (7.0, 200.0)})
    Observation.objects.filter(area=zones[0], period="2023").exclude(batch=later).update(superseded_by=later)
    again = publish(cast, indicator, everything)
    assert again.number == 2 and Release.objects.public().get() == again
    assert worked_out(earlier(indicator)) == {}
    assert Client().get(public(indicator.key)).status_code == 200


def test_a_revised_figure_does_not_tell_what_the_first_one_was(
    cast: Cast, indicator: Indicator, zones: list[Area]
) -> None:
    everything = [cast.programme.areas.get(), *zones]
    publish(cast, indicator, everything)
    later = deliver(cast.operator, {(indicator, zones[0], "2023"): (9.0, 200.0)})
    Observation.objects.filter(area=zones[0], period="2023").exclude(batch=later).update(superseded_by=later)
    publish(cast, indicator, everything)
    assert worked_out(earlier(indicator)) == {}


def test_what_is_published_is_what_was_looked_at(cast: Cast, indicator: Indicator, zones: list[Area]) -> None:
    with pytest.raises(RuleBroken, match="changed since you looked"):
        actions.publish(
            programme=cast.programme,
            indicator=indicator,
            areas=zones,
            years=(None, None),
            checksum="another",
            on=TODAY,
            by=cast.programme_leader,
        )
    assert not Release.objects.exists()


def test_what_may_not_be_published_is_refused(cast: Cast, indicator: Indicator, zones: list[Area]) -> None:
    with pytest.raises(RuleBroken, match="no figures"):
        prepare(make_indicator("nothing"), zones)
    indicator.may_be_public = False
    with pytest.raises(RuleBroken, match="not for publishing"):
        prepare(indicator, zones)
    assert cast.other_programme.municipality
    stray = make_zone(cast.other_programme.municipality, "90020101")
    indicator.may_be_public = True
    deliver(cast.operator, {(indicator, stray, "2023"): (50.0, 200.0)})
    with pytest.raises(RuleBroken, match="neither in the programme"):
        publish(cast, indicator, [stray])


def test_a_withdrawn_table_is_gone_from_the_public_and_still_remembered(
    cast: Cast, indicator: Indicator, zones: list[Area]
) -> None:
    release = publish(cast, indicator, zones)
    actions.withdraw(release=release, on=TODAY, by=cast.programme_leader)
    assert not Release.objects.public().exists()
    assert len(earlier(indicator)) == 1
    assert AuditRow.objects.latest("number").action == "release.withdrawn"
    with pytest.raises(RuleBroken, match="already"):
        actions.withdraw(release=release, on=TODAY, by=cast.programme_leader)


def test_a_municipality_is_held_against_its_zones_as_well(cast: Cast, indicator: Indicator) -> None:
    municipality = cast.programme.municipality
    assert municipality
    town = make_municipality_area(municipality)
    inside = [make_zone(municipality, f"9001020{number}", parent=town) for number in (1, 2)]
    figures = {(indicator, town, "2023"): (53.0, 900.0), (indicator, inside[0], "2023"): (3.0, 300.0)}
    deliver(cast.operator, {**figures, (indicator, inside[1], "2023"): (50.0, 600.0)})
    release = publish(cast, indicator, [town, *inside])
    assert [state for (state,) in states(release)].count("hidden") >= 2
    assert worked_out(earlier(indicator)) == {}


def address(name: str, *args: object) -> str:
    return reverse(f"indicators:{name}", args=["elvestad", *args])


def public(key: str = "", file: str = "") -> str:
    return f"/published/elvestad/figures/{key + '/' if key else ''}{file}"


def test_figures_are_published_step_by_step_and_then_read_by_everyone(
    cast: Cast, indicator: Indicator, zones: list[Area], sign_in: SignIn
) -> None:
    client = sign_in(cast.programme_leader)
    assert "Ingen tall er publisert" in client.get(address("releases")).content.decode()
    answer = client.get(address("release_new") + f"?indicator={indicator.key}")
    assert answer.url == address("release_prepare", indicator.key)
    areas = "".join(f"&areas={zone.pk}" for zone in zones)
    shown = client.get(answer.url + f"?show=1{areas}").content.decode()
    assert "1 tall er skjult" in shown and ">:<" in shown and "20,0" in shown
    checksum = prepare(indicator, zones, owners_for(cast.programme)).checksum
    answer = client.post(answer.url, {"areas": [zone.pk for zone in zones], "checksum": checksum})
    assert answer.url == public(indicator.key)
    assert "Publiser nyere tall" in client.get(address("releases")).content.decode()
    everyone = Client()
    shown = everyone.get(answer.url).content.decode()
    assert "20,0" in shown and "Færre enn" not in shown and ">:<" in shown and "Prøvebyrået" in shown
    assert indicator.definitions.get().name_nb in everyone.get(public()).content.decode()
    assert "Tall for Områdeløft Elvestad" in everyone.get("/published/").content.decode()


def test_what_the_source_hides_is_told_apart_before_publishing(
    cast: Cast, indicator: Indicator, zones: list[Area], sign_in: SignIn
) -> None:
    place = cast.programme.areas.get()
    counts = {(indicator, zone, "2024"): (20.0, 200.0) for zone in zones[1:]}
    deliver(
        cast.operator, {**counts, (indicator, place, "2024"): (75.0, 800.0), (indicator, zones[0], "2024"): ":"}
    )
    areas = "".join(f"&areas={area.pk}" for area in [place, *zones])
    asked = f"?show=1&first_year=2024&last_year=2024{areas}"
    shown = sign_in(cast.programme_leader).get(address("release_prepare", indicator.key) + asked).content.decode()
    assert "1 tall er skjult av kilden selv" in shown and "1 tall til er skjult" in shown
    assert shown.count("<dt>:</dt>") == 1, "Readers need not know which of them."


def test_the_files_hold_no_more_than_the_page(cast: Cast, indicator: Indicator, zones: list[Area]) -> None:
    publish(cast, indicator, zones)
    everyone = Client()
    data = everyone.get(public(indicator.key, "figures.json")).json()
    assert [(area["values"], area["status"]) for area in data["areas"]] == [
        ([None], [":"]),
        ([20.0], [""]),
        ([15.0], [""]),
        ([25.0], [""]),
    ]
    assert data["hidden_below"] == 5 and data["sources"][0]["source"] == "Prøvebyrået"
    csv = everyone.get(public(indicator.key, "figures.csv")).content.decode()
    assert "Sone 1;2023;;%;:;" in csv and "Sone 2;2023;20;%;;" in csv
    assert everyone.get(public(indicator.key, "figures.xlsx")).content.startswith(b"PK")
    sheet = load_workbook(BytesIO(everyone.get(public(indicator.key, "figures.xlsx")).content)).worksheets[0]
    cells = {(row[1], row[2]): (row[3], row[5]) for row in sheet.iter_rows(values_only=True)}
    assert cells["Sone 1", "2023"] == (None, ":") and cells["Sone 2", "2023"] == (20, None)
    assert everyone.get(public(indicator.key, "figures.odt")).status_code == 404


def test_no_public_page_shows_a_figure_that_is_not_published(
    cast: Cast, indicator: Indicator, zones: list[Area]
) -> None:
    """Small counts in a zone, as figure, in a baseline and as what a goal aims from; one other table is out."""
    secret = make_indicator("secret")
    deliver(cast.operator, {(secret, zones[0], "2023"): (3.0, 31.0)})  # 9,7 %
    aim_at(make_goal(cast), secret, zones[0], baseline_value=9.7, baseline_period="2023")
    values = BaselineValues("Nullpunkt", zones[:1], [secret])
    drafted = baselines.draft(programme=cast.programme, values=values, by=cast.coordinator)
    baselines.freeze(baseline=drafted, on=TODAY, decision=None, version=None, by=cast.coordinator)
    publish(cast, indicator, zones)
    everyone = Client()
    files = [public(indicator.key, f"figures.{ending}") for ending in ("json", "csv")]
    for url in ["/", "/published/", public(), public(indicator.key), *files]:
        answer = everyone.get(url)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        assert answer.status_code == 200
        assert not re.search(rb"9[.,]7|secret", content), url
    for url in (
        public("secret"),
        public("secret", "figures.json"),
        public(indicator.key, "figures.pdf"),
        "/published/elvestad/baselines/",
    ):
        assert everyone.get(url).status_code == 404


def test_nothing_public_before_it_is_published_nor_after_it_is_withdrawn(
    cast: Cast, indicator: Indicator, zones: list[Area], sign_in: SignIn
) -> None:
    everyone = Client()
    assert everyone.get(public()).status_code == everyone.get(public(indicator.key)).status_code == 404
    release = publish(cast, indicator, zones)
    client = sign_in(cast.programme_leader)
    assert "Trekke tabellen tilbake?" in client.get(address("release_withdraw", release.pk)).content.decode()
    client.post(address("release_withdraw", release.pk))
    assert everyone.get(public()).status_code == everyone.get(public(indicator.key)).status_code == 404
    assert "Trukket tilbake" in client.get(address("releases")).content.decode()


def test_who_may_publish(cast: Cast, indicator: Indicator, zones: list[Area], sign_in: SignIn) -> None:
    release = publish(cast, indicator, zones)
    deliberate = [
        address("release_new"),
        address("release_prepare", indicator.key),
        address("release_withdraw", release.pk),
    ]
    for url in [address("releases"), *deliberate]:
        assert sign_in(cast.municipal_director).get(url).status_code == 200
        assert sign_in(cast.ministry_adviser).get(url).status_code == 403
        assert sign_in(cast.outsider).get(url).status_code == 404
    for url in deliberate:
        assert sign_in(cast.coordinator).get(url).status_code == 403
    assert sign_in(cast.coordinator).get(address("releases")).status_code == 200


def test_the_pages_ask_as_many_questions_with_many_tables(
    cast: Cast, indicator: Indicator, zones: list[Area], sign_in: SignIn
) -> None:
    def add(number: int) -> None:
        more = make_indicator(f"more_{number}")
        deliver(cast.operator, {(more, zone, "2023"): (40.0, 200.0) for zone in zones})
        publish(cast, more, zones)

    queries_do_not_grow(sign_in(cast.programme_leader), address("releases"), add)
    queries_do_not_grow(Client(), public(), lambda number: add(100 + number))


def test_those_who_do_not_work_in_the_programme_are_led_from_it_to_what_is_published(
    cast: Cast, sign_in: SignIn, indicator: Indicator, zones: list[Area]
) -> None:
    way = reverse("indicators:published_figures", args=[cast.programme.slug])
    home = cast.programme.get_absolute_url()
    ministry = sign_in(cast.ministry_adviser)
    assert way not in ministry.get(home).content.decode()
    publish(cast, indicator, zones)
    assert way in ministry.get(home).content.decode()
    assert way not in sign_in(cast.programme_leader).get(home).content.decode()
