"""The frame of every page, seen by a browser."""

import re

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from samloft.accounts.models import User
from tests.browser.conftest import SignInAs, assert_accessible
from tests.cast import PASSWORD, Cast


@pytest.fixture
def demo_people(transactional_db: None) -> None:
    for email, name in (("leder@demo.no", "Programleder"), ("innbygger@demo.no", "Innbygger")):
        User.objects.create_user(email, None, name=name, is_demo=True)


@pytest.mark.parametrize(
    "address",
    ["/", "/components/", "/account/login/", "/account/password/reset/", "/finnes-ikke"],
)
def test_the_public_pages_are_accessible(page: Page, address: str, demo_people: None) -> None:
    page.goto(address)
    assert_accessible(page)


def test_the_open_dialog_menu_and_definition_are_accessible(page: Page) -> None:
    page.goto("/components/")
    page.locator("[data-opens]").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("Escape")
    page.locator("button[popovertarget]").first.click()
    page.locator("details.menu > summary").first.click()
    assert_accessible(page)


def test_the_own_account_pages_are_accessible(sign_in_as: SignInAs) -> None:
    page = sign_in_as("programme_leader")
    for address in ("/account/", "/account/password/", "/account/logout/"):
        page.goto(address)
        assert_accessible(page)


def test_a_form_with_errors_is_accessible_and_the_summary_leads_to_the_field(sign_in_as: SignInAs) -> None:
    page = sign_in_as("programme_leader")
    page.goto("/account/password/")
    page.locator("main form button[type=submit]").click()
    summary = page.locator(".ds-error-summary")
    expect(summary).to_be_focused()
    assert_accessible(page)
    summary.get_by_role("link").first.click()
    expect(page.locator("#id_oldpassword")).to_be_focused()


def test_a_person_signs_in_and_out_with_the_keyboard_only(page: Page, cast: Cast) -> None:
    cache.clear()
    page.goto("/account/login/")
    page.keyboard.press("Tab")
    expect(page.locator(".ds-skip-link")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("leder@example.no")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("#messages")).to_contain_text("Programleder")
    menu = page.locator("details.menu").last
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/$"))
    expect(page.locator(".sign-in")).to_be_visible()


def test_someone_trying_out_enters_as_a_role(page: Page, demo_people: None) -> None:
    page.goto("/")
    page.get_by_role("button", name="Programleder").click()
    expect(page.locator(".who")).to_contain_text("Programleder")


def test_the_chosen_language_and_colours_stay(page: Page) -> None:
    page.goto("/account/login/")
    page.locator("details.menu > summary").first.click()
    page.get_by_role("button", name="Nynorsk").click()
    expect(page.locator("html")).to_have_attribute("lang", "nn")
    page.locator("details.menu > summary").first.click()
    page.locator("button[name=mode][value=dark]").click()
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("data-color-scheme", "dark")
    expect(page.locator("html")).to_have_attribute("lang", "nn")


def test_an_expired_session_leaves_what_was_typed_and_says_how_to_go_on(sign_in_as: SignInAs) -> None:
    page = sign_in_as("programme_leader")
    page.goto("/account/password/")
    page.locator("#id_oldpassword").fill("det jeg skrev")
    page.context.clear_cookies()
    page.evaluate("htmx.ajax('GET', '/account/', {target: 'main'})")
    expect(page.locator("#messages .ds-alert")).to_be_visible()
    expect(page.locator("#id_oldpassword")).to_have_value("det jeg skrev")


def test_pages_work_without_script(browser: Browser, live_server: LiveServer, demo_people: None) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.locator("details.menu > summary").first.click()
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="Programleder").click()
    expect(page.locator(".who")).to_contain_text("Programleder")
    context.close()


def test_an_upload_shows_that_it_is_under_way_and_its_refusal_keeps_the_page(page: Page) -> None:
    page.goto("/components/")
    form = page.locator("form.upload")
    form.locator("input[type=file]").set_input_files(
        {"name": "plan.csv", "mimeType": "text/csv", "buffer": b"tiltak;1000"}
    )
    asked: list[Route] = []
    page.route("**/components/", lambda route: asked.append(route))
    form.locator("button[type=submit]").click()
    expect(form.locator(".upload-progress")).to_be_visible()
    asked[0].fulfill(status=413, content_type="text/plain", body="Filen er for stor.")
    expect(page.locator("#messages")).to_contain_text("Filen er for stor.")
    expect(form.locator(".upload-progress")).to_be_hidden()


def test_a_page_in_print_is_black_on_white_without_the_frame(page: Page) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto("/components/")
    expect(page.locator(".site-header")).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    colours = page.evaluate(
        "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
    )
    assert colours == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
    field = page.locator(".ds-input").first.evaluate("input => getComputedStyle(input).backgroundColor")
    assert field == "rgb(255, 255, 255)"
