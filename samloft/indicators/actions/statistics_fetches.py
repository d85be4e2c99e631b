"""Fetching a table from a statistics bank: what to ask for, and then part by part until it is here (F3, L9)."""

import re
import shutil
import time
from collections import deque
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core import audit, editing
from samloft.core.errors import RuleBroken
from samloft.indicators.actions import imports
from samloft.indicators.actions.imports import FileOrigin, Owner
from samloft.indicators.models import FetchState, StatisticsBank, StatisticsFetch
from samloft.indicators.models import Interface as Version
from samloft.indicators.pxweb.calls import Caller, Clock, Limits, PutOff, put_off
from samloft.indicators.pxweb.fetching import Bank, Progress
from samloft.indicators.pxweb.joining import TableChanged
from samloft.indicators.pxweb.planning import cells, plan
from samloft.indicators.pxweb.tables import Interface, Table, Version1, Version2
from samloft.indicators.queries import statistics_fetches as queries

# Nobody sleeps: a page answers at once, and the worker does other things until the bank may be asked again.
CLOCK = Clock(now=time.time, wait=put_off)
TURN = 10.0  # seconds after which others in the queue get theirs
MOST_PARTS = 300
_TABLE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_./-]*")


def begin(*, bank: StatisticsBank, table: str, owner: Owner, by: User) -> StatisticsFetch:
    """Ask the bank what the table holds, and propose what to fetch of it."""
    if not _TABLE.fullmatch(table) or ".." in table:
        raise RuleBroken(_("Write the number of the table, such as 07459."))
    asking = _asking(bank)
    try:
        about = asking.about(table)
    except PutOff as later:
        raise RuleBroken(_not_now(asking.caller, later.seconds)) from later
    finally:
        _remember(bank, asking)
    with transaction.atomic():
        fetch = StatisticsFetch.objects.create(
            bank=bank,
            programme=owner.programme,
            municipality=owner.municipality,
            table=table,
            about=queries.to_data(about),
            selection=queries.proposed(about, owner.municipality),
            made_by=by,
        )
        audit.record("statistics_fetch.begun", fetch, by=by, data={"bank": bank.pk})
    return fetch


@transaction.atomic
def choose(
    *, fetch: StatisticsFetch, selection: Mapping[str, Sequence[str]], version: int | None, by: User
) -> StatisticsFetch:
    """Say what to fetch; from here on the worker does it."""
    stored = _locked(fetch, FetchState.CHOOSING, FetchState.STOPPED)
    if version is not None and version != stored.version:
        raise RuleBroken(_("Someone else has changed this in the meantime. Open the page again."))
    ordered = _sound(queries.from_data(stored.table, stored.about), selection)
    parts = plan(ordered, most=stored.bank.most_cells)
    if len(parts) > MOST_PARTS:
        raise RuleBroken(
            _(
                "This is %(cells)d figures in %(calls)d calls, more than anyone should ask for at once. "
                "Choose fewer."
            )
            % {"cells": cells(ordered), "calls": len(parts)}
        )
    if ordered != stored.selection:
        _forget(stored)
    stored.selection, stored.parts, stored.done = ordered, len(parts), 0
    return _go_on(stored, "statistics_fetch.chosen", by, data={"cells": cells(ordered), "calls": len(parts)})


@transaction.atomic
def resume(*, fetch: StatisticsFetch, by: User) -> StatisticsFetch:
    """Go on with one that stopped, or that nobody works on any more. What has come is not asked for again."""
    stored = _locked(fetch, FetchState.STOPPED, FetchState.FETCHING)
    if stored.state == FetchState.FETCHING and not queries.is_left(stored, now=timezone.now()):
        raise RuleBroken(_("The fetch is under way. Wait for it, or leave the page; it goes on."))
    return _go_on(stored, "statistics_fetch.resumed", by)


@transaction.atomic
def discard(*, fetch: StatisticsFetch, by: User) -> None:
    """Give it up, with what has come."""
    stored = _locked(fetch, FetchState.CHOOSING, FetchState.STOPPED)
    bank, pk = stored.bank, stored.pk
    _forget(stored)
    stored.delete()
    audit.record("statistics_fetch.discarded", bank, by=by, data={"fetch": pk})


def work(*, fetch: StatisticsFetch) -> datetime | None:
    """Fetch for a while, and say when there is more to do; None when it is done, or stopped for a reason."""
    if fetch.state != FetchState.FETCHING:
        return None
    asking, until = _asking(fetch.bank, failed=fetch.failed), CLOCK.now() + TURN

    def tell(progress: Progress) -> bool:
        _remember(fetch.bank, asking)
        is_ours = _keep(fetch, parts=progress.parts, done=progress.done, failed=0, message="", next_at=None)
        return is_ours and CLOCK.now() < until

    try:
        # The database does not keep the order of the dimensions.
        selection = _sound(queries.from_data(fetch.table, fetch.about), fetch.selection)
        files = asking.fetch(fetch.table, selection, _folder(fetch), tell=tell)
        if not files:
            return _next(fetch, 0.0, "")
        whole = _folder(fetch) / "whole.json"
        asking.joined(files, whole)
        _deliver(fetch, whole)
    except PutOff as later:
        return _next(fetch, later.seconds, asking.caller.problem, failed=asking.caller.failed)
    except TableChanged as changed:
        _stop(fetch, _drop(fetch, changed.outdated))
    except RuleBroken as refusal:
        _stop(fetch, str(refusal))
    finally:
        _remember(fetch.bank, asking)
    return None


def _next(fetch: StatisticsFetch, seconds: float, problem: str, *, failed: int = 0) -> datetime | None:
    """When to go on; None when somebody else does meanwhile."""
    at = timezone.now() + timedelta(seconds=seconds)
    is_ours = _keep(fetch, message=problem[:500], failed=failed, next_at=at if seconds else None)
    return at if is_ours else None


def _keep(fetch: StatisticsFetch, **found: object) -> bool:
    """Let the page see how far it has come. False when the fetch was taken up anew since this work began."""
    same = StatisticsFetch.objects.filter(pk=fetch.pk, version=fetch.version, state=FetchState.FETCHING)
    return bool(same.update(worked_at=timezone.now(), **found))


def _drop(fetch: StatisticsFetch, outdated: Sequence[Path]) -> str:
    for file in outdated:
        file.unlink(missing_ok=True)
    return _(
        "%(bank)s has updated the table since the first parts came. What is of the old table is thrown away, and "
        "comes anew when you go on."
    ) % {"bank": fetch.bank.name}


def _not_now(caller: Caller, seconds: float) -> str:
    if caller.problem:
        return _("%(bank)s does not answer (%(problem)s). Try again in a while.") % {
            "bank": caller.bank,
            "problem": caller.problem,
        }
    return _("%(bank)s takes no more calls just now. Try again in %(seconds)d seconds.") % {
        "bank": caller.bank,
        "seconds": round(seconds) or 1,
    }


def _deliver(fetch: StatisticsFetch, file: Path) -> None:
    """Hand the table over, to be read like any other file."""
    if not _claim(fetch):
        return
    with file.open("rb") as content:
        delivery = imports.start(
            upload=File(content, f"{fetch.table.replace('/', '-')}.json"),
            owner=Owner(fetch.municipality, fetch.programme),
            origin=FileOrigin(
                source=fetch.bank.name, licence=fetch.bank.licence, retrieved_on=timezone.localdate()
            ),
            by=fetch.made_by,
        )
    with transaction.atomic():
        stored = editing.locked(fetch)
        stored.state, stored.delivery, stored.message = FetchState.FETCHED, delivery, ""
        stored.save(update_fields=["state", "delivery", "message"])
        audit.record("statistics_fetch.fetched", stored, by=fetch.made_by, data={"import": delivery.pk})
    _forget(fetch)


@transaction.atomic
def _claim(fetch: StatisticsFetch) -> bool:
    """A new version, so that no other job hands the table over as well."""
    stored = editing.locked(fetch)
    is_ours = (stored.state, stored.version) == (FetchState.FETCHING, fetch.version)
    if is_ours:
        fetch.version = stored.version = stored.version + 1
        stored.save(update_fields=["version"])
    return is_ours


@transaction.atomic
def _stop(fetch: StatisticsFetch, message: str) -> None:
    stored = editing.locked(fetch)
    if (stored.state, stored.version) == (FetchState.FETCHING, fetch.version):
        stored.state, stored.message, stored.failed, stored.next_at = FetchState.STOPPED, message[:500], 0, None
        stored.save(update_fields=["state", "message", "failed", "next_at"])


def _go_on(
    fetch: StatisticsFetch, action: str, by: User, data: dict[str, audit.AuditValue] | None = None
) -> StatisticsFetch:
    fetch.state, fetch.message, fetch.worked_at = FetchState.FETCHING, "", timezone.now()
    fetch.failed, fetch.next_at = 0, None
    fetch.version += 1
    fetch.save()
    audit.record(action, fetch, by=by, data=data)
    return fetch


def _locked(fetch: StatisticsFetch, *states: FetchState) -> StatisticsFetch:
    stored = editing.locked(fetch)
    if stored.state not in states:
        raise RuleBroken(_("The fetch is not waiting for you now. Open the page again."))
    return stored


def _sound(table: Table, selection: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """The selection in the table's own order. Raises RuleBroken when it asks for what the table does not have."""
    ordered = {}
    for dimension in table.dimensions:
        wanted = set(selection.get(dimension.code, ()))
        codes = [code for code, _label in dimension.values]
        if strange := wanted - set(codes):
            words = {"dimension": dimension.label, "codes": ", ".join(sorted(strange)[:10])}
            raise RuleBroken(_("“%(dimension)s” has no code %(codes)s.") % words)
        if wanted:
            ordered[dimension.code] = [code for code in codes if code in wanted]
        elif not dimension.is_optional:
            raise RuleBroken(_("Choose something of “%(dimension)s”.") % {"dimension": dimension.label})
    return ordered


def _asking(bank: StatisticsBank, *, failed: int = 0) -> Bank:
    interface: Interface = (
        Version1(bank.address) if bank.interface == Version.V1 else Version2(bank.address, bank.language or "no")
    )
    limits = Limits(cells=bank.most_cells, calls=bank.most_calls, seconds=bank.seconds)
    return Bank(interface, Caller(bank.name, limits, CLOCK, made=deque(bank.recent_calls), failed=failed))


def _remember(bank: StatisticsBank, asking: Bank) -> None:
    """So that the next fetch, whoever's it is, keeps within the bank's limit."""
    bank.recent_calls = list(asking.caller.made)
    StatisticsBank.objects.filter(pk=bank.pk).update(recent_calls=bank.recent_calls)


def _folder(fetch: StatisticsFetch) -> Path:
    return Path(settings.MEDIA_ROOT) / "fetches" / str(fetch.pk)


def _forget(fetch: StatisticsFetch) -> None:
    shutil.rmtree(_folder(fetch), ignore_errors=True)
