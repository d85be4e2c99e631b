"""A file of statistics held against what we have: described, counted, and with what is left to decide."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_noop as _

from samloft.core.said import SaidAbout, said
from samloft.indicators.models import ImportState, StatisticsImport
from samloft.indicators.queries.going_missing import GoingMissing, Gone
from samloft.indicators.queries.known_places import KnownPlaces
from samloft.indicators.reading import Counts, Cube, Figure, Hints, Problems, Source, count, open_statistics
from samloft.indicators.reading.mapping import StatisticsMapping
from samloft.indicators.reading.proposal import fitting, merged, propose
from samloft.indicators.reading.resolution import Resolution
from samloft.indicators.reading.resolver import resolve
from samloft.places.models import Municipality

Told = Callable[[int], None]
TELL_EVERY = 100_000  # figures
SAMPLE = 12


@dataclass(frozen=True)
class Understood:
    """A file that has been described, and what its categories are with us; no figure has been read yet."""

    cube: Cube
    places: KnownPlaces
    resolution: Resolution
    is_chosen: bool  # whether somebody has said which of several tables this is

    @property
    def mapping(self) -> StatisticsMapping:
        return self.resolution.mapping

    @property
    def dimensions(self) -> list[dict[str, str | int | None]]:
        return [{"id": d.id, "label": d.label, "size": d.size, "role": d.role} for d in self.cube.dimensions]


@dataclass(frozen=True)
class Reading:
    """A file whose figures have all been read once.

    `problems` are what a person must decide or put right before it can be stored. `kept` counts what will be
    stored by indicator: figures, and missing ones. `sample` holds the first figures of the file. `notices` stop
    nothing, but should be known; `gone` counts figures that are in use now and missing in the file.
    """

    understood: Understood
    counts: Counts
    problems: tuple[SaidAbout, ...]
    kept: dict[str, tuple[int, int]]
    sample: tuple[Figure, ...]
    notices: tuple[SaidAbout, ...] = ()
    gone: int = 0
    first_gone: tuple[Gone, ...] = ()


def understand(source: Source, given: StatisticsMapping, municipality: Municipality | None) -> Understood:
    """Describe the file and say what it means, as far as that can be told. Raises FileRefused.

    What `given` leaves open is taken from the last file of the same table, then from what the file says itself.
    """
    cube = _opened(source, given)
    mapping = given
    if before := last_mapping(given.table or cube.about.table, municipality):
        mapping = merged(given, fitting(before, cube))
        if (mapping.decimal, mapping.figures) != (given.decimal, given.figures):
            cube = _opened(source, mapping)
    places = KnownPlaces(municipality)
    resolution = resolve(cube, merged(mapping, propose(cube)), places)
    return Understood(cube, places, resolution, is_chosen=bool(mapping.choice))


def read(understood: Understood, told: Told | None = None) -> Reading:
    """Read every figure once and say what is wrong and what is undecided. Raises FileRefused."""
    problems, owner = Problems(), understood.places.owner_id
    going = GoingMissing(understood.places.named, owner) if understood.resolution.is_complete else None
    watch = _Watch(understood, told or (lambda seen: None), going)
    counts = count(watch, problems)
    if going:
        going.look()
    undecided = [*_choice(understood), *understood.resolution.problems]
    if not counts.present and not problems.count:
        undecided.append(SaidAbout(said(_("The file")), said(_("The file holds no figures."))))
    kept = {key: (watch.kept[key], watch.missing[key]) for key in {**watch.kept, **watch.missing} if key}
    return Reading(
        understood,
        counts,
        (*undecided, *problems.all()),
        kept,
        tuple(watch.sample),
        tuple(problems.notices()),
        going.count if going else 0,
        tuple(going.first) if going else (),
    )


@dataclass
class _Watch:
    """A cube whose figures are looked at as they pass."""

    understood: Understood
    told: Told
    going: GoingMissing | None
    kept: Counter[str] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)
    sample: list[Figure] = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.understood.cube, name)

    def figures(self, problems: Problems) -> Iterator[Figure]:
        kept_as, place_of = self.understood.resolution.kept_as(), self.understood.resolution.place_of()
        for seen, figure in enumerate(self.understood.cube.figures(problems), 1):
            if seen % TELL_EVERY == 0:
                self.told(seen)
            key = kept_as(figure.positions)
            if key is not None:
                (self.missing if figure.value is None else self.kept)[key] += 1
                if figure.value is None and self.going:
                    self.going.add(place_of(figure.positions))
            if len(self.sample) < SAMPLE:
                self.sample.append(figure)
            yield figure


def _opened(source: Source, mapping: StatisticsMapping) -> Cube:
    return open_statistics(source, mapping.choice or "", Hints(mapping.decimal, mapping.figures))


def last_mapping(table: str, municipality: Municipality | None) -> StatisticsMapping | None:
    """How the last file of the table that came into use was read; the municipality's own before everybody's."""
    if not table:
        return None
    imports = StatisticsImport.objects.filter(table_id=table, state=ImportState.VISIBLE).exclude(mapping={})
    for owner in dict.fromkeys((municipality, None)):
        kept = imports.filter(municipality=owner).order_by("-made_at").values_list("mapping", flat=True).first()
        if kept:
            return StatisticsMapping.model_validate(kept)
    return None


def _choice(understood: Understood) -> list[SaidAbout]:
    """A file with several tables asks which one, until somebody has said."""
    about = understood.cube.about
    if not about.choices or understood.is_chosen:
        return []
    message = _("The file holds several tables: %(names)s. This is “%(name)s”. Say which one to use.")
    return [SaidAbout(said(_("The file")), said(message, names=", ".join(about.choices[:10]), name=about.choice))]
