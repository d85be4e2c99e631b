"""Stores the figures of a file that has been read: all of them, or none that counts."""

from collections.abc import Iterable, Iterator

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from samloft.accounts.models import User
from samloft.core import editing
from samloft.core.errors import RuleBroken
from samloft.core.files.refusals import FileRefused
from samloft.core.said import Said, SaidAbout, said
from samloft.indicators.actions import imports, latest_figures, observations
from samloft.indicators.figures import year_of
from samloft.indicators.models import ImportState, Indicator, StatisticsImport
from samloft.indicators.queries.statistics_files import Reading, Understood
from samloft.indicators.reading import Problems


def accept(*, batch: StatisticsImport, by: User) -> StatisticsImport:
    """Claim the file for storing; `store_file` does the work, outside the request."""
    if batch.state == ImportState.READ and batch.problems:
        raise RuleBroken(_("Something is left to decide or to put right. Nothing is stored before that."))
    begun = observations.begin(batch=batch, by=by)
    imports.tell(begun, stored=0)
    return begun


def store_file(*, batch: StatisticsImport, by: User) -> StatisticsImport:
    """Store the figures of a file that has been accepted."""
    if batch.state != ImportState.STORING:
        return batch
    try:
        return _store(batch, imports.understood_file(batch), by)
    except FileRefused as refusal:
        return _give_up(batch, [_whole(refusal.reason)], by)
    except RuleBroken as refusal:
        return _give_up(batch, [_whole(said(str(refusal)))], by)
    except Exception:
        _give_up(batch, [_whole(said(gettext_noop("Something failed on our side. Try again, or tell us.")))], by)
        raise


def store_at_once(*, batch: StatisticsImport, reading: Reading, by: User) -> StatisticsImport:
    """Keep what was read and store it in one go, for callers that have no page to decide on."""
    return store_file(batch=accept(batch=imports.keep_reading(batch=batch, reading=reading), by=by), by=by)


def withdraw(*, batch: StatisticsImport, by: User) -> StatisticsImport:
    """Take a file back: its figures no longer count, and what they replaced does again. Then `clean_up`."""
    return observations.withdraw(batch=batch, by=by)


def clean_up(*, batch: StatisticsImport) -> None:
    """After a withdrawal: make the latest figures anew without those of the file. May take a while."""
    latest_figures.rebuild(observations.affected(batch))


def _store(batch: StatisticsImport, understood: Understood, by: User) -> StatisticsImport:
    if understood.resolution.problems:
        return _give_up(batch, understood.resolution.problems, by)
    problems = Problems()
    rows = _rows(understood, problems)
    observations.store(batch=batch, rows=rows, told=lambda seen: imports.tell(batch, stored=seen))
    if problems.count:
        return _give_up(batch, problems.all(), by)
    visible = observations.make_visible(batch=batch, by=by)
    latest_figures.rebuild(observations.affected(visible))
    return visible


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
        failed = editing.locked(observations.fail(batch=batch, by=by))
        failed.problems = imports.kept_problems(why)
        failed.save(update_fields=["problems"])
    return failed


def _whole(message: Said) -> SaidAbout:
    return SaidAbout(said(gettext_noop("The file")), message)
