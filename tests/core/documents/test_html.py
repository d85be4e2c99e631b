import re

import pytest
from django.utils import translation
from django.utils.translation import gettext

from samloft.core.documents.blocks import Cell, Column, Document, Figure, Heading, Paragraph, Row, Table
from samloft.core.documents.html import render_html, render_sections, render_standalone_html
from tests.core.documents.plan import SVG, plan
from tests.core.documents.reading import html_text, words


def of(*blocks):
    return Document("Tittel", "nn", tuple(blocks))


def test_the_title_is_the_first_heading_and_chapters_stand_below_it():
    html = render_html(of(Heading(1, "Kapittel"), Heading(2, "Del")))
    assert re.findall(r"<(h\d)", html) == ["h1", "h2", "h3"]
    assert '<article class="document" lang="nn">' in html


def test_headings_move_down_where_the_page_has_headings_above():
    blocks = [Heading(1, "A"), Heading(2, "B"), Heading(3, "C"), Heading(4, "D")]
    assert re.findall(r"<(h\d)", render_html(of(*blocks), heading_offset=2)) == ["h3", "h4", "h5", "h6", "h6"]


def test_without_a_cover_the_page_shows_the_title_itself():
    assert "Tittel" not in render_html(of(Heading(1, "Kapittel")), cover=False)


def test_every_link_in_the_contents_leads_to_its_heading():
    html = render_html(plan())
    targets = re.findall(r'href="#([^"]+)"', html)
    assert len(targets) == 7
    assert all(f'id="{target}"' in html for target in targets)


def test_a_table_says_what_each_cell_belongs_to():
    html = render_html(plan())
    assert '<th scope="col" class="document-end">Beløp</th>' in html
    assert '<th scope="rowgroup" colspan="3">Arbeid</th>' in html
    assert '<th scope="row">Ungdom i arbeid</th>' in html
    assert html.count("<tbody>") == 5
    name = re.search(r'role="group" aria-labelledby="([^"]+)" tabindex="0"', html)
    assert name
    assert f'<caption id="{name[1]}">' in html


def test_a_figure_links_to_its_record_only_where_the_reader_may_see_it():
    table = Table(
        (Column("Tiltak"),), (Row.of(Cell("Sosionom", source="measure:1")), Row.of(Cell("Post", source="x")))
    )
    html = render_html(of(table), resolve={"measure:1": "/tiltak/1/?a=1&b=2"}.get)
    assert '<a href="/tiltak/1/?a=1&amp;b=2">Sosionom</a>' in html
    assert html.count("<a ") == 1
    assert "<a " not in render_html(of(table))


def test_the_page_needs_no_style_attribute_and_no_script():
    html = render_html(plan())
    assert "style=" not in html
    assert "<script" not in html


@pytest.mark.parametrize("field", ["title", "issuer", "subtitle", "mark", "number", "issued"])
def test_markup_in_a_cover_field_is_escaped(field):
    fields = {"title": "Tittel", "language": "nb", "blocks": (), field: '<b onclick="x">&'}
    assert "&lt;b onclick=&quot;x&quot;&gt;&amp;" in render_standalone_html(Document(**fields))
    assert "<b " not in render_standalone_html(Document(**fields))


def test_a_picture_is_shown_as_an_image_so_that_scripts_in_it_stay_dead():
    html = render_html(of(Figure(SVG, "image/svg+xml", 'Et "bilde"', "Bildet", 0.5)))
    assert re.search(
        r'<img class="document-width-2" src="data:image/svg\+xml;base64,[^"]+" alt="Et &quot;bilde&quot;">', html
    )


def test_chapters_can_be_had_one_by_one_with_the_numbers_of_the_whole():
    document = plan()
    sections = render_sections(document, heading_offset=1)
    assert [section.title for section in sections] == ["", "Innledning", "1 Handlingsdel", "2 Budsjett"]
    assert [section.anchor for section in sections] == ["", "innledning", "handlingsdel", "budsjett"]
    together = [word for section in sections for word in words(html_text(section.html))]
    assert together == words(html_text(render_html(document, cover=False)))


def test_fixed_words_follow_the_document_and_not_the_reader():
    with translation.override("nn"):
        of_document = gettext("Contents")
    with translation.override("en"):
        in_english = render_html(plan(language="nn"))
    with translation.override("nb"):
        assert render_html(plan(language="nn")) == in_english
    assert f">{of_document}<" in in_english


def test_the_issue_date_is_written_out_and_a_text_is_left_as_it_is():
    def cover(issued):
        return html_text(render_html(Document("T", "nb", (), issued=issued)))

    assert "10. februar 2026" in cover("2026-02-10")
    assert "våren 2026" in cover("våren 2026")


def test_the_file_stands_alone():
    html = render_standalone_html(plan())
    assert html.startswith("<!DOCTYPE html>")
    assert '<html lang="nb">' in html
    assert "<title>Handlingsplan og budsjett 2026 – Indre Østfold kommune</title>" in html
    assert ".document-table" in html
    assert not re.findall(r'(?:src|href)="(?!data:|#)', html)


def test_a_line_break_in_typed_text_is_kept():
    assert "<p>Først<br>så</p>" in render_html(of(Paragraph.of("Først\nså")))
