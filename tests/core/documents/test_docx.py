import io
import zipfile

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from samloft.core.documents.blocks import (
    Column,
    Document,
    DocumentError,
    Figure,
    Heading,
    NumberedList,
    PageBreak,
    Paragraph,
    Row,
    Table,
)
from samloft.core.documents.docx import render_docx
from tests.core.documents.plan import kroner, plan


def of(*blocks, **fields):
    return Document("Tittel", "nb", tuple(blocks), **fields)


def read(document):
    return docx.Document(io.BytesIO(render_docx(document)))


def instructions(root):
    return [code.text.strip() for code in root.iter(qn("w:instrText"))]


def test_headings_are_word_headings_so_that_its_navigation_pane_works():
    file = read(plan())
    headings = [(p.style.name, p.text) for p in file.paragraphs if p.style.name.startswith("Heading")]
    assert headings[:3] == [
        ("Heading 1", "Innledning"),
        ("Heading 1", "1 Handlingsdel"),
        ("Heading 2", "1.1 Oppvekst og utdanning"),
    ]
    assert sum(name == "Heading 3" for name, _ in headings) == 16


def test_the_contents_are_words_own_field_and_already_filled_with_links_to_the_headings():
    body = read(plan()).element.body
    frame = next(body.iter(qn("w:sdt")))
    assert instructions(frame) == ['TOC \\o "1-2" \\h \\z \\u']
    links = list(frame.iter(qn("w:hyperlink")))
    assert "1.2 Arbeid" in ["".join(words.text for words in link.iter(qn("w:t"))) for link in links]
    marks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    assert {link.get(qn("w:anchor")) for link in links} <= marks


def test_opening_the_file_asks_no_question_about_fields():
    settings = read(plan()).settings.element
    assert settings.find(qn("w:updateFields")) is None


@pytest.mark.parametrize(("language", "tag"), [("nb", "nb-NO"), ("nn", "nn-NO")])
def test_spelling_is_checked_in_the_documents_language(language, tag):
    file = read(plan(language=language))
    assert {mark.get(qn("w:val")) for mark in file.styles.element.iter(qn("w:lang"))} == {tag}
    assert file.core_properties.language == tag


def test_the_file_names_the_issuer_and_no_person():
    properties = read(plan()).core_properties
    assert properties.title == "Handlingsplan og budsjett 2026"
    assert properties.author == properties.last_modified_by == "Indre Østfold kommune"
    assert properties.comments == ""
    assert properties.created.date().isoformat() == "2026-02-10"


def test_a_file_without_issue_date_claims_none():
    core = zipfile.ZipFile(io.BytesIO(render_docx(of()))).read("docProps/core.xml").decode()
    assert "created" not in core
    assert "modified" not in core


def test_the_header_row_repeats_and_no_row_is_torn():
    table = read(plan()).tables[0]
    first = table.rows[0]._tr
    assert first.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_amounts_stand_to_the_right_and_never_break():
    table = read(plan()).tables[0]
    total = table.rows[-1].cells[-1].paragraphs[0]
    assert total.text == "7\u00a0795\u00a0000\u00a0kr"
    assert total.alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert total.runs[0].bold


def test_a_group_spans_its_table_and_stays_with_its_rows():
    table = read(plan()).tables[0]
    group = table.rows[1]
    assert {cell.text for cell in group.cells} == {"Oppvekst og utdanning"}
    assert group.cells[0].paragraphs[0].paragraph_format.keep_with_next


def test_columns_are_as_wide_as_their_text_asks_and_fill_the_line():
    grid = read(plan()).tables[0]._tbl.tblGrid
    widths = [int(column.get(qn("w:w"))) for column in grid]
    assert widths[0] > widths[1] > 0
    assert 9000 < sum(widths) <= 9072


def test_two_tables_in_a_row_stay_two():
    table = Table((Column("A"),), (Row.of("1"),))
    assert len(read(of(table, table)).tables) == 2
    body = [child.tag for child in read(of(table, table)).element.body]
    first = body.index(qn("w:tbl"))
    assert body[first + 1] == qn("w:p")


def test_captions_are_counted_by_word():
    body = read(plan()).element.body
    assert "SEQ Table \\* ARABIC" in instructions(body)
    assert "SEQ Figure \\* ARABIC" in instructions(body)


def test_every_picture_has_its_words():
    body = read(plan()).element.body
    assert [shape.get("descr") for shape in body.iter(qn("wp:docPr"))] == [
        "Kommunens våpen",
        "En søyle som når to tredeler av bredden.",
    ]


def test_a_second_numbered_list_begins_at_one():
    items = NumberedList.of("én", "to")
    file = read(of(items, Paragraph.of("mellom"), items))
    lists = {p._p.pPr.numPr.numId.val for p in file.paragraphs if p.style.name == "List Number"}
    numbering = file.part.numbering_part.element
    assert len(lists) == 2
    assert all(numbering.num_having_numId(one).find(qn("w:lvlOverride")) is not None for one in lists)


def test_pages_are_numbered_by_fields_and_the_cover_bears_none():
    section = read(plan()).sections[0]
    assert instructions(section.footer._element) == ["PAGE", "NUMPAGES"]
    assert section.different_first_page_header_footer
    assert section.first_page_footer.is_linked_to_previous
    assert "Utkast" in section.header.paragraphs[0].text


def test_a_page_break_is_a_property_of_what_follows_and_no_empty_line():
    file = read(of(Paragraph.of("før"), PageBreak(), Heading(1, "Etter")))
    assert next(p for p in file.paragraphs if p.text == "Etter").paragraph_format.page_break_before
    assert all(p.text for p in file.paragraphs)


def test_a_table_of_twelve_months_lies_down_and_the_text_after_it_stands_up():
    months = tuple(Column(str(month), "end") for month in range(1, 13))
    table = Table((Column("Tiltak"), *months), (Row.of("Sosionom", *[kroner(1_250_000)] * 12),))
    sections = read(of(Heading(1, "Før"), table, Paragraph.of("etter"))).sections
    assert [section.orientation for section in sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]


def test_characters_that_xml_refuses_do_not_stop_the_file():
    file = read(of(Paragraph.of("a\x00b\x1f\ud800c 🙂"), title_mark := Heading(1, "H\x0b"), mark="\x01Utkast"))
    assert "abc 🙂" in [p.text for p in file.paragraphs]
    assert title_mark.text.strip("\x0b") in [p.text for p in file.paragraphs]


def test_a_picture_that_cannot_be_read_is_refused():
    with pytest.raises(DocumentError, match="image/png"):
        render_docx(of(Figure(b"no picture", "image/png", "Et bilde")))
    with pytest.raises(DocumentError, match="picture"):
        render_docx(of(Figure(b"<svg", "image/svg+xml", "Et bilde")))


def test_a_large_plan_is_a_small_file():
    assert len(render_docx(plan(times=5))) < 100_000
