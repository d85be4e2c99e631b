"""Makes the PDF files of this folder with LibreOffice, from plans written here.

Run from the top of the repository when a plan below changes:
    .venv/bin/python tests/plans/reading/files/make_pdfs.py
"""

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import docx
import openpyxl
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

HERE = Path(__file__).parent
LONG = "Trygghet og trivsel i sentrum – møteplasser for barn, unge og familier gjennom hele året, ute og inne"


def table(
    document: Any, rows: Sequence[Sequence[str]], *, style: str | None = "Table Grid", bold_last: bool = True
) -> Any:
    made = document.add_table(rows=0, cols=len(rows[0]))
    if style:
        made.style = style
    for number, row in enumerate(rows):
        for cell, text in zip(made.add_row().cells, row, strict=True):
            cell.text = ""
            cell.paragraphs[0].add_run(text).bold = number == 0 or (bold_last and number == len(rows) - 1)
    return made


def repeat_header(made: Any) -> None:
    properties = made.rows[0]._tr.get_or_add_trPr()
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    properties.append(mark)


def page_numbers(document: Any) -> None:
    document.sections[0].header.paragraphs[0].text = "Solvika kommune – handlingsplan 2026"
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.add_run("Side ")
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = paragraph.add_run()
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


def whole_plan(document: Any) -> None:
    page_numbers(document)
    document.add_heading("Handlingsplan 2026 for Solvika", 0)
    document.add_heading("1 Innledning", 1)
    document.add_paragraph("Planen samler det vi vil gjøre i området i år, og hva det koster.")
    document.add_heading("2 Tiltak", 1)
    for heading, texts in {
        "2.1 Oppvekst": (
            ("Leksehjelp på biblioteket", " holder åpent to ettermiddager i uka."),
            ("Åpen barnehage", " starter etter sommeren."),
        ),
        "2.2 Arbeid": (
            ("Sommerjobb", " gir tretti ungdommer en første jobb."),
            ("Jobbklubben", " betales av andre."),
        ),
    }.items():
        document.add_heading(heading, 2)
        for lead, rest in texts:
            paragraph = document.add_paragraph()
            paragraph.add_run(lead).bold = True
            paragraph.add_run(rest)
    document.add_heading("3 Milepæler", 1)
    table(
        document, [["Milepæl", "Frist"], ["Oppstart", "01.02.2026"], ["Evaluering", "30.11.2026"]], bold_last=False
    )
    document.add_page_break()
    document.add_heading("4 Budsjett 2026", 1)
    made = table(
        document,
        [
            ["Tiltak", "Økonomi"],
            ["Leksehjelp", "Kr. 300.000"],
            ["Åpen barnehage", "Kr. 1.300.000"],
            ["Sommerjobb", "Kr. 200.000,-"],
            [LONG, "Kr. 125.000"],
            ["Totalt", "Kr. 1. 925 000"],
        ],
    )
    mark = made.cell(1, 0).paragraphs[0].add_run("1")
    mark.font.superscript = True
    document.add_paragraph("Tabell 1. Tilskudd fra Kommunal- og distriktsdepartementet fordelt på tiltak.")
    document.add_paragraph("1 Lønn til en lærer.")


def many_rows() -> list[list[str]]:
    names = [f"Tiltak {chr(65 + i % 26)}{i + 1} i nærmiljøet" if i % 7 else f"{LONG} {i + 1}" for i in range(70)]
    amounts = [10_000 * (i + 1) for i in range(70)]
    rows = [[name, f"{amount:,}".replace(",", " ")] for name, amount in zip(names, amounts, strict=True)]
    return [["Tiltak", "Budsjett 2026"], *rows, ["Totalt", f"{sum(amounts):,}".replace(",", " ")]]


def torn_with_header(document: Any) -> None:
    page_numbers(document)
    document.add_heading("Budsjett 2026", 1)
    repeat_header(table(document, many_rows()))


def torn_without_header(document: Any) -> None:
    document.add_heading("Budsjett 2026", 1)
    made = table(document, many_rows())
    for row in made.rows:
        row.cells[0].width, row.cells[1].width = Cm(6), Cm(4)


def torn_without_rules(document: Any) -> None:
    page_numbers(document)
    document.add_heading("Budsjett 2026", 1)
    made = table(document, many_rows(), style=None)
    for row in made.rows:
        row.cells[0].width, row.cells[1].width = Cm(11), Cm(4)


SOURCES = [
    ["Innsatsområde", "Tiltak", "Tilskudd KDD", "Overført fra 2025", "Kommunen", "Sum"],
    ["Oppvekst", "Leksehjelp", "300 000", "50 000", "-", "350 000"],
    ["", "Åpen barnehage", "1 000 000", "", "300 000", "1 300 000"],
    ["Arbeid", "Sommerjobb", "200 000", "", "", "200 000"],
    ["Totalt", "", "1 500 000", "50 000", "300 000", "1 850 000"],
]


def merged_sources(document: Any) -> None:
    document.add_heading("Budsjett 2026", 1)
    made = table(document, SOURCES)
    made.cell(1, 0).merge(made.cell(2, 0))
    made.cell(4, 0).merge(made.cell(4, 1))


def sources_without_rules(document: Any) -> None:
    document.add_heading("Budsjett 2026", 1)
    table(document, SOURCES, style=None)


def sheet(book: Any) -> None:
    page = book.active
    page.title = "Budsjett 2026"
    for row in [
        ["Solvika kommune"],
        ["Budsjett områdeløft 2026"],
        [],
        ["Tiltak", "Beløp (1000 kr)"],
        ["Leksehjelp", 300],
        ["Åpen barnehage", 1300],
        ["Sum", 1600],
    ]:
        page.append(row)
    page.column_dimensions["A"].width = 40
    for row in page.iter_rows(min_row=4):
        for cell in row:
            cell.number_format = "0"


WORD: dict[str, Callable[[Any], None]] = {
    "whole_plan": whole_plan,
    "torn_with_header": torn_with_header,
    "torn_without_header": torn_without_header,
    "torn_without_rules": torn_without_rules,
    "merged_sources": merged_sources,
    "sources_without_rules": sources_without_rules,
}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, fill in WORD.items():
            document = docx.Document()
            fill(document)
            document.save(str(Path(folder) / f"{name}.docx"))
        book = openpyxl.Workbook()
        sheet(book)
        book.save(Path(folder) / "sheet.xlsx")
        soffice = shutil.which("soffice")
        if soffice is None:
            raise SystemExit("LibreOffice is missing: apt-get install libreoffice-writer libreoffice-calc")
        files = sorted(str(file) for file in Path(folder).iterdir())
        subprocess.run(
            [
                soffice,
                f"-env:UserInstallation=file://{folder}/profile",
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
                str(HERE),
                *files,
            ],
            check=True,
        )


if __name__ == "__main__":
    main()
