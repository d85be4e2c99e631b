"""Messages are compared in the language their ids are written in."""

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def in_english(in_bokmal: None) -> Iterator[None]:
    with translation.override("en"):
        yield
