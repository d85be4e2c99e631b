"""What a reader must know before trusting a figure of an area, and what it is put together from (F1, F5)."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samloft.core.templatetags.formats import percent
from samloft.indicators import figures
from samloft.indicators.models import Indicator
from samloft.indicators.queries.profile_rows import ProfileRow
from samloft.indicators.queries.series import Point


@dataclass(frozen=True)
class MadeOf:
    """By which rule a figure is put together, from which areas, and whose figures it lacks."""

    label: str
    rule: str
    contributors: tuple[str, ...]
    lacking: tuple[str, ...]

    @property
    def words(self) -> str:
        """All of it in one line, for tables without room for more."""
        told = [f"{self.label}. {self.rule}."]
        if self.contributors:
            told.append(_("With: %(names)s.") % {"names": ", ".join(self.contributors)})
        if self.lacking:
            told.append(_("Lacks figures from %(names)s.") % {"names": ", ".join(self.lacking)})
        return " ".join(told)


def cautions(row: ProfileRow) -> tuple[str, ...]:
    """Those of this figure alone."""
    return tuple(_cautions(row))


def notes(row: ProfileRow) -> tuple[str, ...]:
    """Those of the series, which the other indicators of the area mostly share."""
    return tuple(_notes(row))


def _cautions(row: ProfileRow) -> Iterator[str]:
    if row.few:
        yield _("Few people: one or two more or less change the figure visibly.")
    if row.is_within_chance:
        yield _("The gap is smaller than what chance alone can make of it.")
    if row.point and row.point.is_provisional:
        yield _("Provisional figure.")


def _notes(row: ProfileRow) -> Iterator[str]:
    if breaks := [figures.period(point.period) for point in row.series.line if point.after_break]:
        yield _("Break before %(periods)s: compare across it with care.") % {"periods": ", ".join(breaks)}
    if county := changes_of_county(row):
        yield county


def changes_of_county(row: ProfileRow) -> str:
    """Which counties a municipality's gaps are measured to, where they are more than one; "" otherwise."""
    spans = row.larger.spans if row.larger else ()
    if len(spans) < 2:
        return ""
    told = ", ".join(f"{span.area.name} {span.first}–{span.last}" for span in spans)
    return _("The gap is to the county that the municipality lay in: %(counties)s.") % {"counties": told}


def makings(row: ProfileRow) -> tuple[MadeOf, ...]:
    """Of the area's figure and of its municipality's, where they are put together."""
    if row.point is None:
        return ()
    found = [made_of(row.point, row.indicator, "")]
    beside = row.municipality_series
    if beside is not None and beside.area != row.series.area and (point := beside.at(row.point.period)):
        found.append(made_of(point, row.indicator, beside.area.name))
    return tuple(one for one in found if one is not None)


def made_of(point: Point, indicator: Indicator, name: str) -> MadeOf | None:
    """None for a figure that the source gives itself."""
    if not point.contributors and not point.lacking:
        return None
    number = len(point.contributors) + len(point.lacking)
    label = (
        ngettext("Put together from %(number)d area", "Put together from %(number)d areas", number)
        if point.value is not None
        else ngettext(
            "Cannot be put together from %(number)d area", "Cannot be put together from %(number)d areas", number
        )
    ) % {"number": number}
    if point.covers is not None:
        words = {"what": label, "share": percent(point.covers, 1)}
        label = _("%(what)s with %(share)s of the people") % words
    if name:
        label = _("%(name)s: %(what)s") % {"name": name, "what": label[:1].lower() + label[1:]}
    return MadeOf(label, str(indicator.get_aggregation_display()), point.contributors, point.lacking)
