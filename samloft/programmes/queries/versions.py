"""Versions of a document that one may compare: editions, and what is being worked on."""

from collections.abc import Sequence
from dataclasses import dataclass

from samloft.programmes.models import DocumentState, Edition, GoverningDocument

# States in which a document says something that no edition has frozen.
BEING_WORKED_ON = (DocumentState.DRAFT, DocumentState.RETURNED, DocumentState.RECOMMENDED)


@dataclass(frozen=True)
class VersionChoice:
    """One of `edition` and `draft`. `key` is what the address carries: `edition-12`, `plan-2027`."""

    key: str
    label: str
    url: str
    edition: Edition | None = None
    draft: GoverningDocument | None = None


def edition_choice(edition: Edition, label: str) -> VersionChoice:
    return VersionChoice(f"edition-{edition.pk}", label, edition.get_absolute_url(), edition=edition)


def chosen(offered: Sequence[VersionChoice], left: str, right: str) -> tuple[VersionChoice, VersionChoice] | None:
    """The wished pair, earlier side first; else the latest and the one before it. None when there are no two."""
    by_key = {choice.key: choice for choice in offered}
    if left in by_key and right in by_key and left != right:
        return by_key[left], by_key[right]
    if right in by_key:
        place = offered.index(by_key[right])
        others = [*offered[place + 1 :], *reversed(offered[:place])]
        return (others[0], by_key[right]) if others else None
    return (offered[1], offered[0]) if len(offered) > 1 else None
