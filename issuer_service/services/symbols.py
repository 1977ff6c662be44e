"""The symbols of the badge designer as polygons in a square from -1 to 1, y downwards: our own drawings."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType

__all__ = ["SYMBOL_POLYGONS", "Point", "Polygon", "regular"]

Point = tuple[float, float]
Polygon = Sequence[Point]


def regular(corners: int, radius: float = 1.0, *, turn: float = -90.0, at: Point = (0.0, 0.0)) -> Polygon:
    """A regular polygon, its first corner ``turn`` degrees from the right."""
    angles = (math.radians(turn + 360 * number / corners) for number in range(corners))
    return [(at[0] + radius * math.cos(angle), at[1] + radius * math.sin(angle)) for angle in angles]


def star(points: int, inner: float, outer: float = 1.0) -> Polygon:
    """A star with its first point upwards."""
    angles = (math.radians(-90 + 180 * number / points) for number in range(2 * points))
    radii = (outer if number % 2 == 0 else inner for number in range(2 * points))
    return [(radius * math.cos(angle), radius * math.sin(angle)) for angle, radius in zip(angles, radii, strict=True)]


def _box(left: float, top: float, right: float, bottom: float) -> Polygon:
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def _heart() -> Polygon:
    angles = [math.tau * number / 60 for number in range(60)]
    return [
        (
            math.sin(angle) ** 3,
            -(13 * math.cos(angle) - 5 * math.cos(2 * angle) - 2 * math.cos(3 * angle) - math.cos(4 * angle)) / 16,
        )
        for angle in angles
    ]


def _globe() -> Sequence[Polygon]:
    """Fields between circles of latitude and meridians."""
    fields = []
    for top, bottom in ((-0.95, -0.56), (-0.47, -0.05), (0.05, 0.47), (0.56, 0.95)):
        heights = [top + (bottom - top) * step / 12 for step in range(13)]
        for left, right in ((-1.0, -0.5), (-0.4, 0.4), (0.5, 1.0)):
            edges = [[(side * math.sqrt(1 - height**2), height) for height in heights] for side in (left, right)]
            fields.append([*edges[1], *reversed(edges[0])])
    return fields


def _person(middle: float, size: float) -> Sequence[Polygon]:
    shoulders = [
        (middle + size * 0.62 * math.cos(math.radians(angle)), 0.75 + size * 0.75 * math.sin(math.radians(angle)))
        for angle in range(180, 361, 12)
    ]
    return [regular(24, 0.34 * size, at=(middle, 0.75 - 1.18 * size)), shoulders]


SYMBOL_POLYGONS: Mapping[str, Sequence[Polygon]] = MappingProxyType(
    {
        "none": (),
        "star": (star(5, 0.42),),
        "check": ([(-0.9, 0.05), (-0.6, -0.25), (-0.25, 0.1), (0.6, -0.75), (0.9, -0.45), (-0.25, 0.7)],),
        "heart": (_heart(),),
        "person": tuple(_person(0.0, 1.0)),
        "people": (*_person(-0.55, 0.62), *_person(0.55, 0.62), *_person(0.0, 0.85)),
        "book": (
            [(-0.06, -0.5), (-0.4, -0.68), (-1.0, -0.62), (-1.0, 0.6), (-0.4, 0.55), (-0.06, 0.72)],
            [(0.06, -0.5), (0.4, -0.68), (1.0, -0.62), (1.0, 0.6), (0.4, 0.55), (0.06, 0.72)],
        ),
        "pencil": (
            [(0.5, -1.0), (1.0, -0.5), (0.78, -0.28), (0.28, -0.78)],
            [(0.17, -0.67), (0.67, -0.17), (-0.43, 0.93), (-1.0, 1.0), (-0.93, 0.43)],
        ),
        "globe": tuple(_globe()),
        "camera": (
            [
                (-1.0, -0.5), (-0.5, -0.5), (-0.3, -0.8), (0.3, -0.8), (0.5, -0.5), (1.0, -0.5), (1.0, 0.75),
                (0.0, 0.75),
                (0.0, 0.52), *reversed(regular(32, 0.42, turn=90, at=(0.0, 0.1))), (0.0, 0.52), (0.0, 0.75),
                (-1.0, 0.75),
            ],
            regular(32, 0.26, at=(0.0, 0.1)),
        ),
        "speech": ([(-1, -0.75), (1, -0.75), (1, 0.4), (0.05, 0.4), (-0.45, 0.95), (-0.4, 0.4), (-1, 0.4)],),
        "flag": (_box(-0.8, -1.0, -0.6, 1.0), [(-0.5, -0.9), (0.9, -0.9), (0.55, -0.4), (0.9, 0.1), (-0.5, 0.1)]),
        "bulb": (
            [*regular(36, 0.66, turn=125, at=(0.0, -0.3))[:30], (0.3, 0.5), (-0.3, 0.5)],
            _box(-0.3, 0.58, 0.3, 0.7),
            _box(-0.2, 0.78, 0.2, 0.95),
        ),
        "bars": (_box(-0.9, 0.25, -0.45, 0.85), _box(-0.22, -0.2, 0.22, 0.85), _box(0.45, -0.75, 0.9, 0.85)),
        "spark": (star(4, 0.3), regular(4, 0.22, at=(0.75, -0.75)), regular(4, 0.16, at=(-0.75, 0.75))),
        "hand": (
            _box(-0.62, -0.55, -0.4, 0.35), _box(-0.32, -0.85, -0.1, 0.35), _box(-0.02, -0.95, 0.2, 0.35),
            _box(0.28, -0.75, 0.5, 0.35),
            [(-0.62, 0.2), (0.5, 0.2), (0.75, -0.1), (0.98, 0.05), (0.45, 0.8), (0.15, 1.0), (-0.35, 1.0),
             (-0.62, 0.7)],
        ),
    }
)  # fmt: skip
