"""Work that is too long for a request. The worker that `./run` starts does it."""

from django_tasks import task

from samloft.plans.actions import imports
from samloft.plans.models import PlanImport


@task()
def read_plan_file(plan_import_id: int) -> None:
    """Read an uploaded plan; the page that waits for it asks every second."""
    imports.read(plan_import=PlanImport.objects.select_related("file", "programme").get(pk=plan_import_id))
