"""Enters what is missing of the demo's areas and figures."""

from django.core.files import File
from django.db import transaction

from samloft.accounts.models import User
from samloft.indicators.actions import catalogue, import_storing, imports
from samloft.indicators.actions.imports import FileOrigin, Owner
from samloft.indicators.demo import files, places
from samloft.indicators.demo.codes import NEW
from samloft.indicators.models import ImportState, StatisticsImport
from samloft.places.models import Municipality
from samloft.programmes.models import Programme


def enter_all(*, by: User) -> list[str]:
    """The names of the files whose figures were entered now."""
    catalogue.enter_missing()
    with transaction.atomic():
        places.enter(by=by)
    owners = {files.LARGER: Owner(), files.ZONES: _own()}
    return [name for name, owner in owners.items() if _enter_file(name, owner, by)]


def enter_corrections(*, by: User) -> None:
    """A later delivery, which says something else about a year that was known."""
    _enter_file(files.CORRECTED, _own(), by)


def _own() -> Owner:
    return Owner(Municipality.objects.get(code=NEW), Programme.objects.filter(slug="mysen").first())


def _enter_file(name: str, owner: Owner, by: User) -> bool:
    if StatisticsImport.objects.filter(file_name=name, is_synthetic=True, state=ImportState.VISIBLE).exists():
        return False
    origin = FileOrigin(source=files.SOURCE, licence=files.LICENCE, is_synthetic=True)
    with (files.FOLDER / name).open("rb") as opened:
        started = imports.start(upload=File(opened, name=name), owner=owner, origin=origin, by=by)
    read = imports.read_file(batch=started)
    stored = import_storing.store_file(batch=import_storing.accept(batch=read, by=by), by=by)
    if stored.state != ImportState.VISIBLE:
        raise RuntimeError(f"{name}: {stored.problems}")
    return True
