"""Making the latest figures anew after an area was said to have been another; the worker does it."""

from django_tasks import task

from samloft.indicators.actions import latest_figures
from samloft.indicators.actions.observations import Affected
from samloft.indicators.models import Observation
from samloft.indicators.queries.lineage import lineages
from samloft.places.models import Area


@task()
def remake_for_indicator(indicator_id: int) -> None:
    """After the rule by which larger areas are put together became another."""
    figures = Observation.objects.filter(indicator=indicator_id).order_by()
    areas = frozenset(figures.values_list("area", flat=True).distinct())
    latest_figures.rebuild(Affected(frozenset([indicator_id]), areas))


@task()
def remake_latest_figures(area_ids: list[int]) -> None:
    """Of these areas and what they became, for every indicator that they or their predecessors have figures of."""
    found = lineages(Area.objects.filter(pk__in=area_ids))
    ids = {pk for lineage in found.values() for pk in lineage.area_ids} | set(area_ids)
    measured = Observation.objects.filter(area__in=ids).order_by().values_list("indicator", flat=True).distinct()
    latest_figures.rebuild(Affected(frozenset(measured), frozenset(area_ids)))
