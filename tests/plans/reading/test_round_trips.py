"""Any lines written in any format are read back the same, and the sum adds them."""

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import openpyxl
import pytest
import typst
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samloft.core.files.refusals import FileRefused
from samloft.plans.reading.interpret import interpret
from samloft.plans.reading.recognise import read_document
from tests.plans.reading.plans import told

Lines = list[tuple[str, int]]
FIRST = [
    "Leksehjelp",
    "Åpen barnehage",
    "Sommerjobb",
    "Parkløft",
    "Møteplass",
    "Familiehus",
    "Grendekafé",
    "Samlet innsats",
    "Ærfuglvern",
    "Totalrenovering",
]
SECOND = [
    "i sentrum",
    "ved elva",
    "for unge",
    "på Øvre Solvik",
    "trinn 2",
    "– natt og dag",
    "(ny)",
    "0-24",
    "& co",
    "med «Fontenehuset»",
]


@st.composite
def budgets(draw: st.DrawFn) -> Lines:
    names = draw(
        st.lists(st.tuples(st.sampled_from(FIRST), st.sampled_from(SECOND)), min_size=2, max_size=12, unique=True)
    )
    return [(f"{first} {second}", draw(st.integers(1_000, 20_000_000))) for first, second in names]


def spaced(number: int) -> str:
    return f"{number:,}".replace(",", "\u00a0")


def total(lines: Lines) -> int:
    return sum(kroner for _name, kroner in lines)


def as_markdown(lines: Lines) -> bytes:
    rows = "".join(f"| {name} | kr {spaced(kroner)} |\n" for name, kroner in lines)
    return (
        f"# Budsjett 2026\n\n| Tiltak | Beløp |\n|---|---|\n{rows}| **Totalt** | **kr {spaced(total(lines))}** |\n"
    ).encode()


def as_dotted(lines: Lines) -> bytes:
    def dotted(kroner: int) -> str:
        return f"Kr. {kroner:,},-".replace(",", ".", f"{kroner:,}".count(","))

    return "".join(
        [
            "Tiltak;Beløp\n",
            *(f"{name};{dotted(kroner)}\n" for name, kroner in lines),
            f"Sum;{dotted(total(lines))}\n",
        ]
    ).encode("cp1252")


def as_csv(lines: Lines) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=",")
    writer.writerows(
        [
            ["Tiltak", "Beløp"],
            *[[name, f"{kroner},00"] for name, kroner in lines],
            ["Totalt", f"{total(lines)},00"],
        ]
    )
    return out.getvalue().encode()


def as_list(lines: Lines) -> bytes:
    items = "".join(f"- {name}: {spaced(kroner)} kr\n" for name, kroner in lines)
    return f"Budsjett 2026\n\n{items}\nTil sammen: {spaced(total(lines))} kr\n".encode()


def as_excel(lines: Lines) -> bytes:
    book = openpyxl.Workbook()
    for row in [("Tiltak", "Beløp"), *lines, ("Sum", total(lines))]:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_word(lines: Lines) -> bytes:
    document = docx.Document()
    table = document.add_table(rows=0, cols=2)
    for row in [
        ("Tiltak", "Beløp"),
        *[(name, spaced(kroner)) for name, kroner in lines],
        ("Totalt", spaced(total(lines))),
    ]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_pdf(lines: Lines, folder: Path) -> bytes:
    def quoted(text: str) -> str:
        return '#"' + text.replace('"', '\\"') + '"'

    body = "".join(f"[{quoted(name)}], [{spaced(kroner)}]," for name, kroner in [*lines, ("Totalt", total(lines))])
    file = folder / "b.typ"
    file.write_text(f"= Budsjett 2026\n#table(columns: (1fr, auto), stroke: none, [Tiltak], [Beløp], {body})\n")
    return typst.compile(str(file))


WRITERS: dict[str, tuple[Callable[[Lines], bytes], str]] = {
    "markdown": (as_markdown, "b.md"),
    "dotted, Windows-1252": (as_dotted, "b.txt"),
    "csv": (as_csv, "b.csv"),
    "list": (as_list, "b.txt"),
    "excel": (as_excel, "b.xlsx"),
    "word": (as_word, "b.docx"),
}


@pytest.mark.parametrize("written", WRITERS)
@settings(max_examples=30, deadline=None)
@given(lines=budgets())
def test_lines_come_back_as_they_were_written(written: str, lines: Lines) -> None:
    write, name = WRITERS[written]
    read = told(write(lines), name)
    assert read.lines == lines
    assert (read.sum, read.stated, read.problems) == (total(lines), total(lines), [])


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=budgets())
def test_lines_come_back_from_a_pdf(tmp_path: Path, lines: Lines) -> None:
    read = told(as_pdf(lines, tmp_path), "b.pdf")
    assert read.lines == lines
    assert (read.stated, read.problems) == (total(lines), [])


@settings(max_examples=30, deadline=None)
@given(lines=budgets(), wrong=st.integers(1, 1_000_000))
def test_a_wrong_total_never_passes(lines: Lines, wrong: int) -> None:
    data = as_csv(lines).replace(f"{total(lines)},00".encode(), f"{total(lines) + wrong},00".encode())
    if [name for name, kroner in lines if kroner == total(lines)]:
        return
    assert told(data, "b.csv").problems


def _harmless(data: bytes, name: str) -> None:
    """Reading must end in a reading or a refusal, never in another error."""
    try:
        read = interpret(read_document(data, name), name)
    except FileRefused as refused:
        assert refused.message
        return
    assert all(isinstance(line.amount, int) and line.amount for line in read.lines)


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=400), name=st.sampled_from(["a.txt", "a.csv", "a.docx", "a.xlsx", "a.pdf", "a.md"]))
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    _harmless(data, name)


@settings(max_examples=250, deadline=None)
@given(
    text=st.text(alphabet="|-; \t\n#*_<>&[]()0123456789.,kr%TiltakBeløpSumtotal:'\"", max_size=300),
    name=st.sampled_from(["a.txt", "a.csv", "a.md"]),
)
def test_any_text_is_read_or_refused(text: str, name: str) -> None:
    _harmless(text.encode(), name)


SAMPLE: Lines = [("Leksehjelp", 300_000), ("Parkløft ved elva", 1_250_000)]


def _mutated(data: bytes, at: Sequence[int], values: Sequence[int]) -> bytes:
    changed = bytearray(data)
    for where, value in zip(at, values, strict=False):
        changed[where % len(changed)] = value
    return bytes(changed)


@pytest.mark.parametrize("written", ["excel", "word", "pdf"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    at=st.lists(st.integers(0, 10**6), min_size=1, max_size=12),
    values=st.lists(st.integers(0, 255), min_size=12, max_size=12),
    cut=st.integers(0, 3),
)
def test_damaged_files_are_read_or_refused(
    written: str, tmp_path: Path, at: list[int], values: list[int], cut: int
) -> None:
    data = {"excel": as_excel, "word": as_word}[written](SAMPLE) if written != "pdf" else as_pdf(SAMPLE, tmp_path)
    data = _mutated(data, at, values)
    _harmless(data[: len(data) - len(data) * cut // 4], f"a.{written}")
