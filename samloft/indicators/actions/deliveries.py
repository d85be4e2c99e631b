"""A delivery on its way: being stored, counting, failed, taken back.

Storing takes minutes, and whoever does it may be gone the next moment. So a delivery's `version` says whose it is:
it rises each time somebody takes the storing on, and only the one that holds the newest gets to write (ADR 15).
"""

from typing import Any

from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from samloft.accounts.models import User
from samloft.core import audit
from samloft.core.errors import RuleBroken
from samloft.core.said import said
from samloft.indicators.actions.pacing import Pace
from samloft.indicators.models import ALLOWED, ImportState, Observation, StatisticsImport


class TakenOver(Exception):
    """Somebody else stores the delivery now, or it has been given up meanwhile: leave it alone."""


def begin(*, batch: StatisticsImport, by: User) -> StatisticsImport:
    """Claim the delivery for storing. One is stored at a time, so that two cannot supersede the same figure."""
    with transaction.atomic():
        stored = _locked(batch, ImportState.STORING)
        if stored.state == ImportState.READ and stored.problems:
            raise RuleBroken(_("Something is left to decide or to put right. Nothing is stored before that."))
        _make_way(by)
        stored.state, stored.stored, stored.added, stored.revised = ImportState.STORING, 0, 0, 0
        stored.worked_at = timezone.now()
        stored.version += 1
        stored.save(update_fields=["state", "stored", "added", "revised", "worked_at", "version"])
    return stored


def take(batch: StatisticsImport) -> bool:
    """Take the storing on. False when it is not there to be taken as `batch` says."""
    mine = StatisticsImport.objects.filter(pk=batch.pk, state=ImportState.STORING, version=batch.version)
    if not mine.update(version=F("version") + 1, worked_at=timezone.now()):
        return False
    batch.refresh_from_db()
    return True


def note(batch: StatisticsImport, **progress: Any) -> None:
    """Keep how far the storing has come, first thing in the transaction that writes. Raises TakenOver."""
    mine = StatisticsImport.objects.filter(pk=batch.pk, state=ImportState.STORING, version=batch.version)
    if not mine.update(worked_at=timezone.now(), **progress):
        raise TakenOver


@transaction.atomic
def go_on(*, batch: StatisticsImport, by: User) -> StatisticsImport:
    """Let work that has stopped be taken up where it was. Whoever was at it writes nothing any more."""
    stored = StatisticsImport.objects.select_for_update().get(pk=batch.pk)
    if not stored.has_stopped(timezone.now()):
        raise RuleBroken(_("The work on the file goes on. Open the page again to see how far it has come."))
    stored.worked_at = timezone.now()
    stored.version += 1
    stored.save(update_fields=["worked_at", "version"])
    audit.record("statistics.resumed", stored, by=by, data={"state": stored.state, "stored": stored.stored})
    return stored


@transaction.atomic
def make_visible(*, batch: StatisticsImport, by: User) -> StatisticsImport:
    """From this moment the delivery's figures count, all of them. Settle it afterwards."""
    stored = _locked(batch, ImportState.VISIBLE)
    if stored.version != batch.version:
        raise TakenOver
    stored.state, stored.is_settled = ImportState.VISIBLE, False
    stored.retrieved_at = stored.retrieved_at or timezone.now()
    stored.save(update_fields=["state", "is_settled", "retrieved_at"])
    audit.record(
        "statistics.made_visible",
        stored,
        by=by,
        data={"figures": stored.observations, "added": stored.added, "revised": stored.revised},
    )
    return stored


@transaction.atomic
def fail(*, batch: StatisticsImport, by: User) -> StatisticsImport:
    """The delivery could not be stored whole, so nothing of it counts."""
    stored = _locked(batch, ImportState.FAILED)
    if stored.version != batch.version:
        raise TakenOver
    _failed(stored, by)
    return stored


def withdraw(*, batch: StatisticsImport, by: User) -> StatisticsImport:
    """Take a delivery back; what it superseded counts again, except where a later delivery has superseded both.

    Settle it afterwards.
    """
    _hand_on(batch)
    with transaction.atomic():
        stored = _locked(batch, ImportState.WITHDRAWN)
        if stored.is_being_read_or_stored and not stored.has_stopped(timezone.now()):
            raise RuleBroken(_("The file is being worked on. Wait until it is read or stored."))
        _make_way(by, apart_from=stored)
        stored.is_settled = stored.state != ImportState.VISIBLE
        stored.state = ImportState.WITHDRAWN
        stored.worked_at = timezone.now()
        stored.version += 1
        stored.save(update_fields=["state", "is_settled", "worked_at", "version"])
        audit.record("statistics.withdrawn", stored, by=by)
    return stored


def clear(batch: StatisticsImport) -> None:
    """Remove what an earlier attempt left of a delivery that is to be stored from the beginning."""
    left, marked = Observation.objects.filter(batch=batch), Observation.objects.filter(superseded_by=batch)
    pace = Pace()
    while pks := list(left.values_list("pk", flat=True)[: pace.size]):
        with pace.step(), transaction.atomic():
            note(batch)
            left.filter(pk__in=pks).delete()
    while pks := list(marked.values_list("pk", flat=True)[: pace.size]):
        with pace.step(), transaction.atomic():
            note(batch)
            marked.filter(pk__in=pks).update(superseded_by=None)


def _locked(batch: StatisticsImport, to: ImportState) -> StatisticsImport:
    # All that may be stored next are locked together, so that two cannot begin at once.
    list(
        StatisticsImport.objects.select_for_update()
        .exclude(state=ImportState.WITHDRAWN)
        .order_by("pk")
        .values("pk")
    )
    stored = StatisticsImport.objects.get(pk=batch.pk)
    if to not in ALLOWED[stored.state]:
        raise RuleBroken(
            _("The delivery is “%(state)s” now, and cannot become “%(to)s”. Open the page again.")
            % {"state": stored.get_state_display(), "to": to.label}
        )
    return stored


def _make_way(by: User, apart_from: StatisticsImport | None = None) -> None:
    """Refuse while another delivery is being stored. One whose worker is gone fails, and blocks nobody."""
    for other in StatisticsImport.objects.filter(state=ImportState.STORING):
        if other == apart_from:
            continue
        if not other.has_stopped(timezone.now()):
            raise RuleBroken(_("Another delivery is being stored. Try again when it is finished."))
        stopped = said(gettext_noop("The storing stopped half-way, and another file was stored. Try again."))
        other.problems = [[said(gettext_noop("The file")).to_json(), stopped.to_json()]]
        _failed(other, by)


def _failed(stored: StatisticsImport, by: User) -> None:
    stored.state = ImportState.FAILED
    stored.version += 1
    stored.save(update_fields=["state", "problems", "version"])
    audit.record("statistics.failed", stored, by=by)


def _hand_on(batch: StatisticsImport) -> None:
    """What the delivery superseded is now superseded by whatever superseded the delivery's own row.

    Neither counts before or after, so it is done in committed chunks.
    """
    place = {name: OuterRef(name) for name in ("area", "indicator", "period", "sex", "age")}
    later = Observation.objects.filter(batch=batch, superseded_by__state=ImportState.VISIBLE, **place)
    superseded = Observation.objects.filter(superseded_by=batch)
    handed = superseded.annotate(later=Subquery(later.values("superseded_by")[:1])).filter(later__isnull=False)
    last, pace = 0, Pace()
    while chunk := list(handed.filter(pk__gt=last).order_by("pk").values_list("pk", "later")[: pace.size]):
        by_delivery: dict[int, list[int]] = {}
        for pk, delivery in chunk:
            by_delivery.setdefault(delivery, []).append(pk)
        with pace.step(), transaction.atomic():
            for delivery, pks in by_delivery.items():
                Observation.objects.filter(pk__in=pks).update(superseded_by=delivery)
        last = chunk[-1][0]
