"""The programme description in Chromium: written in place, and taken to the ministry by keyboard alone (B2)."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from samloft.programmes.models import ChapterKey, DocumentState
from tests.browser.conftest import SignInAs, assert_accessible
from tests.browser.keyboard import Keyboard
from tests.cast import Cast
from tests.programmes import describing
from tests.programmes.describing import Described

PAGE = "/programmes/elvestad/description/"


@pytest.fixture
def begun(cast: Cast) -> Described:
    return describing.start(cast)


def where(begun: Described, key: ChapterKey) -> str:
    return f"chapter-{begun.chapter(key).pk}"


def opener(page: Page, begun: Described, key: ChapterKey) -> None:
    page.locator(f'a[href="{PAGE}chapters/{begun.chapter(key).pk}/"]').click()


def save(page: Page, part: str) -> None:
    page.locator(f"#editor-{part} button[type=submit]").click()


def test_chapters_are_written_in_place_and_the_margin_tells_what_is_left(
    begun: Described, sign_in_as: SignInAs
) -> None:
    page = sign_in_as("coordinator")
    page.goto(PAGE)
    lacks = page.locator("#description-lacks li")
    expect(lacks).to_have_count(5)
    strategies, evaluation = (where(begun, key) for key in (ChapterKey.STRATEGIES, ChapterKey.EVALUATION))
    opener(page, begun, ChapterKey.EVALUATION)
    waiting = page.locator(f"#{evaluation}-text")
    expect(waiting).to_be_focused()
    waiting.fill("Halvveis.")

    opener(page, begun, ChapterKey.STRATEGIES)
    page.locator(f"#{strategies}-text").fill("Vi gjør det sammen:\n\n- ett\n- to")
    save(page, strategies)
    expect(page.locator(f"#editor-{strategies}")).to_have_count(0)
    expect(page.locator(f"#{strategies} li")).to_have_count(2)
    expect(lacks).to_have_count(4)
    expect(page.locator(f'a[href="{PAGE}chapters/{begun.chapter(ChapterKey.STRATEGIES).pk}/"]')).to_be_focused()

    expect(waiting).to_have_value("Halvveis.")
    save(page, evaluation)
    expect(lacks).to_have_count(3)


def test_an_own_chapter_comes_moves_and_goes_without_leaving_the_page(
    begun: Described, sign_in_as: SignInAs
) -> None:
    page = sign_in_as("programme_leader")
    page.goto(PAGE)
    page.locator(f'a[href="{PAGE}chapters/new/"]').click()
    save(page, "chapter-new")
    expect(page.locator("#editor-chapter-new .ds-error-summary")).to_be_focused()
    page.locator("#chapter-new-title").fill("Medvirkning")
    save(page, "chapter-new")
    expect(page.locator("#editor-chapter-new")).to_have_count(0)
    own = where(begun, ChapterKey.OWN)
    expect(page.locator(f"#{own} h2")).to_contain_text("Medvirkning")
    expect(page.locator(".paper-contents li").last).to_contain_text("Medvirkning")

    page.locator(f"#{own} summary").click()
    page.locator(f"#{own} button[value=up]").click()
    expect(page.locator(".paper-contents li").last).not_to_contain_text("Medvirkning")

    page.locator(f"#{own} summary").click()
    page.locator(f"#{own} .menu-list a").click()
    save(page, own)
    expect(page.locator(f"#{own}")).to_have_count(0)
    assert not begun.description.chapters.filter(key=ChapterKey.OWN).exists()


def test_open_forms_and_errors_are_for_everyone(begun: Described, sign_in_as: SignInAs) -> None:
    page = sign_in_as("programme_leader")
    page.goto(PAGE)
    opener(page, begun, ChapterKey.GOALS)
    page.locator(f'a[href="{PAGE}chapters/new/"]').click()
    save(page, "chapter-new")
    expect(page.locator(".ds-error-summary")).to_be_visible()
    expect(page.locator(".part-editor")).to_have_count(2)
    assert_accessible(page)


def test_it_goes_from_nothing_to_the_ministry_by_keyboard_alone(
    cast: Cast, sign_in_as: SignInAs, page: Page
) -> None:
    describing.rights(cast)
    keys = Keyboard(page)
    sign_in_as("programme_leader").goto("/programmes/elvestad/")
    keys.follow('nav a[href="/programmes/elvestad/goals/"]:visible')
    keys.follow(f'nav a[href="{PAGE}"]:visible')
    keys.follow("main form button")
    begun = Described(cast, cast.programme.description)
    for key, text in {**describing.TEXTS, ChapterKey.GOALS: "Et godt sted å bo."}.items():
        part = where(begun, key)
        keys.press(f'a[href="{PAGE}chapters/{begun.chapter(key).pk}/"]')
        expect(page.locator(f"#editor-{part}")).to_be_visible()
        keys.write(f"#{part}-text", text)
        keys.press(f"#editor-{part} button[type=submit]")
        expect(page.locator(f"#editor-{part}")).to_have_count(0)

    sign_in_as("secretary").goto(PAGE)
    keys.follow(f'main a[href="{PAGE}adopt/"]')
    keys.date("#id_decided_on", timezone.localdate())
    keys.follow("main form.form button[type=submit]")
    assert begun.fresh().state == DocumentState.ADOPTED

    sign_in_as("programme_leader").goto(PAGE)
    keys.follow(f'main a[href="{PAGE}dispatch/"]')
    keys.write("#id_receipt", "26/17")
    keys.follow("main form.form button[type=submit]")
    assert begun.fresh().state == DocumentState.DISPATCHED

    sign_in_as("ministry_adviser").goto("/programmes/elvestad/")
    keys.follow('nav a[href="/programmes/elvestad/goals/"]:visible')
    keys.follow(f'nav a[href="{PAGE}"]:visible')
    keys.follow(f'main a[href="{PAGE}answer/"]')
    keys.choose("[name=kind]", "taken_note")
    keys.follow("main form.form button[type=submit]")
    assert begun.fresh().state == DocumentState.ANSWERED
