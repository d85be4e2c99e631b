"""PDF files made by LibreOffice (in `files/`, by the script there) and by Typst (made here)."""

from pathlib import Path

import pytest
import typst
from pypdf import PdfWriter

from samloft.core.files.refusals import FileRefused
from tests.plans.reading.files.make_pdfs import LONG, many_rows
from tests.plans.reading.plans import Told, told

FILES = Path(__file__).parent / "files"
MANY = [(name, float(amount.replace(" ", ""))) for name, amount in many_rows()[1:-1]]
SOURCES = [
    ("Leksehjelp", "programme_grant", 300_000),
    ("Leksehjelp", "carry_over", 50_000),
    ("Åpen barnehage", "programme_grant", 1_000_000),
    ("Åpen barnehage", "municipality", 300_000),
    ("Sommerjobb", "programme_grant", 200_000),
]


def of_file(name: str) -> Told:
    return told((FILES / f"{name}.pdf").read_bytes(), f"{name}.pdf")


def of_typst(tmp_path: Path, source: str) -> Told:
    return told(compiled(tmp_path, source), "plan.pdf")


def compiled(tmp_path: Path, source: str) -> bytes:
    file = tmp_path / "plan.typ"
    file.write_text(f'#set page(paper: "a4", numbering: "1")\n#set text(lang: "nb")\n{source}')
    return typst.compile(str(file))


def test_a_whole_plan_from_libreoffice() -> None:
    plan = of_file("whole_plan")
    assert plan.lines == [
        ("Leksehjelp", 300_000),
        ("Åpen barnehage", 1_300_000),
        ("Sommerjobb", 200_000),
        (LONG, 125_000),
    ]
    assert plan.areas == ["Oppvekst", "Oppvekst", "Arbeid", None]
    assert (plan.stated, plan.problems, plan.rows) == (1_925_000, [], [2, 3, 4, 5])
    assert set(plan.sources) == {"programme_grant"}
    assert any("Jobbklubben" in note for note in plan.notes)


@pytest.mark.parametrize("name", ["torn_with_header", "torn_without_header", "torn_without_rules"])
def test_a_table_torn_over_pages_is_one_table(name: str) -> None:
    plan = of_file(name)
    assert plan.lines == MANY
    assert (plan.stated, plan.problems) == (sum(kroner for _name, kroner in MANY), [])


@pytest.mark.parametrize("name", ["merged_sources", "sources_without_rules"])
def test_columns_so_narrow_that_words_are_cut_are_read(name: str) -> None:
    plan = of_file(name)
    assert plan.by_source == SOURCES
    assert plan.areas == ["Oppvekst"] * 4 + ["Arbeid"]
    assert (plan.stated, plan.problems) == (1_850_000, [])


def test_a_printed_sheet_in_thousands() -> None:
    plan = of_file("sheet")
    assert (plan.lines, plan.stated, plan.problems) == (
        [("Leksehjelp", 300_000), ("Åpen barnehage", 1_300_000)],
        1_600_000,
        [],
    )


ROWS = [
    ("Leksehjelp på biblioteket", 300_000),
    (LONG, 1_200_000),
    ("Sommerjobb", 200_000),
    ("Evaluering", 125_000),
]


def budget(options: str, columns: str = "(1fr, auto)") -> str:
    body = "".join(
        f"[{name}], [{kroner // 1000} 000]," if kroner < 10**6 else f"[{name}], [1 200 000],"
        for name, kroner in ROWS
    )
    header = "table.header([*Tiltak*], [*Budsjett 2026*]),"
    return f"= Budsjett 2026\n#table(columns: {columns}, {options} {header} {body} [*Totalt*], [*1 825 000*])\n"


@pytest.mark.parametrize(
    ("options", "columns"),
    [
        ("", "(1fr, auto)"),
        ("stroke: none,", "(1fr, auto)"),
        ("stroke: (x: none),", "(1fr, auto)"),
        ("align: (left, right),", "(4cm, 3cm)"),
        ("stroke: none, align: (left, right),", "(4cm, 3cm)"),
        ("stroke: none, align: (left + horizon, right + horizon),", "(5cm, 3cm)"),
        ("stroke: none, align: (left + bottom, right + bottom),", "(5cm, 3cm)"),
        ("fill: (x, y) => if calc.odd(y) { luma(230) }, stroke: none,", "(1fr, auto)"),
    ],
    ids=["ruled", "no rules", "level rules", "narrow", "narrow, no rules", "centred", "at the bottom", "striped"],
)
def test_a_table_from_typst_in_every_dress(tmp_path: Path, options: str, columns: str) -> None:
    plan = of_typst(tmp_path, budget(options, columns))
    assert plan.lines == ROWS
    assert (plan.stated, plan.problems) == (1_825_000, [])


def test_raised_footnote_marks_are_no_part_of_the_name(tmp_path: Path) -> None:
    plan = of_typst(
        tmp_path,
        "#table(columns: 2, [Tiltak], [Beløp], [Leksehjelp#footnote[Gratis]], [300 000], "
        "[Parkløft trinn 2#super[2]], [400 000], [Sum], [700 000])",
    )
    assert plan.lines == [("Leksehjelp", 300_000), ("Parkløft trinn 2", 400_000)]
    assert plan.problems == []


def test_merged_cells_are_read(tmp_path: Path) -> None:
    plan = of_typst(
        tmp_path,
        "#table(columns: 4, [Innsatsområde], [Tiltak], [KDD], [Kommunen], "
        "table.cell(rowspan: 2)[Oppvekst], [Leksehjelp], [300 000], [100 000], [Åpen "
        "skole], [200 000], [-],"
        "[Arbeid], [Sommerjobb], [100 000], [50 000], table.cell(colspan: 2)[Totalt], [600 000], [150 000])",
    )
    assert plan.areas == ["Oppvekst", "Oppvekst", "Oppvekst", "Arbeid", "Arbeid"]
    assert (plan.sum, plan.stated, plan.problems) == (750_000, 750_000, [])


def test_a_list_of_amounts_is_read(tmp_path: Path) -> None:
    plan = of_typst(
        tmp_path, "= Budsjett 2026\n\n- Leksehjelp: 300 000 kr\n- Parkløft: 400 000 kr\n\nSum: 700 000 kr\n"
    )
    assert plan.lines == [("Leksehjelp", 300_000), ("Parkløft", 400_000)]
    assert (plan.stated, plan.problems) == (700_000, [])


def test_a_long_plan_is_read_closely_where_the_money_is(tmp_path: Path) -> None:
    text = "#for page in range(9) [#lorem(120) #pagebreak()]\n"
    plan = of_typst(tmp_path, "= Handlingsplan\n" + text + budget("") + text)
    assert plan.lines == ROWS
    assert (plan.stated, plan.problems) == (1_825_000, [])


def test_a_pdf_with_a_password_is_refused(tmp_path: Path) -> None:
    writer = PdfWriter()
    writer.append(str(FILES / "sheet.pdf"))
    writer.encrypt("hemmelig")
    target = tmp_path / "locked.pdf"
    writer.write(target)
    with pytest.raises(FileRefused, match="password"):
        told(target.read_bytes(), "plan.pdf")


def test_a_pdf_that_only_its_owner_may_change_is_read(tmp_path: Path) -> None:
    writer = PdfWriter()
    writer.append(str(FILES / "sheet.pdf"))
    writer.encrypt("", "eier")
    target = tmp_path / "owned.pdf"
    writer.write(target)
    assert len(told(target.read_bytes(), "plan.pdf").lines) == 2


def test_a_scanned_pdf_is_refused_saying_so(tmp_path: Path) -> None:
    from PIL import Image

    picture = tmp_path / "scan.pdf"
    Image.new("RGB", (600, 800), "white").save(picture, "PDF")
    with pytest.raises(FileRefused, match="pictures of pages"):
        told(picture.read_bytes(), "plan.pdf")


def test_an_empty_pdf_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="no text"):
        told(compiled(tmp_path, "#set page(numbering: none)\n"), "plan.pdf")
