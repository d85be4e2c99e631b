"""F5, G1: where things stood at the start, frozen for good, and how they have moved since."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse

from samloft.accounts.models import User
from samloft.config.cli import main
from samloft.core.documents.docx import render_docx
from samloft.core.documents.html import render_standalone_html
from samloft.core.documents.pdf import render_pdf
from samloft.core.errors import RuleBroken, StaleEdit
from samloft.core.models import AuditRow
from samloft.indicators.actions import baselines as actions
from samloft.indicators.actions.baselines import BaselineValues
from samloft.indicators.documents import baseline as report
from samloft.indicators.models import (
    Baseline,
    BaselineFigure,
    ImportState,
    Indicator,
    IndicatorDefinition,
    Observation,
    StatisticsImport,
)
from samloft.indicators.queries.baselines import is_unchanged, movements, readings
from samloft.places.actions import areas as places
from samloft.places.models import Area, AreaKind, SuccessionKind
from tests.cast import Cast
from tests.core.documents.reading import docx_text, html_text, pdf_text, words
from tests.indicators.figures import deliver, make_indicator, make_municipality_area, make_zone
from tests.programmes.filled import queries_do_not_grow

pytestmark = pytest.mark.usefixtures("in_english")

SignIn = Callable[[User], Client]
TODAY = date(2025, 5, 2)


@pytest.fixture
def indicator(cast: Cast) -> Indicator:
    return make_indicator()


@pytest.fixture
def zone(cast: Cast) -> Area:
    assert cast.programme.municipality
    return make_zone(cast.programme.municipality, "90010101", "Nordbyen")


@pytest.fixture
def town(cast: Cast, indicator: Indicator, zone: Area) -> Area:
    """The municipality as an area, with figures of it and of the zone."""
    assert cast.programme.municipality
    town = make_municipality_area(cast.programme.municipality)
    known = {
        (indicator, zone, "2022"): (30.0, 200.0),
        (indicator, zone, "2023"): (28.0, 200.0),
        (indicator, town, "2023"): (200.0, 2000.0),
    }
    deliver(cast.operator, known, licence="CC BY 4.0")
    return town


def draft(cast: Cast, areas: list[Area], indicators: list[Indicator], **values: object) -> Baseline:
    return actions.draft(
        programme=cast.programme,
        values=BaselineValues("Nullpunkt 2023", areas, indicators, **values),  # type: ignore[arg-type]
        by=cast.coordinator,
    )


def freeze(cast: Cast, baseline: Baseline) -> Baseline:
    return actions.freeze(baseline=baseline, on=TODAY, decision=None, version=None, by=cast.coordinator)


@pytest.fixture
def frozen(cast: Cast, town: Area, zone: Area, indicator: Indicator) -> Baseline:
    return freeze(cast, draft(cast, [zone, town], [indicator]))


def test_freezing_copies_the_figures_with_their_definition_and_source(
    cast: Cast, frozen: Baseline, zone: Area, indicator: Indicator
) -> None:
    assert (frozen.frozen_on, frozen.frozen_by) == (TODAY, cast.coordinator)
    row = frozen.figures.get(area=zone, period="2023")
    assert (row.value, row.numerator, row.denominator) == (14.0, 28.0, 200.0)
    assert row.definition == IndicatorDefinition.objects.get(indicator=indicator)
    assert (row.source, row.table_id, row.licence) == ("Prøvebyrået", "01234", "CC BY 4.0")
    assert frozen.figures.count() == 3
    audit = AuditRow.objects.latest("number")
    assert audit.action == "baseline.frozen"
    assert audit.data == {"figures": 3, "sha256": frozen.sha256, "on": "2025-05-02"}


def test_only_the_chosen_years_are_frozen(cast: Cast, town: Area, zone: Area, indicator: Indicator) -> None:
    frozen = freeze(cast, draft(cast, [zone, town], [indicator], last_year=2022))
    assert [row.period for row in frozen.figures.all()] == ["2022"]


def test_later_revisions_stand_beside_and_never_inside(
    cast: Cast, frozen: Baseline, zone: Area, indicator: Indicator
) -> None:
    before = Observation.objects.get(indicator=indicator, area=zone, period="2023")
    later = deliver(
        cast.operator, {(indicator, zone, "2023"): (26.0, 200.0), (indicator, zone, "2024"): (20.0, 200.0)}
    )
    Observation.objects.filter(pk=before.pk).update(superseded_by=later)
    (group,) = movements(frozen)
    (of_zone,) = [one for one in group.movements if one.reading.area == zone]
    assert of_zone.reading.last and of_zone.reading.last.value == 14.0
    assert of_zone.revised and of_zone.revised.value == 13.0
    assert of_zone.now and of_zone.now.period == "2024" and of_zone.change == -4.0
    assert of_zone.change_from_revised == -3.0
    assert is_unchanged(frozen)


def test_a_figure_that_is_withdrawn_later_stands_in_the_baseline_and_is_said_to_be_gone(
    cast: Cast, frozen: Baseline, zone: Area, sign_in: SignIn
) -> None:
    before = report_words(frozen)
    StatisticsImport.objects.update(state=ImportState.WITHDRAWN)
    (group,) = movements(frozen)
    of_zone = next(one for one in group.movements if one.reading.area == zone)
    assert of_zone.reading.last and of_zone.reading.last.value == 14.0
    assert of_zone.revised and of_zone.revised.value is None
    shown = sign_in(cast.coordinator).get(page("baseline_since", frozen.pk)).content.decode()
    assert "Kilden har ikke lenger noe tall for 2023" in shown
    assert is_unchanged(frozen) and report_words(frozen) == before


def test_new_names_and_a_new_succession_do_not_reach_the_frozen_figures(
    cast: Cast, frozen: Baseline, zone: Area, town: Area, indicator: Indicator
) -> None:
    """The definition is the one that was frozen; areas that were merged later change what is known now only."""
    IndicatorDefinition.objects.create(
        indicator=indicator, number=2, name_nb="Nytt navn", name_nn="Nytt namn", name_en="New name"
    )
    figures = list(frozen.figures.order_by("pk").values_list("value", "numerator", "definition", "contributors"))
    old = Area.objects.create(kind=AreaKind.MUNICIPALITY, code="9099", name="Gamleby", valid_to=date(2023, 12, 31))
    deliver(cast.operator, {(indicator, old, "2023"): (900.0, 1000.0)})
    town.valid_from = date(2024, 1, 1)
    town.save(update_fields=["valid_from"])
    places.add_succession(
        predecessor=old, successor=town, kind=SuccessionKind.MERGED, on=date(2024, 1, 1), by=cast.operator
    )
    Area.objects.filter(pk=zone.pk).update(name="Nyere navn")
    words = report_words(frozen)
    assert "Nordbyen" in words and "Nyere navn" not in words
    assert "Lavinntekt low_income" in words and "Nytt navn" not in words and "90,0" not in words
    assert figures == list(
        frozen.figures.order_by("pk").values_list("value", "numerator", "definition", "contributors")
    )
    assert is_unchanged(frozen)
    (group,) = movements(frozen)
    assert all(one.new_definition for one in group.movements)


def test_what_is_not_newer_is_no_change(cast: Cast, frozen: Baseline, town: Area) -> None:
    (group,) = movements(frozen)
    assert all(one.now is None and one.change is None and one.revised is None for one in group.movements)


def test_a_new_definition_is_said(cast: Cast, frozen: Baseline, indicator: Indicator) -> None:
    IndicatorDefinition.objects.create(indicator=indicator, number=2, name_nb="Ny", name_nn="Ny", name_en="New")
    (group,) = movements(frozen)
    assert all(one.new_definition for one in group.movements)
    assert group.definition.number == 1, "The baseline keeps the definition it was made by."


def test_a_baseline_that_was_tampered_with_is_found(frozen: Baseline) -> None:
    assert is_unchanged(frozen)
    BaselineFigure.objects.filter(baseline=frozen, period="2022").update(value=1.0)
    assert not is_unchanged(frozen)


def test_a_frozen_baseline_is_neither_changed_discarded_nor_frozen_again(
    cast: Cast, frozen: Baseline, zone: Area, indicator: Indicator
) -> None:
    values = BaselineValues("Annet", [zone], [indicator])
    for step in (
        lambda: actions.change(baseline=frozen, values=values, version=None, by=cast.coordinator),
        lambda: actions.discard(baseline=frozen, by=cast.coordinator),
        lambda: freeze(cast, frozen),
    ):
        with pytest.raises(RuleBroken, match="is frozen and stays"):
            step()
    with pytest.raises(ProtectedError):
        frozen.delete()


def test_a_draft_with_nothing_known_is_not_frozen(cast: Cast, zone: Area, indicator: Indicator) -> None:
    with pytest.raises(RuleBroken, match="no figures to freeze"):
        freeze(cast, draft(cast, [zone], [indicator]))
    assert not BaselineFigure.objects.exists()


def test_nobody_freezes_another_draft_than_the_one_they_have_seen(
    cast: Cast, town: Area, zone: Area, indicator: Indicator
) -> None:
    baseline = draft(cast, [zone, town], [indicator])
    values = BaselineValues(baseline.title, [zone], [indicator])
    changed = actions.change(baseline=baseline, values=values, version=baseline.version, by=cast.programme_leader)
    assert changed.version == 2
    with pytest.raises(RuleBroken, match="changed the draft"):
        actions.freeze(baseline=baseline, on=TODAY, decision=None, version=1, by=cast.coordinator)
    with pytest.raises(RuleBroken, match="changed the draft"):
        actions.change(
            baseline=baseline,
            values=BaselineValues(baseline.title, [town], [indicator]),
            version=1,
            by=cast.coordinator,
        )
    with pytest.raises(StaleEdit):
        actions.change(
            baseline=baseline, values=BaselineValues("Ny", [town], [indicator]), version=1, by=cast.coordinator
        )


def test_a_draft_holds_areas_of_the_programme_or_compared_with_it(cast: Cast, indicator: Indicator) -> None:
    assert cast.other_programme.municipality
    stray = make_zone(cast.other_programme.municipality, "90020101")
    for areas, indicators, why in (
        ([stray], [indicator], "neither in the programme"),
        ([], [indicator], "at least one area"),
        ([cast.programme.areas.get()], [], "one indicator"),
    ):
        with pytest.raises(RuleBroken, match=why):
            draft(cast, areas, indicators)


def test_a_draft_is_thrown_away(cast: Cast, zone: Area, indicator: Indicator) -> None:
    actions.discard(baseline=draft(cast, [zone], [indicator]), by=cast.coordinator)
    assert not Baseline.objects.exists()
    assert AuditRow.objects.latest("number").action == "baseline.discarded"


def test_a_place_without_figures_of_its_own_is_put_together_from_its_zones(
    cast: Cast, indicator: Indicator
) -> None:
    municipality, place = cast.programme.municipality, cast.programme.areas.get()
    assert municipality
    zones = [make_zone(municipality, f"9001010{number}", parent=place) for number in (1, 2)]
    deliver(
        cast.operator, {(indicator, zones[0], "2023"): (10.0, 100.0), (indicator, zones[1], "2023"): (30.0, 100.0)}
    )
    (reading,) = readings(draft(cast, [place], [indicator]))
    assert reading.last and reading.last.value == 20.0
    names = [zone.name for zone in zones]
    assert freeze(cast, Baseline.objects.get()).figures.get().contributors == names
    told = report_words(Baseline.objects.get(), "nb")
    assert f"Med: {', '.join(names)}." in told and "Sum av tellere delt på sum av nevnere." in told


def report_words(baseline: Baseline, language: str | None = None) -> str:
    return html_text(render_standalone_html(report.build(baseline, language=language)))


def test_the_report_of_a_draft_is_marked_and_that_of_a_frozen_one_signed(
    cast: Cast, town: Area, zone: Area, indicator: Indicator
) -> None:
    baseline = draft(
        cast, [zone, town], [indicator, make_indicator("nothing")], introduction="Derfor gjør vi dette."
    )
    document = report.build(baseline)
    assert document.mark == "Utkast" and "Derfor gjør vi dette." in report_words(baseline)
    assert "Lavinntekt nothing" in report_words(baseline)
    frozen = freeze(cast, baseline)
    document = report.build(frozen)
    assert document.mark == "" and document.issued == "2025-05-02"
    words = report_words(frozen)
    for expected in ("Koordinator", "14,0", "+4,0", "Kilde: Prøvebyrået, tabell 01234", "Lisens: CC BY 4.0"):
        assert expected in words, expected
    assert "Kjelde: Prøvebyrået" in report_words(frozen, "nn")


def test_page_pdf_and_word_say_the_same(cast: Cast, frozen: Baseline) -> None:
    document = report.build(frozen)
    page_words = set(words(html_text(render_standalone_html(document))))
    for text in (docx_text(render_docx(document)), pdf_text(render_pdf(document))):
        assert {"Nordbyen", "14,0", "+4,0", "01234,"} <= set(words(text)) & page_words


def page(name: str, *args: object) -> str:
    return reverse(f"indicators:{name}", args=["elvestad", *args])


def test_a_baseline_goes_from_draft_to_frozen_on_its_pages(
    cast: Cast, town: Area, zone: Area, indicator: Indicator, sign_in: SignIn
) -> None:
    client = sign_in(cast.coordinator)
    assert "Ingen nullpunkt ennå" in client.get(page("baselines")).content.decode()
    assert "Nordbyen" in client.get(page("baseline_new")).content.decode()
    sent = {"title": "Nullpunkt", "areas": [zone.pk, town.pk], "indicators": [indicator.key], "last_year": "2023"}
    answer = client.post(page("baseline_new"), sent)
    baseline = Baseline.objects.get()
    assert answer.url == baseline.get_absolute_url()
    assert "Utkast" in client.get(answer.url).content.decode()
    shown = client.get(page("baseline_edit", baseline.pk)).content.decode()
    assert 'value="Nullpunkt"' in shown and shown.count("checked") == 3
    client.post(page("baseline_edit", baseline.pk), {**sent, "version": 1, "introduction": "Hvorfor"})
    shown = client.get(page("baseline_freeze", baseline.pk)).content.decode()
    assert "2 tall kopieres" in shown and "Koordinator" in shown
    answer = client.post(page("baseline_freeze", baseline.pk), {"version": 2})
    assert answer.status_code == 302
    baseline.refresh_from_db()
    assert baseline.is_frozen
    shown = client.get(baseline.get_absolute_url()).content.decode()
    assert "Uendret" in shown and baseline.sha256 in shown
    assert "Nordbyen" in client.get(page("baseline_since", baseline.pk)).content.decode()
    for gone in ("baseline_edit", "baseline_freeze", "baseline_discard"):
        assert client.get(page(gone, baseline.pk)).status_code == 404


def test_a_draft_is_thrown_away_on_its_page(cast: Cast, zone: Area, indicator: Indicator, sign_in: SignIn) -> None:
    baseline = draft(cast, [zone], [indicator])
    client = sign_in(cast.coordinator)
    assert "Nullpunkt 2023" in client.get(page("baseline_discard", baseline.pk)).content.decode()
    client.post(page("baseline_discard", baseline.pk))
    assert not Baseline.objects.exists()


def test_the_files_of_a_baseline_come_in_each_format(cast: Cast, frozen: Baseline, sign_in: SignIn) -> None:
    client = sign_in(cast.board_member)
    for ending, begins in (("pdf", b"%PDF"), ("docx", b"PK"), ("html", b"<!DOCTYPE")):
        assert client.get(page("baseline_document", frozen.pk, ending)).content.startswith(begins)
    assert client.get(page("baseline_document", frozen.pk, "odt")).status_code == 404
    csv = client.get(page("baseline_file", frozen.pk, "csv")).content.decode()
    assert "Nordbyen;2023;14;" in csv
    assert client.get(page("baseline_file", frozen.pk, "xlsx")).content.startswith(b"PK")


def test_who_may_open_the_pages(
    cast: Cast, frozen: Baseline, zone: Area, indicator: Indicator, sign_in: SignIn
) -> None:
    open_draft = draft(cast, [zone], [indicator])
    seen = [page("baselines"), page("baseline", frozen.pk), page("baseline_since", frozen.pk)]
    edited = [
        page("baseline_new"),
        *(page(f"baseline_{step}", open_draft.pk) for step in ("edit", "freeze", "discard")),
    ]
    for url in [*seen, *edited]:
        assert sign_in(cast.programme_leader).get(url).status_code == 200
        assert sign_in(cast.ministry_adviser).get(url).status_code == 403
        assert sign_in(cast.outsider).get(url).status_code == 404
    for url in edited:
        assert sign_in(cast.board_member).get(url).status_code == 403


def test_the_pages_ask_as_many_questions_with_many_indicators(
    cast: Cast, town: Area, zone: Area, indicator: Indicator, sign_in: SignIn
) -> None:
    client, baseline = sign_in(cast.coordinator), draft(cast, [zone, town], [indicator])

    def add(number: int) -> None:
        more = make_indicator(f"more_{number}")
        deliver(cast.operator, {(more, zone, "2023"): 5.0})
        baseline.indicators.add(more)

    queries_do_not_grow(client, page("baseline", baseline.pk), add)
    frozen = freeze(cast, baseline)
    queries_do_not_grow(client, page("baseline_since", frozen.pk), lambda number: add(100 + number))
    queries_do_not_grow(client, page("baselines"), lambda number: draft(cast, [zone], [indicator]))


def test_the_command_writes_the_latest_frozen_report_else_the_draft(
    cast: Cast, town: Area, zone: Area, indicator: Indicator, tmp_path: Path
) -> None:
    file = tmp_path / "nullpunkt.html"

    def run() -> int:
        return main(["document", "baseline", "--programme", "elvestad", "--format", "html", "--output", str(file)])

    assert run() == 64 and not file.exists()
    baseline = draft(cast, [zone, town], [indicator])
    assert run() == 0
    assert "Utkast" in file.read_text("utf-8")
    freeze(cast, baseline)
    draft(cast, [zone], [indicator])
    assert run() == 0
    assert "Nordbyen" in file.read_text("utf-8") and "Utkast" not in file.read_text("utf-8").split("</style>")[1]
