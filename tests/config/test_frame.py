"""What is around every page: headers, errors, language, colours, menus."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory, override_settings
from django.urls import path, reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from samloft.accounts.middleware import public
from samloft.config import navigation
from samloft.config.urls import handler400, handler403, handler404, handler500, urlpatterns  # noqa: F401
from samloft.core.navigation import links, parts
from samloft.programmes.access import Permission, permissions
from tests.cast import Cast
from tests.core.sound_html import faults

pytestmark = pytest.mark.django_db


@public
def broken(request: object) -> None:
    raise RuntimeError("on purpose")


@public
def refused(request: object) -> None:
    raise PermissionDenied("Bare styret kan gjøre dette.")


urlpatterns = [*urlpatterns, path("broken/", broken), path("refused/", refused)]


@pytest.mark.parametrize("address", ["/", "/components/", "/account/login/", "/finnes-ikke"])
def test_every_answer_carries_the_security_headers(client: Client, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_the_health_check_answers_without_signing_in(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_a_missing_page_says_what_to_do(client: Client) -> None:
    answer = client.get("/finnes-ikke")
    assert answer.status_code == 404
    assert faults(answer.content.decode()) == []
    assert f'href="{reverse("home")}"' in answer.content.decode()


@override_settings(ROOT_URLCONF="tests.config.test_frame")
def test_a_refusal_shows_its_reason(client: Client) -> None:
    answer = client.get("/refused/")
    assert answer.status_code == 403
    assert "Bare styret kan gjøre dette." in answer.content.decode()


@override_settings(ROOT_URLCONF="tests.config.test_frame")
def test_a_fault_of_ours_shows_a_page_that_asks_the_database_nothing(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = Client(raise_request_exception=False)
    with django_assert_num_queries(0):
        answer = client.get("/broken/")
    assert answer.status_code == 500
    page = answer.content.decode()
    assert faults(page) == []
    assert "on purpose" not in page


def test_a_wrong_host_is_a_bad_request_in_plain_words(client: Client) -> None:
    answer = client.get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert faults(answer.content.decode()) == []


def test_a_post_without_its_token_says_that_nothing_was_saved() -> None:
    answer = Client(enforce_csrf_checks=True).post("/colours/", {"mode": "dark"})
    assert answer.status_code == 403
    assert faults(answer.content.decode()) == []


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_chosen_language_holds_for_the_next_page(client: Client, language: str) -> None:
    client.post("/language/", {"language": language, "next": "/"})
    answer = client.get("/")
    assert answer["Content-Language"] == language
    assert f'<html lang="{language}"' in answer.content.decode()


def test_bokmal_comes_first_whatever_the_browser_asks_for(client: Client) -> None:
    assert '<html lang="nb"' in client.get("/", headers={"accept-language": "en"}).content.decode()


def test_the_chosen_colours_hold_and_nonsense_is_refused(client: Client) -> None:
    assert client.post("/colours/", {"mode": "dark", "next": "/account/login/"})["Location"] == "/account/login/"
    assert 'data-color-scheme="dark"' in client.get("/").content.decode()
    assert client.post("/colours/", {"mode": "pink"}).status_code == 404
    assert client.post("/colours/", {"mode": "auto", "next": "https://evil.example/"})["Location"] == "/"


def test_a_forged_cookie_changes_nothing(client: Client) -> None:
    client.cookies["samloft_colours"] = '"><script>'
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "../../etc"
    page = client.get("/").content.decode()
    assert 'lang="nb" data-color-scheme="auto"' in page


def test_every_entry_of_the_menus_leads_somewhere() -> None:
    for item in (*navigation.MAIN, *navigation.OPERATOR):
        assert reverse(item.url_name)
    for item in navigation.PROGRAMME:
        assert reverse(item.url_name, args=["mysen"])


def test_menus_show_only_what_the_seat_allows(cast: Cast) -> None:
    def labels(user: object) -> set[str]:
        request = RequestFactory().get("/")
        request.user = user  # type: ignore[assignment]
        request.resolver_match = None
        request.allowed = permissions(user, cast.programme)  # type: ignore[attr-defined, arg-type]
        shown = links(navigation.PROGRAMME, request, programme=cast.programme, slug=cast.programme.slug)
        return {link.url for link in shown}

    plans = reverse("plans:plans", args=[cast.programme.slug])
    assert plans in labels(cast.programme_leader)
    assert plans not in labels(cast.evaluator)
    assert labels(cast.outsider) == set()


def production(data: Path) -> dict[str, str]:
    """The environment of a server that has been told nothing but where its data lives."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SAMLOFT_", "DJANGO_"))}
    return {**kept, "DJANGO_SETTINGS_MODULE": "samloft.config.settings", "SAMLOFT_DATA": str(data)}


def test_the_production_settings_pass_the_deployment_check(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "INFO"],
        cwd=settings.BASE_DIR,
        env=production(tmp_path),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


def test_the_static_files_can_be_collected_with_their_fingerprints(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "django", "collectstatic", "--noinput", "-v0"],
        cwd=settings.BASE_DIR,
        env=production(tmp_path),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("view_name", "tab"),
    [
        ("programmes:decision", "programmes:decisions"),
        ("programmes:decision_right_new", "programmes:bodies"),
        ("programmes:edition_publish", "programmes:editions"),
        ("programmes:programme", "programmes:programme"),
    ],
)
def test_one_tab_is_marked_as_where_one_is(cast: Cast, view_name: str, tab: str) -> None:
    request = RequestFactory().get("/")
    request.user = cast.programme_leader
    request.resolver_match = SimpleNamespace(view_name=view_name)  # type: ignore[assignment]
    request.allowed = frozenset(Permission)  # type: ignore[attr-defined]
    slug = cast.programme.slug
    shown = links(navigation.PROGRAMME, request, programme=cast.programme, slug=slug)
    assert [link.url for link in shown if link.is_current] == [reverse(tab, args=[slug])]


def test_pages_of_one_part_stand_beneath_its_tab_and_a_part_of_one_page_goes_by_its_name(cast: Cast) -> None:
    request = RequestFactory().get("/")
    request.user = cast.programme_leader
    request.resolver_match = SimpleNamespace(view_name="plans:measures")  # type: ignore[assignment]
    request.allowed = frozenset({Permission.PROGRAMME_VIEW, Permission.PLAN_VIEW})  # type: ignore[attr-defined]
    slug = cast.programme.slug
    with translation.override("nb"):
        found = parts(links(navigation.PROGRAMME, request, programme=cast.programme, slug=slug))
        request.allowed = frozenset({Permission.EDITION_VIEW})  # type: ignore[attr-defined]
        (alone,) = parts(links(navigation.PROGRAMME, request, programme=cast.programme, slug=slug))
    assert [part.label for part in found] == ["Oversikt", "Avtale", "Mål og planer", "Styring"]
    assert [part.label for part in found if part.is_current] == ["Mål og planer"]
    assert [page.label for page in found[2].pages if page.is_current] == ["Tiltak"]
    assert (alone.label, len(alone.pages)) == ("Utgitte dokumenter", 1)


def test_every_page_of_the_programme_is_in_the_menu_of_a_narrow_screen(client: Client, cast: Cast) -> None:
    client.force_login(cast.programme_leader)
    page = client.get(reverse("plans:measures", args=[cast.programme.slug])).content.decode()
    menu = page.partition('<details class="page-menu">')[2].partition("</details>")[0]
    for item in navigation.PROGRAMME:
        assert f'href="{reverse(item.url_name, args=[cast.programme.slug])}"' in menu
    assert menu.count('aria-current="page"') == 1


def test_only_operators_see_the_way_to_operation(client: Client, cast: Cast) -> None:
    way = reverse("programmes:operator_programmes")
    client.force_login(cast.operator)
    assert f'href="{way}"' in client.get("/account/").content.decode()
    client.force_login(cast.programme_leader)
    assert f'href="{way}"' not in client.get("/account/").content.decode()
