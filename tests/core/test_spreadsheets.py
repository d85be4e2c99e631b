from io import BytesIO

import pytest
from openpyxl import load_workbook

from samloft.core.spreadsheets import Money, csv_rows, xlsx


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_that_looks_like_a_formula_is_made_harmless(start: str) -> None:
    text = b"".join(csv_rows(["Navn"], [[f"{start}1+1"]])).decode("utf-8-sig")
    assert f"'{start}1+1" in text
    book = load_workbook(BytesIO(xlsx("Ark", ["Navn"], [[f"{start}1+1"]])))
    assert book.active is not None
    cell = book.active["A2"]
    assert cell.data_type == "s" and str(cell.value).startswith("'")


def test_csv_opens_as_columns_in_norwegian_excel() -> None:
    text = b"".join(csv_rows(["Navn", "Kr"], [["Åpen; barnehage", Money(1_234_50)], [None, 7]])).decode()
    assert text == '\ufeffNavn;Kr\r\n"Åpen; barnehage";1234,50\r\n;7\r\n'


def test_amounts_in_a_workbook_are_exact_numbers() -> None:
    book = load_workbook(BytesIO(xlsx("Ark", ["Kr"], [[Money(98_765_432_109_87)], [Money(-50)]])))
    assert book.active is not None
    assert [row[0] for row in book.active.iter_rows(min_row=2, values_only=True)] == [98765432109.87, -0.5]
