"""Publishing figures: a deliberate act, and one that cannot be undone, only stopped (F7)."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core import audit, editing
from samloft.core.errors import RuleBroken
from samloft.indicators.models import Indicator, Release
from samloft.indicators.queries import releases as queries
from samloft.indicators.queries.owners import owners_for
from samloft.indicators.queries.programme_areas import comparable_areas
from samloft.places.models import Area
from samloft.programmes.models import Programme


def publish(
    *,
    programme: Programme,
    indicator: Indicator,
    areas: Sequence[Area],
    years: tuple[int | None, int | None],
    checksum: str,
    on: date,
    by: User,
) -> Release:
    """Show the table to everybody. `checksum` is that of the table which the person has looked at."""
    chosen = {area.pk for area in areas}
    if chosen - set(comparable_areas(programme).filter(pk__in=chosen).values_list("pk", flat=True)):
        raise RuleBroken(_("Some of the areas are neither in the programme nor compared with it."))
    seen = indicator.releases.count()
    prepared = queries.prepare(indicator, areas, owners_for(programme), first_year=years[0], last_year=years[1])
    with transaction.atomic():
        stored = editing.locked(indicator)
        if prepared.checksum != checksum or stored.releases.count() != seen:
            raise RuleBroken(_("The figures have changed since you looked. Look at the table once more."))
        last = stored.releases.filter(programme=programme).aggregate(last=Max("number"))["last"] or 0
        release = Release.objects.create(
            programme=programme,
            indicator=stored,
            definition=prepared.definition,
            number=last + 1,
            threshold=prepared.threshold,
            table=prepared.table,
            counts=prepared.counts,
            published_on=on,
            published_by=by,
        )
        audit.record(
            "release.published",
            release,
            by=by,
            about=[programme],
            data={
                "indicator": stored.pk,
                "number": release.number,
                "hidden": prepared.hidden,
                "sha256": prepared.checksum,
            },
        )
    return release


@transaction.atomic
def withdraw(*, release: Release, on: date, by: User) -> Release:
    """Take the table away from the public pages. Whoever has seen it still knows what it said."""
    stored = Release.objects.select_for_update().get(pk=release.pk)
    if stored.withdrawn_on:
        raise RuleBroken(_("The table is withdrawn already."))
    stored.withdrawn_on, stored.withdrawn_by = on, by
    stored.save(update_fields=["withdrawn_on", "withdrawn_by"])
    audit.record("release.withdrawn", stored, by=by, about=[stored.programme], data={"number": stored.number})
    return stored
