"""The pages of measures: who may open them, what they show, and that queries do not grow."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samloft.accounts.models import User
from samloft.plans.actions import follow_up_answers, gate, measure_goals, measures, origins, partners, phase_in
from samloft.plans.actions.gate import AcceptanceValues
from samloft.plans.actions.measures import MeasureValues
from samloft.plans.actions.origins import OriginValues
from samloft.plans.actions.partners import PartnerValues
from samloft.plans.actions.phase_in import StepValues
from samloft.plans.models import (
    FollowUpAnswer,
    Gap,
    GapAcceptance,
    Measure,
    Origin,
    OriginKind,
    Partner,
    Phase,
    PhaseInStep,
)
from samloft.programmes.models import Decision, FollowUpPoint, GoalTrack
from tests.cast import Cast
from tests.plans.measure_factory import (
    end_programme,
    give_money,
    make_goal,
    make_measure,
    make_national_goal,
    make_plan,
)

SignIn = Callable[[User], Client]


def full_measure(cast: Cast, name: str = "Åpen barnehage") -> Measure:
    """A measure with one or more of everything that can hang on it."""
    measure = make_measure(
        cast, name, focus_area=cast.focus_areas[0], phase=Phase.PILOT, starts_on=date(2025, 8, 1)
    )
    by = cast.programme_leader
    point = make_point(cast)
    follow_up_answers.answer(point=point, measure=measure, text="Som pilot", by=by)
    origins.add(measure=measure, values=OriginValues(OriginKind.RESIDENTS, "Foreldre ba om det", year=2024), by=by)
    partners.add(measure=measure, values=PartnerValues("Frivilligsentralen", "voluntary", "Lokaler"), by=by)
    weights = {make_goal(cast, f"Mål {name}"): None, make_goal(cast, "Org", GoalTrack.ORGANISATIONAL): None}
    measure_goals.set_goals(measure=measure, weights=weights, by=by)
    phase_in.set_ladder(measure=measure, steps=[StepValues(2026, 100), StepValues(2027)], by=by)
    values = AcceptanceValues(body=cast.board, reason="Avklares i høst", decided_on=date(2026, 2, 1))
    gate.accept(measure=measure, gaps=[Gap.MANDATE], values=values, by=cast.board_member)
    measures.remember_name(measure=measure, name=f"{name} i sentrum", by=by)
    give_money(cast, measure, 1_300_000)
    give_money(cast, measure, 1_000, year=2027)
    return measure


def make_point(cast: Cast) -> FollowUpPoint:
    decision = Decision.objects.create(
        programme=cast.programme, title="Satsingsområder", decided_on=date(2024, 4, 23), recorded_by=cast.secretary
    )
    return FollowUpPoint.objects.create(decision=decision, text="Et lavterskeltilbud for familier")


def url(name: str, *args: object) -> str:
    return reverse(f"plans:{name}", args=["elvestad", *args])


def every_page(cast: Cast) -> dict[str, str]:
    """The address of each page of this feature by its name."""
    measure = full_measure(cast)
    pages = {name: url(name) for name in ("measures", "measure_new", "measures_phase_in", "goal_coverage")}
    pages |= {
        name: url(name, measure.pk)
        for name in (
            "measure",
            "measure_edit",
            "measure_close",
            "measure_delete",
            "measure_goals_edit",
            "measure_partner_new",
            "measure_origin_new",
            "measure_answer_new",
            "measure_exit_plan",
            "measure_ladder",
            "measure_gap_accept",
        )
    }
    partner, origin, answer = Partner.objects.get(), Origin.objects.get(), FollowUpAnswer.objects.get()
    return pages | {
        "measures_file": url("measures_file", "csv"),
        "measure_partner": url("measure_partner", partner.pk),
        "measure_partner_remove": url("measure_partner_remove", partner.pk),
        "measure_origin": url("measure_origin", origin.pk),
        "measure_origin_remove": url("measure_origin_remove", origin.pk),
        "measure_answer": url("measure_answer", answer.pk),
        "measure_answer_remove": url("measure_answer_remove", answer.pk),
        "measure_point_answer": url("measure_point_answer", answer.point_id),
        "measure_name_remove": url("measure_name_remove", measure.names.get().pk),
        "measure_gap_reopen": url("measure_gap_reopen", GapAcceptance.objects.get().pk),
    }


READABLE = {"measures", "measure", "measures_file", "measures_phase_in", "goal_coverage"}
FOR_RECORDERS = {"measure_gap_accept", "measure_gap_reopen"}


def test_the_programme_leader_opens_every_page(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.programme_leader)
    for name, address in every_page(cast).items():
        assert client.get(address).status_code == 200, name


def test_a_board_member_reads_and_records_but_does_not_change_measures(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.board_member)
    for name, address in every_page(cast).items():
        expected = 200 if name in READABLE | FOR_RECORDERS else 403
        assert client.get(address).status_code == expected, name


def test_a_coordinator_changes_measures_but_records_no_decision(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.coordinator)
    for name, address in every_page(cast).items():
        expected = 403 if name in FOR_RECORDERS else 200
        assert client.get(address).status_code == expected, name


def test_the_ministry_sees_no_measures_that_are_not_in_an_edition(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.ministry_adviser)
    for name, address in every_page(cast).items():
        assert client.get(address).status_code == 403, name


def test_an_outsider_meets_404_on_every_page(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.outsider)
    for name, address in every_page(cast).items():
        assert client.get(address).status_code == 404, name


def test_parts_of_another_programmes_measures_are_404_under_ones_own(cast: Cast, sign_in: SignIn) -> None:
    pages = every_page(cast)
    client = sign_in(cast.outsider)
    for name, address in pages.items():
        if name not in ("measures", "measures_file", "measure_new", "measures_phase_in", "goal_coverage"):
            assert client.get(address.replace("/elvestad/", "/asmark/")).status_code == 404, name


def test_the_pages_stand_when_there_is_nothing(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.board_member)
    for name in ("measures", "measures_phase_in", "goal_coverage"):
        assert client.get(url(name)).status_code == 200
    bare = make_measure(cast)
    page = client.get(url("measure", bare.pk)).content.decode()
    assert "Unknown" in page or "Ukjent" in page


@pytest.mark.parametrize("name", ["measures", "measures_phase_in", "goal_coverage"])
def test_the_queries_of_a_list_do_not_grow(cast: Cast, sign_in: SignIn, name: str) -> None:
    end_programme(cast, 2028)
    client = sign_in(cast.programme_leader)
    counts = []
    for number in (2, 12):
        for one in range(number):
            full_measure(cast, f"Tiltak {number}-{one}")
            make_measure(cast, f"Bart {number}-{one}")
        client.get(url(name))
        with CaptureQueriesContext(connection) as queries:
            client.get(url(name))
        counts.append(len(queries))
    assert counts[0] == counts[1], [query["sql"] for query in queries.captured_queries]
    if name == "measures":
        assert counts[0] <= 10


def test_the_queries_of_a_measure_do_not_grow_with_what_hangs_on_it(cast: Cast, sign_in: SignIn) -> None:
    measure = full_measure(cast)
    client = sign_in(cast.programme_leader)
    counts = []
    for number in (1, 6):
        for one in range(number):
            make_measure(cast, f"Del {number} {one}", parent=measure)
            by = cast.programme_leader
            earlier = make_measure(cast, f"Før {number} {one}")
            origins.add(
                measure=measure,
                values=OriginValues(OriginKind.EARLIER_MEASURE, "Vokste ut av", earlier_measure=earlier),
                by=by,
            )
            partners.add(measure=measure, values=PartnerValues(f"Lag {number} {one}"), by=by)
            follow_up_answers.answer(point=make_point(cast), measure=measure, by=by)
            give_money(cast, measure, 10, year=2030 + number * 10 + one)
        client.get(measure.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            client.get(measure.get_absolute_url())
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15, [query["sql"] for query in queries.captured_queries]


def test_a_row_of_the_list_is_light(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.programme_leader)
    full_measure(cast, "Tiltak 0")
    few = len(client.get(url("measures")).content)
    for one in range(20):
        full_measure(cast, f"Tiltak med et ganske vanlig navn {one}")
    assert (len(client.get(url("measures")).content) - few) / 20 < 1500


def shown(client: Client, query: str = "") -> list[str]:
    return [row.name for row in client.get(url("measures") + query).context["page"]]


def test_the_list_is_filtered_searched_and_sorted(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.board_member)
    work = make_measure(cast, "Ærlig arbeid", focus_area=cast.focus_areas[1], phase=Phase.RUNNING)
    give_money(cast, work, 200_000, year=2026)
    make_measure(cast, "Åpen barnehage", phase=Phase.PILOT)
    make_measure(cast, "Ørret i elva", phase=Phase.CLOSED)
    assert shown(client) == ["Ærlig arbeid", "Åpen barnehage", "Ørret i elva"]
    assert shown(client, "?sort=name") == ["Ærlig arbeid", "Ørret i elva", "Åpen barnehage"]
    assert shown(client, "?sort=number&order=falling") == ["Ørret i elva", "Åpen barnehage", "Ærlig arbeid"]
    assert shown(client, "?q=ØRRET") == ["Ørret i elva"]
    assert shown(client, f"?focus_area={cast.focus_areas[1].pk}") == ["Ærlig arbeid"]
    assert shown(client, "?focus_area=0") == ["Åpen barnehage", "Ørret i elva"]
    assert shown(client, "?phase=pilot") == ["Åpen barnehage"]
    assert shown(client, "?year=2026") == ["Ærlig arbeid"]
    assert shown(client, "?gaps=on") == ["Ærlig arbeid", "Åpen barnehage"]
    assert shown(client, "?phase=nonsense&sort=nonsense") == ["Ærlig arbeid", "Åpen barnehage", "Ørret i elva"]


def test_a_hundred_rows_stand_on_a_page(cast: Cast, sign_in: SignIn) -> None:
    Measure.objects.bulk_create(
        Measure(programme=cast.programme, number=number, name=f"Tiltak {number}") for number in range(1, 131)
    )
    client = sign_in(cast.board_member)
    assert len(shown(client)) == 100 and len(shown(client, "?page=2")) == 30


def test_the_csv_holds_what_the_filter_leaves_and_runs_no_formula(cast: Cast, sign_in: SignIn) -> None:
    give_money(cast, make_measure(cast, "=HYPERLINK(1)", phase=Phase.PILOT), 12_345, year=date.today().year)
    make_measure(cast, "Annet", phase=Phase.RUNNING)
    response = sign_in(cast.board_member).get(url("measures_file", "csv") + "?phase=pilot")
    lines = response.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    cells = lines[1].split(";")
    assert cells[1] == "'=HYPERLINK(1)" and cells[7] == "12345,00"
    assert "attachment" in response["Content-Disposition"]


def test_the_workbook_holds_amounts_as_numbers_and_unknown_as_empty(cast: Cast, sign_in: SignIn) -> None:
    from openpyxl import load_workbook

    give_money(cast, make_measure(cast, "+47 ring oss"), 12_345, year=date.today().year)
    content = sign_in(cast.board_member).get(url("measures_file", "xlsx")).content
    _header, row = load_workbook(BytesIO(content)).active.iter_rows(values_only=True)  # type: ignore[union-attr]
    assert row[1] == "'+47 ring oss"
    assert (row[7], row[8], row[5]) == (12345, None, None)


def test_a_file_of_another_kind_does_not_exist(cast: Cast, sign_in: SignIn) -> None:
    assert sign_in(cast.board_member).get(url("measures_file", "exe")).status_code == 404


def test_the_page_of_a_measure_tells_its_story_in_order(cast: Cast, sign_in: SignIn) -> None:
    response = sign_in(cast.board_member).get(full_measure(cast).get_absolute_url())
    kinds = [event.kind for event in response.context["story"]]
    assert kinds[0] == "origin" and set(kinds) == {"origin", "decision", "plan", "change"}
    keys = [event.sort_key for event in response.context["story"]]
    assert keys == sorted(keys)
    page = response.content.decode()
    for text in (
        "Foreldre ba om det",
        "Et lavterskeltilbud for familier",
        "Avklares i høst",
        "Frivilligsentralen",
    ):
        assert text in page


def test_an_unknown_share_of_the_ladder_is_shown_as_unknown(cast: Cast, sign_in: SignIn) -> None:
    response = sign_in(cast.board_member).get(full_measure(cast).get_absolute_url())
    rows = {row.year: row for row, _state in response.context["ladder"]}
    assert rows[2027].grant is None and rows[2026].ordinary == 0
    assert response.content.decode().count('class="unknown"') >= 3


def test_a_measure_without_grant_money_is_not_called_a_lack(cast: Cast, sign_in: SignIn) -> None:
    measure = make_measure(cast, external_funding="IMDi")
    plan = make_plan(cast)
    plan.plan_measures.create(measure=measure)
    assert "IMDi" in sign_in(cast.board_member).get(measure.get_absolute_url()).content.decode()


def test_a_new_measure_is_made_in_the_form_and_what_was_typed_stays_on_error(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.coordinator)
    refused = client.post(url("measure_new"), {"name": "", "purpose": "Tidlig kontakt"})
    assert refused.status_code == 200 and "Tidlig kontakt" in refused.content.decode()
    typed = {"name": "Bydelsmødre", "phase": "pilot", "focus_area": cast.focus_areas[0].pk}
    response = client.post(url("measure_new"), typed)
    made = Measure.objects.get()
    assert response["Location"] == made.get_absolute_url()
    assert (made.phase, made.focus_area) == ("pilot", cast.focus_areas[0])


def test_editing_keeps_the_exit_plan_and_the_former_name(cast: Cast, sign_in: SignIn) -> None:
    measure = make_measure(cast, "Sosionom", exit_route="ordinary_budget", exit_plan="Økonomiplanen")
    client = sign_in(cast.coordinator)
    response = client.post(url("measure_edit", measure.pk), {"name": "Sosionomstilling", "version": 1})
    assert response.status_code == 302
    measure.refresh_from_db()
    assert (measure.name, measure.exit_plan) == ("Sosionomstilling", "Økonomiplanen")
    assert measure.names.get().name == "Sosionom"


def test_a_stale_edit_shows_both_texts_and_can_be_saved_once_more(cast: Cast, sign_in: SignIn) -> None:
    measure = make_measure(cast)
    values = MeasureValues(name="Åpen barnehage", purpose="Den andres tekst")
    measures.change(measure=measure, values=values, version=1, by=cast.programme_leader)
    client = sign_in(cast.coordinator)
    mine = {"name": "Åpen barnehage", "purpose": "Min tekst", "version": 1}
    page = client.post(url("measure_edit", measure.pk), mine)
    text = page.content.decode()
    assert page.status_code == 200 and "Den andres tekst" in text and "Min tekst" in text
    assert 'name="version" value="2"' in text
    assert client.post(url("measure_edit", measure.pk), {**mine, "version": 2}).status_code == 302


def test_the_ladder_is_saved_from_its_table_and_unclear_rows_are_refused(cast: Cast, sign_in: SignIn) -> None:
    measure = make_measure(cast)
    client = sign_in(cast.coordinator)
    rows = {"step-TOTAL_FORMS": 2, "step-INITIAL_FORMS": 2, "version": 1}
    bad = {**rows, "step-0-year": "", "step-0-grant_share": 50}
    assert client.post(url("measure_ladder", measure.pk), bad).status_code == 200
    too_much = {**rows, "step-0-year": 2026, "step-0-grant_share": 80, "step-0-ordinary_share": 40}
    assert "120" in client.post(url("measure_ladder", measure.pk), too_much).content.decode()
    good = {**rows, "step-0-year": 2026, "step-0-grant_share": 80, "step-1-year": 2031}
    assert client.post(url("measure_ladder", measure.pk), good).status_code == 302
    assert [(step.year, step.grant_share) for step in measure.phase_in_steps.all()] == [(2026, 80), (2031, None)]


def test_years_that_the_ladder_offers_are_not_stored_untouched_and_an_emptied_year_goes(
    cast: Cast, sign_in: SignIn
) -> None:
    end_programme(cast, 2028)
    measure = make_measure(cast, first_plan_year=2026)
    client = sign_in(cast.coordinator)
    offered = client.get(url("measure_ladder", measure.pk)).context["rows"]
    assert [form.initial.get("year") for form in offered] == [2026, 2027, 2028, 2029, None]
    rows = {"step-TOTAL_FORMS": 5, "step-INITIAL_FORMS": 5, "version": 1}
    untouched = {f"step-{place}-year": year for place, year in enumerate((2026, 2027, 2028, 2029))}
    status = {f"step-{place}-status": "intended" for place in range(5)}
    typed = {**rows, **untouched, **status, "step-0-grant_share": 100}
    assert client.post(url("measure_ladder", measure.pk), typed).status_code == 302
    assert [step.year for step in measure.phase_in_steps.all()] == [2026]
    emptied = {**typed, "version": 2, "step-0-year": "", "step-0-grant_share": ""}
    assert client.post(url("measure_ladder", measure.pk), emptied).status_code == 302
    assert not measure.phase_in_steps.exists()


def test_goals_and_weights_are_saved_from_their_form(cast: Cast, sign_in: SignIn) -> None:
    measure, goal, national = make_measure(cast), make_goal(cast), make_national_goal()
    client = sign_in(cast.coordinator)
    address = url("measure_goals_edit", measure.pk)
    assert client.post(address, {f"weight_{goal.pk}": 50, "version": 1}).status_code == 200
    typed = {f"goal_{goal.pk}": "on", "national_goals": [national.pk], "version": 1}
    assert client.post(address, typed).status_code == 302
    assert measure.goal_links.get().goal == goal and measure.national_goals.get() == national


def test_small_forms_add_change_and_remove(cast: Cast, sign_in: SignIn) -> None:
    measure, point = make_measure(cast), make_point(cast)
    client = sign_in(cast.coordinator)
    client.post(url("measure_partner_new", measure.pk), {"name": "NAV", "sector": "nav"})
    partner = measure.partners.get()
    client.post(url("measure_partner", partner.pk), {"name": "NAV Elvestad", "version": 1})
    assert measure.partners.get().name == "NAV Elvestad"
    client.post(url("measure_origin_new", measure.pk), {"kind": "mapping", "text": "Kartlegging"})
    client.post(url("measure_answer_new", measure.pk), {"point": point.pk, "text": "Slik"})
    answer = FollowUpAnswer.objects.get()
    client.post(url("measure_answer", answer.pk), {"text": "Sånn", "version": 1})
    assert FollowUpAnswer.objects.get().text == "Sånn"
    for name, row in (
        ("measure_partner_remove", partner),
        ("measure_origin_remove", measure.origins.get()),
        ("measure_answer_remove", answer),
    ):
        assert client.post(url(name, row.pk)).status_code == 302
    assert not (measure.partners.exists() or measure.origins.exists() or FollowUpAnswer.objects.exists())
    client.post(url("measure_point_answer", point.pk), {"measure": measure.pk})
    assert FollowUpAnswer.objects.get().measure == measure


def test_a_gap_is_accepted_and_reopened_from_the_pages(cast: Cast, sign_in: SignIn) -> None:
    measure = make_measure(cast)
    client = sign_in(cast.board_member)
    typed = {"gaps": ["mandate"], "body": cast.board.pk, "reason": "Pilot", "decided_on": "2026-02-01"}
    assert client.post(url("measure_gap_accept", measure.pk), typed).status_code == 302
    acceptance = GapAcceptance.objects.get()
    assert acceptance.decision.body == cast.board
    assert client.post(url("measure_gap_reopen", acceptance.pk)).status_code == 302
    assert not GapAcceptance.objects.exists()


def test_someone_without_the_right_body_is_told_so_instead_of_getting_the_form(
    cast: Cast, sign_in: SignIn
) -> None:
    response = sign_in(cast.secretary).get(url("measure_gap_accept", make_measure(cast).pk))
    assert response.status_code == 200 and 'name="reason"' not in response.content.decode()


def test_closing_and_deleting_ask_first_and_a_get_changes_nothing(cast: Cast, sign_in: SignIn) -> None:
    planned, mistaken = make_measure(cast, "I plan"), make_measure(cast, "Feil")
    give_money(cast, planned, 10)
    client = sign_in(cast.programme_leader)
    for measure in (planned, mistaken):
        client.get(url("measure_close", measure.pk))
        client.get(url("measure_delete", measure.pk))
    client.post(url("measure_delete", planned.pk))
    assert Measure.objects.count() == 2
    client.post(url("measure_delete", mistaken.pk))
    assert Measure.objects.get() == planned
    client.post(url("measure_close", planned.pk), {"version": 1})
    planned.refresh_from_db()
    assert planned.phase == Phase.CLOSED


def test_the_phase_in_page_states_its_sum_and_counts_the_unknown(cast: Cast, sign_in: SignIn) -> None:
    end_programme(cast, 2028)
    known, unknown = make_measure(cast, "Kjent"), make_measure(cast, "Ukjent tiltak")
    give_money(cast, known, 100_000)
    give_money(cast, unknown, 50_000)
    steps = [StepValues(2026, 100), StepValues(2028, 25, 75)]
    phase_in.set_ladder(measure=known, steps=steps, by=cast.coordinator)
    page = sign_in(cast.board_member).get(url("measures_phase_in"))
    losing = page.context["losing"]
    assert (losing.loses, losing.unknown_now, len(losing.unknown)) == (25_000_00, 50_000_00, 1)
    assert "25\u00a0000" in page.content.decode()


def test_the_phase_in_page_shows_a_hundred_measures_at_a_time_and_sums_all(cast: Cast, sign_in: SignIn) -> None:
    end_programme(cast, 2028)
    Measure.objects.bulk_create(
        Measure(programme=cast.programme, number=number, name=f"Tiltak {number}") for number in range(1, 131)
    )
    for measure in Measure.objects.all():
        give_money(cast, measure, 1_000)
        PhaseInStep.objects.create(measure=measure, year=2026, grant_share=100)
        PhaseInStep.objects.create(measure=measure, year=2027 + measure.number % 3, grant_share=50)
    make_measure(cast, "Uten trapp")
    client = sign_in(cast.board_member)
    first, other = (
        client.get(url("measures_phase_in")),
        client.get(url("measures_phase_in") + "?losing=2&ladders=2"),
    )
    for page, losing, ladders, without in ((first, 100, 100, 0), (other, 30, 30, 1)):
        assert len(page.context["losing_page"].object_list) == losing
        assert (len(page.context["ladders"]), len(page.context["without"])) == (ladders, without)
        assert page.context["losing"].now == 130_000_00
        assert page.context["years"] == first.context["years"]
    html = first.content.decode()
    assert 'href="?losing=2#losing-title"' in html and 'href="?ladders=2#ladders-title"' in html
    assert 'href="?losing=1&amp;ladders=2#losing-title"' in other.content.decode()
