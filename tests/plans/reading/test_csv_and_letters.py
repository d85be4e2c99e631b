"""CSV in its dialects, and text in the letters of old programs."""

import pytest

from samloft.core.files.refusals import FileRefused
from tests.plans.reading.plans import told

LINES = [("Leksehjelp", 300_000), ("Åpen skole på Østsida", 400_000)]
PLAN = "Tiltak;Beløp\nLeksehjelp;300 000\nÅpen skole på Østsida;400 000\nSum;700 000\n"
TEXT = (
    "# Budsjett for områdeløft på Østsida – 2026\n\n| Tiltak | Beløp |\n|---|---|\n| "
    "Leksehjelp | 300 000 |\n| Åpen skole på Østsida | 400 000 |\n| Sum | 700 000 |\n"
)


@pytest.mark.parametrize("name", ["b.csv", "b.txt", "b"])
@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16", "utf-16-le", "utf-16-be", "cp865", "mac_roman"],
)
def test_letters_of_every_program_are_read(name: str, encoding: str) -> None:
    read = told(PLAN.encode(encoding), name)
    assert (read.lines, read.stated, read.problems) == (LINES, 700_000, [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
def test_markdown_in_old_letters_is_read(encoding: str) -> None:
    assert told(TEXT.encode(encoding), "b.md").lines == LINES


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_in_every_way(end: str) -> None:
    assert told(PLAN.replace("\n", end), "b.csv").lines == LINES


@pytest.mark.parametrize(
    "text",
    [
        PLAN.replace(";", "\t"),
        PLAN.replace(";", ","),
        "sep=;\n" + PLAN,
        'Tiltak,Beløp\nLeksehjelp,"300 000"\n"Åpen skole på Østsida","400 000,00"\nSum,"700 000,00"\n',
        '"Tiltak";"Beløp"\n"Leksehjelp";"300 000"\n"Åpen skole\npå Østsida";"400 000"\n"Sum";"700 000"\n',
        "Tiltak;Beløp;\nLeksehjelp;kr 300 000,00;\nÅpen skole på Østsida; 400 000 ;\nSum;700000;\n;;\n",
    ],
    ids=["tab", "comma", "sep line", "quoted", "quoted line break", "trailing"],
)
def test_every_dialect_is_read(text: str) -> None:
    read = told(text, "b.csv")
    assert (read.lines, read.stated, read.problems) == (LINES, 700_000, [])


def test_rows_are_numbered_by_the_line_where_they_begin() -> None:
    read = told('Tiltak;Beløp\n"Lekse\nhjelp";300\nKafé;400\n', "b.csv")
    assert read.rows == [2, 4]


def test_quoted_separators_belong_to_the_name() -> None:
    assert told('Tiltak,Beløp\n"Kafé, kurs og leksehjelp",300000\nPark,1000\n', "b.csv").lines[0] == (
        "Kafé, kurs og leksehjelp",
        300_000,
    )


def test_amounts_with_ore_are_read_exactly() -> None:
    assert told("Tiltak;Beløp\nA-kurs;1250,50\nB-kurs;300000.25\nSum;301250,75\n", "b.csv").lines == [
        ("A-kurs", 1_250.5),
        ("B-kurs", 300_000.25),
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"   \n",
        b"\x00" * 500,
        bytes(range(256)) * 20,
        b"\x89PNG\r\n\x1a\n" + b"x" * 200,
        b"{\\rtf1 hei}",
        b"Rar!\x1a\x07" + b"x" * 99,
    ],
)
def test_what_is_no_text_is_refused_with_a_reason(data: bytes) -> None:
    with pytest.raises(FileRefused) as refused:
        told(data, "plan.txt")
    assert len(refused.value.message) > 15
