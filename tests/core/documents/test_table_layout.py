import pytest

from samloft.core.documents.blocks import Column, Row, Table
from samloft.core.documents.table_layout import ORDINARY, SMALL, table_layout


def table(*headers, figures, rows):
    columns = tuple(Column(header, "end" if place >= figures else "start") for place, header in enumerate(headers))
    return Table(columns, tuple(Row.of(*row) for row in rows))


def test_long_text_gets_more_room_than_short_text():
    layout = table_layout(table("Kode", "Beskrivelse", figures=2, rows=[("A1", "ord " * 30), ("A2", "ord " * 25)]))
    assert layout.weights[1] > 2 * layout.weights[0]
    assert layout.size == ORDINARY


def test_few_figures_leave_the_table_upright_and_in_ordinary_size():
    layout = table_layout(table("Tiltak", "Beløp", figures=1, rows=[("Åpen barnehage", "1 300 000 kr")]))
    assert (layout.size, layout.is_wide) == (ORDINARY, False)


def test_six_years_of_amounts_are_set_smaller_and_twelve_lie_down():
    def years(count):
        return table("Tiltak", *map(str, range(count)), figures=1, rows=[("Sosionom", *["1 300 000 kr"] * count)])

    assert (table_layout(years(6)).size, table_layout(years(6)).is_wide) == (SMALL, False)
    assert table_layout(years(12)).is_wide


@pytest.mark.parametrize("rows", [[], [("", "")], [("x" * 5000, "1")]])
def test_shares_always_add_up_to_the_whole_line(rows):
    layout = table_layout(table("A", "B", figures=1, rows=rows))
    assert sum(layout.weights) == pytest.approx(1)
    assert min(layout.weights) > 0
