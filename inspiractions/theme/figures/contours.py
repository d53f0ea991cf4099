"""The outlines of the départements: projected, placed in a box, written as SVG paths; which ones touch.

Projection: Lambert-93 (RGF93, EPSG:2154: IGN, « Projections cartographiques conformes coniques de Lambert ») for
mainland France and Corsica; plate carrée for each overseas département.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import atanh, cos, exp, log, radians, sin, sqrt, tan
from pathlib import Path

Vertex = tuple[float, float]
Ring = tuple[Vertex, ...]
Box = tuple[float, float, float, float]

# In the order of their insets, from top to bottom.
OUTRE_MER = ("971", "972", "973", "974", "976")
_GRID = 12


@dataclass(frozen=True)
class Outlines:
    """Outer rings by département code, in degrees WGS 84. Neighbours share their vertices."""

    degres: Mapping[str, tuple[Ring, ...]]

    def only(self, codes: Collection[str]) -> Outlines:
        """Those of some départements."""
        return Outlines({code: rings for code, rings in self.degres.items() if code in codes})

    @cached_property
    def plans(self) -> Mapping[str, tuple[Ring, ...]]:
        """The same on the plane, y downwards: metres in mainland France, degrees of latitude overseas."""
        return {code: tuple(map(self.projection(code), rings)) for code, rings in self.degres.items()}

    def projection(self, code: str) -> Callable[[Iterable[Vertex]], Ring]:
        """From degrees to the plane of a département, overseas each its own."""
        if code not in OUTRE_MER:
            return _lambert93
        middle = self.middle(code)
        return lambda ring: tuple((lon * middle, -lat) for lon, lat in ring)

    def middle(self, code: str) -> float:
        """How long a degree of longitude is there, in degrees of latitude."""
        largest = max(self.degres[code], key=lambda ring: abs(area(ring)))
        return cos(radians(sum(lat for _, lat in largest) / len(largest)))

    @cached_property
    def voisins(self) -> Mapping[str, tuple[str, ...]]:
        """The départements that touch each one, sorted."""
        at: dict[Vertex, set[str]] = {}
        for code, rings in self.degres.items():
            for ring in rings:
                for point in ring:
                    at.setdefault(point, set()).add(code)
        shared = [codes for codes in at.values() if len(codes) > 1]
        return {code: tuple(sorted({c for s in shared if code in s for c in s} - {code})) for code in self.degres}


def read_outlines(folder: Path) -> Outlines:
    """``departements.geojson`` of the folder of references."""
    outlines: dict[str, tuple[Ring, ...]] = {}
    for feature in json.loads((folder / "departements.geojson").read_text("utf-8"))["features"]:
        geometry = feature["geometry"]
        polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        outlines[feature["properties"]["code"]] = tuple(tuple(map(tuple, polygon[0])) for polygon in polygons)
    return Outlines(outlines)


def _lambert93(ring: Iterable[Vertex]) -> Ring:
    """Degrees → metres, y downwards (constants of IGN, note technique NT/G 71)."""
    n, c, e = 0.7256077650532670, 11754255.426096, 0.0818191910428158
    x0, y0, lon0 = 700000.0, 12655612.049876, radians(3)

    def project(lon: float, lat: float) -> Vertex:
        phi = radians(lat)
        isometric = log(tan(phi) + sqrt(1 + tan(phi) ** 2)) - e * atanh(e * sin(phi))
        radius, angle = c * exp(-n * isometric), n * (radians(lon) - lon0)
        return x0 + radius * sin(angle), -(y0 - radius * cos(angle))

    return tuple(project(lon, lat) for lon, lat in ring)


def bounds(rings: Iterable[Ring]) -> Box:
    """Left, top, right and bottom of some rings."""
    points = [point for ring in rings for point in ring]
    left, right = span(points, lambda p: p[0])
    top, bottom = span(points, lambda p: p[1])
    return left, top, right, bottom


def span(points: Iterable[Vertex], part: Callable[[Vertex], float]) -> Vertex:
    """The lowest and the highest of something about points."""
    values = [part(point) for point in points]
    return min(values), max(values)


def move(rings: Iterable[Ring], scale: float, dx: float, dy: float) -> tuple[Ring, ...]:
    """The rings, scaled, then moved."""
    return tuple(tuple((x * scale + dx, y * scale + dy) for x, y in ring) for ring in rings)


def fit(window: Box, box: Box) -> tuple[float, float, float]:
    """Scale and shifts that put a window (left, top, right, bottom) into a box (x, y, width, height), centred."""
    left, top, right, bottom = window
    scale = min(box[2] / (right - left), box[3] / (bottom - top))
    dx = box[0] + (box[2] - scale * (right - left)) / 2 - scale * left
    dy = box[1] + (box[3] - scale * (bottom - top)) / 2 - scale * top
    return scale, dx, dy


def clip(ring: Ring, window: Box, box: Box | None = None) -> Ring:
    """The part of a ring inside a window (Sutherland and Hodgman, 1974); empty where they do not meet.

    ``box``: the bounds of the ring, where they are known.
    """
    left, top, right, bottom = box or bounds([ring])
    if right < window[0] or bottom < window[1] or left > window[2] or top > window[3]:
        return ()
    if left >= window[0] and top >= window[1] and right <= window[2] and bottom <= window[3]:
        # Nearly always; what follows would give the same, from the fifth point on.
        start = 4 % len(ring)
        return (*ring[start:], *ring[:start])
    for axis, limit, sign in ((0, window[0], 1), (1, window[1], 1), (0, window[2], -1), (1, window[3], -1)):
        values = [point[axis] for point in ring]
        if not values or (max(values) < limit if sign > 0 else min(values) > limit):
            return ()
        if min(values) >= limit if sign > 0 else max(values) <= limit:
            # Nearly always; what follows would give the same, from the next point on.
            ring = (*ring[1:], *ring[:1])
            continue
        kept: list[Vertex] = []
        for a, b in pairwise((*ring, *ring[:1])):
            if (a[axis] >= limit) != (b[axis] >= limit) and a[axis] != b[axis]:
                t = (limit - a[axis]) / (b[axis] - a[axis])
                kept.append((a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])))
            if sign * b[axis] >= sign * limit:
                kept.append(b)
        ring = tuple(kept)
    return ring


def svg_path(rings: Sequence[Ring], step: int = 1) -> str:
    """Points on a grid of ``step`` units, relative moves; islets that come to less than two units go, unless alone."""
    biggest = max(abs(area(ring)) for ring in rings)
    return "".join(_ring_path(ring, step) for ring in rings if abs(area(ring)) >= min(2, biggest))


def _ring_path(ring: Ring, step: int) -> str:
    points = [(step * round(x / step), step * round(y / step)) for x, y in ring]
    kept = [points[0], *(b for a, b in pairwise(points) if a != b)]
    moves = [f"l{bx - ax} {by - ay}" for (ax, ay), (bx, by) in pairwise(kept)]
    return f"M{kept[0][0]} {kept[0][1]}{''.join(moves)}z".replace(" -", "-")


def area(ring: Ring) -> float:
    """Signed, in square units of the ring."""
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(ring)) / 2


def heart(ring: Ring) -> Vertex:
    """A point well inside, for a number: of a grid, the one farthest from the outline."""
    left, top, right, bottom = bounds([ring])
    parts = range(1, _GRID)
    xs = [left + (right - left) * i / _GRID for i in parts]
    rows = {y: _crossings(y, ring) for y in (top + (bottom - top) * j / _GRID for j in parts)}
    # Inside, a half-line to the right crosses the outline an odd number of times.
    inside = [(x, y) for x in xs for y, at in rows.items() if sum(crossing > x for crossing in at) % 2]
    return max(inside or [((left + right) / 2, (top + bottom) / 2)], key=lambda point: min(_squares(point, ring)))


def _crossings(y: float, ring: Ring) -> list[float]:
    """Where the outline crosses a horizontal line."""
    return [ax + (y - ay) * (bx - ax) / (by - ay) for (ax, ay), (bx, by) in pairwise(ring) if (ay > y) != (by > y)]


def _squares(point: Vertex, ring: Ring) -> list[float]:
    """The squares of the distances to the vertices."""
    px, py = point
    return [(px - x) * (px - x) + (py - y) * (py - y) for x, y in ring]
