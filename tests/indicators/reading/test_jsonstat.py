"""F3: JSON-stat 1.x and 2.0 in all their shapes give the same figures, and a missing one is never 0."""

import json
from itertools import product
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from samloft.core.files.refusals import FileRefused
from samloft.indicators.reading.cube import Problems, count
from tests.indicators.reading.stat_files import Shape, Stat, by_code, figures, opened, stated, written

SMALL = Stat(
    {"Sone": ["01", "02"], "Tid": ["2021", "2022", "2023"]},
    {
        ("01", "2021"): 12.5,
        ("01", "2022"): ":",
        ("01", "2023"): 0,
        ("02", "2021"): None,
        ("02", "2022"): -3,
        ("02", "2023"): "..",
    },
    roles={"time": ["Tid"], "geo": ["Sone"]},
)
SHAPES = [
    Shape(version, wrapper, sparse, status, index, role_inside, first)
    for version, wrapper, sparse, status, index, role_inside, first in product(
        (1, 2),
        ("", "dataset", "folketall", "value", "collection"),
        (False, True),
        ("object", "list"),
        ("object", "list"),
        (False, True),
        (False, True),
    )
]


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_every_shape_gives_the_same_table(shape: Shape) -> None:
    cube = opened(written(SMALL, shape))

    assert [(d.id, d.label, d.size, d.role) for d in cube.dimensions] == [
        ("Sone", "sone", 2, "geo"),
        ("Tid", "tid", 3, "time"),
    ]
    assert by_code(cube) == stated(SMALL)
    assert count(cube, Problems()).present == 3
    assert count(cube, Problems()).missing == {":": 1, "..": 1, "unknown": 1}


codes = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=6)
says = st.one_of(
    st.none(),
    st.sampled_from([".", "..", "...", ":", "-"]),
    st.integers(-(10**12), 10**12),
    st.floats(-1e12, 1e12, allow_nan=False, allow_subnormal=False),
)


@st.composite
def tables(draw: st.DrawFn) -> Stat:
    names = draw(st.lists(codes, max_size=4, unique=True))
    dimensions = {name: draw(st.lists(codes, min_size=1, max_size=4, unique=True)) for name in names}
    places = list(product(*dimensions.values()))
    values = draw(st.lists(says, min_size=len(places), max_size=len(places)))
    return Stat(dimensions, dict(zip(places, values, strict=True)))


@given(tables(), st.sampled_from(SHAPES))
def test_what_is_written_in_any_shape_is_read_back(stat: Stat, shape: Shape) -> None:
    # In 1.x the dimensions share their object with these three.
    assume(shape.version == 2 or not {"id", "size", "role"} & set(stat.dimensions))
    cube = opened(written(stat, shape))

    assert [(d.id, list(d.codes)) for d in cube.dimensions] == [*stat.dimensions.items()]
    assert by_code(cube) == stated(stat)


def dataset(**changes: Any) -> dict[str, Any]:
    """A data set of two zones and no other dimension."""
    return {
        "version": "2.0",
        "class": "dataset",
        "id": ["Sone"],
        "size": [2],
        "dimension": {"Sone": {"category": {"index": ["01", "02"]}}},
        "value": [1, 2],
    } | changes


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, [1, 2]),
        ({"value": ["1.5", "12,5"]}, [1.5, 12.5]),
        ({"value": ["1.250", 2]}, [1.25, 2]),
        ({"value": [":", ".."]}, [":", ".."]),
        ({"value": ["", None]}, ["unknown", "unknown"]),
        ({"value": [0, 0], "status": {"0": ":"}}, [":", 0]),
        ({"value": [7, 0], "status": {"0": ":"}}, [":", 0]),
        ({"value": [None, 2], "status": ".."}, ["..", ".."]),
        ({"value": [None, 2], "status": "e"}, ["e", 2]),
        ({"value": [None, 2], "status": ["…", None]}, ["...", 2]),
        ({"value": [None, None], "status": ["."]}, [".", "."]),
        ({"value": {}}, []),
        ({"value": {"1": 5}}, [5]),
        ({"value": {"1": 5, "0": 4}}, [4, 5]),
        ({"value": {"1": 5}, "status": {"0": ":"}}, [":", 5]),
        ({"value": {"1": 5}, "status": {"1": "e", "0": "-"}}, ["-", 5]),
        ({"value": {"0": None}, "status": ["x", None]}, ["x", "unknown"]),
        ({"value": {"1": 5}, "status": "-"}, ["-"]),
    ],
)
def test_value_and_status_are_judged_together(changes: dict[str, Any], expected: list[Any]) -> None:
    found = figures(dataset(**changes))

    assert [figure.status if figure.value is None else figure.value for figure in found] == expected


def test_a_mark_beside_a_figure_is_kept() -> None:
    assert [figure.status for figure in figures(dataset(status={"1": "*"}))] == ["", "*"]


def test_a_place_that_the_file_passes_over_is_missing_for_an_unknown_reason() -> None:
    counts = count(opened(dataset(value={"1": 5})), Problems())

    assert (counts.present, counts.missing) == (1, {"unknown": 1})


def test_a_single_category_needs_no_index() -> None:
    cube = opened(
        dataset(
            id=["Sone", "Tid", "Kjonn"],
            size=[2, 1, 1],
            dimension={
                "Sone": {"category": {"index": {"02": 1, "01": 0}}},
                "Tid": {"category": {"label": {"2024": "2024"}}},
                "Kjonn": {"label": "kjønn", "category": {}},
            },
        )
    )

    assert [d.codes for d in cube.dimensions] == [("01", "02"), ("2024",), ("Kjonn",)]


def test_a_table_without_dimensions_holds_one_figure() -> None:
    cube = opened({"class": "dataset", "id": [], "size": [], "dimension": {}, "value": [7]})

    assert cube.dimensions == ()
    assert [figure.value for figure in cube.figures(Problems())] == [7]


def test_dimensions_may_go_by_the_names_of_the_format() -> None:
    names = ["value", "status", "id", "role"]
    stat = Stat({name: ["a"] for name in names}, {("a",) * 4: 3})

    assert by_code(opened(written(stat))) == stated(stat)


def test_labels_units_parents_notes_and_table_id_come_along() -> None:
    cube = opened(
        dataset(
            label="07459: Folkemengde",
            source="Statistisk sentralbyrå",
            updated="2025-02-19T07:00:00Z",
            note=["Ein merknad", 5, {}],
            extension={"px": {"tableid": "07459"}, "value": [1, {"status": 2}]},
            dimension={
                "Sone": {
                    "label": "sone",
                    "note": ["Om sonene"],
                    "category": {
                        "index": ["01", "02"],
                        "label": {"01": "Mysen", "02": 2},
                        "child": {"01": ["02"], "02": []},
                        "unit": {"01": {"base": "personer", "decimals": 0}, "02": "feil"},
                        "note": {"01": ["Grensen er endret"]},
                    },
                }
            },
        )
    )
    (zone,) = cube.dimensions

    assert zone.labels == ("Mysen", "2")
    assert zone.parents == {"01"}
    assert zone.units == (("01", "personer"),)
    assert (cube.about.table, cube.about.source) == ("07459", "Statistisk sentralbyrå")
    assert cube.about.notes == ("Ein merknad", "5", "")


def test_the_table_id_is_taken_from_the_title_when_nothing_else_says_it() -> None:
    assert opened(dataset(label="Tabell 11689: Grunnskolepoeng")).about.table == "11689"


def test_several_tables_in_a_file_can_be_chosen_between() -> None:
    bundle = {"first": dataset(label=""), "second": dataset(label="", value=[8, 9])}

    assert opened(bundle).about.choices == ("first", "second")
    assert [f.value for f in opened(bundle, "second").figures(Problems())] == [8, 9]
    with pytest.raises(FileRefused):
        opened(bundle, "third")


@pytest.mark.parametrize("value", [[True, 2], [1, "om lag 5"], [1e400, 2], ["1e400", 2], [1, "9" * 30]])
def test_a_value_that_is_no_figure_is_told_by_place_and_never_guessed(value: list[Any]) -> None:
    content = dataset(value=value)
    problems = Problems()
    text = json.dumps(content).replace("Infinity", "1e400")

    counts = count(opened(text), problems)

    assert (counts.present, counts.missing, problems.count) == (1, {}, 1)
    assert "0" in problems.told[0].where.text


def test_problems_beyond_the_first_hundred_are_counted() -> None:
    size = 250
    many = dataset(
        size=[size],
        dimension={"Sone": {"category": {"index": [str(at) for at in range(size)]}}},
        value=["feil"] * size,
    )
    problems = Problems()
    count(opened(many), problems)

    assert problems.count == 250
    assert len(problems.all()) == 101
    assert "150" in problems.all()[-1].message.text
