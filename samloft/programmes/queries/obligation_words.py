"""When something is owed, as people say it."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samloft.programmes.models import Obligation, Occurrence, Rhythm

_NUMBERS = (
    gettext_lazy("one"),
    gettext_lazy("two"),
    gettext_lazy("three"),
    gettext_lazy("four"),
    gettext_lazy("five"),
    gettext_lazy("six"),
    gettext_lazy("seven"),
    gettext_lazy("eight"),
    gettext_lazy("nine"),
    gettext_lazy("ten"),
    gettext_lazy("eleven"),
    gettext_lazy("twelve"),
)
_OFTEN = {
    Rhythm.WEEKLY: gettext_lazy("every week"),
    Rhythm.MONTHLY: gettext_lazy("every month"),
    Rhythm.EVERY_SECOND_MONTH: gettext_lazy("every second month"),
    Rhythm.YEARLY: gettext_lazy("every year"),
    Rhythm.CONTINUOUS: gettext_lazy("all the time, and looked at once a year"),
}


def how_often(obligation: Obligation) -> str:
    """“every year, by 1 February”, “at most six times a year”."""
    if obligation.rhythm == Rhythm.TIMES_A_YEAR:
        return _times_a_year(obligation.min_times, obligation.max_times)
    if obligation.rhythm == Rhythm.ONCE:
        if obligation.due_on is None:
            return _("once, by a date that nobody has recorded")
        return _("once, by %(day)s") % {"day": date_format(obligation.due_on, "DATE_FORMAT")}
    often, by = str(_OFTEN[Rhythm(obligation.rhythm)]), _by(obligation)
    return _("%(often)s, by %(day)s") % {"often": often, "day": by} if by else often


def period(occurrence: Occurrence) -> str:
    """What one time is called: “2026”, “March–April 2026”, “week 5, 2026”."""
    year, _dash, part = occurrence.key.partition("-")
    if not part:
        return _("Once") if occurrence.key == "once" else year
    if part.startswith("W"):
        return _("week %(week)d, %(year)s") % {"week": int(part[1:]), "year": year}
    first, last = date_format(occurrence.starts_on, "F"), date_format(occurrence.ends_on, "F Y")
    return last if occurrence.starts_on.month == occurrence.ends_on.month else f"{first}–{last}"


def _by(obligation: Obligation) -> str:
    """The day within the rhythm; "" when it has none."""
    day = obligation.due_on
    if day is None or obligation.rhythm == Rhythm.CONTINUOUS:
        return ""
    if obligation.rhythm == Rhythm.YEARLY:
        return date_format(day, "MONTH_DAY_FORMAT")
    if obligation.rhythm == Rhythm.WEEKLY:
        return date_format(day, "l")
    return _("the last day of the month") if day.day == 31 else _("day %(day)d of the month") % {"day": day.day}


def _times_a_year(least: int | None, most: int | None) -> str:
    if least == most and most is not None:
        text = ngettext("%(times)s time a year", "%(times)s times a year", most)
        return text % {"times": _number(most)}
    if most is None:
        text = ngettext("at least %(times)s time a year", "at least %(times)s times a year", least or 0)
        return text % {"times": _number(least or 0)}
    if least is None:
        text = ngettext("at most %(times)s time a year", "at most %(times)s times a year", most)
        return text % {"times": _number(most)}
    text = ngettext("%(least)s to %(most)s time a year", "%(least)s to %(most)s times a year", most)
    return text % {"least": _number(least), "most": _number(most)}


def _number(times: int) -> str:
    return str(_NUMBERS[times - 1]) if 1 <= times <= len(_NUMBERS) else str(times)
