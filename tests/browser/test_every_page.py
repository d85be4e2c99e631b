"""Axe finds nothing on any page of the product, and no page runs out at the side.

The list of pages is the URLconf: an address without a visit here fails the first test. Every page is looked at
filled and folded out: light at 1280 px with all of axe's rules, and dark at 390 px with those that colours and
width decide; the other rules would see the same page again. Forms are sent with their required fields empty,
dialogs are opened, and empty lists are looked at in a programme without anything: light at 1280 px, because their
parts have been seen in the dark elsewhere. Nothing here changes what is stored, so the demo is entered once.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.test import Client, RequestFactory, modify_settings
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from samloft.accounts.models import Organisation, User
from samloft.config import views
from samloft.indicators.models import (
    Baseline,
    FetchState,
    GoalTarget,
    OutlineUpload,
    Release,
    StatisticsBank,
    StatisticsFetch,
    StatisticsImport,
)
from samloft.places.models import Area, AreaSuccession, County, Municipality
from samloft.plans.models import (
    BudgetLine,
    FollowUpAnswer,
    GapAcceptance,
    Measure,
    MeasureName,
    Origin,
    Partner,
    PlanImport,
    PlanMeasure,
    PlanSection,
)
from samloft.programmes.models import (
    Agreement,
    AgreementParty,
    Body,
    Condition,
    Decision,
    DecisionRight,
    DescriptionChapter,
    Deviation,
    Edition,
    EndReview,
    Extension,
    FocusArea,
    FollowUpPoint,
    Goal,
    NationalGoal,
    Obligation,
    Occurrence,
    OverarchingGoal,
    OverarchingPlan,
    Programme,
    Proof,
    RelatedAgreement,
    Reservation,
    Seat,
    Uptake,
    WrittenAnswer,
)
from tests.browser.conftest import AXE
from tests.browser.whole_product import LEADERS, Arguments, enter_everything, routes, the

BY_WIDTH_AND_COLOUR = [
    "color-contrast",
    "target-size",
    "scrollable-region-focusable",
    "link-in-text-block",
]

ZONE = "90010101"
# Its forms lead nowhere; they stand there with their errors.
GALLERY = "components"
# Addresses that show no page of their own.
NO_PAGE = {
    "healthz": "a word for machines",
    "set_language": "leads back",
    "set_colour_mode": "leads back",
    "demo_enter": "leads on",
    "programmes:focus_area_move": "leads back",
    "programmes:goal_move": "leads back",
    "programmes:description_start": "leads on",
    "programmes:description_chapter_move": "leads back",
    "programmes:description_document": "a file; the web page of an edition has its own test",
    "programmes:goal_agree": "leads back",
    "programmes:municipality_logo_file": "a picture",
    "programmes:file": "a file",
    "programmes:obligations_file": "a file",
    "programmes:proof_accept": "leads back",
    "programmes:uptakes_file": "a file",
    "programmes:edition_file": "a file; the web page among them has its own test",
    "programmes:published_file": "a file",
    "indicators:baseline_document": "a file",
    "indicators:statistics_fetch_resume": "leads back",
    "indicators:operator_statistics_fetch_resume": "leads back",
    "indicators:published_figure_file": "a file",
    "indicators:baseline_file": "a file",
    "indicators:catalogue_file": "a file",
    "indicators:area_chart": "a picture",
    "indicators:areas_file": "a file",
    "indicators:statistics_list_file": "a file",
    "indicators:operator_statistics_list_file": "a file",
    "indicators:operator_areas_file": "a file",
    "indicators:outlines_discard": "leads back",
    "indicators:operator_outlines_discard": "leads back",
    "indicators:area_indicator_chart": "a picture",
    "indicators:area_file": "a file",
    "indicators:area_indicator_file": "a file",
    "indicators:area_ranking_file": "a file",
    "indicators:area_overlap_file": "a file",
    "indicators:area_rankings": "leads on",
    "plans:plan_document": "a file; the web page among them has its own test",
    "plans:measures_file": "a file",
    "programmes:goals_file": "a file",
    "plans:goal_coverage_file": "a file",
    "plans:goal_national_file": "a file",
    "plans:follow_up_file": "a file",
    "overview:year_wheel_file": "a file",
    "overview:deadlines_file": "a file",
    "overview:calendar_file": "a file",
    "overview:calendar_revoke": "leads back",
    "indicators:statistics_accept": "leads back",
    "indicators:statistics_resume": "leads back",
    "indicators:statistics_file": "a file",
    "indicators:operator_statistics_accept": "leads back",
    "indicators:operator_statistics_resume": "leads back",
    "indicators:operator_statistics_file": "a file",
    "plans:plan_import_discard": "leads back",
    "plans:plan_goal_fit_draft": "leads back",
    "plans:plan_measure_move": "leads back",
    "plans:finding_restore": "leads back",
}


def record(model: Any, **conditions: object) -> Arguments:
    """What an address outside a programme needs."""
    return lambda: (model.objects.filter(**conditions)[0].pk,)


def in_plan(year: int, model: Any = None, slug: str = "mysen", **conditions: object) -> Arguments:
    """What an address under a plan needs: the year, and one of the plan's records."""

    def arguments() -> tuple[Any, ...]:
        if model is None:
            return slug, year
        return slug, year, model.objects.filter(plan__programme__slug=slug, plan__year=year, **conditions)[0].pk

    return arguments


def programme(slug: str) -> Arguments:
    """What an address under a programme needs that is to be visited in this one."""
    return lambda: (slug,)


def a_chapter(key: str) -> Arguments:
    """A chapter of the description that is being written."""
    return lambda: ("fredrikstad", DescriptionChapter.objects.get(description__state="draft", key=key).pk)


def goal_indicator_and_area() -> tuple[Any, ...]:
    target = GoalTarget.objects.filter(goal__programme__slug="mysen")[0]
    return "mysen", target.goal_id, target.indicator.key, target.area_id


def ending_agreement() -> tuple[Any, ...]:
    return "elvestad", Agreement.objects.get(programme__slug="elvestad").pk


def in_zone(*words: str) -> Arguments:
    """A zone with figures, or what the words of an address say."""
    return lambda: ("elvestad", *(words or (ZONE,)))


def a_file(state: str, **kept: Any) -> Arguments:
    """A file of figures at Mysen's desk, in this state."""
    batches = StatisticsImport.objects.filter(programme__slug="mysen", state=state, **kept)
    return lambda: ("mysen", batches.order_by("pk")[0].pk)


def everybodys_file(state: str) -> Arguments:
    batches = StatisticsImport.objects.filter(programme=None, file_name__gt="", state=state)
    return lambda: (batches.order_by("pk")[0].pk,)


def national_goal() -> tuple[Any, ...]:
    return (NationalGoal.objects.all()[0].pk,)


def published() -> tuple[Any, ...]:
    edition = Edition.objects.filter(published_on__isnull=False)[0]
    return edition.programme.slug, edition.kind.replace("_", "-"), edition.period


def text_of_focus_area() -> tuple[Any, ...]:
    area = FocusArea.objects.filter(programme__slug="mysen")[0]
    return "mysen", 2027, "focus_area", area.pk


MEASURE = the(Measure)
FROZEN = the(Baseline, frozen_on__isnull=False)
AGREEMENT = the(Agreement)
OBLIGATION = "agreement__programme"
OCCURRENCE = "obligation__agreement__programme"
OVERARCHING = the(OverarchingPlan, "built_on_by", goals__isnull=False)
# What the addresses with more than a programme's slug are filled with. Two texts share one name.
FILLED: dict[str, list[Arguments]] = {
    "account_reset_password_from_key": [lambda: ("0", "set-password")],
    "programmes:national_goal_edit": [national_goal],
    "programmes:national_goal_remove": [national_goal],
    "programmes:programme_leader_new": [record(Programme)],
    "programmes:organisation_edit": [record(Organisation)],
    "programmes:municipality_edit": [record(Municipality)],
    "programmes:county_edit": [record(County)],
    "programmes:municipality_logo": [record(Municipality)],
    "programmes:municipality_logo_remove": [record(Municipality)],
    "programmes:user_close": [record(User, is_active=True, is_operator=False)],
    "programmes:user_open": [record(User, is_active=True, is_operator=False)],
    "programmes:programme_description": [programme("mysen"), programme("fredrikstad"), programme("elvestad")],
    "programmes:description_compare": [programme("mysen"), programme("elvestad")],
    "programmes:description_chapter_new": [programme("fredrikstad")],
    "programmes:description_chapter": [a_chapter("goals"), a_chapter("own")],
    "programmes:description_chapter_remove": [a_chapter("own")],
    "programmes:description_recommend": [programme("fredrikstad")],
    "programmes:description_adopt": [programme("fredrikstad")],
    "programmes:description_answer": [programme("elvestad")],
    "programmes:description_send_back": [programme("elvestad")],
    "programmes:focus_area_edit": [the(FocusArea)],
    "programmes:focus_area_remove": [the(FocusArea)],
    "programmes:agreement": [AGREEMENT, ending_agreement],
    "programmes:agreement_extend": [AGREEMENT],
    "programmes:agreement_end": [ending_agreement],
    "programmes:extension_withdraw": [the(Extension, "agreement__programme")],
    "programmes:end_review_withdraw": [the(EndReview, "agreement__programme")],
    "programmes:reservation_new": [AGREEMENT],
    "programmes:reservation_edit": [the(Reservation, OBLIGATION)],
    "programmes:reservation_remove": [the(Reservation, OBLIGATION)],
    "programmes:obligation_new": [AGREEMENT],
    "programmes:obligation": [
        the(Obligation, OBLIGATION, fulfilling_event="adopted"),
        the(Obligation, OBLIGATION, document_kind="programme_description"),
        the(Obligation, OBLIGATION, text="Levere rapport"),
        the(Obligation, OBLIGATION, rhythm="weekly"),
    ],
    "programmes:obligation_edit": [the(Obligation, OBLIGATION, rhythm="times_a_year")],
    "programmes:obligation_remove": [the(Obligation, OBLIGATION)],
    "programmes:proof_new": [the(Occurrence, OCCURRENCE, obligation__rhythm="times_a_year")],
    "programmes:deviation_withdraw": [the(Deviation, "occurrence__obligation__agreement__programme")],
    "programmes:deviation_new": [the(Occurrence, OCCURRENCE)],
    "programmes:proof_withdraw": [the(Proof, "occurrence__obligation__agreement__programme")],
    "programmes:agreement_edit": [AGREEMENT],
    "programmes:party_new": [AGREEMENT],
    "programmes:party_edit": [the(AgreementParty, "agreement__programme")],
    "programmes:party_remove": [the(AgreementParty, "agreement__programme")],
    "programmes:related_new": [AGREEMENT],
    "programmes:related_edit": [the(RelatedAgreement, "agreement__programme")],
    "programmes:related_remove": [the(RelatedAgreement, "agreement__programme")],
    "programmes:condition_new": [AGREEMENT],
    "programmes:condition_edit": [the(Condition, "agreement__programme")],
    "programmes:condition_remove": [the(Condition, "agreement__programme")],
    "programmes:goal": [the(Goal, level="sub"), the(Goal, level="main")],
    "programmes:goal_edit": [the(Goal, level="sub")],
    "programmes:goal_reopen": [the(Goal, level="sub")],
    "programmes:goal_remove": [the(Goal, level="sub")],
    "programmes:overarching_plan": [OVERARCHING],
    "programmes:overarching_plan_edit": [OVERARCHING],
    "programmes:overarching_plan_leave": [OVERARCHING],
    "programmes:overarching_goal_new": [OVERARCHING],
    "programmes:uptake_new": [OVERARCHING],
    "programmes:overarching_goal_edit": [the(OverarchingGoal, "plan__built_on_by")],
    "programmes:overarching_goal_remove": [the(OverarchingGoal, "plan__built_on_by")],
    "programmes:uptake_remove": [the(Uptake)],
    "programmes:body_edit": [the(Body, "programmes")],
    "programmes:body_remove": [the(Body, "programmes")],
    "programmes:seat_edit": [the(Seat)],
    "programmes:seat_end": [the(Seat)],
    "programmes:decision_right_edit": [the(DecisionRight)],
    "programmes:decision_right_remove": [the(DecisionRight)],
    "programmes:decision": [the(Decision, follow_up_points__isnull=False), the(Decision, answers__isnull=False)][
        :1
    ],
    "programmes:decision_edit": [the(Decision)],
    "programmes:point_new": [the(Decision)],
    "programmes:point_edit": [the(FollowUpPoint, "decision__programme")],
    "programmes:point_remove": [the(FollowUpPoint, "decision__programme")],
    "programmes:written_answer_new": [the(FollowUpPoint, "decision__programme")],
    "programmes:written_answer_edit": [the(WrittenAnswer, "point__decision__programme")],
    "programmes:written_answer_remove": [the(WrittenAnswer, "point__decision__programme")],
    "programmes:edition": [the(Edition), the(Edition, dispatches__isnull=False)],
    "programmes:edition_publish": [the(Edition, published_on__isnull=True)],
    "programmes:edition_withdraw": [the(Edition, published_on__isnull=False)],
    "programmes:published_edition": [published],
    "indicators:baseline": [the(Baseline, frozen_on=None), FROZEN],
    "indicators:baseline_since": [FROZEN],
    "indicators:baseline_edit": [the(Baseline, frozen_on=None)],
    "indicators:baseline_freeze": [the(Baseline, frozen_on=None)],
    "indicators:baseline_discard": [the(Baseline, frozen_on=None)],
    "indicators:catalogue_entry": [lambda: ("low_income",)],
    "indicators:catalogue_edit": [lambda: ("low_income",)],
    "indicators:areas": [programme("elvestad"), programme("fredrikstad")],
    "indicators:area": [in_zone(), in_zone("9001")],
    "indicators:area_indicator": [in_zone(ZONE, "poor"), in_zone(ZONE, "grades")],
    "indicators:area_ranking": [in_zone("poor")],
    "indicators:area_overlap": [programme("elvestad"), programme("fredrikstad")],
    "indicators:area_compare": [in_zone()],
    "indicators:outlines_new": [programme("elvestad")],
    "indicators:outlines": [the(OutlineUpload)],
    "indicators:operator_outlines": [record(OutlineUpload, programme=None)],
    "indicators:operator_area": [record(Area, code="9003")],
    "indicators:operator_area_edit": [record(Area, code="9003")],
    "indicators:operator_area_became": [record(Area, code="9003")],
    "indicators:operator_area_never_became": [record(AreaSuccession)],
    "indicators:statistics_fetch": [the(StatisticsFetch, state=state) for state in FetchState],
    "indicators:statistics_fetch_discard": [the(StatisticsFetch, state="choosing")],
    "indicators:operator_statistics_fetch": [record(StatisticsFetch, programme=None, state="choosing")],
    "indicators:operator_statistics_fetch_discard": [record(StatisticsFetch, programme=None, state="stopped")],
    "indicators:statistics_bank": [record(StatisticsBank)],
    "indicators:release_prepare": [lambda: ("mysen", "shares")],
    "indicators:release_withdraw": [the(Release)],
    "indicators:published_figures": [programme("mysen")],
    "indicators:published_figure": [lambda: ("mysen", "shares")],
    "indicators:goal_target_new": [the(Goal, level="sub")],
    "indicators:goal_target_add": [goal_indicator_and_area],
    "indicators:goal_target": [the(GoalTarget, "goal__programme")],
    "indicators:goal_target_remove": [the(GoalTarget, "goal__programme")],
    "indicators:statistics_import": [
        a_file("read", problems=[]),
        *(
            a_file(state)
            for state in ("read", "unreadable", "waiting", "storing", "failed", "visible", "withdrawn")
        ),
    ],
    "indicators:statistics_withdraw": [a_file("visible"), a_file("read")],
    "indicators:operator_statistics_import": [everybodys_file("read"), everybodys_file("unreadable")],
    "indicators:operator_statistics_withdraw": [everybodys_file("read")],
    "plans:goal_national_link": [lambda: ("mysen", NationalGoal.objects.all()[0].pk)],
    "plans:goal_national_carry": [lambda: ("mysen", 2027), lambda: ("mysen", 2026)],
    "plans:plan_import": [
        the(PlanImport, state="read"),
        the(PlanImport, state="refused"),
        the(PlanImport, state="accepted"),
        the(PlanImport, state="discarded"),
    ],
    "plans:plan": [in_plan(2027), in_plan(2026)],
    "plans:plan_carry": [in_plan(2027)],
    "plans:plan_frame": [in_plan(2027)],
    "plans:plan_section": [lambda: ("mysen", 2027, "introduction"), text_of_focus_area],
    "plans:plan_part": [in_plan(2027, PlanSection, key="focus_area")],
    "plans:plan_measure_add": [in_plan(2027)],
    "plans:plan_measure": [in_plan(2027, PlanMeasure)],
    "plans:plan_measure_remove": [in_plan(2027, PlanMeasure)],
    "plans:plan_line_new": [in_plan(2027)],
    "plans:plan_line": [in_plan(2027, BudgetLine)],
    "plans:plan_line_split": [in_plan(2027, BudgetLine)],
    "plans:plan_line_remove": [in_plan(2027, BudgetLine)],
    "plans:measure": [the(Measure, origins__isnull=False), the(Measure, gap_acceptances__isnull=False)],
    "plans:measure_edit": [MEASURE],
    "plans:measure_close": [MEASURE],
    "plans:measure_delete": [MEASURE],
    "plans:measure_goals_edit": [MEASURE],
    "plans:measure_partner_new": [MEASURE],
    "plans:measure_partner": [the(Partner, "measure__programme")],
    "plans:measure_partner_remove": [the(Partner, "measure__programme")],
    "plans:measure_origin_new": [MEASURE],
    "plans:measure_origin": [the(Origin, "measure__programme")],
    "plans:measure_origin_remove": [the(Origin, "measure__programme")],
    "plans:measure_answer_new": [MEASURE],
    "plans:measure_answer": [the(FollowUpAnswer, "measure__programme")],
    "plans:measure_answer_remove": [the(FollowUpAnswer, "measure__programme")],
    "plans:measure_point_answer": [the(FollowUpPoint, "decision__programme")],
    "plans:measure_name_remove": [the(MeasureName, "measure__programme")],
    "plans:measure_exit_plan": [MEASURE],
    "plans:measure_ladder": [the(Measure, phase_in_steps__isnull=False)],
    "plans:measure_gap_accept": [MEASURE],
    "plans:measure_gap_reopen": [the(GapAcceptance, "measure__programme")],
    "plans:plan_recommend": [in_plan(2027)],
    "plans:plan_adopt": [in_plan(2026, slug="elvestad")],
    "plans:plan_dispatch": [in_plan(2026)],
    "plans:plan_answer": [in_plan(2025, slug="elvestad")],
    "plans:plan_send_back": [in_plan(2026, slug="elvestad"), in_plan(2025, slug="elvestad")],
    "plans:plan_revise": [in_plan(2026)],
    "plans:plan_check": [in_plan(2027), in_plan(2026, slug="elvestad")],
    "plans:finding_override": [in_plan(2027)],
}
OPERATOR = "drift@demo.samloft.invalid"
# Where the one who looks does not follow from the rule of the view: steps of other bodies, and pages that want a
# password, which nobody in the demo has.
VISITORS = {
    "account_change_password": LEADERS["elvestad"],
    "account_logout": LEADERS["elvestad"],
    "programmes:description_adopt": "kommunedirektor.fredrikstad@demo.samloft.invalid",
    "programmes:description_answer": "departement@example.no",
    "programmes:description_send_back": "departement@example.no",
    "plans:plan_recommend": "kommunedirektor.indreostfold@demo.samloft.invalid",
    "plans:plan_adopt": "sekretar@example.no",
    "plans:plan_answer": "departement@example.no",
}
# Pages that are not there before anyone has begun the programme description, or published a figure.
NOT_THERE_YET = {"indicators:published_figures"} | {
    f"programmes:description_{page}"
    for page in ("chapter_new", "recommend", "adopt", "dispatch", "answer", "send_back", "revise")
}
AS_OTHERS = [
    ("radgiver.departementet@demo.samloft.invalid", "/programmes/mysen/description/"),
    ("departement@example.no", "/programmes/elvestad/description/"),
    *(
        (email, "/my-page/")
        for email in (
            "koordinator.mysen@demo.samloft.invalid",
            "sekretariat.indreostfold@demo.samloft.invalid",
            "programstyret.fredrikstad@demo.samloft.invalid",
            "radgiver.departementet@demo.samloft.invalid",
            "innbygger.mysen@demo.samloft.invalid",
            "drift@demo.samloft.invalid",
        )
    ),
    ("radgiver.departementet@demo.samloft.invalid", "/deadlines/?group=all"),
    ("innbygger.mysen@demo.samloft.invalid", "/deadlines/"),
    ("programleder.mysen@demo.samloft.invalid", "/programmes/mysen/year-wheel/?year=2024"),
    ("programleder.ostfold@demo.samloft.invalid", "/programmes/ostfold/year-wheel/?year=2017"),
    ("programleder.fredrikstad@demo.samloft.invalid", "/programmes/fredrikstad/"),
    ("programleder.fredrikstad@demo.samloft.invalid", "/programmes/fredrikstad/goals/"),
    ("programleder.fredrikstad@demo.samloft.invalid", "/programmes/fredrikstad/bodies/"),
    ("programleder.oslosor@demo.samloft.invalid", "/programmes/oslo-sor/"),
    ("kommunedirektor.indreostfold@demo.samloft.invalid", "/programmes/mysen/plans/2027/"),
    ("departement@example.no", "/programmes/elvestad/editions/"),
    ("koordinator@example.no", "/programmes/elvestad/edit/"),
]


def pages() -> dict[str, tuple[str, Any]]:
    """Pattern and view of every address that shows a page, by name."""
    return {name: (pattern, view) for name, pattern, view in routes() if name not in NO_PAGE}


def visits() -> list[Any]:
    """One parameter for each address with its arguments."""
    return [
        pytest.param(name, number, id=f"{name}-{number}" if number else name)
        for name in pages()
        for number in range(len(FILLED.get(name, [None])))
    ]


def visitor(name: str, slug: str) -> str | None:
    """The address of the one who looks; None is somebody who has not signed in."""
    _pattern, view = pages()[name]
    if name in VISITORS:
        return VISITORS[name]
    if getattr(view, "is_public", False):
        return None
    return OPERATOR if view.access_rule == "operator" else LEADERS.get(slug, LEADERS["mysen"])


def test_every_address_is_a_page_with_a_visit_or_shows_none() -> None:
    unvisited = [
        name
        for name, (pattern, _view) in pages().items()
        if name not in FILLED and "<" in pattern.replace("<slug:slug>", "", 1)
    ]
    assert not unvisited, (
        "Nobody has looked at these pages in a browser. Say in FILLED (tests/browser/test_every_page.py) with "
        f"which record each is to be visited, or in NO_PAGE why there is nothing to see: {unvisited}"
    )
    gone = (set(FILLED) | set(NO_PAGE) | set(VISITORS)) - {name for name, _pattern, _view in routes()}
    assert not gone, f"These addresses no longer exist; take them out of this file: {gone}"


class Visitors:
    """Windows of those who look, kept open: one for each person."""

    def __init__(self, browser: Browser, server: LiveServer) -> None:
        self.browser = browser
        self.server = server
        self.windows: dict[str | None, Page] = {}

    def window(self, email: str | None) -> Page:
        if email not in self.windows:
            context = self.browser.new_context(base_url=self.server.url, locale="nb-NO", reduced_motion="reduce")
            context.set_default_timeout(15_000)
            if email:
                client = Client()
                client.force_login(User.objects.get(email=email), backend=settings.AUTHENTICATION_BACKENDS[0])
                value = client.cookies[settings.SESSION_COOKIE_NAME].value
                context.add_cookies(
                    [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": self.server.url}]
                )
            self.windows[email] = context.new_page()
        return self.windows[email]


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database of this module: filled once, and emptied after the last look instead of after each."""
    with django_db_blocker.unblock():
        try:
            enter_everything()
            yield
        finally:
            call_command("flush", verbosity=0, interactive=False)


@pytest.fixture(scope="module")
def visitors(db: None, browser: Browser) -> Iterator[Visitors]:
    with modify_settings(ALLOWED_HOSTS={"append": "localhost"}):
        server = LiveServer("localhost")
        looking = Visitors(browser, server)
        yield looking
        for window in looking.windows.values():
            window.context.close()
        server.stop()


def faults(page: Page, *, rules: list[str] | None = None) -> list[str]:
    """What axe finds, and how far the page runs out at the side."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = {"type": "rule", "values": rules}
        options["rules"] = {rule: {"enabled": True} for rule in rules}
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    lines = [
        f"{rule['id']}: {rule['help']} – {json.dumps([node['html'][:160] for node in rule['nodes'][:3]])}"
        for rule in found
    ]
    overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [*lines, f"the page is {overflow} px wider than the window"] if overflow > 0 else lines


def light(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="light")


def dark(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    page.emulate_media(color_scheme="dark")


def look(page: Page) -> list[str]:
    """The page with everything folded out, which holds what it shows folded; and its first dialog."""
    light(page)
    page.evaluate("document.querySelectorAll('main details, aside details').forEach(one => one.open = true)")
    found = [f"light 1280 px: {line}" for line in faults(page)]
    dark(page)
    found += [f"dark 390 px: {line}" for line in faults(page, rules=BY_WIDTH_AND_COLOUR)]
    opener = page.locator("main [data-opens]:visible")
    if opener.count():
        opener.first.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        found += [f"dark 390 px, dialog open: {line}" for line in faults(page)]
        page.keyboard.press("Escape")
    light(page)
    return found


# Empties a form that has something to fill in; says whether there is one.
EMPTY_THE_FORM = """() => {
  const forms = [...document.querySelectorAll('main form[method=post]')]
  const form = forms.find(one => one.querySelector('[required]'))
  let emptied = 0
  for (const field of form ? form.elements : []) {
    if (['hidden', 'submit', 'button', 'fieldset'].includes(field.type)) continue
    if (field.type === 'radio' || field.type === 'checkbox') { field.checked = false; continue }
    if (field.tagName === 'SELECT' && ![...field.options].some(option => option.value === '')) continue
    field.value = ''
    emptied += field.required
  }
  if (emptied) form.id ||= 'emptied'
  return emptied ? form.id : ''
}"""


def look_at_errors(page: Page) -> list[str]:
    """The first form of the page sent empty, if it asks for something."""
    form = page.evaluate(EMPTY_THE_FORM)
    if not form:
        return []
    with page.expect_navigation():
        page.evaluate("id => document.getElementById(id).submit()", form)
    expect(page.locator(".ds-error-summary")).to_be_visible()
    return [f"light 1280 px, with errors: {line}" for line in faults(page)]


@pytest.mark.parametrize(("name", "number"), visits())
def test_the_page_is_for_everyone(visitors: Visitors, name: str, number: int) -> None:
    pattern, _view = pages()[name]
    if name in FILLED:
        arguments = FILLED[name][number]()
    else:
        arguments = ("mysen",) if "<slug:slug>" in pattern else ()
    slug = str(arguments[0]) if "<slug:slug>" in pattern else ""
    page = visitors.window(visitor(name, slug))
    answer = page.goto(reverse(name, args=arguments))
    assert answer is not None and answer.status == 200, f"{page.url} answers {answer and answer.status}"
    found = look(page) + ([] if name == GALLERY else look_at_errors(page))
    assert not found, f"{page.url}\n" + "\n".join(found)


@pytest.mark.parametrize(("email", "address"), AS_OTHERS)
def test_the_page_is_for_everyone_as_others_see_it(visitors: Visitors, email: str, address: str) -> None:
    page = visitors.window(email)
    page.goto(address)
    found = look(page)
    assert not found, f"{page.url}\n" + "\n".join(found)


@pytest.mark.parametrize(
    "name",
    [
        name
        for name, (pattern, _view) in pages().items()
        if pattern.count("<") == 1 and "<slug:slug>" in pattern and name not in NOT_THERE_YET
    ],
)
def test_the_page_of_a_programme_without_anything_is_for_everyone(visitors: Visitors, name: str) -> None:
    page = visitors.window("utenfor@example.no")
    answer = page.goto(reverse(name, args=["asmark"]))
    assert answer is not None and answer.status == 200, f"{page.url} answers {answer and answer.status}"
    found = faults(page)
    assert not found, f"{page.url}\n" + "\n".join(found)


def test_an_empty_plan_is_for_everyone(visitors: Visitors) -> None:
    page = visitors.window(LEADERS["elvestad"])
    page.goto("/programmes/elvestad/plans/2027/")
    assert not (found := look(page)), found


@pytest.mark.parametrize("address", ["mysen/plans/2027/document.html", "mysen/editions/{pk}/document.html"])
def test_the_document_as_a_web_page_is_for_everyone(visitors: Visitors, address: str) -> None:
    page = visitors.window(LEADERS["mysen"])
    edition = Edition.objects.filter(programme__slug="mysen")[0]
    text = page.request.get("/programmes/" + address.format(pk=edition.pk)).text()
    paper = visitors.browser.new_context().new_page()
    paper.set_content(text)
    found = look(paper)
    paper.context.close()
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "show", [views.bad_request, views.forbidden, views.not_found, views.server_error, views.csrf_failure]
)
def test_the_pages_that_say_what_went_wrong_are_for_everyone(visitors: Visitors, show: Any) -> None:
    request = RequestFactory().get("/")
    request.user = User.objects.get(email=LEADERS["mysen"])
    request.session = SessionStore()
    words = () if show is views.server_error else ("Dette er grunnen.",)
    html = show(request, *words).content.decode()
    page = visitors.window(LEADERS["mysen"])
    page.route("**/feil/", lambda route: route.fulfill(status=500, content_type="text/html", body=html))
    page.goto("/feil/")
    found = look(page)
    page.unroute("**/feil/")
    assert not found, "\n".join(found)
