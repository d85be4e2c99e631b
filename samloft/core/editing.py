"""One way to change the fields of a row: re-read under lock, compare versions, save what differs."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils.translation import gettext as _

from samloft.core.errors import RuleBroken, StaleEdit
from samloft.core.models import Versioned

Row = TypeVar("Row", bound=Versioned)


def locked(row: Row) -> Row:
    """The same row as it is stored now, locked until the transaction ends."""
    return type(row)._default_manager.select_for_update().get(pk=row.pk)


def change(row: Row, values: Mapping[str, Any], *, version: int | None) -> tuple[Row, list[str]]:
    """Give the stored row these values and return it with the names of the fields that changed.

    `version` is the one that the form was opened with; None is for callers that hold no form. Raises StaleEdit
    when someone else has saved in between. Belongs inside the caller's transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("editing.change() belongs inside the action's transaction.")
    # In no order: a model that is sorted by a name elsewhere would join it, and PostgreSQL locks no such row.
    stored = type(row)._default_manager.select_for_update().filter(pk=row.pk).order_by().first()
    if stored is None:
        raise RuleBroken(_("Someone else has deleted this in the meantime. Go back and open the page again."))
    changed = [name for name, value in values.items() if getattr(stored, name) != value]
    if version is not None and stored.version != version and changed:
        raise stale(stored, {name: getattr(stored, name) for name in changed})
    if changed:
        for name in changed:
            setattr(stored, name, values[name])
        stored.version += 1
        stored.save(update_fields=[*changed, "version"])
    return stored, changed


def stale(stored: Versioned, current: dict[str, object]) -> StaleEdit:
    """The refusal of a save that began before someone else's; `current` is what is stored where they differ."""
    return StaleEdit(
        _("Someone else saved this while you were writing. Your text is kept below; compare and save again."),
        current=current,
        version=stored.version,
    )


def remove(row: models.Model, *, refusal: str) -> None:
    """Delete the row. Raises RuleBroken with `refusal` when something else rests on it."""
    try:
        with transaction.atomic():
            row.delete()
    except models.ProtectedError as used:
        raise RuleBroken(refusal) from used
