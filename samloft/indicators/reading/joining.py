"""Brings a share together with its numerator and denominator, which stand in different places of a file."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_noop as _

from samloft.core.files.refusals import refused
from samloft.indicators.reading.cube import Figure, Number, Positions
from samloft.indicators.reading.limits import MOST_JOINED

VALUE, NUMERATOR, DENOMINATOR = "", "numerator", "denominator"
PARTS = (VALUE, NUMERATOR, DENOMINATOR)
_ROUNDED = 3


def key_and_part(target: str) -> tuple[str, str]:
    """`share/numerator` is the numerator of the indicator `share`; without a part it is the value."""
    key, _slash, part = target.partition("/")
    return key, part


@dataclass
class Joined:
    """One place with all that the file says of it; `value` may have to be worked out."""

    positions: Positions  # of the first figure, whichever part it is
    value: Figure | None = None
    numerator: Figure | None = None
    denominator: Figure | None = None


@dataclass
class Window:
    """Where the figures that belong together are held until all of them have passed."""

    held: dict[tuple[str, Positions], Joined] = field(default_factory=dict)

    def add(self, key: str, part: str, rest: Positions, figure: Figure) -> None:
        joined = self.held.setdefault((key, rest), Joined(figure.positions))
        if len(self.held) > MOST_JOINED:
            raise refused(_("Shares and numerators stand too far apart in the file. Divide it into smaller ones."))
        setattr(joined, part or "value", figure)

    def emptied(self) -> Iterator[tuple[str, Joined]]:
        for (key, _rest), joined in self.held.items():
            yield key, joined
        self.held.clear()


def joined(
    figures: Iterable[Figure], at: int, targets: Sequence[str | None], *, is_in_order: bool
) -> Iterator[tuple[str, Joined]]:
    """The figures by indicator and place. `at` is the dimension that says which indicator or part each is of.

    In a file that is in order all that belongs together has passed when a dimension before that one changes.
    """
    parts = [None if target is None else key_and_part(target) for target in targets]
    window = Window()
    before: Positions = ()
    for figure in figures:
        part = parts[figure.positions[at]]
        if part is None:
            continue
        prefix = figure.positions[:at] if is_in_order else ()
        if prefix != before:
            yield from window.emptied()
            before = prefix
        window.add(*part, figure.positions[:at] + figure.positions[at + 1 :], figure)
    yield from window.emptied()


def share(numerator: Figure, denominator: Figure) -> tuple[Number | None, str]:
    """The share in per cent, or why there is none: a missing part makes the share missing for the same reason."""
    for part in (numerator, denominator):
        if part.value is None:
            return None, part.status
    if not denominator.value or numerator.value is None:
        return None, "."
    return 100 * numerator.value / denominator.value, ""


def contradicts_itself(found: Joined) -> bool:
    """Whether a share in per cent cannot be that of its parts, however much a source has rounded them.

    Statistics Norway rounds small counts by up to three people, so so much is let pass.
    """
    value, numerator, denominator = (
        figure.value if figure else None for figure in (found.value, found.numerator, found.denominator)
    )
    if numerator is None or not denominator:
        return False
    if numerator > denominator + _ROUNDED:
        return True
    return value is not None and abs(value - 100 * numerator / denominator) > 1 + 100 * _ROUNDED / denominator
