"""F3: what the dimensions of a file mean is proposed, completed by hand, and never guessed."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samloft.core.files.yaml_text import YamlRefused, read_yaml
from samloft.indicators.reading import Cube, Problems
from samloft.indicators.reading.categories import area_codes, area_name, may_be_named, read_age, read_sex
from samloft.indicators.reading.mapping import StatisticsMapping
from samloft.indicators.reading.proposal import fitting, merged, propose
from samloft.indicators.reading.resolution import Doubt, Pair, Resolution, Row, Target
from samloft.indicators.reading.resolver import resolve
from tests.indicators.reading.stat_files import Stat, opened, written


class OurPlaces:
    """An installation with two areas and three indicators."""

    def areas(self, pairs: Sequence[Pair]) -> list[Target]:
        known = {"3118", "31180101"}
        return [next((code for code in area_codes(*pair) if code in known), None) for pair in pairs]

    def doubt(self, pair: Pair) -> Doubt | None:
        return Doubt.FOREIGN if pair[0] == "5001" else None

    def units(self, keys: Sequence[str]) -> Mapping[str, str]:
        known = {"people": "personer", "low_income": "%", "income": "kr"}
        return {key: known[key] for key in keys if key in known}


def cube(
    dimensions: dict[str, list[str]], values: Sequence[Any], roles: dict[str, list[str]] | None = None
) -> Cube:
    places = Stat(dimensions, {}).places
    return opened(written(Stat(dimensions, dict(zip(places, values, strict=True)), roles or {})))


def mapping(text: str) -> StatisticsMapping:
    return read_yaml(text.encode(), StatisticsMapping)


def settled(table: Cube, text: str = "") -> Resolution:
    return resolve(table, merged(mapping(text), propose(table)), OurPlaces())


def rows(table: Cube, text: str = "") -> list[Row]:
    resolution = settled(table, text)
    assert [about.message.text for about in resolution.problems] == []
    return list(resolution.rows(table, Problems()))


def problems(table: Cube, text: str = "") -> list[str]:
    return [about.message.id for about in settled(table, text).problems]


USUAL = {"Region": ["K-3118"], "ContentsCode": ["Personer1"], "Tid": ["2023", "2024"]}


@pytest.mark.parametrize(
    ("names", "roles"),
    [
        (["Region", "ContentsCode", "Tid"], {}),
        (["GEO", "MEASURE_TYPE", "AAR"], {}),
        (["Kommune", "Statistikkvariabel", "År"], {}),
        (["kommunenr", "Måltal", "Skoleår"], {}),
        (["area", "measure", "year"], {}),
        (["a", "b", "c"], {"geo": ["a"], "metric": ["b"], "time": ["c"]}),
        (["Sone", "Innhald", "x"], {}),
    ],
)
def test_dimensions_are_known_by_role_by_name_or_by_what_they_hold(names: list[str], roles: Any) -> None:
    proposed = propose(cube(dict(zip(names, USUAL.values(), strict=True)), [1, 2], roles))

    assert [proposed.area.dimension, proposed.indicator.dimension, proposed.period.dimension] == names


def test_a_dimension_that_is_none_of_ours_gives_its_total_when_it_has_one() -> None:
    labelled = opened(
        {
            "class": "dataset",
            "id": ["Landbakgrunn", "Sivilstand", "Bransje"],
            "size": [2, 1, 2],
            "dimension": {
                "Landbakgrunn": {"category": {"index": ["00", "1"], "label": {"00": "I alt", "1": "Norden"}}},
                "Sivilstand": {"category": {"label": {"9": "Gift"}}},
                "Bransje": {"category": {"index": ["A", "B"]}},
            },
            "value": [1, 2, 3, 4],
        }
    )

    assert propose(labelled).ignore == {"Landbakgrunn": "00", "Sivilstand": "9"}


def test_figures_become_rows_when_everything_is_said() -> None:
    table = cube(
        {"Region": ["K-3118", "31180101"], "Kjonn": ["0", "1", "2"], "Alder": ["999A"], "Tid": ["2024"]},
        [10, 4, ":", 6, 2, 4],
    )
    text = (
        "indicator: {key: people}\nage: {codes: {999A: alle}}\nsex: {codes: {'0': begge, '1': menn, '2': kvinner}}"
    )

    assert rows(table, text) == [
        Row("3118", "2024", "people", "", "", 10, "", None, None, False),
        Row("3118", "2024", "people", "m", "", 4, "", None, None, False),
        Row("3118", "2024", "people", "f", "", None, ":", None, None, False),
        Row("31180101", "2024", "people", "", "", 6, "", None, None, False),
        Row("31180101", "2024", "people", "m", "", 2, "", None, None, False),
        Row("31180101", "2024", "people", "f", "", 4, "", None, None, False),
    ]


def test_what_the_file_has_no_dimension_for_is_said_in_the_mapping() -> None:
    table = cube({"x": ["a", "b"]}, [1, 2])
    text = "area: {code: '3118'}\nperiod: {value: 2019-2021}\nindicator: {key: income}\nignore: {x: b}"

    assert rows(table, text) == [Row("3118", "2019-2021", "income", "", "", 2, "", None, None, False)]


def test_provisional_figures_and_symbols_of_other_banks_are_translated() -> None:
    table = opened(
        written(Stat({"Region": ["3118"], "Tid": ["2022", "2023", "2024"]}, {("3118", "2024"): "m"}))
        | {"value": [5, 6, None], "status": {"0": "p", "1": "e", "2": "m"}}
    )

    found = rows(table, "indicator: {key: people}\nmissing: {m: '..'}")
    assert [(row.value, row.missing, row.is_provisional) for row in found] == [
        (5, "", True),
        (6, "", False),
        (None, "..", False),
    ]
    assert rows(table, "indicator: {key: people}")[2].missing == "unknown"


@pytest.mark.parametrize("order", [["Region", "Hva", "Tid"], ["Hva", "Region", "Tid"], ["Region", "Tid", "Hva"]])
def test_a_share_meets_its_numerator_and_denominator_wherever_they_stand(order: list[str]) -> None:
    dimensions = {"Region": ["3118", "31180101"], "Tid": ["2023", "2024"], "Hva": ["andel", "antall", "av"]}
    table = {
        (area, year, what): {"andel": 100 * a + y, "antall": 10 * a + y, "av": 1000 + a + y}[what]
        for a, area in enumerate(dimensions["Region"])
        for y, year in enumerate(dimensions["Tid"])
        for what in dimensions["Hva"]
    }
    names = list(dimensions)
    moved = {tuple(codes[names.index(name)] for name in order): value for codes, value in table.items()}
    stat = Stat({name: dimensions[name] for name in order}, moved)
    text = (
        "indicator:\n  dimension: Hva\n  codes:\n    andel: low_income\n    antall: low_income/numerator\n"
        "    av: low_income/denominator\n"
    )

    found = {
        (row.area, row.period): (row.value, row.numerator, row.denominator)
        for row in rows(opened(written(stat)), text)
    }

    assert found == {
        ("3118", "2023"): (0, 0, 1000),
        ("3118", "2024"): (1, 1, 1001),
        ("31180101", "2023"): (100, 10, 1001),
        ("31180101", "2024"): (101, 11, 1002),
    }


@pytest.mark.parametrize(
    ("figures", "fits"),
    [
        ([1.5, 3, 200], True),
        ([12.5, 3, 200], False),  # parts of something else
        ([14.5, 500, 200], False),  # numerator and denominator swapped
        ([27.0, 3, 14], True),  # a small count that the source has rounded
        ([":", 3, 200], True),
        ([12.5, ":", 200], True),
        ([12.5, 0, 0], True),
    ],
)
def test_a_share_must_fit_its_parts(figures: list[Any], fits: bool) -> None:
    table = cube({"Region": ["3118"], "Tid": ["2023"], "Hva": ["andel", "antall", "av"]}, figures)
    text = (
        "indicator:\n  dimension: Hva\n  codes:\n    andel: low_income\n    antall: low_income/numerator\n"
        "    av: low_income/denominator\n"
    )
    problems = Problems()
    assert len(list(settled(table, text).rows(table, problems))) == 1
    assert [about.where.text for about in problems.all()] == ([] if fits else ["3118, 2023"])


def test_a_share_in_per_cent_is_worked_out_from_its_parts() -> None:
    table = cube({"Region": ["3118"], "Tid": ["2021", "2022", "2023"], "Hva": ["n", "d"]}, [1, 8, ":", 8, 3, 0])
    text = "indicator: {dimension: Hva, codes: {n: low_income/numerator, d: low_income/denominator}}"

    assert [(row.value, row.missing) for row in rows(table, text)] == [(12.5, ""), (None, ":"), (None, ".")]


@pytest.mark.parametrize(
    ("dimensions", "text", "message"),
    [
        ({"Region": ["3118"], "Tid": ["2024"]}, "", "The file does not say which indicator it holds. Say which."),
        ({"Region": ["3118"]}, "", "The file does not say which period it is about. Say which."),
        ({"Tid": ["2024"]}, "", "The file does not say which area it is about. Say which."),
        (
            {"Tid": ["2024"]},
            "area: {code: 9999}",
            "“%(name)s” is no area in Samløft. Write the code of an area that is.",
        ),
        (
            {"Region": ["3118"]},
            "indicator: {key: x}",
            "“%(name)s” is no indicator in the catalogue. Choose which it is, or leave it out.",
        ),
        (
            {"Hva": ["x", "y"]},
            "indicator: {dimension: Hva}",
            "“%(name)s” is no indicator in the catalogue. Choose which it is, or leave it out.",
        ),
        (
            {"Tid": ["2024", "x"]},
            "",
            "“%(name)s” is no period that can be read. Say which it is, or leave it out.",
        ),
        ({"Kjonn": ["1", "9"]}, "", "“%(name)s” is neither men, women nor both. Say which, or leave it out."),
        ({"Alder": ["barn"]}, "", "“%(name)s” is no age that can be read. Say which it is, or leave it out."),
        (
            {"x": ["a", "b"]},
            "",
            "Say what it is: area, period, indicator, sex or age, or which one category to use.",
        ),
        ({"x": ["a", "b"]}, "ignore: {x: c}", "The file has no category “%(code)s” here."),
        ({"x": ["a"]}, "ignore: {y: c}", "The file has no such dimension. It has: %(names)s."),
        (
            {"x": ["a"]},
            "sex: {dimension: x}\nage: {dimension: x}",
            "The dimension is given more than one meaning. Choose one.",
        ),
        ({"Tid": ["2024"]}, "period: {codes: {x: 2024}}", "The file has no category “%(code)s” here."),
        ({"Tid": ["2024", "2024*"]}, "", "%(codes)s would all be “%(target)s”. Leave out all but one."),
        ({"Region": ["3118", "K-3118"]}, "", "%(codes)s would all be “%(target)s”. Leave out all but one."),
        (
            {"Hva": ["n", "d"]},
            "indicator: {dimension: Hva, codes: {n: income/numerator, d: income/denominator}}",
            "“%(key)s” needs its value: only a share in per cent is worked out from two parts.",
        ),
        (
            {"Region": ["3118", "0301"]},
            "",
            "%(count)d of %(all)d areas are not in Samløft, such as %(examples)s. Say which they are, bring the "
            "areas in, or leave out the unknown ones.",
        ),
    ],
)
def test_what_is_undecided_is_said(dimensions: dict[str, list[str]], text: str, message: str) -> None:
    places = len(Stat(dimensions, {}).places)

    assert message in problems(cube(dimensions, [1] * places), text)


def test_unknown_areas_can_be_left_out_but_not_all_of_them() -> None:
    year = {"Tid": ["2024"]}
    text = "indicator: {key: people}\narea: {unknown: leave_out}"

    assert [row.area for row in rows(cube({"Region": ["3118", "0301"], **year}, [1, 2]), text)] == ["3118"]
    assert problems(cube({"Region": ["0301"], **year}, [1]), text)


def test_categories_can_be_left_out() -> None:
    table = cube({"Region": ["3118"], "Tid": ["2023", "2024"]}, [1, 2])

    assert [row.period for row in rows(table, "indicator: {key: people}\nperiod: {leave_out: [2023]}")] == ["2024"]


def test_many_undecided_categories_are_counted() -> None:
    table = cube({"Hva": [f"c{n}" for n in range(100)]}, [1] * 100)

    assert len(problems(table, "indicator: {dimension: Hva}")) < 40


def test_what_a_person_says_comes_before_the_proposal() -> None:
    table = cube(USUAL, [1, 2])
    given = mapping("period: {dimension: Region, codes: {K-3118: 2024}}\nignore: {Tid: 2023}\ntable: X1")

    found = merged(given, propose(table))

    assert found.period.dimension == "Region"
    assert found.area.dimension is None
    assert found.ignore == {"Tid": "2023"}
    assert (found.indicator.dimension, found.table) == ("ContentsCode", "X1")


def test_how_the_last_file_was_read_holds_for_the_next_as_far_as_it_fits() -> None:
    kept = mapping(
        "area: {dimension: Region, codes: {X1: '3118', X2: '0301'},\n unknown: leave_out, leave_out: [X3, X4]}\n"
        "period: {value: 2023}\nindicator: {dimension: Hva, codes: {a: people, b: income}}\n"
        "ignore: {g: '1', h: '2'}"
    )
    table = cube({"Region": ["X1", "X3"], "Hva": ["a"], "g": ["1", "2"], "h": ["3"]}, [1, 2, 3, 4])
    given = mapping("period: {value: 2024}\narea: {codes: {X3: '31180101'}}")

    found = merged(merged(given, fitting(kept, table)), propose(table))

    assert found.area.codes == {"X1": "3118", "X3": "31180101"}
    assert (found.area.leave_out, found.area.unknown) == ((), "leave_out")
    assert (found.period.value, found.indicator.codes) == ("2024", {"a": "people"})
    assert found.ignore == {"g": "1", "h": "3"}
    assert fitting(kept, table).period.value is None


def test_the_mapping_can_be_written_out_and_read_back() -> None:
    text = (
        "table: '07459'\nmissing: {m: '..'}\nindicator: {dimension: X, codes: {a: people, b: }, leave_out: [c]}\n"
    )
    first = mapping(text)

    assert StatisticsMapping.model_validate(first.plain()) == first
    assert first.indicator.codes == {"a": "people", "b": None}


@pytest.mark.parametrize(
    "text",
    [
        "period: {value: i fjor}",
        "missing: {m: '0'}",
        "decimal: ';'",
        "area: {unknown: maybe}",
        "region: x",
        "area: 5",
        "ignore: [a]",
        "indicator: {codes: {'': x}}",
    ],
)
def test_a_mapping_that_makes_no_sense_is_refused(text: str) -> None:
    with pytest.raises(YamlRefused):
        mapping(text)


@pytest.mark.parametrize(
    ("code", "label", "sex"),
    [
        ("0", "0", ""),
        ("1", "1", "m"),
        ("2", "2", "f"),
        ("2", "Menn", "m"),
        ("1", "Jenter", "f"),
        ("KJONN", "kjønn samlet", ""),
        ("m", "m", "m"),
        ("T", "Begge kjønn", ""),
        ("3", "3", None),
        ("1", "Ugift", None),
    ],
)
def test_sex_is_read_from_the_label_first(code: str, label: str, sex: str | None) -> None:
    assert read_sex(code, label) == sex


@pytest.mark.parametrize(
    ("code", "label", "age"),
    [
        ("000-017", "000-017", "0-17"),
        ("F00", "0-17 år", "0-17"),
        ("005", "005", "5"),
        ("105+", "105 år eller eldre", "105+"),
        ("67", "67 år og over", "67+"),
        ("999", "Alle aldre", ""),
        ("TOT", "I alt", ""),
        ("x", "barn", None),
    ],
)
def test_ages_are_read(code: str, label: str, age: str | None) -> None:
    assert read_age(code, label) == age


def test_area_codes_are_found_in_every_way_to_write_them() -> None:
    assert area_codes("K-3118", "Indre Østfold (2020-2023)") == ["K-3118", "3118"]
    assert area_codes("3118 Indre Østfold", "3118 Indre Østfold")[:2] == ["3118 Indre Østfold", "3118"]
    assert "0301" in area_codes("301", "Oslo")
    assert area_name("K-3118 Indre Østfold (2020-2023)") == "Indre Østfold"
    assert area_name("Indre Østfold") == "Indre Østfold"


@given(
    st.dictionaries(
        st.sampled_from(["Region", "Tid", "Kjonn", "x"]),
        st.lists(st.sampled_from(["3118", "2024", "1", "0"]), min_size=1, unique=True),
        min_size=1,
    )
)
def test_every_table_is_described_and_either_complete_or_says_what_is_missing(
    dimensions: dict[str, list[str]],
) -> None:
    table = cube(dimensions, [1] * len(Stat(dimensions, {}).places))
    resolution = settled(table, "indicator: {key: people}")

    if resolution.is_complete:
        found = list(resolution.rows(table, Problems()))
        assert len({row[:5] for row in found}) == len(found)
    else:
        assert all(about.message.text for about in resolution.problems)


@pytest.mark.parametrize(
    ("ours", "code", "label"),
    [
        ("3118 Indre Østfold", "3118", "3118"),
        ("3118 Indre Østfold", "3118", "Indre Østfold (2020-2023)"),
        ("3118 Indre Østfold", "K-3118", "3118 Indre Ø."),
        ("50 Trøndelag", "50", "Trööndelage - Trøndelag"),
        ("0 Landet", "0", "Noreg"),
        ("31180101 Mysen sentrum", "31180101", "Sentrum"),
    ],
)
def test_an_area_may_be_written_in_other_ways(ours: str, code: str, label: str) -> None:
    assert may_be_named(ours, code, label)


def test_an_area_with_our_code_and_another_name_is_asked_about() -> None:
    """Codes of other countries' places look like ours: the file's own name is what tells."""
    table = opened(
        {
            "class": "dataset",
            "id": ["state", "Tid", "ContentsCode"],
            "size": [1, 1, 1],
            "role": {"geo": ["state"], "time": ["Tid"], "metric": ["ContentsCode"]},
            "dimension": {
                "state": {"category": {"index": ["3118"], "label": {"3118": "District of Columbia"}}},
                "Tid": {"category": {"index": ["2024"]}},
                "ContentsCode": {"category": {"index": ["people"]}},
            },
            "value": [5],
        }
    )

    class Named(OurPlaces):
        def areas(self, pairs: Sequence[Pair]) -> list[Target]:
            return [f"{code} Indre Østfold" if code else None for code in super().areas(pairs)]

    (about,) = resolve(table, propose(table), Named()).problems
    assert dict(about.message.values) == {
        "name": "District of Columbia",
        "code": "3118",
        "area": "3118 Indre Østfold",
    }
    by_hand = merged(mapping("area: {codes: {'3118': '3118'}}"), propose(table))
    assert resolve(table, by_hand, Named()).is_complete


def test_a_column_without_a_heading_is_areas_when_codes_and_names_stand_there() -> None:
    proposed = propose(
        opened(
            {
                "class": "dataset",
                "id": ["Navn", "x"],
                "size": [2, 1],
                "dimension": {
                    "Navn": {"category": {"index": ["3118 Indre Østfold", "3105 Sarpsborg"]}},
                    "x": {"category": {"index": ["2024"]}},
                },
                "value": [1, 2],
            }
        )
    )

    assert proposed.area.dimension == "Navn"


def test_columns_called_women_and_men_are_sexes_though_they_hold_the_figures() -> None:
    stat = Stat({"Innhold": ["Kvinner", "Menn"], "Tid": ["2023"]}, {}, {"metric": ["Innhold"]})
    content = written(stat)
    content["dimension"]["Innhold"]["category"]["label"] = {"Kvinner": "Kvinner", "Menn": "Menn"}
    proposed = propose(opened(content))
    assert (proposed.sex.dimension, proposed.indicator.dimension) == ("Innhold", None)


def test_areas_of_others_are_named_and_left_out_with_the_unknown_ones() -> None:
    table = cube({"Region": ["3118", "5001"], "Tid": ["2024"]}, [1, 2])
    said = "indicator: {key: people}\n"

    (about,) = settled(table, said).problems
    assert "5001" in about.message.text
    assert settled(table, said + "area: {unknown: leave_out}").is_complete
    fixed = cube({"Tid": ["2024"]}, [1])
    (about,) = settled(fixed, said + "area: {code: '5001'}").problems
    assert "5001" in about.message.text
