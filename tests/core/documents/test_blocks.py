import pytest

from samloft.core.documents.blocks import (
    BulletList,
    Column,
    Contents,
    Document,
    DocumentError,
    Figure,
    Heading,
    Logo,
    Paragraph,
    Row,
    Run,
    Table,
)
from samloft.core.documents.outline import outline
from samloft.core.documents.plain_text import paragraphs_from_text, readable
from tests.core.documents.plan import SVG


def of(*blocks, **fields):
    return Document("Tittel", "nb", tuple(blocks), **fields)


def test_a_heading_that_skips_a_level_is_refused_with_its_words():
    with pytest.raises(DocumentError, match="'Underpunkt' jumps from level 1 to 3"):
        of(Heading(1, "Kapittel"), Heading(3, "Underpunkt"))


def test_the_first_heading_is_a_chapter():
    with pytest.raises(DocumentError, match="level 0 to 2"):
        of(Heading(2, "Kapittel"))


def test_headings_may_climb_any_number_of_levels():
    of(Heading(1, "A"), Heading(2, "B"), Heading(3, "C"), Heading(1, "D"))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Document(" ", "nb", ()), "title"),
        (lambda: Document("Tittel", "no", ()), "nb or nn"),
        (lambda: of(Heading(1, "")), "no text"),
        (lambda: of(Heading(1, "A", anchor="x"), Heading(1, "B", anchor="x")), "used twice"),
        (lambda: of(Figure(SVG, "image/svg+xml", " ")), "alternative text"),
        (lambda: of(Figure(b"", "image/png", "Et bilde")), "empty"),
        (lambda: of(Figure(SVG, "image/gif", "Et bilde")), "image/gif"),
        (lambda: of(Figure(SVG, "image/svg+xml", "Et bilde", width=0)), "width"),
        (lambda: of(logo=Logo(SVG, "image/svg+xml", "")), "alternative text"),
        (lambda: of(Table((), ())), "no columns"),
        (lambda: of(Table((Column("A"), Column(" ")), ())), "without a header"),
        (lambda: of(Table((Column("A"), Column("B")), (Row.of("bare én"),))), "2 columns and a row of 1"),
    ],
)
def test_what_cannot_be_rendered_well_is_refused_at_once(make, message):
    with pytest.raises(DocumentError, match=message):
        make()


def test_headings_are_counted_by_level_and_some_keep_out_of_it():
    document = of(
        Heading(1, "Innledning", numbered=False),
        Heading(2, "Bakgrunn"),
        Heading(1, "Tiltak"),
        Heading(2, "Arbeid"),
        Heading(2, "Bomiljø"),
        Heading(3, "Nabolagstorg"),
        Heading(1, "Budsjett"),
        Heading(2, "Kilder"),
        numbered=True,
    )
    assert [entry.words for entry in outline(document).headings.values()] == [
        "Innledning",
        "Bakgrunn",
        "1 Tiltak",
        "1.1 Arbeid",
        "1.2 Bomiljø",
        "1.2.1 Nabolagstorg",
        "2 Budsjett",
        "2.1 Kilder",
    ]


def test_headings_with_the_same_words_get_anchors_of_their_own():
    document = of(Heading(1, "Budsjett"), Heading(1, "Budsjett"), Heading(1, "Økonomi", anchor="budsjett-2"))
    assert [entry.anchor for entry in outline(document).headings.values()] == [
        "budsjett",
        "budsjett-3",
        "budsjett-2",
    ]


def test_only_tables_with_a_caption_are_counted():
    bare, captioned = Table((Column("A"),), ()), Table((Column("A"),), (), caption="Budsjett")
    assert outline(of(bare, captioned, Contents(), captioned)).captions == {1: 1, 3: 2}


def test_typed_text_becomes_paragraphs_and_bullets():
    assert paragraphs_from_text("Først.\r\n\r\n\r\nSå dette:\n- én ting\n- en til\nOg slutt\nher.\n") == (
        Paragraph((Run("Først."),)),
        Paragraph((Run("Så dette:"),)),
        BulletList(((Run("én ting"),), (Run("en til"),))),
        Paragraph((Run("Og slutt\nher."),)),
    )


@pytest.mark.parametrize("nothing", ["", " \n\n \t\n", "\x00"])
def test_typed_nothing_becomes_no_block(nothing):
    assert paragraphs_from_text(nothing) == ()


def test_a_hyphen_inside_a_line_is_no_bullet():
    assert paragraphs_from_text("-5 grader\n2024-2028") == (Paragraph((Run("-5 grader\n2024-2028"),)),)


def test_an_amount_is_never_parted_from_its_digits_or_unit():
    assert readable("Til sammen 7 795 000 kr i 2026 200 ganger") == (
        "Til sammen 7\u00a0795\u00a0000\u00a0kr i 2026 200 ganger"
    )
    assert readable("25 % av 1 300 000,50 kr") == "25\u00a0% av 1\u00a0300\u00a0000,50\u00a0kr"


def test_characters_that_a_file_cannot_hold_are_left_out():
    assert readable("a\x00b\x0bc\ufffed\ud800e\u202ef") == "abcdef"
    assert readable("bla\u030abær") == "blåbær"
