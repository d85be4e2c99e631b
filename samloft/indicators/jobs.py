"""Work that is too long for a request. The worker that `./run` starts does it."""

from django_tasks import task

from samloft.accounts.models import User
from samloft.indicators.actions import import_storing, imports, statistics_fetches
from samloft.indicators.models import StatisticsFetch, StatisticsImport


@task()
def read_statistics(batch_id: int) -> None:
    """Read an uploaded file of figures; the page that waits for it asks every second."""
    imports.read_file(batch=_batch(batch_id))


@task()
def store_statistics(batch_id: int, by_id: int) -> None:
    """Store the figures of an accepted file."""
    import_storing.store_file(batch=_batch(batch_id), by=User.objects.get(pk=by_id))


@task()
def clean_up_statistics(batch_id: int) -> None:
    """Make the latest figures anew after a file has been taken back."""
    import_storing.clean_up(batch=_batch(batch_id))


@task()
def fetch_statistics(fetch_id: int, version: int) -> None:
    """Fetch for a while; then let others have their turn, or read what has come.

    `version` is that of the fetch when it was taken up: one that was taken up anew has a job of its own.
    """
    fetch = StatisticsFetch.objects.select_related("bank", "municipality", "programme", "made_by").get(pk=fetch_id)
    if fetch.version != version:
        return
    if due := statistics_fetches.work(fetch=fetch):
        fetch_statistics.using(run_after=due).enqueue(fetch_id, version)
        return
    fetch.refresh_from_db()
    if fetch.delivery_id:
        read_statistics.enqueue(fetch.delivery_id)


def _batch(pk: int) -> StatisticsImport:
    return StatisticsImport.objects.select_related("municipality").get(pk=pk)
