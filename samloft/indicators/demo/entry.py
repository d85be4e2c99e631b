"""Enters what is missing of the demo's areas and figures."""

from collections.abc import Iterator

from django.db import transaction

from samloft.accounts.models import User
from samloft.indicators.actions import catalogue, latest_figures, observations
from samloft.indicators.demo import files, places
from samloft.indicators.demo.codes import NEW
from samloft.indicators.figures import year_of
from samloft.indicators.models import ImportState, Indicator, StatisticsImport
from samloft.indicators.queries.statistics_files import Understood, read, understand
from samloft.indicators.reading import Problems, source_at
from samloft.indicators.reading.mapping import StatisticsMapping
from samloft.places.models import Municipality


def enter_all(*, by: User) -> list[str]:
    """The names of the files whose figures were entered now."""
    catalogue.enter_missing()
    with transaction.atomic():
        places.enter(by=by)
    own = Municipality.objects.get(code=NEW)
    owners = {files.LARGER: None, files.ZONES: own}
    return [name for name, owner in owners.items() if _enter_file(name, owner, by)]


def _enter_file(name: str, owner: Municipality | None, by: User) -> bool:
    if StatisticsImport.objects.filter(file_name=name, is_synthetic=True, state=ImportState.VISIBLE).exists():
        return False
    understood = understand(source_at(files.FOLDER / name), StatisticsMapping(), owner)
    reading = read(understood)
    if reading.problems:
        raise RuntimeError(f"{name}: {reading.problems[0].message.text}")
    batch = StatisticsImport.objects.create(
        municipality=owner,
        file_name=name,
        title=understood.cube.about.title,
        source=files.SOURCE,
        is_synthetic=True,
        dimensions=understood.dimensions,
        mapping=understood.mapping.plain(),
        observations=reading.counts.present,
        missing=reading.counts.missing,
        made_by=by,
    )
    begun = observations.begin(batch=batch, by=by)
    observations.store(batch=begun, rows=rows_of(understood))
    visible = observations.make_visible(batch=begun, by=by)
    latest_figures.rebuild(observations.affected(visible))
    return True


def rows_of(understood: Understood) -> Iterator[observations.Row]:
    areas = {name: area.pk for name, area in understood.places.named.items()}
    indicators = dict(Indicator.objects.values_list("key", "pk"))
    years = {period: year_of(period) for period in understood.resolution.of("period")}
    for row in understood.resolution.rows(understood.cube, Problems()):
        yield observations.Row(
            indicators[row.indicator],
            areas[row.area],
            row.period,
            years[row.period],
            value=row.value,
            missing=row.missing,
            numerator=row.numerator,
            denominator=row.denominator,
            is_provisional=row.is_provisional,
        )
