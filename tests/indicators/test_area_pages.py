"""The pages of areas in figures: who sees them, what they say, and how often they ask the database (F4–F6, F8)."""

import csv
from collections.abc import Callable
from io import StringIO
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samloft.accounts.models import User
from samloft.core.audit import AuditRow
from samloft.indicators.actions import comparison_areas
from samloft.indicators.models import IndicatorDefinition
from samloft.indicators.views import overlaps, rankings
from samloft.places.models import Area, AreaKind, ComparisonArea
from tests.cast import Cast
from tests.indicators.east import deliver, row
from tests.indicators.elvestad import Elvestad, more_indicators

SignIn = Callable[[User], Client]
ZONE = "90010101"
PAGES = [
    ("areas",),
    ("area", ZONE),
    ("area_chart", ZONE),
    ("area_file", ZONE, "xlsx"),
    ("area_indicator", ZONE, "poor"),
    ("area_indicator_chart", ZONE, "poor", "over-time"),
    ("area_indicator_chart", ZONE, "poor", "compared"),
    ("area_indicator_file", ZONE, "poor", "csv"),
    ("area_ranking", "poor"),
    ("area_ranking_file", "poor", "xlsx"),
    ("area_overlap",),
    ("area_overlap_file", "csv"),
]


def page(name: str, *args: object, slug: str = "elvestad") -> str:
    return reverse(f"indicators:{name}", args=[slug, *args])


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def test_members_see_the_areas_others_do_not(cast: Cast, sign_in: SignIn) -> None:
    Elvestad(cast.operator)
    expected = {
        cast.programme_leader: 200,
        cast.board_member: 200,
        cast.secretary: 200,
        cast.ministry_adviser: 403,
        cast.county_governor: 403,
        cast.evaluator: 403,
        cast.outsider: 404,
        cast.resident: 404,
    }
    for user, status in expected.items():
        client = sign_in(user)
        for visit in PAGES:
            assert client.get(page(*visit)).status_code == status, (user, visit)


def test_the_areas_of_one_municipality_are_not_found_in_the_programme_of_another(
    cast: Cast, sign_in: SignIn
) -> None:
    Elvestad(cast.operator)
    client = sign_in(cast.outsider)
    assert client.get(page("area", ZONE, slug="asmark")).status_code == 404
    assert client.get(page("area_indicator", ZONE, "poor", slug="asmark")).status_code == 404
    assert "Sone 01" not in text(client, page("areas", slug="asmark"))
    assert "Sone 01" not in text(client, page("area_ranking", "poor", slug="asmark"))
    assert "Sone 01" not in text(client, page("area_overlap", slug="asmark"))


def test_unknown_areas_indicators_charts_and_endings_are_not_found(cast: Cast, sign_in: SignIn) -> None:
    Elvestad(cast.operator)
    client = sign_in(cast.programme_leader)
    for address in (
        page("area", "99999999"),
        page("area", "place-99999999999999"),
        page("area_indicator", ZONE, "nothing"),
        page("area_indicator_chart", ZONE, "poor", "pie"),
        page("area_file", ZONE, "pdf"),
        page("area_ranking", "nothing"),
    ):
        assert client.get(address).status_code == 404


def test_the_list_shows_population_age_and_a_map_that_leads_to_the_areas(cast: Cast, sign_in: SignIn) -> None:
    Elvestad(cast.operator)
    shown = text(sign_in(cast.programme_leader), page("areas"))
    assert "Sone 01 (syntetisk)" in shown and "syntetisk" in shown
    assert f'<a href="{page("area", ZONE)}" aria-label=' in shown and "<svg" in shown
    assert "2024" in shown and "Befolkning" in shown


def test_a_programme_without_areas_says_what_belongs_there_and_the_first_step(cast: Cast, sign_in: SignIn) -> None:
    Area.objects.all().delete()
    client = sign_in(cast.programme_leader)
    assert "Ingen områder ennå" in text(client, page("areas")) and page("outlines_new") in text(
        client, page("areas")
    )
    assert "Ingen tall å legge oppå hverandre" in text(client, page("area_overlap"))


def test_an_area_without_figures_says_so(cast: Cast, sign_in: SignIn) -> None:
    Elvestad(cast.operator, filled=False)
    shown = text(sign_in(cast.programme_leader), page("area", ZONE))
    assert "Ingen tall for dette området ennå" in shown
    assert client_status(sign_in, cast, page("area_chart", ZONE)) == 404
    assert "Ingen tall for dette området ennå" in text(
        sign_in(cast.programme_leader), page("area_indicator", ZONE, "poor")
    )


def client_status(sign_in: SignIn, cast: Cast, address: str) -> int:
    return int(sign_in(cast.programme_leader).get(address).status_code)


def test_a_figure_shows_gap_trend_period_age_source_table_licence_and_that_it_is_synthetic(
    cast: Cast, sign_in: SignIn
) -> None:
    Elvestad(cast.operator)
    shown = text(sign_in(cast.programme_leader), page("area", ZONE))
    assert "19,0 %" in shown and "10,0 prosentpoeng over Elvestad" in shown
    assert "Avstanden øker" in shown and "<polyline" in shown
    for words in ("2024,", "Prøvebyrået", "tabell 01234", "hentet", "CC BY 4.0", "Syntetisk"):
        assert words in shown
    assert "Få personer" in shown


def test_the_page_sums_up_where_the_area_is_worse_off_and_says_why_there_is_no_gap(
    cast: Cast, sign_in: SignIn
) -> None:
    Elvestad(cast.operator)
    shown = text(sign_in(cast.programme_leader), page("area", ZONE))
    assert "Klart dårligere enn Elvestad på 2 av 2 indikatorer." in shown
    assert "Av disse minker avstanden for 0 og øker for 1." in shown
    assert "Måles ikke mot et større område" in shown, "The number of people has no gap."
    assert "trolig 12,5–27,8" in shown and "Høyere er verre" in shown


def test_what_a_figure_is_put_together_from_is_told_beside_it(cast: Cast, sign_in: SignIn) -> None:
    """F1: rule, contributors and what is missing, on the area's page, the indicator's and in the file."""
    place = Elvestad(cast.operator, zones=2, filled=False)
    rows = [row(place.poor, zone, 2024, numerator=10, denominator=100) for zone in place.zones]
    deliver(cast.operator, [*rows, row(place.work, place.zones[0], 2024, 60.0)])
    client = sign_in(cast.programme_leader)
    names = "Sone 01 (syntetisk), Sone 02 (syntetisk)"
    for address in (page("area", "9001"), page("area_indicator", "9001", "poor")):
        shown = text(client, address)
        assert "Satt sammen av 2 områder. Sum av tellere delt på sum av nevnere." in shown
        assert f"Med: {names}." in shown
    for address in (page("area_file", "9001", "csv"), page("area_indicator_file", "9001", "poor", "csv")):
        lines = csv.DictReader(StringIO(b"".join(client.get(address)).decode("utf-8-sig")), delimiter=";")  # type: ignore[arg-type, call-overload]
        (line,) = (
            one for one in lines if one["Indikator"] == "poor nb" and one.get("Område", "Elvestad") == "Elvestad"
        )
        assert (
            line["Satt sammen av"] == names
            and line["Settes sammen ved"] == "Sum av tellere delt på sum av nevnere"
        )
    beside = text(client, page("area", ZONE))
    assert "Elvestad: satt sammen av 2 områder." in beside
    assert "Elvestad: kan ikke settes sammen av 2 områder." in beside
    assert "Mangler tall fra Sone 01 (syntetisk), Sone 02 (syntetisk)." in beside


def test_a_figure_of_the_municipality_never_stands_in_for_the_zones(cast: Cast, sign_in: SignIn) -> None:
    Elvestad(cast.operator)
    client = sign_in(cast.programme_leader)
    shown = text(client, page("area", ZONE))
    assert "finnes ikke på dette nivået" in shown and "41,5" not in shown
    assert "Finnes ikke på dette nivået" in text(client, page("area_indicator", ZONE, "grades"))
    assert "41,5" in text(client, page("area", "9001"))


def test_who_lives_somewhere_is_never_judged(cast: Cast, sign_in: SignIn) -> None:
    place = Elvestad(cast.operator)
    client = sign_in(cast.programme_leader)
    shown = text(client, page("area_overlap"))
    assert f'{page("area_ranking", "young")}"' not in shown and "Telles aldri" in shown
    rows = text(client, page("area", ZONE)).split("<tr>")
    (one,) = [row for row in rows if page("area_indicator", ZONE, "young") in row]
    assert "Avstanden" not in one.split("</tr>")[0]
    assert place.young.direction == "neutral"


def test_the_overlap_marks_the_worst_fifth_with_a_word_and_counts_it(cast: Cast, sign_in: SignIn) -> None:
    Elvestad(cast.operator)
    client = sign_in(cast.programme_leader)
    shown = text(client, page("area_overlap"))
    assert shown.count("verste femdel</span>") == 2
    assert "<strong>2</strong> av 2" in shown
    lines = list(
        csv.reader(
            StringIO(client.get(page("area_overlap_file", "csv")).getvalue().decode("utf-8-sig")), delimiter=";"
        )
    )
    assert lines[1][:4] == ["Sone 01 (syntetisk)", ZONE, "2", "2"]


def test_the_reader_chooses_how_much_each_indicator_weighs_in_the_index(cast: Cast, sign_in: SignIn) -> None:
    """F6: the index shows its method and weights; the address keeps them, and nobody else sees them."""
    Elvestad(cast.operator)
    client = sign_in(cast.programme_leader)
    address = page("area_overlap")

    def index(**weights: str) -> dict[str, float | None]:
        sent = {f"weight-{key}": weight for key, weight in weights.items()}
        return {row.area.code: row.index for row in client.get(address, sent).context["overlap"].rows}

    poor, work, both = index(work="0"), index(poor="0"), index()
    three_to_one = index(poor="3", work="1")
    for code, found in both.items():
        first, second = poor[code], work[code]
        assert first is not None and second is not None
        assert found == pytest.approx((first + second) / 2)
        assert three_to_one[code] == pytest.approx((3 * first + second) / 4)
    nothing = text(client, f"{address}?weight-poor=0&weight-work=0")
    assert "La minst én indikator veie noe." in nothing
    wrong = text(client, f"{address}?weight-poor=mye&weight-work=11")
    assert wrong.count("ds-validation-message") >= 2
    file = b"".join(client.get(page("area_overlap_file", "csv"), {"weight-poor": "3"})).decode("utf-8-sig")  # type: ignore[arg-type, call-overload]
    assert "poor nb: 3; work nb: 1" in file and "Samleindeks" in file


def test_too_few_areas_have_no_worst_fifth(cast: Cast, sign_in: SignIn) -> None:
    Elvestad(cast.operator, zones=4)
    shown = text(sign_in(cast.programme_leader), page("area_overlap"))
    assert "verste femdel</span>" not in shown and "For få områder" in shown


def test_the_ranking_puts_the_worst_off_first_and_leaves_other_periods_out(cast: Cast, sign_in: SignIn) -> None:
    place = Elvestad(cast.operator)
    late = place.zone(7)
    deliver(cast.operator, [row(place.work, late, 2019, 1.0)])
    client = sign_in(cast.programme_leader)
    found = client.get(page("area_ranking", "work")).context["ranking"]
    assert [(one.place, one.value) for one in found.areas][:2] == [(1, 60.0), (2, 61.0)]
    assert found.areas[-1].area == late and found.areas[-1].place is None and found.period == "2024"
    assert client.get(page("area_rankings") + "?indicator=poor").headers["location"] == page(
        "area_ranking", "poor"
    )


def test_long_lists_come_in_pages_and_are_judged_as_a_whole(
    cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F6: place and worst fifth are among all areas, also those on other pages."""
    Elvestad(cast.operator)
    client = sign_in(cast.programme_leader)
    whole = client.get(page("area_ranking", "work")).context["rows"]
    for view in (rankings, overlaps):
        monkeypatch.setattr(view, "ON_A_PAGE", 4)
    first, second = (client.get(page("area_ranking", "work") + f"?page={n}") for n in (1, 2))
    assert [*first.context["rows"], *second.context["rows"]] == whole and len(first.context["rows"]) == 4
    assert 'rel="next"' in first.content.decode() and 'rel="prev"' in second.content.decode()
    laid = client.get(page("area_overlap") + "?page=2")
    assert len(laid.context["rows"]) == 2 and len(laid.context["overlap"].rows) == 6


def test_the_chart_is_a_picture_kept_by_the_browser(cast: Cast, sign_in: SignIn) -> None:
    Elvestad(cast.operator)
    client, address = sign_in(cast.programme_leader), page("area_indicator_chart", ZONE, "poor", "over-time")
    first = client.get(address)
    assert first["Content-Type"] == "image/svg+xml"
    assert {"svg", "title"} <= {one.tag.rpartition("}")[2] for one in ElementTree.fromstring(first.content).iter()}
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304
    shown = text(client, page("area_indicator", ZONE, "poor"))
    assert 'loading="lazy"' in shown and "Linjediagram: poor nb" in shown


def test_the_table_of_the_series_has_every_area_and_period(cast: Cast, sign_in: SignIn) -> None:
    Elvestad(cast.operator)
    content = sign_in(cast.programme_leader).get(page("area_indicator_file", ZONE, "poor", "csv")).getvalue()
    lines = list(csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert len(lines) == 1 + 4 * 5
    assert lines[5][2:6] == ["Sone 01 (syntetisk)", ZONE, "2024", "19"]


def test_the_programme_page_counts_the_areas_and_shows_where_they_lie(cast: Cast, sign_in: SignIn) -> None:
    address = reverse("programmes:programme", args=["elvestad"])
    assert "ingen tall ennå" in text(sign_in(cast.programme_leader), address)
    Elvestad(cast.operator)
    shown = text(sign_in(cast.programme_leader), address)
    assert "6 områder med tall, nyeste fra 2024" in shown and f'<a href="{page("area", ZONE)}"' in shown
    assert "nyeste fra 2024" not in text(sign_in(cast.ministry_adviser), address)


def test_choosing_comparison_areas_shows_them_and_is_audited(cast: Cast, sign_in: SignIn) -> None:
    place = Elvestad(cast.operator)
    client = sign_in(cast.programme_leader)
    address = page("area_compare", ZONE)
    assert client.get(address).status_code == 200
    answer = client.post(address, {"areas": [place.zones[1].pk, place.zones[2].pk]})
    assert answer.status_code == 302
    assert "Sone 02" in text(client, page("area", ZONE))
    assert AuditRow.objects.filter(action="area.compared").count() == 1
    client.post(address, {"areas": [place.zones[1].pk, place.zones[2].pk]})
    assert AuditRow.objects.filter(action="area.compared").count() == 1
    client.post(address, {})
    assert not ComparisonArea.objects.exists()
    assert sign_in(cast.board_member).get(address).status_code == 403
    assert sign_in(cast.outsider).get(address).status_code == 404


def test_a_zone_of_another_municipality_cannot_be_compared_with(
    cast: Cast, sign_in: SignIn, in_english: None
) -> None:
    place = Elvestad(cast.operator)
    other = Area.objects.create(
        kind=AreaKind.ZONE, code="90020101", name="Annen", municipality=cast.other_programme.municipality
    )
    answer = sign_in(cast.programme_leader).post(page("area_compare", ZONE), {"areas": [other.pk]})
    assert answer.status_code == 200 and not ComparisonArea.objects.exists()
    for chosen, words in (
        ([other], "another municipality"),
        ([place.zones[0]], "itself"),
        (place.zones[1:6], "at most"),
    ):
        with pytest.raises(comparison_areas.RuleBroken, match=words):
            comparison_areas.choose(area=place.zones[0], compared_with=chosen, by=cast.programme_leader)


def test_a_place_without_a_code_has_its_page(cast: Cast, sign_in: SignIn) -> None:
    own = cast.programme.areas.get()
    assert own.name in text(sign_in(cast.programme_leader), page("area", f"place-{own.pk}"))


def test_pages_ask_as_often_with_many_areas_and_indicators(cast: Cast, sign_in: SignIn) -> None:
    place = Elvestad(cast.operator, zones=5)
    client = sign_in(cast.programme_leader)
    client.get(page("areas"))
    few = {visit: _queries(client, page(*visit)) for visit in PAGES}
    place.zones += [place.zone(number) for number in range(6, 13)]
    more_indicators(place, cast.operator, 10)
    ComparisonArea.objects.bulk_create(
        ComparisonArea(area=place.zones[0], compared_with=other) for other in place.zones[1:4]
    )
    many = {visit: _queries(client, page(*visit)) for visit in PAGES}
    assert many == few
    assert max(many.values()) <= 30


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        answer = client.get(address)
        answer.getvalue()
    return len(captured)


def test_an_area_whose_name_no_sheet_may_have_goes_to_a_spreadsheet_all_the_same(
    cast: Cast, sign_in: SignIn
) -> None:
    place = Elvestad(cast.operator, zones=1)
    Area.objects.filter(pk=place.zones[0].pk).update(name="Holmen/Sentrum: [nord]")
    assert sign_in(cast.programme_leader).get(page("area_file", ZONE, "xlsx")).status_code == 200


def test_a_county_sees_its_municipalities_and_not_what_lies_inside_them(cast: Cast, sign_in: SignIn) -> None:
    """L1: small numbers of zones belong to the municipality, also in its county's own programme."""
    place = Elvestad(cast.operator)
    programme = cast.programme
    programme.municipality, programme.county = None, place.row.county
    programme.save()
    client = sign_in(cast.programme_leader)
    for address in (
        page("areas"),
        page("areas") + "?kind=zone",
        page("area_ranking", "poor"),
        page("area_overlap"),
    ):
        assert "Sone 01" not in text(client, address)
    assert client.get(page("area", ZONE)).status_code == 404
    assert client.get(page("area_indicator", ZONE, "poor")).status_code == 404
    assert "Elvestad" in text(client, page("areas")) and client.get(page("area", "9001")).status_code == 200


def test_the_lists_of_areas_and_of_deliveries_go_to_a_spreadsheet(cast: Cast, sign_in: SignIn) -> None:
    Elvestad(cast.operator)
    client = sign_in(cast.programme_leader)
    lines = b"".join(client.get(page("areas_file", "csv"))).decode("utf-8-sig").splitlines()  # type: ignore[arg-type, call-overload]
    assert len(lines) == 1 + 6 + 1 + 1 and any("Sone 01" in line and ";100;" in line for line in lines)
    assert client.get(page("statistics_list_file", "xlsx")).status_code == 200
    everybodys = sign_in(cast.operator).get(reverse("indicators:operator_statistics_list_file", args=["csv"]))
    assert "Prøvebyrået" in b"".join(everybodys).decode()  # type: ignore[arg-type, call-overload]
    assert sign_in(cast.board_member).get(page("statistics_list_file", "csv")).status_code == 403
    assert sign_in(cast.outsider).get(page("areas_file", "csv")).status_code == 404


def test_an_indicator_with_an_older_meaning_shows_all_versions(cast: Cast, sign_in: SignIn) -> None:
    """F1: a figure tells by which definition, and what the others said."""
    place = Elvestad(cast.operator)
    IndicatorDefinition.objects.create(
        indicator=place.poor,
        number=2,
        name_nb="Fattige",
        name_nn="Fattige",
        name_en="Poor",
        change_note="Ny grense.",
    )
    shown = text(sign_in(cast.programme_leader), page("area_indicator", ZONE, "poor"))
    assert "Alle versjoner av definisjonen" in shown and "Ny grense." in shown and "poor nb" in shown


def test_where_figures_are_missing_the_page_says_who_can_bring_them(cast: Cast, sign_in: SignIn) -> None:
    Elvestad(cast.operator, filled=False)
    way = page("statistics")
    for address in (page("areas"), page("area", ZONE), page("area_indicator", ZONE, "poor")):
        main = text(sign_in(cast.programme_leader), address).partition("<main")[2]
        assert f'href="{way}"' in main
        main = text(sign_in(cast.board_member), address).partition("<main")[2]
        assert f'href="{way}"' not in main and "Programlederen kan hente inn tall" in main
