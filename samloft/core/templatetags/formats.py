"""How values are written for people: money, dates, shares, and what is unknown."""

import datetime
from typing import Any

from django import template
from django.utils import formats, timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from samloft.core.money import NBSP, format_kroner

register = template.Library()


def unknown() -> SafeString:
    return format_html('<span class="unknown">{}</span>', gettext("Unknown"))


@register.filter
def known(value: Any) -> Any:
    """`{{ value|known }}`: the value, or the word "Unknown" in its own look when it is None or empty text."""
    return unknown() if value is None or value == "" else value


@register.filter
def kroner(ore: int | None) -> str:
    """`{{ ore|kroner }}`: `7 795 000 kr`; unknown when None."""
    return unknown() if ore is None else format_kroner(ore)


@register.filter
def kroner_bare(ore: int | None) -> str:
    """`{{ ore|kroner_bare }}`: `7 795 000` for table columns whose heading says kr; unknown when None."""
    return unknown() if ore is None else format_kroner(ore, unit=False)


@register.filter
def long_date(day: datetime.date | None) -> str:
    """`{{ day|long_date }}`: `31. desember 2026`; a datetime is shown in Norwegian time without the clock."""
    return unknown() if day is None else date_format(_local(day), "DATE_FORMAT")


@register.filter
def short_date(day: datetime.date | None) -> str:
    """`{{ day|short_date }}`: `31.12.2026`."""
    return unknown() if day is None else date_format(_local(day), "d.m.Y")


@register.filter
def moment(at: datetime.datetime | None) -> str:
    """`{{ at|moment }}`: `31. desember 2026 14:05`, Norwegian time."""
    if at is None:
        return unknown()
    local = _local(at)
    return f"{date_format(local, 'DATE_FORMAT')} {date_format(local, 'H:i')}"


@register.filter
def percent(share: float | None, decimals: int = 0) -> str:
    """`{{ 0.124|percent }}` is `12 %`, `{{ 0.124|percent:1 }}` is `12,4 %`; unknown when None."""
    if share is None:
        return unknown()
    return f"{formats.number_format(round(share * 100, decimals), decimals)}{NBSP}%"


def _local(day: datetime.date) -> datetime.date:
    if isinstance(day, datetime.datetime) and timezone.is_aware(day):
        return timezone.localtime(day)
    return day
