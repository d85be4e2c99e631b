"""Proposes what the dimensions of a file mean, from what the file says of itself and what is usual in Norway."""

import re
from collections.abc import Callable, Sequence

from samloft.indicators.reading.categories import is_area_with_code, is_total, read_sex
from samloft.indicators.reading.cube import Cube, Dimension
from samloft.indicators.reading.mapping import (
    KINDS,
    AreaPart,
    IndicatorPart,
    Kind,
    Part,
    PeriodPart,
    StatisticsMapping,
)
from samloft.indicators.reading.periods import read_period

_ROLES = {"time": "period", "geo": "area", "metric": "indicator"}
_NUMBERED = r"(?:er|ar|s|en)?(?:[ _-]?(?:kode|nr\.?|nummer|code|id))?"
_NAMES: dict[Kind, re.Pattern[str]] = {
    "period": re.compile(
        r"tid|år|aar|årstall|årstal|periode|tidspunkt|måned|månad|kvartal|skoleår|dato|time|"
        r"time period|year|period"
    ),
    "area": re.compile(
        r"(?:region|område|geografi|geo|kommune|fylke|sone|levekårssone|krets|grunnkrets|delområde|bydel|delbydel|"
        rf"stad|sted|skole|area|ref ?area|zone|municipality|county|place){_NUMBERED}"
    ),
    "indicator": re.compile(
        r"contentscode|contents|statistikkvariabel|variabel|innhold|innhald|indikator|måltall|måltal|"
        r"measure|measure ?type|indicator|statistical variable"
    ),
    "sex": re.compile(r"kjønn|kjonn|sex|gender"),
    "age": re.compile(r"alder|aldersgruppe|aldersgrupper|age|age ?group"),
}


def propose(cube: Cube) -> StatisticsMapping:
    """The mapping as far as it can be told without guessing; what is unsure stays open."""
    found: dict[Kind, Dimension] = {}
    for tells in (_by_role, _by_name, _by_categories):
        for dimension in cube.dimensions:
            kind = tells(dimension)
            if kind and kind not in found and dimension not in found.values():
                found[kind] = dimension
    others = [dimension for dimension in cube.dimensions if dimension not in found.values()]
    parts = {kind: dimension.id for kind, dimension in found.items()}
    return StatisticsMapping(
        table=cube.about.table or None,
        choice=cube.about.choice or None,
        area=AreaPart(dimension=parts.get("area")),
        period=PeriodPart(dimension=parts.get("period")),
        indicator=IndicatorPart(dimension=parts.get("indicator")),
        sex=Part(dimension=parts.get("sex")),
        age=Part(dimension=parts.get("age")),
        ignore={dimension.id: total for dimension in others if (total := total_of(dimension))},
    )


def merged(given: StatisticsMapping, proposed: StatisticsMapping) -> StatisticsMapping:
    """What a person has said, and the proposal where they have said nothing about a dimension."""
    taken = {given.part(kind).dimension for kind in KINDS} | set(given.ignore)
    changes: dict[str, object] = {}
    for kind in KINDS:
        changes[kind] = part = _merged_part(given.part(kind), proposed.part(kind), taken)
        taken.add(part.dimension)
    rest = {name: code for name, code in proposed.ignore.items() if name not in taken}
    changes |= {"ignore": {**given.ignore, **rest}, "missing": {**proposed.missing, **given.missing}}
    for name in ("table", "choice", "decimal", "figures", "source", "licence"):
        changes[name] = getattr(given, name) or getattr(proposed, name)
    return given.model_copy(update=changes)


def _merged_part(given: Part, proposed: Part, taken: set[str | None]) -> Part:
    if given.is_fixed or (given.dimension and given.dimension != proposed.dimension):
        return given
    if not given.dimension and proposed.dimension in taken - {None}:
        return given
    # Fields that the person has set, also to nothing, come before those of the proposal.
    changes = {name: getattr(given, name) for name in given.model_fields_set}
    changes |= {"dimension": proposed.dimension, "codes": {**proposed.codes, **given.codes}}
    left_out = dict.fromkeys((*proposed.leave_out, *given.leave_out))
    changes["leave_out"] = tuple(code for code in left_out if not given.codes.get(code))
    return proposed.model_copy(update=changes)


def fitting(kept: StatisticsMapping, cube: Cube) -> StatisticsMapping:
    """What a mapping made for another file of the same table says about this one; its period was another."""
    codes = {dimension.id: set(dimension.codes) for dimension in cube.dimensions}
    changes: dict[str, object] = {
        "ignore": {name: code for name, code in kept.ignore.items() if code in codes.get(name, ())},
        "choice": kept.choice if kept.choice in cube.about.choices else None,
    }
    for kind in KINDS:
        part = kept.part(kind)
        has = codes.get(part.dimension or "", set())
        changes[kind] = part.model_copy(
            update={
                "dimension": part.dimension if part.dimension in codes else None,
                "codes": {code: to for code, to in part.codes.items() if code in has},
                "leave_out": tuple(code for code in part.leave_out if code in has),
            }
        )
    changes["period"] = changes["period"].model_copy(update={"value": None})  # type: ignore[attr-defined]
    return kept.model_copy(update=changes)


def total_of(dimension: Dimension) -> str | None:
    """The category that stands for all: the only one, or the only one that is called a total."""
    if dimension.size == 1:
        return dimension.codes[0]
    totals = [
        c for c, label in zip(dimension.codes, dimension.labels, strict=True) if is_total(label) or is_total(c)
    ]
    return totals[0] if len(totals) == 1 else None


def _by_role(dimension: Dimension) -> Kind | None:
    # Two columns of a spreadsheet that are called women and men are no indicators.
    if dimension.size > 1 and all(read_sex("", label) in ("m", "f") for label in dimension.labels):
        return "sex"
    return _ROLES.get(dimension.role or "")  # type: ignore[return-value]


def _by_name(dimension: Dimension) -> Kind | None:
    names = [re.sub(r"[ _]+", " ", text.strip().lower()) for text in (dimension.id, dimension.label)]
    for kind, pattern in _NAMES.items():
        if any(pattern.fullmatch(name) for name in names):
            return kind
    return None


def _by_categories(dimension: Dimension) -> Kind | None:
    """Only for what cannot be anything else: periods, the two sexes, names with an area's code before them."""
    tests: Sequence[tuple[Kind, Callable[[str, str], object], int]] = (
        ("period", lambda code, label: read_period(code) or read_period(label), 1),
        ("sex", read_sex, 2),
        ("area", lambda code, label: is_area_with_code(label), 1),
    )
    pairs = list(zip(dimension.codes, dimension.labels, strict=True))
    for kind, read, least in tests:
        if len(pairs) >= least and all(read(code, label) for code, label in pairs):
            return kind
    return None
