"""The plan's page in Chromium: written in place, figures live beside it, and for everyone."""

import re

import pytest
from playwright.sync_api import Page, expect

from samloft.core.money import format_kroner
from samloft.plans.actions import sections
from samloft.plans.models import ActionPlan, SectionKey
from samloft.plans.queries.totals import totals
from samloft.programmes.models import DocumentState, NationalGoal
from tests.browser.conftest import SignInAs, assert_accessible
from tests.cast import Cast
from tests.plans import drafting

YEAR = "/programmes/elvestad/plans/2026/"


@pytest.fixture
def plan(cast: Cast) -> ActionPlan:
    """Three measures, one of them new, texts in two sections, a part that is late, and a national goal."""
    plan = drafting.whole(cast)
    drafting.place(cast, plan, "Matservering", first_plan_year=2026, text="Prøves ut på én skole.")
    introduction = plan.sections.get(key=SectionKey.INTRODUCTION)
    sections.write(section=introduction, text="Et år til.\n\n- ett\n- to", version=None, by=cast.coordinator)
    NationalGoal.objects.create(year=2026, position=1, text="Gode nærmiljø.", source="Prop. 1 S")
    return plan


def opener(page: Page, path: str) -> None:
    """Open the form whose own page has this address."""
    page.locator(f'a[href="{YEAR}{path}"]').first.click()


def total(page: Page) -> str:
    return page.locator("#budget-total .number").inner_text()


def shown(plan: ActionPlan) -> str:
    return format_kroner(totals(plan).total, unit=False)


def test_lines_are_written_in_place_while_another_text_waits_unsaved(
    plan: ActionPlan, sign_in_as: SignInAs
) -> None:
    page = sign_in_as("programme_leader")
    page.goto(YEAR)
    introduction = plan.sections.get(key=SectionKey.INTRODUCTION)
    opener(page, "texts/introduction/")
    typed = page.locator(f"#section-{introduction.pk}-text")
    expect(typed).to_be_focused()
    typed.fill("Halvveis.")

    line = plan.lines.get(name="Tiltak 1")
    opener(page, f"lines/{line.pk}/")
    amount = page.locator(f"#line-{line.pk}-amount")
    amount.fill("tull")
    page.locator(f"#editor-line-{line.pk} button[type=submit]").click()
    expect(page.locator(f"#editor-line-{line.pk} .ds-error-summary")).to_be_focused()
    expect(amount).to_have_value("tull")
    amount.fill("0,4 mill.")
    page.locator(f"#editor-line-{line.pk} button[type=submit]").click()
    expect(page.locator(f"#editor-line-{line.pk}")).to_have_count(0)
    expect(page.locator(f'a[href="{YEAR}lines/{line.pk}/"]')).to_be_focused()
    assert total(page) == shown(plan)
    expect(page.locator("#plan-totals")).to_contain_text(format_kroner(totals(plan).total))

    opener(page, "lines/new/")
    page.locator("#line-new-pays_for").select_option("evaluation")
    page.locator("#line-new-amount").fill("125 000")
    page.locator("#editor-line-new button[type=submit]").click()
    expect(page.locator("#editor-line-new")).to_have_count(0)
    assert total(page) == shown(plan)
    assert plan.lines.count() == 5

    expect(typed).to_have_value("Halvveis.")
    page.locator(f"#editor-section-{introduction.pk} button[type=submit]").click()
    expect(page.locator("#introduction")).to_contain_text("Halvveis.")
    expect(typed).to_have_count(0)


def test_a_form_is_closed_again_without_a_change(plan: ActionPlan, sign_in_as: SignInAs) -> None:
    page = sign_in_as("programme_leader")
    page.goto(YEAR)
    opener(page, "frame/")
    page.locator("#editor-frame a", has_text=re.compile("Cancel|Avbryt")).click()
    expect(page.locator("#editor-frame")).to_have_count(0)
    expect(page.locator(f'#frame a[href="{YEAR}frame/"]')).to_be_visible()


def test_the_page_is_for_everyone_to_use(cast: Cast, plan: ActionPlan, sign_in_as: SignInAs) -> None:
    page = sign_in_as("programme_leader")
    page.goto(YEAR)
    assert_accessible(page)
    item, line = plan.plan_measures.all()[0], plan.lines.all()[0]
    for path in ("texts/introduction/", f"measures/{item.pk}/", "measures/add/", "frame/", f"lines/{line.pk}/"):
        page.set_viewport_size({"width": 1280, "height": 900})
        opener(page, path)
        page.wait_for_load_state("networkidle")
    expect(page.locator(".part-editor")).to_have_count(5)
    page.locator(f"#editor-line-{line.pk} [name=amount]").fill("tull")
    page.locator(f"#editor-line-{line.pk} button[type=submit]").click()
    expect(page.locator(".ds-error-summary")).to_be_visible()
    assert_accessible(page)


@pytest.mark.parametrize("path", ["", "2026/lines/new/", "2026/frame/", "new/", "2026/carry-forward/"])
def test_the_pages_around_it_are_for_everyone_too(plan: ActionPlan, sign_in_as: SignInAs, path: str) -> None:
    page = sign_in_as("programme_leader")
    page.goto(f"/programmes/elvestad/plans/{path}")
    assert_accessible(page)


def test_an_empty_plan_and_a_closed_one_are_for_everyone_too(cast: Cast, sign_in_as: SignInAs) -> None:
    plan = drafting.start(cast)
    page = sign_in_as("programme_leader")
    page.goto(YEAR)
    assert_accessible(page)
    drafting.close(plan, DocumentState.RECOMMENDED)
    page.goto(YEAR)
    assert_accessible(page)
