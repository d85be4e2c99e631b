"""JSON-stat 1.x and 2.0 in all their shapes: the data sets that a file holds, with their dimensions.

The figures stay in the file until they are asked for (`jsonstat_figures.py`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_noop as _

from samloft.core.files.refusals import FileRefused, refused
from samloft.indicators.reading.cube import About, Dimension, Figure, Problems, cells, table_in
from samloft.indicators.reading.json_text import JsonText, Path, Stretch
from samloft.indicators.reading.jsonstat_figures import judged, stated
from samloft.indicators.reading.limits import MOST_CATEGORIES, MOST_CELLS, MOST_DIMENSIONS
from samloft.indicators.reading.source import Source

# Objects at the top of a file that hold no data set, whatever keys are inside them.
_NO_DATASET = frozenset({"dimension", "extension", "role", "link", "note", "error"})
_LONGEST_CODE = 100
_LONGEST_LABEL = 500
_MOST_NOTES = 20


def open_jsonstat(source: Source, choice: str = "") -> "JsonStatCube":
    """Describe the data set called `choice`, or the first one. Raises FileRefused."""
    with source.open() as file:
        datasets = _datasets(JsonText(file).description(_may_be_figures))
    names = tuple(datasets)
    if choice and choice not in datasets:
        raise refused(_("The file holds no table called “%(name)s”."), name=choice[:80])
    name = choice or names[0]
    return _cube(source, datasets[name], name, names)


@dataclass(frozen=True)
class JsonStatCube:
    source: Source
    dimensions: tuple[Dimension, ...]
    about: About
    value: Stretch
    status: Stretch | str
    is_in_order: bool = True

    @property
    def places(self) -> int:
        return cells(self.dimensions)

    def figures(self, problems: Problems) -> Iterator[Figure]:
        """Two streams side by side, values and statuses, each through a window of its own."""
        shape = tuple(dimension.size for dimension in self.dimensions)
        with self.source.open() as values, self.source.open() as statuses:
            yield from judged(self.dimensions, stated(shape, values, self.value, statuses, self.status), problems)


def _may_be_figures(path: Path) -> bool:
    """Whether the list or object at this path is the figures of a data set, or their statuses."""
    if not path or path[-1] not in ("value", "status"):
        return False
    holder = path[:-1]
    if len(holder) < 2:
        return not holder or holder[0] not in _NO_DATASET
    return holder[:2] == ("link", "item")


def _datasets(tree: Any) -> dict[str, dict[str, Any]]:
    """The data sets in the file, by name: one alone, a bundle of them, or a collection."""
    if not isinstance(tree, dict):
        raise _not_jsonstat()
    if _is_dataset(tree):
        return {_named(tree, ""): tree}
    if tree.get("class") == "collection" or "link" in tree:
        return _collected(tree)
    if tree.get("class") == "dimension":
        raise refused(_("The file describes one dimension, and holds no figures. Download the table itself."))
    bundle = {name: part for name, part in tree.items() if _is_dataset(part)}
    if not bundle:
        raise _not_jsonstat()
    return bundle


def _collected(tree: dict[str, Any]) -> dict[str, dict[str, Any]]:
    link = tree.get("link")
    items = link.get("item") if isinstance(link, dict) else None
    if not isinstance(items, list):
        raise _not_jsonstat()
    found: dict[str, dict[str, Any]] = {}
    for number, item in enumerate(items, 1):
        if _is_dataset(item):
            name = _named(item, str(number))
            found[name if name not in found else f"{name} ({number})"] = item
    if not found:
        raise refused(_("The file is only a list of links to tables. Download one of the tables it points to."))
    return found


def _named(dataset: dict[str, Any], otherwise: str) -> str:
    return _text(dataset.get("label")) or otherwise


def _is_dataset(part: Any) -> bool:
    return isinstance(part, dict) and "value" in part and ("dimension" in part or "size" in part)


def _not_jsonstat() -> FileRefused:
    return refused(_("The file is JSON, but not statistics that can be read. Download the table as JSON-stat."))


def _cube(source: Source, dataset: dict[str, Any], name: str, names: tuple[str, ...]) -> JsonStatCube:
    dimensions = _dimensions(dataset)
    value, status = dataset["value"], dataset.get("status")
    if not isinstance(value, Stretch):
        raise refused(_("The figures in the file are neither a list nor numbered by position."))
    if status is None:
        status = ""
    if not isinstance(status, Stretch | str):
        raise refused(_("The statuses in the file are neither a list, a text nor numbered by position."))
    places = cells(dimensions)
    if places > MOST_CELLS:
        raise refused(
            _("The table spans %(count)d figures; %(most)d are the most. Download a smaller part of it."),
            count=places,
            most=MOST_CELLS,
        )
    _check_length(value, places, alone=False)
    if isinstance(status, Stretch):
        _check_length(status, places, alone=True)
    return JsonStatCube(source, dimensions, _about(dataset, name, names), value, status)


def _check_length(stretch: Stretch, places: int, *, alone: bool) -> None:
    """A list covers every place (or, if it may stand `alone`, holds one for all); positions stay inside."""
    fits = stretch.count == places or (alone and stretch.count == 1) if stretch.is_list else stretch.last < places
    if not fits:
        raise refused(
            _(
                "The dimensions say %(places)d figures, but the file holds %(count)d. Something was lost on the "
                "way: download it again."
            ),
            places=places,
            count=stretch.count if stretch.is_list else stretch.last + 1,
        )


def _dimensions(dataset: dict[str, Any]) -> tuple[Dimension, ...]:
    described = dataset.get("dimension", {})
    if not isinstance(described, dict):
        raise _badly_described()
    ids = _list_in(dataset, described, "id")
    sizes = _list_in(dataset, described, "size")
    if len(ids) != len(sizes) or len(ids) > MOST_DIMENSIONS or len(set(map(str, ids))) != len(ids):
        raise _badly_described()
    roles = _roles(dataset) | _roles(described)
    return tuple(
        _dimension(described.get(_known_id(given)), given, size, roles.get(given))
        for given, size in zip(ids, sizes, strict=True)
    )


def _known_id(id: Any) -> str:
    if not isinstance(id, str) or not id or len(id) > _LONGEST_CODE:
        raise _badly_described()
    return id


def _list_in(dataset: dict[str, Any], described: dict[str, Any], key: str) -> list[Any]:
    """In 2.0 beside the dimensions, in 1.x among them; there a dimension may also go by that name."""
    for holder in (dataset, described):
        if isinstance(found := holder.get(key), list):
            return found
    raise _badly_described()


def _roles(holder: dict[str, Any]) -> dict[str, str]:
    """The role of each dimension that has one; `role` may also be the name of a dimension."""
    given = holder.get("role")
    if not isinstance(given, dict):
        return {}
    return {
        name: role
        for role in ("time", "geo", "metric")
        if isinstance(given.get(role), list)
        for name in given[role]
        if isinstance(name, str)
    }


def _dimension(described: Any, id: str, size: Any, role: str | None) -> Dimension:
    if not isinstance(described, dict) or type(size) is not int or size < 0:
        raise _badly_described(id)
    if size > MOST_CATEGORIES:
        raise refused(_("“%(name)s” has more categories than any table of ours needs. Download fewer."), name=id)
    category = described.get("category", {})
    if not isinstance(category, dict):
        raise _badly_described(id)
    labels = category.get("label", {})
    if not isinstance(labels, dict):
        raise _badly_described(id)
    codes = _codes(category.get("index"), labels, id, size)
    return Dimension(
        id=id,
        label=_text(described.get("label"))[:_LONGEST_LABEL] or id,
        role=role,
        codes=codes,
        labels=tuple(_text(labels.get(code))[:_LONGEST_LABEL] or code for code in codes),
        parents=_parents(category.get("child")),
        units=_units(category.get("unit")),
    )


def _codes(index: Any, labels: dict[str, Any], id: str, size: int) -> tuple[str, ...]:
    """The categories in the order of the figures. A single category needs no index; several do."""
    if isinstance(index, dict):
        by_place = {place: code for code, place in index.items() if type(place) is int}
        codes = [by_place.get(place) for place in range(len(index))]
    elif isinstance(index, list):
        codes = [str(code) if type(code) is int else code for code in index]
    elif index is None and size == 1:
        codes = [next(iter(labels), id)]
    else:
        raise _badly_described(id)
    texts = tuple(code for code in codes if isinstance(code, str) and len(code) <= _LONGEST_CODE)
    if len(codes) != size:
        raise refused(
            _("“%(name)s” should have %(size)d categories, but %(count)d are described. Download the file again."),
            name=id,
            size=size,
            count=len(codes),
        )
    if len(texts) != size or len(set(texts)) != size:
        raise _badly_described(id)
    return texts


def _parents(child: Any) -> frozenset[str]:
    if not isinstance(child, dict):
        return frozenset()
    return frozenset(code for code, below in child.items() if isinstance(below, list) and below)


def _units(unit: Any) -> tuple[tuple[str, str], ...]:
    if not isinstance(unit, dict):
        return ()
    texts = {
        code: _text(said.get("label")) or _text(said.get("base")) or _text(said.get("symbol"))
        for code, said in unit.items()
        if isinstance(said, dict)
    }
    return tuple((code, text[:_LONGEST_LABEL]) for code, text in texts.items() if text)


def _about(dataset: dict[str, Any], name: str, names: tuple[str, ...]) -> About:
    title = _text(dataset.get("label"))
    extension = dataset.get("extension")
    px = extension.get("px") if isinstance(extension, dict) else None
    said_table = px.get("tableid") if isinstance(px, dict) else None
    notes = dataset.get("note")
    return About(
        title=title[:_LONGEST_LABEL],
        table=(_text(said_table) or table_in(title))[:_LONGEST_CODE],
        source=_text(dataset.get("source"))[:_LONGEST_LABEL],
        updated=_text(dataset.get("updated"))[:40],
        notes=tuple(_text(note)[:_LONGEST_LABEL] for note in notes[:_MOST_NOTES])
        if isinstance(notes, list)
        else (),
        choices=names if len(names) > 1 else (),
        choice=name if len(names) > 1 else "",
    )


def _text(value: Any) -> str:
    if type(value) is int or type(value) is float:
        return str(value)
    return value.strip() if isinstance(value, str) else ""


def _badly_described(id: str = "") -> FileRefused:
    if id:
        return refused(_("“%(name)s” is not described as JSON-stat wants. Download the file again."), name=id[:80])
    return refused(_("The dimensions are not described as JSON-stat wants. Download the file again."))
