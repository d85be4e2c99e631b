import io
import re

import pdfplumber
import pytest
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from samloft.core.documents.blocks import (
    Column,
    Contents,
    Document,
    DocumentError,
    Figure,
    Heading,
    Paragraph,
    Row,
    Table,
)
from samloft.core.documents.font_coverage import covered
from samloft.core.documents.pdf import compile_pdf, render_pdf, shown, typst_data
from tests.core.documents.plan import SVG, kroner, plan
from tests.core.documents.reading import pdf_text


def of(*blocks, **fields):
    return Document("Tittel", "nb", tuple(blocks), **fields)


def read(file):
    return PdfReader(io.BytesIO(file))


def tags(reader):
    """Every tag of the file, in reading order."""
    found = []

    def walk(node):
        node = node.get_object() if isinstance(node, IndirectObject) else node
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append((node["/S"], node))
            if "/K" in node:
                walk(node["/K"])

    walk(reader.trailer["/Root"]["/StructTreeRoot"])
    return found


def outside_the_paper(file):
    """The letters that stand outside the text area of their page."""
    strays = []
    with pdfplumber.open(io.BytesIO(file)) as pdf:
        for page in pdf.pages:
            left, right = 70, float(page.width) - 70
            strays += [
                c["text"]
                for c in page.chars
                if c["x0"] < left - 1 or c["x1"] > right + 1 or c["bottom"] > page.height
            ]
    return strays


@pytest.mark.parametrize(("language", "tag"), [("nb", "nb-NO"), ("nn", "nn-NO")])
def test_the_file_tells_screen_readers_its_language_title_and_that_it_is_tagged(language, tag):
    reader = read(render_pdf(plan(language=language)))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == tag
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "Handlingsplan og budsjett 2026"
    assert reader.metadata.author == "Indre Østfold kommune"
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_headings_lists_tables_and_pictures_have_their_tags():
    found = tags(read(render_pdf(plan())))
    names = [name for name, _ in found]
    assert {"/Title", "/H1", "/H2", "/H3", "/P", "/L", "/LI", "/Table", "/THead", "/TH", "/TD", "/TOC"} <= set(
        names
    )
    assert names.count("/H3") == 16
    assert [node["/Alt"] for name, node in found if name == "/Figure"] == [
        "Kommunens våpen",
        "En søyle som når to tredeler av bredden.",
    ]


def test_bookmarks_follow_the_headings():
    reader = read(render_pdf(plan()))
    assert [mark.title for mark in reader.outline if not isinstance(mark, list)] == [
        "Innledning",
        "1 Handlingsdel",
        "2 Budsjett",
    ]


def test_the_contents_tell_the_page_of_each_chapter():
    reader = read(render_pdf(plan()))
    pages = [page.extract_text() for page in reader.pages]
    page_of_budget = next(place for place, text in enumerate(pages, 1) if "Til sammen 7" in text)
    line = next(line for line in pages[1].splitlines() if line.startswith("2 Budsjett"))
    assert line.split()[-1] == str(page_of_budget)


def test_each_page_but_the_cover_tells_its_number_of_how_many():
    pages = [page.extract_text() for page in read(render_pdf(plan())).pages]
    found = [re.findall(rf"\b(\d+) (?:av|of) {len(pages)}\b", page) for page in pages]
    assert found == [[], *([str(number)] for number in range(2, len(pages) + 1))]


def test_a_draft_says_so_on_the_cover_and_on_every_page_and_an_adopted_plan_nowhere():
    assert all("Utkast" in page.extract_text() for page in read(render_pdf(plan())).pages)
    assert not any("Utkast" in page.extract_text() for page in read(render_pdf(plan(mark=""))).pages)


def test_a_table_over_many_pages_repeats_its_header_and_keeps_inside_the_page():
    rows = tuple(Row.of(f"Tiltak {number}", kroner(number * 1000)) for number in range(1, 1001))
    file = render_pdf(of(Heading(1, "Budsjett"), Table((Column("Tiltakets navn"), Column("Beløp", "end")), rows)))
    pages = [page.extract_text() for page in read(file).pages][1:]
    assert len(pages) > 10
    assert all("Tiltakets navn" in page for page in pages)
    assert pdf_text(file).count("Tiltakets navn") == 1  # for the ear, the repeats are not there
    assert outside_the_paper(file) == []


def test_long_words_and_many_amounts_keep_inside_the_page():
    months = tuple(Column(f"{month}. måned", "end") for month in range(1, 13))
    file = render_pdf(
        of(
            Table((Column("Tiltak"), *months), (Row.of("Sosionom på helsestasjonen", *[kroner(1_250_000)] * 12),)),
            Table(
                (Column("Tiltak"), Column("Adresse"), Column("Beløp", "end")),
                (Row.of("x" * 300, "https://eksempel.no/" + "sti/" * 40, kroner(7_795_000)),),
            ),
            Paragraph.of("å" * 400),
            title_words := Heading(
                1, "Områdesatsingsprogramhandlingsplanleggingsarbeidskoordinatorstillingsbeskrivelse"
            ),
            Table((Column("Tiltak"),), (Row.of("ord " * 3000),)),
        )
    )
    assert outside_the_paper(file) == []
    assert title_words.text[:20] in pdf_text(file)


def test_amounts_stand_flush_right_below_each_other():
    rows = tuple(Row.of(f"Linje {amount}", kroner(amount)) for amount in (5_000, 120_000, 7_795_000))
    file = render_pdf(of(Table((Column("Tiltak"), Column("Beløp", "end")), rows)))
    with pdfplumber.open(io.BytesIO(file)) as pdf:
        ends = [round(word["x1"], 1) for word in pdf.pages[1].extract_words() if word["text"].endswith("kr")]
    assert len(ends) == 3
    assert len(set(ends)) == 1


def test_letters_without_a_shape_become_squares_and_stop_nothing():
    document = of(
        Heading(1, "🙂 og æøå"),
        Paragraph.of("日本 \u200b\ufeff مرحبا 👩\u200d👧 ﬁ á a\u0301\u0301"),
        issuer="🙂",
        mark="🙂",
    )
    text = pdf_text(render_pdf(document))
    assert "□ og æøå" in text
    assert shown("👩\u200d👧 ﬁne 🙂\ufe0f") == "□□ fine □"


def test_the_shipped_fonts_cover_what_norwegian_and_sami_text_needs():
    assert {ord(letter) for letter in "æøåÆØÅéèêóòôäöüáčđŋšŧžÁČĐŊŠŦŽ«»–—…§€½²•→−\u00a0□"} <= covered()


def test_a_picture_without_words_is_refused_by_typst_too():
    data, pictures = typst_data(plan())
    figure = next(block for block in data["blocks"] if block["type"] == "figure")
    figure["alt"] = ""
    with pytest.raises(DocumentError, match="alt"):
        compile_pdf(data, pictures)


def test_a_picture_that_cannot_be_read_is_refused():
    with pytest.raises(DocumentError, match="could not be made"):
        render_pdf(of(Figure(b"no picture", "image/png", "Et bilde")))


def test_a_document_with_a_cover_only_is_one_page():
    assert len(read(render_pdf(of())).pages) == 1
    assert len(read(render_pdf(of(Contents()))).pages) == 2


def test_the_date_of_the_file_is_the_issue_date_or_none():
    assert read(render_pdf(plan())).metadata["/CreationDate"].startswith("D:20260210")
    assert "/CreationDate" not in read(render_pdf(of())).metadata


@pytest.mark.parametrize("address", ["secret.svg", "/secret.svg", "../fonts/secret.svg", "{folder}/secret.svg"])
def test_a_picture_that_asks_for_another_file_is_refused(tmp_path, monkeypatch, address):
    (tmp_path / "secret.svg").write_bytes(SVG)
    monkeypatch.chdir(tmp_path)
    link = f'<image href="{address.format(folder=tmp_path)}" width="300" height="100"/>'
    asking = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100">{link}</svg>'.encode()
    with pytest.raises(DocumentError, match="linked image"):
        render_pdf(of(Figure(asking, "image/svg+xml", "Et bilde")))
