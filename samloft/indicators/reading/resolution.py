"""A mapping held against a file: what every category is with us, and what a person must still decide."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Protocol

from django.utils.translation import gettext_noop as _

from samloft.core.said import SaidAbout, said
from samloft.indicators.reading.cube import MISSING_SYMBOLS, UNKNOWN, Cube, Figure, Number, Positions, Problems
from samloft.indicators.reading.figures import PROVISIONAL
from samloft.indicators.reading.joining import VALUE, Joined, contradicts_itself, joined, key_and_part, share
from samloft.indicators.reading.mapping import KINDS, Kind, StatisticsMapping

_PROVISIONAL = frozenset({PROVISIONAL, "p"})

_CONTRADICTS = _(
    "The share “%(key)s” does not fit its numerator and denominator. Check which column is which, or the figures."
)

Pair = tuple[str, str]  # the code and the label of a category
Target = str | None


class Doubt(StrEnum):
    FOREIGN = "foreign"  # an area that the owner of the figures may not bring in figures for
    UNCLEAR = "unclear"  # several areas with the same code


class Known(Protocol):
    """What the installation has: it is asked once for each dimension."""

    def areas(self, pairs: Sequence[Pair]) -> list[Target]:
        """The name we have for the area that each category is, as far as it is known."""
        ...

    def doubt(self, pair: Pair) -> "Doubt | None":
        """Why there is no name for a category that was asked about, when it is not simply unknown."""
        ...

    def units(self, keys: Sequence[str]) -> Mapping[str, str]:
        """The units of the indicators in the catalogue that go by these keys."""
        ...


class Row(NamedTuple):
    """One figure as we keep it. Without a value `missing` is why. `sex` and `age` are empty for everybody."""

    area: str
    period: str
    indicator: str
    sex: str
    age: str
    value: Number | None
    missing: str
    numerator: Number | None
    denominator: Number | None
    is_provisional: bool


@dataclass(frozen=True)
class Resolution:
    """`targets` gives for each dimension of the file what its categories are; None is left out."""

    mapping: StatisticsMapping
    kinds: tuple[Kind | None, ...]
    targets: tuple[tuple[Target, ...], ...]
    fixed: dict[Kind, str]
    problems: tuple[SaidAbout, ...]
    shares: frozenset[str] = frozenset()  # the indicators that are shares in per cent

    @property
    def is_complete(self) -> bool:
        return not self.problems

    def of(self, kind: Kind) -> tuple[str, ...]:
        """What there is of a kind: the areas, the periods and so on that the file will be kept under."""
        if kind in self.kinds:
            found = [to for to in self.targets[self.kinds.index(kind)] if to is not None]
        else:
            found = [self.fixed[kind]] if kind in self.fixed else []
        if kind == "indicator":
            found = [key_and_part(to)[0] for to in found]
        return tuple(dict.fromkeys(found))

    def kept_as(self) -> Callable[[Positions], str | None]:
        """Tells of a place which indicator its figure is of; None when a category of it is left out."""
        partly = [(at, targets) for at, targets in enumerate(self.targets) if None in targets]
        indicator = self._reader("indicator")

        def key(positions: Positions) -> str | None:
            if any(targets[positions[at]] is None for at, targets in partly):
                return None
            return indicator(positions)

        return key

    def place_of(self) -> Callable[[Positions], tuple[str, str, str, str, str]]:
        """Tells where a kept figure belongs: area, period, indicator (with its part), sex and age."""
        area, period, indicator, sex, age = (self._reader(kind) for kind in KINDS)
        return lambda at: (area(at), period(at), indicator(at), sex(at), age(at))

    def rows(self, cube: Cube, problems: Problems) -> Iterator[Row]:
        """The figures of the file as we keep them; only for a resolution that is complete."""
        figures = self._kept(cube, problems)
        if "indicator" in self.kinds:
            at = self.kinds.index("indicator")
            if any(to and key_and_part(to)[1] != VALUE for to in self.targets[at]):
                together = joined(figures, at, self.targets[at], is_in_order=cube.is_in_order)
                return self._joined_rows(together, problems)
        return self._plain_rows(figures)

    def _kept(self, cube: Cube, problems: Problems) -> Iterator[Figure]:
        figures = cube.figures(problems)
        if not any(None in targets for targets in self.targets):
            return figures
        key = self.kept_as()
        return (figure for figure in figures if key(figure.positions) is not None)

    def _plain_rows(self, figures: Iterator[Figure]) -> Iterator[Row]:
        """Millions pass here: what is the same for all is looked up before."""
        area, period, indicator, sex, age = (self._reader(kind) for kind in KINDS)
        for at, value, status in figures:
            place = area(at), period(at), indicator(at), sex(at), age(at)
            if value is None:
                yield Row(*place, None, self._reason(status), None, None, False)
            else:
                yield Row(*place, value, "", None, None, status in _PROVISIONAL)

    def _joined_rows(self, together: Iterator[tuple[str, Joined]], problems: Problems) -> Iterator[Row]:
        area, period, _indicator, sex, age = (self._reader(kind) for kind in KINDS)
        for key, found in together:
            value, status = found.value[1:] if found.value else (None, UNKNOWN)
            if not found.value and found.numerator and found.denominator:
                value, status = share(found.numerator, found.denominator)
            at = found.positions
            if key in self.shares and contradicts_itself(found):
                where = said(_("%(area)s, %(period)s"), area=area(at), period=period(at))
                problems.add(where, said(_CONTRADICTS, key=key))
            yield Row(
                area(at),
                period(at),
                key,
                sex(at),
                age(at),
                value,
                self._reason(status) if value is None else "",
                found.numerator.value if found.numerator else None,
                found.denominator.value if found.denominator else None,
                value is not None and status in _PROVISIONAL,
            )

    def _reason(self, status: str) -> str:
        reason = self.mapping.missing.get(status, status)
        return reason if reason in MISSING_SYMBOLS else UNKNOWN

    def _reader(self, kind: Kind) -> Callable[[Positions], str]:
        if kind not in self.kinds:
            fixed = self.fixed.get(kind, "")
            return lambda positions: fixed
        at = self.kinds.index(kind)
        targets = [to or "" for to in self.targets[at]]
        return lambda positions: targets[positions[at]]
