"""Work that is too long for a request. The worker that `./run` starts does it."""

from django_tasks import task

from samloft.accounts.models import User
from samloft.indicators.actions import import_storing, imports, statistics_fetches
from samloft.indicators.models import ImportState, StatisticsFetch, StatisticsImport


@task()
def read_statistics(batch_id: int) -> None:
    """Read an uploaded file of figures; the page that waits for it asks every second."""
    imports.read_file(batch=_batch(batch_id))


@task()
def store_statistics(batch_id: int, by_id: int, version: int) -> None:
    """Store the figures of an accepted file, unless somebody has taken it on since this was asked for."""
    batch = _batch(batch_id)
    if batch.version == version:
        import_storing.store_file(batch=batch, by=User.objects.get(pk=by_id))


@task()
def settle_statistics(batch_id: int) -> None:
    """Make the latest figures anew after a file has come or been taken back."""
    import_storing.settle(batch=_batch(batch_id))


def go_on(batch: StatisticsImport, by: User) -> None:
    """Put the work that is left to do on the delivery in the queue."""
    if batch.state == ImportState.WAITING:
        read_statistics.enqueue(batch.pk)
    elif batch.state == ImportState.STORING:
        store_statistics.enqueue(batch.pk, by.pk, batch.version)
    elif not batch.is_settled:
        settle_statistics.enqueue(batch.pk)


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
