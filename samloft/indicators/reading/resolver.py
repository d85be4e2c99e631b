"""Finds what every category of a file is with us, and lists what is undecided or contradicts the file."""

from collections import Counter
from collections.abc import Callable, Sequence

from django.utils.translation import gettext_noop as _

from samloft.core.said import Said, SaidAbout, said
from samloft.indicators.reading.categories import may_be_named, read_age, read_sex
from samloft.indicators.reading.cube import Cube, Dimension
from samloft.indicators.reading.joining import DENOMINATOR, NUMERATOR, PARTS, VALUE, key_and_part
from samloft.indicators.reading.mapping import KINDS, Kind, StatisticsMapping
from samloft.indicators.reading.periods import read_period, read_periods
from samloft.indicators.reading.resolution import Doubt, Known, Pair, Resolution, Target

PER_CENT = "%"
_MOST_EXAMPLES = 3
_MOST_NAMED = 10  # areas that are not the owner's
_MOST_UNDECIDED = 30  # categories told one by one


def resolve(cube: Cube, mapping: StatisticsMapping, known: Known) -> Resolution:
    return _Resolver(cube, mapping, known).resolution()


class _Resolver:
    def __init__(self, cube: Cube, mapping: StatisticsMapping, known: Known) -> None:
        self.cube, self.mapping, self.known = cube, mapping, known
        self.problems: list[SaidAbout] = []
        self._doubtful: frozenset[str] = frozenset()
        self._shares: frozenset[str] = frozenset()

    def resolution(self) -> Resolution:
        self._check_names()
        used = {self.mapping.part(kind).dimension: kind for kind in KINDS}
        kinds = tuple(used.get(dimension.id) for dimension in self.cube.dimensions)
        targets = tuple(self._targets(d, kind) for d, kind in zip(self.cube.dimensions, kinds, strict=True))
        fixed = self._fixed()
        return Resolution(self.mapping, kinds, targets, fixed, tuple(self.problems), self._shares)

    def _check_names(self) -> None:
        names = [dimension.id for dimension in self.cube.dimensions]
        parts = [name for kind in KINDS if (name := self.mapping.part(kind).dimension)]
        for name, times in Counter([*parts, *self.mapping.ignore]).items():
            if name not in names:
                message = said(_("The file has no such dimension. It has: %(names)s."), names=", ".join(names))
                self._add(name, message)
            elif times > 1:
                self._add(name, said(_("The dimension is given more than one meaning. Choose one.")))

    def _fixed(self) -> dict[Kind, str]:
        """What no dimension tells, and so is the same for every figure."""
        fixed: dict[Kind, str] = {"sex": "", "age": ""}
        if not self.mapping.area.dimension:
            self._settle(fixed, "area", self.mapping.area.code, lambda code: self.known.areas([(code, code)])[0])
        if not self.mapping.period.dimension:
            self._settle(fixed, "period", self.mapping.period.value, read_period)
        if not self.mapping.indicator.dimension:
            self._settle(fixed, "indicator", self.mapping.indicator.key, self._known_indicator)
        return fixed

    def _settle(
        self, fixed: dict[Kind, str], kind: Kind, given: str | None, read: Callable[[str], Target]
    ) -> None:
        found = read(given) if given else None
        doubt = self.known.doubt((given, given)) if given and kind == "area" else None
        if found:
            fixed[kind] = found
        elif given and doubt:
            self._add("", said(_DOUBTS[doubt], names=given[:120]))
        else:
            self._add("", said(_UNDECIDED[kind], name=given[:120]) if given else said(_UNSAID[kind]))

    def _known_indicator(self, key: str) -> Target:
        return key if key in self.known.units([key]) else None

    def _targets(self, dimension: Dimension, kind: Kind | None) -> tuple[Target, ...]:
        if kind is None:
            return self._only(dimension)
        part = self.mapping.part(kind)
        for code in (*part.codes, *part.leave_out):
            if code not in dimension.codes:
                self._add(dimension.id, said(_("The file has no category “%(code)s” here."), code=code))
        read = self._read(kind, [self._asked(kind, *pair) for pair in _pairs(dimension)])
        targets = tuple(
            None if code in part.leave_out else to for code, to in zip(dimension.codes, read, strict=True)
        )
        if kind == "area":
            targets = self._without_doubtful(dimension, targets)
        self._tell_undecided(kind, dimension, targets)
        self._tell_doubles(dimension, targets)
        return targets

    def _asked(self, kind: Kind, code: str, label: str) -> Pair:
        """The category, or what a person has said that it is."""
        to = self.mapping.part(kind).codes.get(code)
        return (to, to) if to else (code, label)

    def _read(self, kind: Kind, pairs: Sequence[Pair]) -> list[Target]:
        if kind == "area":
            return self.known.areas(pairs)
        if kind == "indicator":
            return self._indicators([code for code, _label in pairs])
        if kind == "period":
            return read_periods(pairs)
        return [read_sex(*pair) if kind == "sex" else read_age(*pair) for pair in pairs]

    def _indicators(self, targets: Sequence[str]) -> list[Target]:
        units = self.known.units([key_and_part(target)[0] for target in targets])
        self._shares = frozenset(key for key, unit in units.items() if unit == PER_CENT)
        parts = {target: key_and_part(target) for target in targets}
        for key, unit in units.items():
            given = {part for by_key, part in parts.values() if by_key == key}
            if VALUE not in given and (unit != PER_CENT or given != {NUMERATOR, DENOMINATOR}):
                message = _("“%(key)s” needs its value: only a share in per cent is worked out from two parts.")
                self._add("", said(message, key=key))
        return [target if parts[target][0] in units and parts[target][1] in PARTS else None for target in targets]

    def _only(self, dimension: Dimension) -> tuple[Target, ...]:
        """A dimension that is none of ours: one of its categories is kept, and the others are left out."""
        chosen = self.mapping.ignore.get(dimension.id)
        if chosen is None:
            message = _("Say what it is: area, period, indicator, sex or age, or which one category to use.")
            self._add(dimension.id, said(message))
        elif chosen not in dimension.codes:
            self._add(dimension.id, said(_("The file has no category “%(code)s” here."), code=chosen))
        return tuple(code if code == chosen else None for code in dimension.codes)

    def _tell_undecided(self, kind: Kind, dimension: Dimension, targets: Sequence[Target]) -> None:
        told = {*self.mapping.part(kind).leave_out, *(self._doubtful if kind == "area" else ())}
        pairs = [
            pair for pair, to in zip(_pairs(dimension), targets, strict=True) if to is None and pair[0] not in told
        ]
        if kind == "area":
            self._tell_areas(dimension, pairs)
            return
        for code, label in pairs[:_MOST_UNDECIDED]:
            to = self.mapping.part(kind).codes.get(code)
            name = to or (code if label == code else f"{code} {label}")
            self._add(dimension.id, said(_UNDECIDED[kind], name=name[:120]))
        self._tell_rest(dimension, len(pairs))

    def _tell_areas(self, dimension: Dimension, undecided: Sequence[Pair]) -> None:
        """Areas that cannot be told apart are asked about; unknown ones and others' may be left out together."""
        by_doubt: dict[Doubt | None, list[Pair]] = {}
        for pair in undecided:
            by_doubt.setdefault(self.known.doubt(self._asked("area", *pair)), []).append(pair)
        leaves_out = self.mapping.area.unknown == "leave_out" and len(undecided) < dimension.size
        for doubt, pairs in by_doubt.items():
            if doubt is None and not leaves_out:
                self._add(dimension.id, _unknown_areas(dimension.size, pairs))
            elif doubt == Doubt.UNCLEAR or (doubt and not leaves_out):
                self._add(dimension.id, said(_DOUBTS[doubt], names=_some(pairs)))

    def _tell_rest(self, dimension: Dimension, count: int) -> None:
        if count > _MOST_UNDECIDED:
            message = _("%(count)d more of the same kind are not listed.")
            self._add(dimension.id, said(message, count=count - _MOST_UNDECIDED))

    def _without_doubtful(self, dimension: Dimension, targets: Sequence[Target]) -> tuple[Target, ...]:
        """Areas with our code and another's name are undecided: `11 District of Columbia` is not Rogaland."""
        said_by_hand = self.mapping.area.codes
        doubtful = {
            code: to
            for (code, label), to in zip(_pairs(dimension), targets, strict=True)
            if to is not None and code not in said_by_hand and not may_be_named(to, code, label)
        }
        labels = dict(_pairs(dimension))
        for code, to in list(doubtful.items())[:_MOST_UNDECIDED]:
            self._add(dimension.id, said(_DOUBTFUL, name=labels[code][:120], code=code, area=to))
        self._tell_rest(dimension, len(doubtful))
        self._doubtful = frozenset(doubtful)
        return tuple(None if code in doubtful else to for code, to in zip(dimension.codes, targets, strict=True))

    def _tell_doubles(self, dimension: Dimension, targets: Sequence[Target]) -> None:
        for target, times in Counter(targets).items():
            if target is not None and times > 1:
                codes = [code for code, to in zip(dimension.codes, targets, strict=True) if to == target]
                message = _("%(codes)s would all be “%(target)s”. Leave out all but one.")
                self._add(dimension.id, said(message, codes=", ".join(codes[:5]), target=target))

    def _add(self, name: str, message: Said) -> None:
        where = said(_("Dimension “%(name)s”"), name=name[:80]) if name else said(_("The mapping"))
        self.problems.append(SaidAbout(where, message))


_UNSAID: dict[Kind, str] = {
    "area": _("The file does not say which area it is about. Say which."),
    "period": _("The file does not say which period it is about. Say which."),
    "indicator": _("The file does not say which indicator it holds. Say which."),
}
_UNDECIDED: dict[Kind, str] = {
    "area": _("“%(name)s” is no area in Samløft. Write the code of an area that is."),
    "indicator": _("“%(name)s” is no indicator in the catalogue. Choose which it is, or leave it out."),
    "period": _("“%(name)s” is no period that can be read. Say which it is, or leave it out."),
    "sex": _("“%(name)s” is neither men, women nor both. Say which, or leave it out."),
    "age": _("“%(name)s” is no age that can be read. Say which it is, or leave it out."),
}


_DOUBTS: dict[Doubt, str] = {
    Doubt.FOREIGN: _(
        "These areas are not yours: %(names)s. Those who operate Samløft bring in figures for them. "
        "Leave them out."
    ),
    Doubt.UNCLEAR: _(
        "Several areas may be meant by %(names)s. Write the code and the name of the one that is, such as "
        "“11 Sentrum”, or leave it out."
    ),
}
_DOUBTFUL = _(
    "“%(name)s” has the code %(code)s, which is %(area)s with us. Say which area it is, leave it out, or write "
    "the code once more if they are the same."
)


def _pairs(dimension: Dimension) -> list[Pair]:
    return list(zip(dimension.codes, dimension.labels, strict=True))


def _some(pairs: Sequence[Pair]) -> str:
    """The first of them as the file writes them, and that there are more."""
    names = [label if code in label else f"{code} {label}" for code, label in pairs[:_MOST_NAMED]]
    return ", ".join(names)[:400] + (" …" if len(pairs) > _MOST_NAMED else "")


def _unknown_areas(size: int, unknown: Sequence[Pair]) -> Said:
    return said(
        _(
            "%(count)d of %(all)d areas are not in Samløft, such as %(examples)s. Say which they are, bring the "
            "areas in, or leave out the unknown ones."
        ),
        count=len(unknown),
        all=size,
        examples=", ".join(label for _code, label in unknown[:_MOST_EXAMPLES])[:200],
    )
