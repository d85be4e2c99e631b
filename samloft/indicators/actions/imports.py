"""From an uploaded file of statistics to one that is read and understood. `import_storing` does the rest."""

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, BinaryIO, cast

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from samloft.accounts.models import User
from samloft.core import audit, editing
from samloft.core.errors import RuleBroken
from samloft.core.files.refusals import FileRefused, broken
from samloft.core.said import SaidAbout, said
from samloft.indicators.models import ALLOWED, ImportState, StatisticsImport
from samloft.indicators.queries.previews import preview_of
from samloft.indicators.queries.statistics_files import Reading, Understood, read, understand
from samloft.indicators.reading import Source
from samloft.indicators.reading.limits import LARGEST_FILE
from samloft.indicators.reading.mapping import StatisticsMapping
from samloft.places.models import Municipality
from samloft.programmes.actions.files import clean_name
from samloft.programmes.models import Programme


@dataclass(frozen=True)
class Owner:
    """Whose the figures are: a municipality's, through one of its programmes, or everybody's."""

    municipality: Municipality | None = None
    programme: Programme | None = None


@dataclass(frozen=True)
class FileOrigin:
    """Where the file came from; what is left empty is taken from the file, if it says."""

    source: str = ""
    licence: str = ""
    retrieved_on: date | None = None
    is_synthetic: bool = False  # made up for the demo


def start(*, upload: "File[bytes]", owner: Owner, origin: FileOrigin, by: User) -> StatisticsImport:
    """Keep the file, to be read by `read_file` outside the request. A large file is copied in pieces."""
    if not upload.size:
        raise RuleBroken(_("The file is empty. Choose another file."))
    if upload.size > LARGEST_FILE:
        raise RuleBroken(
            _("The file is larger than %(most)d MB. Download a smaller part of the table.")
            % {"most": LARGEST_FILE // 1024 // 1024}
        )
    batch = StatisticsImport(
        programme=owner.programme,
        municipality=owner.municipality,
        file_name=clean_name(upload.name or ""),
        sha256=_checksum(upload),
        source=origin.source[:200],
        licence=origin.licence[:60],
        retrieved_at=_at_noon(origin.retrieved_on or timezone.localdate()),
        is_synthetic=origin.is_synthetic,
        made_by=by,
    )
    # The name on disk is ours alone: nothing that a user typed becomes part of a path.
    batch.content.save(f"{uuid.uuid4().hex}.bin", upload, save=False)
    with transaction.atomic():
        batch.save()
        audit.record("statistics.uploaded", batch, by=by, data={"size": upload.size, "sha256": batch.sha256})
    return batch


def read_file(*, batch: StatisticsImport) -> StatisticsImport:
    """Read an uploaded file and keep what was found, or why it is refused. Doing it twice changes nothing."""
    if batch.state != ImportState.WAITING:
        return batch
    try:
        understood = understood_file(batch)
        return keep_reading(batch=batch, reading=read(understood, lambda seen: tell(batch, read=seen)))
    except FileRefused as refusal:
        return _keep_refusal(batch, refusal)


def understood_file(batch: StatisticsImport) -> Understood:
    """The stored file, described, with what has been said of it. Raises FileRefused."""
    try:
        size = batch.content.size
    except OSError:
        raise broken() from None
    name = str(batch.content.name)
    # The plain stream inside Django's: readers of text want all that it can.
    source = Source(batch.file_name, size, lambda: cast(BinaryIO, batch.content.storage.open(name).file))
    return understand(source, StatisticsMapping.model_validate(batch.mapping), batch.municipality)


def tell(batch: StatisticsImport, **progress: int | bool) -> None:
    """Let the page that waits see how far the work has come, and that it goes on."""
    StatisticsImport.objects.filter(pk=batch.pk).update(worked_at=timezone.now(), **progress)


@transaction.atomic
def keep_reading(*, batch: StatisticsImport, reading: Reading) -> StatisticsImport:
    """What was found in the file, so that pages show it without opening the file again."""
    stored = editing.locked(batch)
    if stored.state != ImportState.WAITING:
        return stored
    about, mapping = reading.understood.cube.about, reading.understood.mapping
    stored.state = ImportState.READ
    stored.title = about.title[:250]
    stored.table_id = (mapping.table or "")[:60]
    stored.source = (stored.source or mapping.source or about.source)[:200]
    stored.licence = (stored.licence or mapping.licence or "")[:60]
    stored.dimensions = reading.understood.dimensions
    stored.mapping = mapping.plain()
    stored.observations = reading.counts.present
    stored.missing = reading.counts.missing
    stored.problems = kept_problems(reading.problems)
    stored.preview = preview_of(reading)
    stored.version += 1
    stored.save()
    return stored


def kept_problems(problems: Iterable[SaidAbout]) -> list[list[Any]]:
    return [[about.where.to_json(), about.message.to_json()] for about in problems]


@transaction.atomic
def change_mapping(
    *, batch: StatisticsImport, mapping: StatisticsMapping, version: int | None, by: User
) -> StatisticsImport:
    """Say what the dimensions mean, and let the file be read again with that."""
    stored = editing.locked(batch)
    if ImportState.WAITING not in ALLOWED[stored.state]:
        raise RuleBroken(_("The file is not waiting for you now. Open the page again."))
    if version is not None and version != stored.version:
        raise RuleBroken(_("Someone else has changed this in the meantime. Open the page again."))
    stored.state, stored.read, stored.worked_at = ImportState.WAITING, 0, timezone.now()
    stored.mapping = mapping.plain()
    stored.source = (mapping.source or stored.source)[:200]
    stored.licence = (mapping.licence or stored.licence)[:60]
    stored.version += 1
    stored.save(update_fields=["state", "read", "worked_at", "mapping", "source", "licence", "version"])
    audit.record("statistics.mapped", stored, by=by)
    return stored


@transaction.atomic
def _keep_refusal(batch: StatisticsImport, refusal: FileRefused) -> StatisticsImport:
    stored = editing.locked(batch)
    if stored.state == ImportState.WAITING:
        stored.state = ImportState.UNREADABLE
        stored.problems = kept_problems([SaidAbout(said(gettext_noop("The file")), refusal.reason)])
        stored.save(update_fields=["state", "problems"])
    return stored


def _checksum(upload: "File[bytes]") -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


def _at_noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
