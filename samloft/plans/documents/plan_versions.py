"""The versions of a programme's plans that one may compare: editions, and plans that are being worked on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samloft.core.documents.blocks import Document, Heading
from samloft.core.documents.frozen import from_data
from samloft.plans.documents import action_plan
from samloft.plans.documents.action_plan_parts import MEASURE_ANCHOR
from samloft.plans.models import ActionPlan
from samloft.plans.queries.comparison import FigureRow
from samloft.programmes import access
from samloft.programmes.access import Permission
from samloft.programmes.models import Edition, EditionKind, Programme
from samloft.programmes.queries.versions import BEING_WORKED_ON, VersionChoice, edition_choice


@dataclass(frozen=True)
class Version:
    """One side of a comparison. `names` are what measures are called in it, by `measure:12`."""

    figures: Sequence[FigureRow]
    names: dict[str, str]
    document: Document


def choices(programme: Programme, allowed: frozenset[Permission]) -> list[VersionChoice]:
    """What the person may compare, the latest first; drafts only for those who see drafts. Two queries."""
    found: list[tuple[tuple[int, int], VersionChoice]] = []
    editions: QuerySet[Edition] = access.editions(allowed, programme).filter(kind=EditionKind.ACTION_PLAN)
    for edition in editions.defer("blocks", "blocks_other"):
        edition.programme = programme
        label = _("%(year)d, edition %(number)d") % {"year": edition.period, "number": edition.number}
        found.append(((edition.period, edition.number), edition_choice(edition, label)))
    if Permission.PLAN_VIEW in allowed:
        for plan in programme.plans.filter(state__in=BEING_WORKED_ON):
            plan.programme = programme
            label = _("%(year)d, as it stands now (%(state)s)") % {
                "year": plan.year,
                "state": str(plan.get_state_display()).lower(),
            }
            choice = VersionChoice(f"plan-{plan.year}", label, plan.get_absolute_url(), draft=plan)
            found.append(((plan.year, 1000), choice))
    return [choice for _place, choice in sorted(found, key=lambda pair: pair[0], reverse=True)]


def load(choice: VersionChoice) -> Version:
    """The version's figures and words. A constant number of queries."""
    if choice.edition is not None:
        edition = Edition.objects.prefetch_related("figures").get(pk=choice.edition.pk)
        document = from_data(edition.blocks)
        return Version(list(edition.figures.all()), dict(_names(document)), document)
    plan = choice.draft
    assert isinstance(plan, ActionPlan)  # noqa: S101 -- a choice is one of the two
    document = action_plan.build(plan)
    return Version(action_plan.figures(plan), dict(_names(document)), document)


def _names(document: Document) -> Iterable[tuple[str, str]]:
    """What each measure is called in the document's headings, also those that no budget line names."""
    for block in document.blocks:
        if isinstance(block, Heading) and block.anchor.startswith(MEASURE_ANCHOR):
            yield f"measure:{block.anchor.removeprefix(MEASURE_ANCHOR)}", block.text
