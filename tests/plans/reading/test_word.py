"""Word documents with what Word puts in them: styles, merged cells, tracked changes, controls, boxes, notes."""

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import docx
import pytest

from tests.plans.reading.plans import Told, told

TWO = [("Leksehjelp", 300_000), ("Parkløft", 400_000)]
ROWS = [["Tiltak", "Beløp"], ["Leksehjelp", "300 000"], ["Parkløft", "400 000"], ["Totalt", "700 000"]]
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def add_table(document: Any, rows: Sequence[Sequence[str]] = ROWS) -> Any:
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    return table


def written(fill: Callable[[Any], None], change: Callable[[str], str] | None = None) -> bytes:
    document = docx.Document()
    fill(document)
    out = io.BytesIO()
    document.save(out)
    if change is None:
        return out.getvalue()
    changed = io.BytesIO()
    with zipfile.ZipFile(out) as source, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, change(content.decode()).encode() if name == "word/document.xml" else content)
    return changed.getvalue()


def read(fill: Callable[[Any], None], change: Callable[[str], str] | None = None) -> Told:
    return told(written(fill, change), "plan.docx")


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def test_a_table_gives_its_lines_with_their_table_row() -> None:
    plan = read(add_table)
    assert (plan.lines, plan.rows, plan.stated, plan.problems) == (TWO, [2, 3], 700_000, [])


def test_headings_and_bold_words_tell_the_focus_areas() -> None:
    def fill(document: Any) -> None:
        document.add_heading("Handlingsplan 2026", 0)
        for heading, name in (("2.1 Oppvekst", "Leksehjelp på biblioteket"), ("2.2 Uterom", "Parkløft")):
            document.add_heading(heading, 2)
            paragraph = document.add_paragraph()
            paragraph.add_run(name).bold = True
            paragraph.add_run(" er i gang.")
        document.add_heading("3 Budsjett 2026", 1)
        add_table(document)

    assert read(fill).areas == ["Oppvekst", "Uterom"]


def test_norwegian_style_names_are_headings_too() -> None:
    def fill(document: Any) -> None:
        for heading, rows in (
            ("Oppvekst", ROWS[:2]),
            ("Arbeid", [ROWS[0], ["Sommerjobb", "5 000"], ["Kafé", "6 000"]]),
        ):
            style = f"Overskrift {1}"
            if style not in [one.name for one in document.styles]:
                document.styles.add_style(style, 1)
            document.add_paragraph(heading, style=style)
            add_table(document, rows)

    assert read(fill).by_area == {"Leksehjelp": "Oppvekst", "Sommerjobb": "Arbeid", "Kafé": "Arbeid"}


def test_merged_cells_hold_for_the_rows_and_columns_they_cover() -> None:
    def fill(document: Any) -> None:
        table = add_table(
            document,
            [
                ["Område", "Tiltak", "KDD", "Kommunen"],
                ["Oppvekst", "Leksehjelp", "300 000", "-"],
                ["", "Parkløft", "300 000", "100 000"],
                ["Arbeid", "Kafé", "5 000", ""],
                ["Totalt", "", "605 000", "100 000"],
            ],
        )
        table.cell(1, 0).merge(table.cell(2, 0))
        table.cell(4, 0).merge(table.cell(4, 1))

    plan = read(fill)
    assert plan.areas == ["Oppvekst", "Oppvekst", "Oppvekst", "Arbeid"]
    assert (plan.sum, plan.stated, plan.problems) == (705_000, 705_000, [])


def test_a_heading_merged_over_the_whole_row_opens_its_area() -> None:
    def fill(document: Any) -> None:
        table = add_table(
            document,
            [["Tiltak", "Beløp"], ["Oppvekst", ""], ["Leksehjelp", "300 000"], ["Arbeid", ""], ["Kafé", "5 000"]],
        )
        for row in (1, 3):
            table.cell(row, 0).merge(table.cell(row, 1))

    assert read(fill).by_area == {"Leksehjelp": "Oppvekst", "Kafé": "Arbeid"}


def test_deleted_text_is_gone_and_inserted_text_is_there() -> None:
    def track(xml: str) -> str:
        old = '<w:del w:id="1" w:author="x"><w:r><w:delText>250 000</w:delText></w:r></w:del>'
        new = f'<w:ins w:id="2" w:author="x">{run("300 000")}</w:ins>'
        return re.sub(r"<w:r><w:t>300 000</w:t></w:r>", old + new, xml)

    assert read(add_table, track).lines == TWO


def test_a_deleted_row_is_no_row() -> None:
    def track(xml: str) -> str:
        cells = "".join(f"<w:tc><w:p>{run(text)}</w:p></w:tc>" for text in ("Gammelt", "99 000"))
        row = f'<w:tr><w:trPr><w:del w:id="1" w:author="x"/></w:trPr>{cells}</w:tr>'
        return xml.replace("</w:tbl>", row + "</w:tbl>")

    plan = read(add_table, track)
    assert (plan.lines, plan.problems) == (TWO, [])


def test_text_in_content_controls_is_read() -> None:
    def control(xml: str) -> str:
        inner = re.sub(r"(<w:r><w:t>Parkløft</w:t></w:r>)", r"<w:sdt><w:sdtContent>\1</w:sdtContent></w:sdt>", xml)
        return re.sub(r"(<w:tbl>.*</w:tbl>)", r"<w:sdt><w:sdtContent>\1</w:sdtContent></w:sdt>", inner, flags=re.S)

    assert read(add_table, control).lines == TWO


@pytest.mark.parametrize(
    "mark",
    [
        run("1", '<w:vertAlign w:val="superscript"/>'),
        '<w:r><w:footnoteReference w:id="2"/></w:r>',
        run("*"),
        run("²"),
    ],
)
def test_footnote_marks_are_no_part_of_the_name(mark: str) -> None:
    assert (
        read(
            add_table,
            lambda xml: xml.replace("<w:r><w:t>Parkløft</w:t></w:r>", f"<w:r><w:t>Parkløft</w:t></w:r>{mark}"),
        ).lines
        == TWO
    )


def test_digits_that_belong_to_the_name_stay() -> None:
    assert read(
        lambda d: add_table(d, [ROWS[0], ["0-24-samarbeidet", "1 000"], ["Parkløft trinn 2", "2 000"]])
    ).lines == [
        ("0-24-samarbeidet", 1_000),
        ("Parkløft trinn 2", 2_000),
    ]


def test_hidden_text_is_not_read_and_said_so() -> None:
    plan = read(
        add_table,
        lambda xml: xml.replace(
            "<w:r><w:t>Parkløft</w:t></w:r>", f"<w:r><w:t>Parkløft</w:t></w:r>{run(' hemmelig', '<w:vanish/>')}"
        ),
    )
    assert plan.lines == TWO
    assert any("idden text" in note for note in plan.notes)


def test_a_name_split_over_runs_and_paragraphs_is_one_name() -> None:
    def fill(document: Any) -> None:
        table = add_table(document)
        cell = table.cell(2, 0)
        cell.text = ""
        cell.paragraphs[0].add_run("Park")
        cell.paragraphs[0].add_run("løft").italic = True
        cell.add_paragraph("ved elva")

    assert read(fill).lines[1] == ("Parkløft ved elva", 400_000)


def test_a_table_inside_a_frame_table_is_read() -> None:
    def fill(document: Any) -> None:
        frame = document.add_table(rows=1, cols=1).cell(0, 0)
        inner = frame.add_table(rows=0, cols=2)
        for row in ROWS:
            for cell, text in zip(inner.add_row().cells, row, strict=True):
                cell.text = text

    assert read(fill).lines == TWO


def test_a_table_in_a_text_box_is_read_once() -> None:
    def box(xml: str) -> str:
        table = re.search(r"<w:tbl>.*</w:tbl>", xml, re.S)
        assert table
        box = f"<w:txbxContent>{table[0]}<w:p/></w:txbxContent>"
        choice = f'<mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        fallback = f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        content = '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        return xml.replace(table[0], f"<w:p><w:r>{content}{choice}{fallback}</mc:AlternateContent></w:r></w:p>")

    plan = read(add_table, box)
    assert (plan.lines, plan.problems) == (TWO, [])


def test_a_list_of_amounts_is_read() -> None:
    def fill(document: Any) -> None:
        document.add_heading("Budsjett 2026", 1)
        for text in ("Leksehjelp: 300 000 kr", "Parkløft: kr 400 000,-", "Sum: 700 000 kr"):
            document.add_paragraph(text, style="List Bullet")

    plan = read(fill)
    assert (plan.lines, plan.stated, plan.problems) == (TWO, 700_000, [])


def test_the_contents_and_other_tables_are_left() -> None:
    def fill(document: Any) -> None:
        document.add_heading("Handlingsplan 2026", 0)
        add_table(document, [["Milepæl", "Frist"], ["Oppstart", "01.02.2026"], ["Ferdig", "30.11.2026"]])
        document.add_heading("Bemanning", 1)
        add_table(document, [["Rolle", "Stillingsprosent"], ["Programleder", "100"], ["Koordinator", "50"]])
        document.add_heading("Budsjett", 1)
        add_table(document)

    plan = read(fill)
    assert (plan.lines, plan.problems) == (TWO, [])


def test_the_strict_form_of_the_format_is_read() -> None:
    def strict(xml: str) -> str:
        return xml.replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        )

    assert read(add_table, strict).lines == TWO
