"""What the pages show of a file without opening it again: dimensions, what they mean, some of its figures."""

from typing import Any

from samloft.indicators.queries.statistics_files import Reading
from samloft.indicators.reading import Dimension
from samloft.indicators.reading.mapping import Kind
from samloft.indicators.reading.resolution import Resolution, Target

MOST_CATEGORIES = 200  # of one dimension, so that a page stays a page


def preview_of(reading: Reading) -> dict[str, Any]:
    """Plain values, to be kept with the import."""
    cube, resolution = reading.understood.cube, reading.understood.resolution
    periods = sorted(resolution.of("period"))
    return {
        "dimensions": [
            _dimension(dimension, kind, targets, resolution)
            for dimension, kind, targets in zip(cube.dimensions, resolution.kinds, resolution.targets, strict=True)
        ],
        "kept": reading.kept,
        "areas": len(resolution.of("area")),
        "periods": [periods[0], periods[-1]] if periods else [],
        "sample": [
            {
                "labels": [d.labels[at] for d, at in zip(cube.dimensions, figure.positions, strict=True)],
                "value": figure.value,
                "status": figure.status,
            }
            for figure in reading.sample
        ],
        "notices": [[about.where.to_json(), about.message.to_json()] for about in reading.notices],
        "gone": reading.gone,
        "first_gone": [list(gone) for gone in reading.first_gone],
        "notes": list(cube.about.notes),
        "left_out": list(cube.about.left_out),
        "choices": list(cube.about.choices),
        "choice": cube.about.choice,
        "updated": cube.about.updated,
        "columns": list(cube.about.columns),
        "figures": list(cube.about.figures),
        "is_table": not cube.is_in_order,
    }


def _dimension(
    dimension: Dimension, kind: Kind | None, targets: tuple[Target, ...], resolution: Resolution
) -> dict[str, Any]:
    """With the categories that a person may have to say something about: the undecided first."""
    left_out = resolution.mapping.part(kind).leave_out if kind else ()
    categories: list[dict[str, Any]] = [
        {"code": code, "label": label, "target": target, "left_out": code in left_out}
        for code, label, target in zip(dimension.codes, dimension.labels, targets, strict=True)
    ]
    if kind:
        categories.sort(key=lambda category: bool(category["left_out"]) or category["target"] is not None)
    return {
        "id": dimension.id,
        "label": dimension.label,
        "size": dimension.size,
        "kind": kind,
        "known": sum(target is not None for target in targets),
        "categories": categories[:MOST_CATEGORIES],
        "units": dict(dimension.units),
    }
