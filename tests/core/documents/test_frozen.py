import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samloft.core.documents import blocks
from samloft.core.documents.blocks import Document, DocumentError
from samloft.core.documents.frozen import from_data, to_data
from tests.core.documents.plan import plan

texts = st.text(max_size=20)
filled = texts.map(lambda text: text + "x")
runs = st.lists(st.builds(blocks.Run, texts, st.booleans(), st.booleans()), max_size=3).map(tuple)
items = st.lists(runs, max_size=3).map(tuple)
mimes = st.sampled_from(["image/svg+xml", "image/png", "image/jpeg"])
images = st.binary(min_size=1, max_size=30)
cells = st.builds(blocks.Cell, texts, texts)


@st.composite
def tables(draw):
    columns = draw(
        st.lists(st.builds(blocks.Column, filled, st.sampled_from(["start", "end"])), min_size=1, max_size=4)
    )
    full = st.lists(cells, min_size=len(columns), max_size=len(columns)).map(tuple)
    kinds = st.sampled_from(["row", "group", "subtotal", "total"])
    spanning = st.builds(blocks.Row, st.tuples(cells), st.just("group"))
    rows = draw(st.lists(st.one_of(st.builds(blocks.Row, full, kinds), spanning), max_size=4))
    return blocks.Table(tuple(columns), tuple(rows), draw(texts), draw(texts))


any_block = st.one_of(
    st.builds(blocks.Heading, st.just(1), filled, st.just(""), st.booleans()),
    st.builds(blocks.Paragraph, runs),
    st.builds(blocks.BulletList, items),
    st.builds(blocks.NumberedList, items),
    tables(),
    st.builds(blocks.Facts, st.lists(st.builds(blocks.Fact, texts, texts, texts), max_size=3).map(tuple)),
    st.builds(blocks.Note, st.sampled_from(["info", "warning", "assumed"]), texts),
    st.builds(blocks.Figure, images, mimes, filled, texts, st.floats(0.01, 1)),
    st.builds(blocks.Contents, st.integers(1, 4)),
    st.builds(blocks.PageBreak),
)
documents = st.builds(
    Document,
    title=filled,
    language=st.sampled_from(["nb", "nn"]),
    blocks=st.lists(any_block, max_size=6).map(tuple),
    subtitle=texts,
    issuer=texts,
    issued=texts,
    mark=texts,
    number=texts,
    keywords=st.lists(texts, max_size=3).map(tuple),
    logo=st.one_of(st.none(), st.builds(blocks.Logo, images, mimes, filled)),
    numbered=st.booleans(),
)


@given(documents)
@settings(max_examples=150, deadline=None)
def test_a_frozen_document_thaws_to_the_same_document(document):
    assert from_data(json.loads(json.dumps(to_data(document)))) == document


def test_every_kind_of_block_can_be_frozen():
    kinds = {type(block) for block in plan().blocks}
    assert kinds == set(blocks.Block.__args__)
    assert from_data(json.loads(json.dumps(to_data(plan())))) == plan()


def test_a_later_format_is_refused_rather_than_half_read():
    with pytest.raises(DocumentError, match="format 2"):
        from_data({**to_data(plan()), "format": 2})


def test_a_block_of_the_future_is_refused_by_name():
    data = to_data(plan())
    data["blocks"].append({"type": "hologram"})
    with pytest.raises(DocumentError, match="hologram"):
        from_data(data)
