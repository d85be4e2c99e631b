"""The shared components, their gallery, and the vendor files they stand on."""

import hashlib
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import Client, RequestFactory
from django.utils.safestring import SafeString

from samloft.core import panels
from samloft.core.templatetags.components import icon_names
from tests.core.sound_html import faults

ROOT = Path(settings.BASE_DIR)
COMPONENTS = ROOT / "samloft/core/templates/components"
VENDOR = (ROOT / "samloft/core/static/core/vendor", ROOT / "tests/browser/vendor")


def shown(source: str, **values: object) -> str:
    return Template(source).render(Context({"request": RequestFactory().get("/"), **values}))


@pytest.mark.django_db
def test_the_gallery_is_sound_html(client: Client) -> None:
    page = client.get("/components/").content.decode()
    assert faults(page) == []


@pytest.mark.django_db
def test_the_gallery_shows_every_component(client: Client) -> None:
    answer = client.get("/components/")
    used = {template.name for template in answer.templates}
    # These belong to pages of their own and are shown there.
    elsewhere = {"components/programme_bar.html"}
    unused = {f"components/{path.name}" for path in COMPONENTS.glob("*.html")} - used - elsewhere
    assert not unused, f"Show these in config/templates/config/components.html: {unused}"


@pytest.mark.parametrize("folder", VENDOR, ids=lambda folder: folder.parent.name)
def test_no_vendor_file_differs_from_what_was_fetched(folder: Path) -> None:
    listed = dict(
        reversed(line.split("  ", 1)) for line in (folder / "SHA256SUMS").read_text(encoding="ascii").splitlines()
    )
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.name != "SHA256SUMS"
    }
    assert found == listed, "Run bin/vendor-assets, and look at what changed before committing it."


def test_every_icon_that_templates_name_exists() -> None:
    named = {
        name
        for path in (ROOT / "samloft").rglob("templates/**/*.html")
        for name in re.findall(r'\{% icon "([^"]+)" %\}|\bicon="([^"{]+)"', path.read_text(encoding="utf-8"))
        for name in name
        if name
    }
    assert named <= icon_names(), f"Add to bin/vendor-assets or choose others: {named - icon_names()}"


def test_an_unknown_icon_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError):
        shown('{% icon "unicorn" %}')


def test_every_form_in_a_template_has_an_error_summary() -> None:
    without = []
    for path in (ROOT / "samloft").rglob("templates/**/*.html"):
        text = path.read_text(encoding="utf-8")
        if path.is_relative_to(ROOT / "samloft/core/templates") or path.name.startswith("_"):
            continue
        has_form = 'method="post"' in text and re.search(r"\{\{ form \}\}|as_field_group", text)
        if has_form and "{% error_summary" not in text:
            without.append(path.relative_to(ROOT).as_posix())
    assert not without, f"Put {{% error_summary form %}} first in the form: {without}"


def test_text_from_people_is_escaped_in_every_component() -> None:
    bad = "<script>alert(1)</script>"
    sources = (
        "{% button bad %}{% link_button bad bad %}{% tag bad help=bad %}{% fact bad bad source=bad %}",
        "{% stat bad bad detail=bad url=bad %}{% crumb bad bad %}{% progress bad 1 text=bad %}",
        "{% card title=bad url=bad %}{{ bad }}{% endcard %}{% alert 'info' title=bad %}{{ bad }}{% endalert %}",
        "{% page_header bad lead=bad eyebrow=bad %}{{ bad }}{% endpage_header %}{{ bad|known }}",
        "{% empty_state bad %}{{ bad }}{% endempty_state %}{% details bad %}{{ bad }}{% enddetails %}",
        "{% table_region bad %}{{ bad }}{% endtable_region %}{% dialog 'x' bad %}{{ bad }}{% enddialog %}",
    )
    for source in sources:
        assert bad not in shown(source, bad=bad), source


def test_a_status_word_with_a_meaning_can_be_opened_and_one_without_is_only_text() -> None:
    assert "popovertarget" in shown('{% tag "Utkast" help="Under arbeid" %}')
    assert "button" not in shown('{% tag "Utkast" %}')


def test_pagination_keeps_the_rest_of_the_address_and_marks_where_one_is() -> None:
    page = Paginator(range(30), 10).get_page(2)
    request = RequestFactory().get("/", {"year": "2027", "page": "2"})
    html = Template("{% pagination page %}").render(Context({"request": request, "page": page}))
    assert 'href="?year=2027&amp;page=3"' in html
    assert html.count('aria-current="page"') == 1
    assert shown("{% pagination page %}", page=Paginator([], 10).get_page(1)).strip() == ""


def test_two_lists_on_a_page_turn_their_pages_each_for_itself() -> None:
    page = Paginator(range(30), 10).get_page(2)
    request = RequestFactory().get("/", {"goals": "2", "page": "3"})
    source = '{% pagination page name="goals" label="Goals" anchor="goals-title" %}'
    html = Template(source).render(Context({"request": request, "page": page}))
    assert 'href="?goals=3&amp;page=3#goals-title"' in html
    assert ': Goals">' in html


def panel_with_money(request: object, subject: object) -> SafeString:
    return SafeString(f"<p>{subject}</p>")


def panel_for_others(request: object, subject: object) -> None:
    return None


def test_a_page_shows_the_panels_of_its_place_that_have_something_for_the_reader() -> None:
    here = "tests.core.test_components"
    told = {"plans.measure": (f"{here}.panel_for_others", f"{here}.panel_with_money")}
    request = RequestFactory().get("/")
    assert panels.render_panels(told, "plans.measure", request, 7) == ["<p>7</p>"]
    assert panels.render_panels(told, "plans.plan", request, 7) == []
