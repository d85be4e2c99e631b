"""What a reader knows: the cells of all releases as variables, and the sums that bind them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from samloft.indicators.suppression.counts import Counts, Key, Shown


@dataclass(frozen=True)
class Variable:
    """A cell with its count. A cell that was revised is another variable. One that was not is the same: readers
    may see from its neighbours that nothing has changed, so they are taken to know it."""

    key: Key
    value: int


@dataclass
class Knowledge:
    """About one variable. `least` is what readers know that it holds at least, while it is hidden.
    `was_known` and `least_before` are what they knew from the earlier releases alone."""

    is_known: bool = False
    was_known: bool = False
    is_printed: bool = False
    must_hide: bool = False
    least: int = 0
    least_before: int = 0


@dataclass(frozen=True)
class Row:
    """A total and its parts."""

    total: Variable
    parts: tuple[Variable, ...]


class System:
    """The table that is to be released, with its earlier releases: variables, and the rows that bind them."""

    def __init__(self, counts: Counts, *, threshold: int, hide_zeros: bool, earlier: Sequence[Shown]) -> None:
        self.variables: dict[Variable, Knowledge] = {}
        for release in earlier:
            self._learn(release)
        for known in self.variables.values():
            known.was_known, known.least_before = known.is_known, known.least
        self.small = frozenset(self._consider(counts, threshold, hide_zeros))
        bound = [*(release.counts for release in earlier), counts]
        self.rows = tuple(dict.fromkeys(row for each in bound for row in self._rows(each)))

    def targets(self) -> list[Variable]:
        """What must not be found out, the largest first: the hardest to find a partner for."""
        must_hide = (variable for variable, known in self.variables.items() if known.must_hide)
        return sorted(must_hide, key=lambda variable: -variable.value)

    def _learn(self, release: Shown) -> None:
        for key, value in release.counts.values.items():
            known = self._about(Variable(key, value))
            if key in release.counts.unprinted:
                self._keep_to_itself(known, value, release.threshold, is_secret=key in release.counts.secret)
            elif key in release.hidden:
                known.must_hide = True
                known.least = max(known.least, 0 if release.hides_zeros else 1)
            else:
                known.is_known = True

    def _consider(self, counts: Counts, threshold: int, hide_zeros: bool) -> Iterator[Variable]:
        """Take in the table that is to be released; gives its small counts."""
        smallest = 0 if hide_zeros else 1
        for key, value in counts.values.items():
            known = self._about(variable := Variable(key, value))
            known.is_printed = key not in counts.unprinted and key not in counts.elsewhere
            known.is_known |= key in counts.elsewhere
            if known.is_printed:
                known.least = max(known.least, smallest)
                known.is_known |= value < smallest
            self._keep_to_itself(known, value, threshold, is_secret=key in counts.secret)
            if 0 < value < threshold or (value == 0 and hide_zeros and known.is_printed):
                known.must_hide = True
                yield variable

    def _keep_to_itself(self, known: Knowledge, value: int, threshold: int, *, is_secret: bool) -> None:
        """What must not follow from the rest: small counts, and those the source hides. Zeros are no secret."""
        known.must_hide |= 0 < value < threshold or (is_secret and value > 0)
        if is_secret:
            known.least = max(known.least, min(value, 1))

    def _about(self, variable: Variable) -> Knowledge:
        return self.variables.setdefault(variable, Knowledge())

    def _rows(self, counts: Counts) -> Iterator[Row]:
        """The sums between variables."""
        values = _with_absent_totals(counts)
        for each in counts.sums:
            parts = tuple(Variable(part, values[part]) for part in each.parts if part in values)
            if parts:
                total = Variable(each.total, values[each.total])
                self._about(total)
                yield Row(total, parts)


def _with_absent_totals(counts: Counts) -> dict[Key, int]:
    """The values, and those of totals that stand nowhere: they bind their parts all the same."""
    values, found = dict(counts.values), True
    while found:
        found = False
        for each in counts.sums:
            parts = [values[part] for part in each.parts if part in values]
            if parts and each.total not in values:
                values[each.total], found = sum(parts), True
    return values
