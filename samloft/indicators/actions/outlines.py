"""Bringing in outlines from a map file: held while somebody looks, then stored or let go (F4)."""

import uuid
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from samloft.accounts.models import User
from samloft.core import audit
from samloft.indicators.models import OutlineUpload
from samloft.places.actions import outlines
from samloft.places.actions.outlines import OutlineValues, Stored, Territory
from samloft.places.geojson import read
from samloft.places.models import County, Municipality
from samloft.programmes.actions import files
from samloft.programmes.models import Programme

# After so long a file that nobody stored is let go.
KEPT = timedelta(days=1)


def hold(
    *, upload: "UploadedFile[Any]", territory: Territory, programme: Programme | None, by: User
) -> OutlineUpload:
    """Keep the file while somebody looks at it. Raises OutlinesRefused or RuleBroken when it cannot be read."""
    content = files.read_limited(upload)
    read(content)
    with transaction.atomic():
        _let_go_of_old()
        held = OutlineUpload(
            programme=programme,
            municipality=territory if isinstance(territory, Municipality) else None,
            county=territory if isinstance(territory, County) else None,
            name=files.clean_name(upload.name or ""),
            uploaded_by=by,
        )
        held.content.save(f"{uuid.uuid4().hex}.bin", ContentFile(content), save=False)
        held.save()
        audit.record("outlines.uploaded", held, by=by, data={"size": len(content)})
    return held


@transaction.atomic
def store(*, upload: OutlineUpload, values: OutlineValues, by: User) -> Stored:
    """All of them or none; then the file is let go."""
    stored = outlines.store(territory=upload.territory, values=values, by=by)
    _remove(upload)
    return stored


@transaction.atomic
def discard(*, upload: OutlineUpload, by: User) -> None:
    audit.record("outlines.discarded", upload, by=by)
    _remove(upload)


def _let_go_of_old() -> None:
    for upload in OutlineUpload.objects.filter(uploaded_at__lt=timezone.now() - KEPT):
        _remove(upload)


def _remove(upload: OutlineUpload) -> None:
    storage, name = upload.content.storage, str(upload.content.name)
    upload.delete()
    transaction.on_commit(lambda: storage.delete(name))
