"""Files from anywhere: whatever they hold, the reader refuses with a sentence and never fails otherwise."""

import json
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samloft.core.files.refusals import FileRefused
from samloft.indicators.reading import json_text
from samloft.indicators.reading.cube import Problems, count
from samloft.indicators.reading.jsonstat import open_jsonstat
from samloft.indicators.reading.source import Source
from tests.indicators.reading.stat_files import opened, source_of
from tests.indicators.reading.test_jsonstat import dataset


def read(content: object) -> None:
    count(opened(content), Problems())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   \n",
        b"\xef\xbb\xbf",
        b"null",
        b"[]",
        b"{}",
        b"5",
        b'"text"',
        b"{",
        b'{"a":',
        b'{"value": [1,',
        b'{"value": [1 2]}',
        b'{"value": [1,]}',
        b'{"value": [01]}',
        b'{"value": {"0": 1,}}',
        b'{"value": [1]} and more',
        b"<html>not JSON</html>",
        b"\x00\x01\x02",
        b'{"label": "\xff\xfe"}',
        b'{"label": "' + b"a" * (2 * 1024 * 1024) + b'"}',
        b'{"label": "' + b"a" * (2 * 1024 * 1024),
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"value": ' + b"[" * 100_000,
        b'{"n": ' + b"9" * 5_000 + b"}",
        b'{"value": [' + b"9" * 5_000 + b"]}",
        b'{"value": [NaN]}',
        b'{"value": [1, Infinity]}',
        b'{"label": -Infinity}',
        b'{"value": [{"name": "odata"}]}',
        b'{"class": "dimension", "category": {}}',
        b'{"class": "collection", "link": {"item": [{"href": "https://example.no"}]}}',
        b'{"class": "collection", "link": 5}',
        b'{"id": 1, "id": 2}',
        json.dumps(dataset()).encode("utf-16"),
    ],
    ids=lambda content: content[:24],
)
def test_what_is_not_json_stat_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(FileRefused) as refused:
        read(content)

    assert len(refused.value.message) > 10


@pytest.mark.parametrize(
    "changes",
    [
        {"id": None},
        {"id": "Sone"},
        {"id": ["Sone", "Sone"], "size": [1, 2]},
        {"id": [5]},
        {"id": [""]},
        {"id": ["Sone", "Tid"]},
        {"size": [3]},
        {"size": [2.0]},
        {"size": [True]},
        {"size": [-1]},
        {"size": ["2"]},
        {"size": [10**30]},
        {"size": [10**9]},
        {"size": [2, 1]},
        {"id": ["x"] * 50, "size": [1] * 50},
        {"dimension": []},
        {"dimension": {}},
        {"dimension": {"Sone": None}},
        {"dimension": {"Sone": {"category": []}}},
        {"dimension": {"Sone": {"category": {}}}},
        {"dimension": {"Sone": {"category": {"label": {"01": "a", "02": "b"}}}}},
        {"dimension": {"Sone": {"category": {"index": ["01"]}}}},
        {"dimension": {"Sone": {"category": {"index": ["01", "01"]}}}},
        {"dimension": {"Sone": {"category": {"index": ["01", {}]}}}},
        {"dimension": {"Sone": {"category": {"index": {"01": 0, "02": 0}}}}},
        {"dimension": {"Sone": {"category": {"index": {"01": 0, "02": 7}}}}},
        {"dimension": {"Sone": {"category": {"index": {"01": 0, "02": True}}}}},
        {"dimension": {"Sone": {"category": {"index": "01"}}}},
        {"dimension": {"Sone": {"category": {"index": ["01", "02"], "label": []}}}},
        {"value": [1]},
        {"value": [1, 2, 3]},
        {"value": []},
        {"value": None},
        {"value": "1, 2"},
        {"value": {"2": 1}},
        {"value": {"-1": 1}},
        {"value": {"0": 1, "a": 2}},
        {"value": {"a": 2}},
        {"value": {"0": [1]}},
        {"value": {"9" * 30: 1}},
        {"value": {"1": 1, "0": 2, "01": 3}},
        {"value": [1, [2]]},
        {"status": [None, ".", "."]},
        {"status": [1, 2]},
        {"status": {"0": 5}},
        {"status": {"7": "."}},
        {"status": 5},
    ],
    ids=str,
)
def test_a_table_that_contradicts_itself_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(FileRefused):
        read(dataset(**changes))


def test_a_table_that_spans_more_than_anyone_can_read_is_refused() -> None:
    ids = [f"d{n}" for n in range(8)]
    described = {name: {"category": {"index": [str(n) for n in range(20)]}} for name in ids}

    with pytest.raises(FileRefused, match="25600000000"):
        read(dataset(id=ids, size=[20] * 8, dimension=described, value={"0": 1}))


def test_the_same_key_twice_among_the_figures_is_refused() -> None:
    text = json.dumps(dataset(value={"0": 1, "1": 2})).replace('"1": 2', '"0": 2')

    with pytest.raises(FileRefused):
        read(text)


def test_a_file_with_more_kinds_of_status_than_anyone_uses_is_refused() -> None:
    size = 500
    described = {"Sone": {"category": {"index": [str(n) for n in range(size)]}}}

    with pytest.raises(FileRefused):
        read(
            dataset(
                size=[size], dimension=described, value=[None] * size, status=[f"kind {n}" for n in range(size)]
            )
        )


whole = json.dumps(dataset(status={"1": ":"}, note=["æøå"]), ensure_ascii=False).encode()


@given(st.integers(0, len(whole) - 1), st.binary(max_size=3))
def test_a_damaged_file_is_read_or_refused_and_nothing_else(at: int, instead: bytes) -> None:
    try:
        read(whole[:at] + instead + whole[at + 1 :])
    except FileRefused:
        return


@given(st.integers(1, 40), st.sampled_from([whole, b"\xef\xbb\xbf" + whole]))
def test_where_the_window_ends_makes_no_difference(size: int, content: bytes) -> None:
    """The text comes in chunks; a chunk may end anywhere, also inside a number or a letter."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_text, "CHUNK", size)
        cube = opened(content)

        assert [(f.value, f.status) for f in cube.figures(Problems())] == [(1, ""), (None, ":")]


class Counting(BytesIO):
    """A stream that is long without being stored, and knows how much of it was asked for at a time."""

    largest = 0

    def read(self, size: int | None = -1) -> bytes:
        chunk = super().read(size)
        Counting.largest = max(Counting.largest, len(chunk))
        return chunk


def test_a_large_file_passes_through_a_small_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory stays flat: no chunk is larger than the window, and the window does not grow."""
    size = 60_000
    described = {
        "Sone": {"category": {"index": [str(n) for n in range(size)]}},
        "Tid": {"category": {"index": [str(n) for n in range(2000, 2020)]}},
    }
    data = json.dumps(
        dataset(id=["Sone", "Tid"], size=[size, 20], dimension=described, value=[1.5, None, 20] * 400_000)
    ).encode()
    assert len(data) > 20 * json_text.CHUNK
    windows: list[int] = []
    more = json_text.JsonText._more

    def watched(self: json_text.JsonText) -> bool:
        came = more(self)
        windows.append(len(self._window))
        return came

    monkeypatch.setattr(json_text.JsonText, "_more", watched)
    cube = open_jsonstat(Source("big.json", len(data), lambda: Counting(data)))
    counts = count(cube, Problems())

    assert (counts.present, counts.missing) == (800_000, {"unknown": 400_000})
    assert Counting.largest == json_text.CHUNK
    assert max(windows) < 2 * json_text.CHUNK


def test_the_source_is_closed_again() -> None:
    streams: list[BytesIO] = []
    data = json.dumps(dataset()).encode()

    def remembered() -> BytesIO:
        streams.append(BytesIO(data))
        return streams[-1]

    count(open_jsonstat(Source("x", len(data), remembered)), Problems())

    assert streams and all(stream.closed for stream in streams)
    assert source_of(data).size == len(data)
