"""The tests here read messages, and read them in English: the language of the message ids."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import override_settings
from django.utils import translation


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with override_settings(LANGUAGE_CODE="en"), translation.override("en"):
        assert settings.LANGUAGE_CODE == "en"
        yield
