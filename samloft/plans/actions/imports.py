"""Reads a plan from an uploaded file, keeps it until someone has looked, and stores what they accept."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core import audit, editing
from samloft.core.errors import RuleBroken
from samloft.core.money import format_kroner
from samloft.plans.actions import import_acceptance
from samloft.plans.models import (
    ActionPlan,
    ImportLine,
    ImportState,
    LinePurpose,
    Mapping,
    Measure,
    PlanImport,
)
from samloft.plans.queries import name_matching
from samloft.plans.reading import FileRefused, PlanReading, ReadLine, UnreadLine, read_plan
from samloft.programmes.models import FocusArea, Programme, StoredFile


@dataclass(frozen=True)
class ImportLineValues:
    """A line as the user wants it. `amount` is øre, None while nobody has settled it."""

    name: str
    amount: int | None
    source: str = ""
    purpose: str = LinePurpose.MEASURE
    focus_area: FocusArea | None = None
    mapping: str = Mapping.UNDECIDED
    measure: Measure | None = None


@dataclass(frozen=True)
class Proposal:
    """A read line with what it should become, before anything is stored."""

    row: int | None
    read_amount: str
    read_focus_area: str
    likeness: int | None
    values: ImportLineValues = field(default_factory=lambda: ImportLineValues("", None))


@transaction.atomic
def start(*, programme: Programme, year: int, file: StoredFile, by: User) -> PlanImport:
    """Put a stored file in the queue to be read. `read` does the work, outside the request."""
    plan_import = PlanImport.objects.create(programme=programme, year=year, file=file, by=by)
    audit.record("import.started", plan_import, by=by, about=[file], data={"year": year})
    return plan_import


def read(*, plan_import: PlanImport) -> PlanImport:
    """Read the file and keep the lines with a proposal for each. A file that is refused keeps the reason.

    Reading happens outside any transaction: it may take seconds. Doing it twice changes nothing.
    """
    if plan_import.state != ImportState.WAITING:
        return plan_import
    try:
        with plan_import.file.content.open("rb") as content:
            reading = read_plan(content.read(), plan_import.file.name, year=plan_import.year)
    except FileRefused as refused:
        return _keep_refusal(plan_import, str(refused))
    except OSError:
        return _keep_refusal(plan_import, _("The stored file can no longer be found. Upload it again."))
    proposals = propose(plan_import.programme, reading)
    return _keep_reading(plan_import, reading, proposals)


def propose(programme: Programme, reading: PlanReading) -> list[Proposal]:
    """What each read line should become. Four queries, whatever the number of lines."""
    names = name_matching.known_names(programme)
    focus_areas = list(programme.focus_areas.all())
    rows: list[tuple[str, int | None, str, ReadLine | UnreadLine]] = [
        *((line.name, line.amount, "", line) for line in reading.lines),
        *((line.name, None, line.text, line) for line in reading.unread),
    ]
    rows.sort(key=lambda row: row[3].row)
    matches = name_matching.match_names(
        (name for name, *_rest in rows if name_matching.purpose_of(name) == LinePurpose.MEASURE), names
    )
    proposals = []
    for name, amount, written, line in rows:
        purpose = name_matching.purpose_of(name)
        match = matches.get(name)
        if purpose != LinePurpose.MEASURE:
            mapping, measure = Mapping.NO_MEASURE, None
        elif match is None:
            mapping, measure = Mapping.NEW, None
        else:
            mapping, measure = (Mapping.SAME if match.is_sure else Mapping.UNDECIDED), match.measure
        proposals.append(
            Proposal(
                row=line.row,
                read_amount=written,
                read_focus_area=line.focus_area or "",
                likeness=match.likeness if match and purpose == LinePurpose.MEASURE else None,
                values=ImportLineValues(
                    name=name[:200],
                    amount=amount,
                    source=line.source or "",
                    purpose=purpose,
                    focus_area=name_matching.match_focus_area(line.focus_area, focus_areas),
                    mapping=mapping,
                    measure=measure,
                ),
            )
        )
    return proposals


@transaction.atomic
def correct(
    *, plan_import: PlanImport, lines: Sequence[tuple[ImportLine, ImportLineValues]], version: int | None, by: User
) -> PlanImport:
    """Keep the user's corrections. Incomplete ones may be kept too; only `accept` asks for everything."""
    plan_import = _waiting_for_user(plan_import, version=version)
    changed = 0
    for line, values in lines:
        if values.mapping == Mapping.SAME and values.measure is None:
            raise RuleBroken(_("Choose which measure “%(name)s” is.") % {"name": values.name})
        wanted = asdict_shallow(values)
        if values.mapping not in (Mapping.SAME, Mapping.UNDECIDED):
            wanted["measure"] = None
        changed += bool(editing.change(line, wanted, version=None)[1])
    plan_import.version += 1
    plan_import.save(update_fields=["version"])
    if changed:
        audit.record("import.corrected", plan_import, by=by, data={"lines": changed})
    return plan_import


@transaction.atomic
def accept(
    *,
    plan_import: PlanImport,
    version: int | None = None,
    problems_seen: bool = False,
    total_reason: str = "",
    remove_missing: bool = True,
    by: User,
) -> ActionPlan:
    """Make measures and budget lines of what was read, all or nothing.

    Refused while a line has no amount or no choice, while the reader's problems have not been looked at, and
    while the sum differs from the stated total without a reason. An issued plan gets a draft revision.
    With `remove_missing`, lines of the plan that are not in the file are taken out.
    """
    plan_import = _waiting_for_user(plan_import, version=version)
    lines = list(plan_import.lines.exclude(mapping=Mapping.LEFT_OUT).select_related("measure", "focus_area"))
    _refuse_unsettled(plan_import, lines, problems_seen=problems_seen, total_reason=total_reason)
    plan = import_acceptance.store(plan_import=plan_import, lines=lines, remove_missing=remove_missing, by=by)
    plan_import.state = ImportState.ACCEPTED
    plan_import.total_reason = total_reason
    plan_import.plan = plan
    plan_import.save(update_fields=["state", "total_reason", "plan"])
    audit.record(
        "import.accepted",
        plan_import,
        by=by,
        about=[plan],
        data={"lines": len(lines), "sum": sum(line.amount or 0 for line in lines)},
    )
    return plan


@transaction.atomic
def discard(*, plan_import: PlanImport, by: User) -> None:
    """Leave the file unaccepted. The file and what was read are kept, so that nothing is lost."""
    plan_import = editing.locked(plan_import)
    if plan_import.state == ImportState.ACCEPTED:
        raise RuleBroken(_("This plan is already accepted. Change the plan itself instead."))
    plan_import.state = ImportState.DISCARDED
    plan_import.save(update_fields=["state"])
    audit.record("import.discarded", plan_import, by=by)


def asdict_shallow(values: ImportLineValues) -> dict[str, object]:
    """The fields by name, with model instances as they are."""
    return {name: getattr(values, name) for name in values.__dataclass_fields__}


@transaction.atomic
def _keep_refusal(plan_import: PlanImport, why: str) -> PlanImport:
    plan_import = editing.locked(plan_import)
    if plan_import.state == ImportState.WAITING:
        plan_import.state, plan_import.refusal = ImportState.REFUSED, why
        plan_import.save(update_fields=["state", "refusal"])
    return plan_import


@transaction.atomic
def _keep_reading(plan_import: PlanImport, reading: PlanReading, proposals: list[Proposal]) -> PlanImport:
    plan_import = editing.locked(plan_import)
    if plan_import.state != ImportState.WAITING:
        return plan_import
    ImportLine.objects.bulk_create(
        ImportLine(
            plan_import=plan_import,
            position=position,
            row=proposal.row,
            read_amount=proposal.read_amount[:120],
            read_focus_area=proposal.read_focus_area[:200],
            likeness=proposal.likeness,
            **asdict_shallow(proposal.values),
        )
        for position, proposal in enumerate(proposals, 1)
    )
    plan_import.state = ImportState.READ
    plan_import.stated_total = reading.stated_total
    plan_import.remarks = {
        "problems": [asdict(remark) for remark in reading.problems],
        "notes": [asdict(remark) for remark in reading.notes],
    }
    plan_import.sections = [asdict(section) for section in reading.sections]
    plan_import.save(update_fields=["state", "stated_total", "remarks", "sections"])
    return plan_import


def _waiting_for_user(plan_import: PlanImport, *, version: int | None) -> PlanImport:
    stored = editing.locked(plan_import)
    if stored.state != ImportState.READ:
        raise RuleBroken(
            _("This file is not waiting for you: %(state)s. Go back to the list of files.")
            % {"state": stored.get_state_display()}
        )
    if version is not None and version != stored.version:
        raise RuleBroken(_("Someone else has corrected these lines in the meantime. Open the page again."))
    return stored


def _refuse_unsettled(
    plan_import: PlanImport, lines: Sequence[ImportLine], *, problems_seen: bool, total_reason: str
) -> None:
    if not lines:
        raise RuleBroken(_("There are no lines to accept. Add the lines in the plan, or upload another file."))
    for line in lines:
        if line.amount is None:
            raise RuleBroken(_("Write the amount of “%(name)s”.") % {"name": line.name})
        if line.amount < 0:
            raise RuleBroken(_("The amount of “%(name)s” cannot be negative.") % {"name": line.name})
        if line.mapping == Mapping.UNDECIDED:
            raise RuleBroken(
                _("Choose whether “%(name)s” is a measure you already have, or a new one.") % {"name": line.name}
            )
    if plan_import.remarks.get("problems") and not problems_seen:
        raise RuleBroken(_("Confirm that you have looked at what could not be settled when the file was read."))
    total = sum(line.amount or 0 for line in lines)
    stated = plan_import.stated_total
    if stated is not None and stated != total and not total_reason.strip():
        raise RuleBroken(
            _("The lines add up to %(sum)s, but the document says %(stated)s. Correct the lines or say why.")
            % {"sum": format_kroner(total), "stated": format_kroner(stated)}
        )


@transaction.atomic
def import_at_once(
    *, programme: Programme, year: int, store_file: Callable[[], StoredFile], reading: PlanReading, by: User
) -> ActionPlan:
    """Store and accept a reading in one go, all or nothing, for callers that have no page to decide on."""
    plan_import = start(programme=programme, year=year, file=store_file(), by=by)
    plan_import = _keep_reading(plan_import, reading, propose(programme, reading))
    return accept(plan_import=plan_import, by=by)
