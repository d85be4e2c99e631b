"""The baseline report (nullpunktsanalyse): how things stood when the work began."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from django.utils import formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samloft.core.charts import Dot, DotChart, Line, LineChart, alt_text, draw
from samloft.core.documents.blocks import (
    Block,
    BulletList,
    Column,
    Contents,
    Document,
    Fact,
    Facts,
    Figure,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Row,
    Table,
)
from samloft.indicators.documents.area_cautions import made_of
from samloft.indicators.figures import bare, mark, period, signed
from samloft.indicators.models import Baseline, Indicator, IndicatorDefinition, Missing
from samloft.indicators.queries.baselines import Reading, Source, readings
from samloft.indicators.queries.profile_rows import adds_up, exists_for
from samloft.places.models import AreaKind
from samloft.programmes.documents.covers import covered, language_of

MOST_LINES = 6
_LARGER = (AreaKind.MUNICIPALITY, AreaKind.COUNTY, AreaKind.COUNTRY)


@dataclass(frozen=True)
class Subject:
    """An indicator with its readings, one for each area."""

    indicator: Indicator
    definition: IndicatorDefinition
    readings: tuple[Reading, ...]

    @property
    def is_known(self) -> bool:
        return any(reading.last and reading.last.value is not None for reading in self.readings)


def build(baseline: Baseline, *, language: str | None = None) -> Document:
    """The report in the owner's language form unless another is given. A draft carries its mark.

    `baseline.programme` has its owner loaded; the number of queries does not depend on how much there is.
    """
    chosen = language_of(baseline.programme, language)
    with translation.override(chosen):
        subjects = _subjects(readings(baseline))
        known = [subject for subject in subjects if subject.is_known]
        blocks = (
            *_front(baseline),
            *_about(baseline, subjects),
            *_in_short(known),
            *_figures(known),
            *_unknown([subject for subject in subjects if not subject.is_known]),
            *_years_of(known),
            *_definitions(subjects),
            *_proof(baseline),
        )
        document = covered(
            baseline.programme, blocks, title=baseline.title, keywords=(_("baseline"),), language=chosen
        )
    if baseline.frozen_on is None:
        return document
    return replace(document, mark="", issued=baseline.frozen_on.isoformat())


def _subjects(found: Iterable[Reading]) -> list[Subject]:
    return [
        Subject(of[0].indicator, of[0].definition, of)
        for of in (tuple(group) for _pk, group in groupby(found, key=lambda reading: reading.indicator.pk))
    ]


def _front(baseline: Baseline) -> Iterator[Block]:
    facts = [Fact(_("Areas"), ", ".join(area.name for area in baseline.programme.areas.all()) or _("unknown"))]
    if years := _years(baseline):
        facts.append(Fact(_("Years"), years))
    if baseline.frozen_on and baseline.frozen_by:
        facts.append(Fact(_("Frozen on"), formats.date_format(baseline.frozen_on, "DATE_FORMAT")))
        facts.append(Fact(_("Frozen by"), baseline.frozen_by.name))
        if baseline.decision:
            facts.append(Fact(_("Decision"), baseline.decision.title))
    else:
        facts.append(Fact(_("Status"), _("Draft; the figures are not frozen")))
    yield Facts(tuple(facts))
    yield Contents()
    yield PageBreak()


def _years(baseline: Baseline) -> str:
    first, last = baseline.first_year, baseline.last_year
    if first and last:
        return f"{first}–{last}" if first != last else str(first)
    if first:
        return _("from %(year)s") % {"year": first}
    return _("up to %(year)s") % {"year": last} if last else ""


def _about(baseline: Baseline, subjects: Sequence[Subject]) -> Iterator[Block]:
    yield Heading(1, _("About the baseline"))
    for words in filter(None, (words.strip() for words in baseline.introduction.split("\n\n"))):
        yield Paragraph.of(words)
    yield Paragraph.of(
        _(
            "The baseline holds the figures as they were known when it was frozen. What the sources change "
            "afterwards stands beside it and never in it, so that later figures have something firm to be held "
            "against."
        )
    )
    yield Paragraph.of(
        _(
            "Each figure is the newest within the chosen years. A figure that is missing is never replaced by "
            "that of a larger area, and small groups make figures jump from year to year."
        )
    )
    if any(reading.source.is_synthetic for subject in subjects for reading in subject.readings):
        yield Note(
            "warning", _("Figures in this report are made up for the demo. They say nothing about real places.")
        )


def _in_short(subjects: Sequence[Subject]) -> Iterator[Block]:
    """Every baseline figure in one table, so that the picture is seen before its parts."""
    if not subjects:
        return
    shown = _few(subjects[0].readings)
    yield Heading(1, _("The baseline in short"))
    yield Table(
        (Column(_("Indicator")), *(Column(one.area.name, "end") for one in shown)),
        tuple(
            Row.of(
                _caption(subject),
                *(_value(reading) for reading in _few(subject.readings)),
            )
            for subject in subjects
        ),
        caption=_("The newest figure within the chosen years"),
        note=_(
            "A dash means that there is no figure. The periods, sources and cautions stand with each indicator."
        ),
    )


def _value(reading: Reading) -> str:
    return _number(reading.last.value if reading.last else None, reading.indicator)


def _number(value: float | None, indicator: Indicator) -> str:
    return "–" if value is None else bare(value, indicator.decimals)


def _caption(subject: Subject) -> str:
    return f"{subject.definition.name} ({subject.indicator.unit})"


def _figures(subjects: Sequence[Subject]) -> Iterator[Block]:
    if not subjects:
        return
    yield Heading(1, _("The figures"))
    for subject in subjects:
        yield Heading(2, subject.definition.name)
        if subject.definition.description:
            yield Paragraph.of(subject.definition.description)
        chart = _chart(subject)
        yield Figure(draw(chart), "image/svg+xml", alt_text(chart), caption=chart.title, width=0.9)
        yield _table(subject)
        for reading in subject.readings:
            made = made_of(reading.last, subject.indicator, reading.area.name) if reading.last else None
            if made:
                yield Paragraph.of(made.words)


def _years_of(subjects: Sequence[Subject]) -> Iterator[Block]:
    """The tables of the charts that show more than the newest figures."""
    shown = [subject for subject in subjects if isinstance(_chart(subject), LineChart)]
    if shown:
        yield Heading(1, _("The figures year by year"))
    for subject in shown:
        readings = _few(subject.readings)
        known = [{point.period: point.value for point in one.points} for one in readings]
        periods = sorted({point.period: point.year for one in readings for point in one.points}.items(), key=_when)
        rows = (
            Row.of(period(at), *(_number(values.get(at), subject.indicator) for values in known))
            for at, _year in periods
            if any(values.get(at) is not None for values in known)
        )
        columns = (Column(_("Period")), *(Column(one.area.name, "end") for one in readings))
        yield Table(columns, tuple(rows), caption=_caption(subject), note=_breaks(subject))


def _when(at: tuple[str, int]) -> tuple[int, str]:
    return at[1], at[0]


def _chart(subject: Subject) -> LineChart | DotChart:
    """The way of the first areas and of the larger ones; with one figure each, the figures beneath each other.

    What adds up grows with the area: the larger areas would press the others flat.
    """
    indicator, name = subject.indicator, subject.definition.name
    known = [one for one in subject.readings if any(point.value is not None for point in one.points)]
    if adds_up(indicator):
        known = [one for one in known if one.area.kind not in _LARGER] or known
    if all(len([point for point in one.points if point.value is not None]) < 2 for one in known):
        dots = tuple(
            Dot(one.area.name, one.last.value if one.last else None, is_main=place == 0)
            for place, one in enumerate(known)
        )
        return DotChart(name, dots, indicator.unit, indicator.decimals)
    lines = tuple(Line(one.area.name, tuple(mark(point) for point in one.points)) for one in _few(known))
    return LineChart(name, lines, indicator.unit, indicator.decimals)


def _few(known: Sequence[Reading]) -> list[Reading]:
    """So many lines as can be told apart: the first areas, and the last, which are the largest."""
    return [*known] if len(known) <= MOST_LINES else [*known[: MOST_LINES - 2], *known[-2:]]


def _table(subject: Subject) -> Table:
    """Each area with its newest figure; columns that would be empty are left out."""
    larger = None if adds_up(subject.indicator) else _municipality(subject.readings)
    said = ["; ".join(remarks(reading)) for reading in subject.readings]
    columns = [Column(_("Area")), Column(_("Period")), Column(_("Figure"), "end")]
    if larger:
        columns.append(Column(_("Gap to %(area)s") % {"area": larger.area.name}, "end"))
    if any(said):
        columns.append(Column(_("Remarks")))
    rows = tuple(
        Row.of(
            reading.area.name,
            period(reading.last.period) if reading.last else "–",
            _value(reading),
            *([_gap(reading, larger)] if larger else []),
            *([words] if any(said) else []),
        )
        for reading, words in zip(subject.readings, said, strict=True)
    )
    return Table(tuple(columns), rows, caption=_caption(subject), note=_sources(subject))


def _municipality(found: Sequence[Reading]) -> Reading | None:
    return next((one for one in found if one.area.kind == AreaKind.MUNICIPALITY), None)


def _sources(subject: Subject) -> str:
    """Where the figures come from, and where their series are broken."""
    sources = dict.fromkeys(reading.source for reading in subject.readings if reading.last)
    return "\n".join(filter(None, (*map(source_words, sources), _breaks(subject))))


def _breaks(subject: Subject) -> str:
    places = [
        f"{reading.area.name} {period(point.period)}"
        for reading in subject.readings
        for point in reading.points
        if point.after_break
    ]
    return _("Break in the series: %(places)s") % {"places": ", ".join(places)} if places else ""


def _gap(reading: Reading, larger: Reading) -> str:
    """Of the same period, with its sign; a dash where there is nothing to compare."""
    last = reading.last
    same = next((point for point in larger.points if last and point.period == last.period), None)
    if last is None or reading is larger or same is None or same.value is None or last.value is None:
        return "–"
    return signed(last.value - same.value, reading.indicator.decimals)


def remarks(reading: Reading) -> Iterator[str]:
    """What one should know before trusting the figure, or why there is none."""
    point = reading.last
    if point is None:
        at_level = exists_for(reading.indicator, reading.area)
        yield _("No figure in these years") if at_level else _("Not available at this level")
        return
    if point.missing:
        yield str(Missing(point.missing).label)
    if point.is_provisional:
        yield _("provisional")
    if point.after_break:
        yield _("after a break in the series")
    if point.contributors:
        count = len(point.contributors)
        yield ngettext("from %(count)d area", "put together from %(count)d areas", count) % {"count": count}


def source_words(source: Source) -> str:
    """`Kilde: Statistisk sentralbyrå, tabell 07459, hentet 1. mars 2025. Lisens: CC BY 4.0`."""
    words = _("Source: %(source)s") % {"source": source.source or _("unknown")}
    if source.table_id:
        words += ", " + _("table %(table)s") % {"table": source.table_id}
    if source.retrieved_at:
        words += ", " + _("retrieved %(day)s") % {"day": formats.date_format(source.retrieved_at, "DATE_FORMAT")}
    if source.licence:
        words += ". " + _("Licence: %(licence)s") % {"licence": source.licence}
    return words


def _unknown(subjects: Sequence[Subject]) -> Iterator[Block]:
    if subjects:
        yield Heading(1, _("What nobody has figures for"))
        yield Paragraph.of(
            _("These indicators were chosen, but none of the areas has a figure in the chosen years.")
        )
        yield BulletList.of(*(subject.definition.name for subject in subjects))


def _definitions(subjects: Sequence[Subject]) -> Iterator[Block]:
    yield Heading(1, _("Definitions"))
    columns = (
        Column(_("Indicator")),
        Column(_("What is counted")),
        Column(_("Direction")),
        Column(_("Version"), "end"),
    )
    rows = tuple(
        Row.of(
            subject.definition.name,
            _counted(subject.definition),
            str(subject.indicator.get_direction_display()),
            str(subject.definition.number),
        )
        for subject in subjects
    )
    yield Table(columns, rows, caption=_("Definitions"))


def _proof(baseline: Baseline) -> Iterator[Block]:
    if baseline.frozen_on and baseline.frozen_by:
        yield Heading(1, _("Proof that it is unchanged"))
        signed = {"day": formats.date_format(baseline.frozen_on, "DATE_FORMAT"), "name": baseline.frozen_by.name}
        yield Paragraph.of(
            _(
                "Signed %(day)s by %(name)s. The checksum (SHA-256) of the frozen figures is the same as long as "
                "nobody has changed them:"
            )
            % signed
        )
        yield Paragraph.of(baseline.sha256)


def _counted(definition: IndicatorDefinition) -> str:
    whole = definition.denominator
    if definition.numerator and whole:
        if not whole[:2].isupper():  # “NAV” stays as it is
            whole = whole[0].lower() + whole[1:]
        words = {"part": definition.numerator, "whole": whole}
        return _("%(part)s, of %(whole)s") % words
    return definition.numerator or definition.denominator or definition.description or _("unknown")
