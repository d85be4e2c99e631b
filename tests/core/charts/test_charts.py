"""Charts: the same bytes for the same figures, no script, gaps stay gaps, words and table agree (F8)."""

import json
import subprocess
import sys
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.test import RequestFactory
from django.utils import translation

from samloft.core.charts import (
    NARROW,
    Dot,
    DotChart,
    Line,
    LineChart,
    Mark,
    Pair,
    PairChart,
    alt_text,
    chart_answer,
    chart_blocks,
    chart_table,
    draw,
    sparkline,
)
from samloft.core.charts.scales import spread, ticks
from samloft.core.documents.blocks import Document, Figure, Table
from samloft.core.documents.docx import render_docx
from samloft.core.documents.pdf import render_pdf

SVG = "{http://www.w3.org/2000/svg}"


def line(name: str, *values: float | None, break_at: int | None = None) -> Line:
    return Line(
        name,
        tuple(
            Mark(2018 + n, str(2018 + n), value, "" if value is not None else "Ikke vist", n == break_at)
            for n, value in enumerate(values)
        ),
    )


def over_time() -> LineChart:
    return LineChart(
        "Barn i husholdninger med lavinntekt",
        (line("Nord", 12.0, None, 14.25, 13.0, break_at=3), line("Kommunen", 9.0, 9.5, 10.0, 10.5)),
        "%",
        source="Kilde: prøvetabell",
    )


def compared() -> DotChart:
    return DotChart(
        "Lavinntekt i 2024",
        (
            Dot("Nord", 12.4, low=10.1, high=15.2, is_main=True),
            Dot("Sør & <øst>", 1234.5),
            Dot("Vest", None, "Skjult for å verne personer"),
        ),
        "%",
    )


def pairs() -> PairChart:
    return PairChart(
        "Området og kommunen",
        ("Nord", "Kommunen"),
        (Pair("Lavinntekt", 12.4, 9.0), Pair("Sysselsatte", None, 70.0, "Finnes ikke på dette nivået")),
        "%",
    )


CHARTS = [over_time, compared, pairs]


@pytest.mark.parametrize("make", CHARTS)
def test_the_same_figures_give_the_same_bytes_also_in_another_process(make: object) -> None:
    here = draw(make())  # type: ignore[operator]
    code = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'; django.setup()\n"
        "from samloft.core.charts import draw; from tests.core.charts import test_charts as t\n"
        f"sys.stdout.buffer.write(draw(t.{make.__name__}()))"  # type: ignore[attr-defined]
    )
    there = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout
    assert here == there


@pytest.mark.parametrize("make", CHARTS)
def test_the_picture_holds_only_shapes_and_words(make: object) -> None:
    for width in ({}, {"width": NARROW}):
        svg = draw(make(), **width)  # type: ignore[operator]
        root = ElementTree.fromstring(svg)
        tags = {element.tag.removeprefix(SVG) for element in root.iter()}
        assert tags <= {"svg", "title", "desc", "g", "path", "line", "rect", "circle", "polygon", "text", "tspan",
                        "defs", "clipPath"}  # fmt: skip
        names = {name for element in root.iter() for name in element.attrib}
        assert not {
            name for name in names if name.startswith("on") or "href" in name or name in ("style", "class")
        }
        assert root.find(f"{SVG}title") is not None and root.attrib["role"] == "img"


def test_a_name_with_markup_stays_a_name() -> None:
    svg = draw(compared()).decode()
    assert "Sør &amp; &lt;øst&gt;" in svg


def test_a_missing_figure_and_a_break_part_the_line() -> None:
    root = ElementTree.fromstring(draw(LineChart("t", (line("Nord", 1, 2, None, 3, 4, 5, break_at=5),), "%")))
    joined = [path.attrib["d"] for path in root.iter(f"{SVG}path") if path.attrib.get("fill") == "none"]
    assert len(joined) == 2
    assert "Brudd" in draw(over_time()).decode()


def test_numbers_are_norwegian_and_do_not_break() -> None:
    svg = draw(compared()).decode()
    assert "12,4\u00a0%" in svg and "1\u00a0234,5\u00a0%" in svg
    assert draw(compared()) != _in("en", compared())


def _in(language: str, chart: DotChart) -> bytes:
    with translation.override(language):
        return draw(chart)


def test_the_words_say_what_is_drawn_and_what_is_missing() -> None:
    told = alt_text(over_time())
    assert "Nord: fra 12,0\u00a0% i 2018 til 13,0\u00a0% i 2021" in told
    assert "2019" in told and "Brudd" in told
    assert "Skjult for å verne personer" in alt_text(compared())
    assert "Finnes ikke på dette nivået" in alt_text(pairs())


def test_the_table_has_the_figures_that_are_drawn() -> None:
    table = chart_table(over_time())
    assert table.header == ("Periode", "Nord (%)", "Kommunen (%)")
    assert [[cell.value for cell in cells] for _name, cells in table.rows] == [
        [12.0, 9.0],
        [None, 9.5],
        [14.25, 10.0],
        [13.0, 10.5],
    ]
    assert table.rows[1][1][0].text == "Ikke vist"
    gap = chart_table(pairs()).rows[0][1][2]
    assert gap.text == "+3,4\u00a0prosentpoeng" and gap.value == pytest.approx(3.4)


def test_nothing_known_is_drawn_as_nothing() -> None:
    empty = LineChart("Tomt", (line("Nord", None, None),), "%")
    assert "ingen tall" in alt_text(empty)
    assert ElementTree.fromstring(draw(empty)).attrib["width"] == "720"
    assert "Ingen tall" in draw(LineChart("Helt tomt", (), "%")).decode()
    assert "Ingen tall" in draw(DotChart("Tomt", (), "%")).decode()
    assert sparkline([], words="") == ""


def test_a_chart_goes_into_pdf_and_word_with_its_table() -> None:
    blocks = chart_blocks(over_time())
    assert isinstance(blocks[0], Figure) and isinstance(blocks[1], Table)
    document = Document(title="Prøve", blocks=blocks, language="nb")
    assert render_pdf(document).startswith(b"%PDF")
    assert render_docx(document).startswith(b"PK")


def test_a_picture_the_browser_has_is_not_sent_again(rf: RequestFactory) -> None:
    first = chart_answer(rf.get("/"), over_time())
    assert first["Content-Type"] == "image/svg+xml" and "private" in first["Cache-Control"]
    again = chart_answer(rf.get("/", headers={"if-none-match": first["ETag"]}), over_time())
    assert again.status_code == 304 and not again.content
    narrow = chart_answer(rf.get("/?narrow=1", headers={"if-none-match": first["ETag"]}), over_time())
    assert narrow.status_code == 200


def test_a_sparkline_tells_its_words_and_leaves_gaps() -> None:
    html = sparkline(line("Nord", 1, 2, None, 3, 4).marks, words='Gapet "øker"', zero=True)
    assert html.count("<polyline") == 2 and "&quot;øker&quot;" in html and "style" not in html


def test_axes_have_round_numbers_and_hold_every_value() -> None:
    for values in ([0.0], [3.2, 17.9], [98.1, 98.4], [-4.0, 6.0], [1e6, 2.4e6], [5.0, 5.0], [-9.0, -8.0]):
        places = ticks(values)
        assert places[0] <= min(values) and max(values) <= places[-1] and 2 <= len(places) <= 9
        assert json.loads(json.dumps(places)) == places


def test_labels_never_lie_on_each_other() -> None:
    moved = sorted(spread([5, 5.1, 5.2, 0, 9.9], 1, 0, 10))
    assert all(later - earlier >= 1 - 1e-9 for earlier, later in pairwise(moved))
