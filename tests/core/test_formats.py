"""How values are written for people."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils import translation


def shown(source: str, value: object, language: str = "nb") -> str:
    with translation.override(language):
        return Template(source).render(Context({"value": value}))


@pytest.mark.parametrize(
    "name", ["known", "kroner", "kroner_bare", "long_date", "short_date", "moment", "percent"]
)
def test_what_is_unknown_is_said_and_never_shown_as_zero(name: str) -> None:
    html = shown("{{ value|" + name + " }}", None, "en")
    assert html == '<span class="unknown">Unknown</span>'


def test_zero_is_known() -> None:
    assert shown("{{ value|known }}", 0) == "0"
    assert shown("{{ value|kroner }}", 0) == "0\u00a0kr"
    assert shown("{{ value|percent }}", 0.0) == "0\u00a0%"


def test_money_has_no_break_spaces_between_groups() -> None:
    assert shown("{{ value|kroner }}", 779_500_000) == "7\u00a0795\u00a0000\u00a0kr"
    assert shown("{{ value|kroner_bare }}", 779_500_050) == "7\u00a0795\u00a0000,50"


@pytest.mark.parametrize(("language", "text"), [("nb", "31. desember 2026"), ("nn", "31. desember 2026")])
def test_dates_are_written_the_norwegian_way(language: str, text: str) -> None:
    assert shown("{{ value|long_date }}", date(2026, 12, 31), language) == text
    assert shown("{{ value|short_date }}", date(2026, 12, 31), language) == "31.12.2026"


def test_moments_are_in_norwegian_time() -> None:
    at = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert shown("{{ value|moment }}", at) == "1. januar 2027 00:30"
    assert shown("{{ value|long_date }}", at) == "1. januar 2027"


def test_shares_have_a_comma_in_norwegian() -> None:
    assert shown("{{ value|percent:1 }}", 0.1239) == "12,4\u00a0%"
