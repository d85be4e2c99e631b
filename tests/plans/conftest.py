"""What the tests of plans share."""

from collections.abc import Iterator

import pytest
from django.test import override_settings
from django.utils import translation


@pytest.fixture
def english() -> Iterator[None]:
    """For tests that read messages: English is the language of the message ids."""
    with override_settings(LANGUAGE_CODE="en"), translation.override("en"):
        yield
