"""Stores the figures of a file that has been read: all of them, or none that counts."""

from collections.abc import Iterable, Iterator

from django.db import transaction
from django.utils.translation import gettext_noop

from samloft.accounts.models import User
from samloft.core import editing
from samloft.core.errors import RuleBroken
from samloft.core.files.refusals import FileRefused
from samloft.core.said import Said, SaidAbout, said
from samloft.indicators.actions import deliveries, imports, latest_figures, observations
from samloft.indicators.figures import year_of
from samloft.indicators.models import ImportState, Indicator, StatisticsImport
from samloft.indicators.queries.statistics_files import Reading, Understood
from samloft.indicators.reading import Problems


def accept(*, batch: StatisticsImport, by: User) -> StatisticsImport:
    """Claim the file for storing; `store_file` does the work, outside the request."""
    return deliveries.begin(batch=batch, by=by)


def store_file(*, batch: StatisticsImport, by: User) -> StatisticsImport:
    """Store the figures of a file that has been accepted, or the rest of them where somebody stopped half-way.

    Two that do it at once do not disturb each other: the last one to take it on goes on alone.
    """
    if not deliveries.take(batch):
        return batch
    try:
        return _store_or_give_up(batch, by)
    except deliveries.TakenOver:
        batch.refresh_from_db()
        return batch


def store_at_once(*, batch: StatisticsImport, reading: Reading, by: User) -> StatisticsImport:
    """Keep what was read and store it in one go, for callers that have no page to decide on."""
    return store_file(batch=accept(batch=imports.keep_reading(batch=batch, reading=reading), by=by), by=by)


def settle(*, batch: StatisticsImport) -> None:
    """Make the latest figures anew after a delivery came or went. Takes a while; doing it twice does no harm."""
    latest_figures.rebuild(observations.affected(batch), told=lambda: imports.tell(batch))
    imports.tell(batch, is_settled=True)


def _store_or_give_up(batch: StatisticsImport, by: User) -> StatisticsImport:
    try:
        stored = _store(batch, imports.understood_file(batch), by)
    except deliveries.TakenOver:
        raise
    except FileRefused as refusal:
        return _give_up(batch, [_whole(refusal.reason)], by)
    except RuleBroken as refusal:
        return _give_up(batch, [_whole(said(str(refusal)))], by)
    except BaseException:
        _give_up(batch, [_whole(said(gettext_noop("Something failed on our side. Try again, or tell us.")))], by)
        raise
    if stored.state == ImportState.VISIBLE:
        settle(batch=stored)
        stored.refresh_from_db()
    return stored


def _store(batch: StatisticsImport, understood: Understood, by: User) -> StatisticsImport:
    if understood.resolution.problems:
        return _give_up(batch, understood.resolution.problems, by)
    problems = Problems()
    observations.store(batch=batch, rows=_rows(understood, problems))
    if problems.count:
        return _give_up(batch, problems.all(), by)
    return deliveries.make_visible(batch=batch, by=by)


def _rows(understood: Understood, problems: Problems) -> Iterator[observations.Row]:
    """The figures as the table of observations holds them."""
    areas = {name: area.pk for name, area in understood.places.named.items()}
    keys = understood.resolution.of("indicator")
    indicators = dict(Indicator.objects.filter(key__in=keys).values_list("key", "pk"))
    years = {period: year_of(period) for period in understood.resolution.of("period")}
    for row in understood.resolution.rows(understood.cube, problems):
        yield observations.Row(
            indicators[row.indicator],
            areas[row.area],
            row.period,
            years[row.period],
            row.sex,
            row.age,
            row.value,
            row.missing,
            row.numerator,
            row.denominator,
            row.is_provisional,
        )


def _give_up(batch: StatisticsImport, why: Iterable[SaidAbout], by: User) -> StatisticsImport:
    with transaction.atomic():
        failed = editing.locked(deliveries.fail(batch=batch, by=by))
        failed.problems = imports.kept_problems(why)
        failed.save(update_fields=["problems"])
    return failed


def _whole(message: Said) -> SaidAbout:
    return SaidAbout(said(gettext_noop("The file")), message)
