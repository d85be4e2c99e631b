"""F3, L9: a statistics bank is asked within its limits, again when it was busy, and not twice for the same."""

import json
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from samloft.indicators.pxweb.calls import BankRefused, Caller, Limits
from samloft.indicators.pxweb.fetching import Bank, Progress
from samloft.indicators.pxweb.planning import cells, plan
from samloft.indicators.pxweb.tables import Interface, Version1, Version2
from samloft.indicators.reading import Problems, open_statistics, source_at
from tests.indicators.statistics_bank import DIMENSIONS, StatisticsBank, running, value

ALL = {name: tuple(values) for name, values in DIMENSIONS.items()}
VERSIONS = ("version_1", "version_2")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def there() -> Iterator[StatisticsBank]:
    with running() as bank:
        yield bank


def bank(there: StatisticsBank, version: str = "version_2", **limits: int) -> Bank:
    interface: Interface = Version1(there.version_1) if version == "version_1" else Version2(there.version_2)
    caller = Caller("Prøvebanken", Limits(**{"cells": there.most_cells, **limits}), there.time.clock)
    return Bank(interface, caller)


def figures(files: list[Path]) -> dict[tuple[str, ...], int]:
    found = {}
    for file in files:
        dataset = json.loads(file.read_bytes())
        indexes = [list(dataset["dimension"][name]["category"]["index"]) for name in dataset["id"]]
        found.update(zip(product(*indexes), dataset["value"], strict=True))
    return found


def remember(told: list[Progress]) -> Callable[[Progress], bool]:
    def tell(progress: Progress) -> bool:
        told.append(progress)
        return True

    return tell


WHOLE = {cell: value(cell) for cell in product(*ALL.values())}


@given(
    st.dictionaries(
        st.sampled_from("abcde"), st.integers(0, 9).map(lambda n: tuple(map(str, range(n)))), min_size=1
    ),
    st.integers(1, 60),
)
def test_a_plan_asks_for_every_cell_once_in_calls_that_the_bank_takes(
    selection: dict[str, tuple[str, ...]], most: int
) -> None:
    parts = plan(selection, most=most)
    asked = [cell for part in parts for cell in product(*part.values())]
    assert asked == list(product(*selection.values())), "Once each, and in their order."
    assert all(0 < cells(part) <= most and list(part) == list(selection) for part in parts)


def test_a_plan_asks_in_as_few_calls_as_it_can() -> None:
    """Statistics Norway's limit, and a table of 5 000 zones over 15 years by 2 sexes and 20 ages."""
    parts = plan(
        {"zone": ["z"] * 5000, "sex": "12", "age": "abcdefghijklmnopqrst", "year": "a" * 15}, most=800_000
    )
    assert len(parts) == 4
    assert plan({"a": "xy"}, most=2) == ({"a": ("x", "y")},)


@pytest.mark.parametrize("version", VERSIONS)
def test_the_bank_tells_what_is_in_a_table(there: StatisticsBank, version: str) -> None:
    table = bank(there, version).about("07459")
    assert (table.id, table.title) == ("07459", "07459: Befolkning")
    assert {each.code: dict(each.values) for each in table.dimensions} == DIMENSIONS
    assert [each.code for each in table.dimensions if each.is_optional] == ["Kjonn"]
    assert [each.code for each in table.dimensions if each.is_time] == ["Tid"]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_table_comes_in_parts_that_hold_every_cell_once(
    there: StatisticsBank, version: str, tmp_path: Path
) -> None:
    told: list[Progress] = []
    files = bank(there, version).fetch("07459", ALL, tmp_path, tell=remember(told))
    assert figures(files) == WHOLE
    assert Counter(there.cells_given) == Counter(dict.fromkeys(WHOLE, 1))
    assert [each.done for each in told] == [0, 1, 2, 3, 4]
    assert {each.parts for each in told} == {len(files)} == {4}


def test_short_selections_are_asked_in_the_address_and_long_or_strange_ones_in_the_body(
    there: StatisticsBank, tmp_path: Path
) -> None:
    plain = {"Region": ("0301",), "ContentsCode": ("Personer",), "Tid": ("2020", "2021")}
    bank(there).fetch("07459", plain, tmp_path)
    assert there.calls[-1] == ("GET", "/api/pxwebapi/v2/tables/07459/data")
    question = Version2("http://x").figures("1", {"Region": [f"{number:04}" for number in range(500)]})
    assert question.body == {
        "selection": [{"variableCode": "Region", "valueCodes": list(map("{:04}".format, range(500)))}]
    }
    assert Version2("http://x").figures("1", {"Alder": ["0-17, med"]}).body


@pytest.mark.parametrize("version", VERSIONS)
def test_no_more_calls_are_made_in_a_minute_than_the_bank_takes(
    there: StatisticsBank, version: str, tmp_path: Path
) -> None:
    there.most_calls = 3
    files = bank(there, version, cells=8, calls=3).fetch("07459", ALL, tmp_path)
    assert figures(files) == WHOLE
    assert len(there.calls) == len(files) == 16
    assert there.time.waits == [60.0] * 5


def test_a_bank_that_says_how_long_is_waited_for_that_long(there: StatisticsBank, tmp_path: Path) -> None:
    there.next_answers.extend([429, 503])
    there.retry_after = "17"
    assert figures(bank(there).fetch("07459", ALL, tmp_path)) == WHOLE
    assert there.time.waits == [17.0, 17.0]


def test_a_moment_to_come_back_at_is_by_the_banks_own_clock(there: StatisticsBank, tmp_path: Path) -> None:
    there.next_answers.append(503)
    there.retry_after = "Wed, 21 Oct 2015 07:28:00 GMT"
    bank(there).fetch("07459", ALL, tmp_path)
    assert there.time.waits == [2.0], "That moment has passed, so the usual wait is taken."


def test_a_bank_that_stumbles_is_asked_again_after_ever_longer_waits(
    there: StatisticsBank, tmp_path: Path
) -> None:
    there.next_answers.extend(["hang up", 500, "hang up"])
    assert figures(bank(there).fetch("07459", ALL, tmp_path)) == WHOLE
    assert there.time.waits == [2.0, 4.0, 8.0]


def test_what_was_fetched_is_kept_and_not_asked_for_again(there: StatisticsBank, tmp_path: Path) -> None:
    asking = bank(there)
    there.most_calls = 2
    with pytest.raises(BankRefused, match=r"does not answer \(429 Too Many Requests\)"):
        bank(there, attempts=1).fetch("07459", ALL, tmp_path)
    assert len(list(tmp_path.iterdir())) == 2
    there.most_calls = 30
    told: list[Progress] = []
    files = asking.fetch("07459", ALL, tmp_path, tell=remember(told))
    assert figures(files) == WHOLE
    assert Counter(there.cells_given) == Counter(dict.fromkeys(WHOLE, 1))
    assert told[0] == Progress(2, 4)
    calls = len(there.calls)
    assert asking.fetch("07459", ALL, tmp_path) == files
    assert len(there.calls) == calls, "All of it is there already."


def test_another_selection_does_not_take_the_files_of_the_first(there: StatisticsBank, tmp_path: Path) -> None:
    bank(there).fetch("07459", {**ALL, "Tid": ("2020",)}, tmp_path)
    files = bank(there).fetch("07459", {**ALL, "Tid": ("2021",)}, tmp_path)
    assert {cell[-1] for cell in figures(files)} == {"2021"}


def test_a_half_written_part_is_never_taken_for_a_whole_one(there: StatisticsBank, tmp_path: Path) -> None:
    there.next_answers.append("hang up")
    files = bank(there).fetch("07459", {**ALL, "Tid": ("2020",)}, tmp_path)
    assert sorted(tmp_path.iterdir()) == files


def test_a_network_that_is_closed_is_said_in_plain_words(there: StatisticsBank, tmp_path: Path) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        there.address = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        with pytest.raises(BankRefused, match=r"Prøvebanken does not answer \(no connection\).*go on later"):
            bank(there, attempts=2).fetch("07459", ALL, tmp_path)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (400, r"refuses the call \(400 Bad Request\)"),
        (403, r"refuses the call \(403 Forbidden\)"),
        (302, "has moved to another address"),
        (404, "has no such table"),
        ("nonsense", "not as PxWeb does"),
    ],
)
def test_what_cannot_become_better_by_waiting_is_refused_at_once(
    there: StatisticsBank, answer: int | str, words: str, tmp_path: Path
) -> None:
    for asking in (lambda: bank(there).about("07459"), lambda: bank(there).fetch("07459", ALL, tmp_path)):
        there.next_answers.append(answer)
        with pytest.raises(BankRefused, match=words):
            asking()
    assert not there.time.waits
    assert len(there.calls) == 2


def test_a_bank_that_answers_something_else_is_refused(there: StatisticsBank, tmp_path: Path) -> None:
    class Forgetful(Version1):
        def figures(self, table, selection):  # type: ignore[no-untyped-def]
            return super().figures(table, {**selection, "Tid": selection["Tid"][:1]})

    asking = Bank(Forgetful(there.version_1), bank(there).caller)
    with pytest.raises(BankRefused, match="other figures than it was asked for"):
        asking.fetch("07459", ALL, tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("version", VERSIONS)
def test_the_parts_are_put_together_as_one_file_that_is_read_like_any_other(
    there: StatisticsBank, version: str, tmp_path: Path
) -> None:
    asking = bank(there, version)
    there.missing = {("0301", "2", "Personer", "2020"): ":"}
    asking.joined(asking.fetch("07459", ALL, tmp_path), tmp_path / "whole.json")
    whole = json.loads((tmp_path / "whole.json").read_bytes())
    assert whole["size"] == [4, 2, 1, 10]
    cube = open_statistics(source_at(tmp_path / "whole.json"))
    read = list(cube.figures(Problems()))
    assert len(read) == len(WHOLE)
    assert [figure.value for figure in read] == [
        None if cell in there.missing else value for cell, value in WHOLE.items()
    ]
    assert [figure.status for figure in read if figure.value is None] == [":"]


def test_a_bank_with_an_order_of_its_own_gets_its_way(there: StatisticsBank, tmp_path: Path) -> None:
    there.order = ["Tid", "Region", "Kjonn", "ContentsCode"]
    asking = bank(there)
    asking.joined(asking.fetch("07459", ALL, tmp_path), tmp_path / "whole.json")
    whole = json.loads((tmp_path / "whole.json").read_bytes())
    assert whole["id"] == there.order
    cells = product(*(whole["dimension"][name]["category"]["index"] for name in whole["id"]))
    found = dict(zip(cells, whole["value"], strict=True))
    assert {(region, sex, what, year): seen for (year, region, sex, what), seen in found.items()} == WHOLE


def test_parts_that_do_not_fit_together_are_refused(there: StatisticsBank, tmp_path: Path) -> None:
    asking = bank(there)
    files = asking.fetch("07459", ALL, tmp_path)
    with pytest.raises(BankRefused, match="not as PxWeb does"):
        asking.joined([files[0], files[0]], tmp_path / "whole.json")


def test_a_fetch_stops_when_it_is_told_to_and_goes_on_later(there: StatisticsBank, tmp_path: Path) -> None:
    assert bank(there).fetch("07459", ALL, tmp_path, tell=lambda progress: progress.done < 2) == []
    assert len(there.calls) == 2
    assert figures(bank(there).fetch("07459", ALL, tmp_path)) == WHOLE
