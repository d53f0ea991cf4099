"""The map of France: départements shaded by their number of actions, overseas and Paris in insets.

Projection: Lambert-93 (RGF93, EPSG:2154: IGN, « Projections cartographiques conformes coniques de Lambert ») for
mainland France and Corsica; plate carrée for each overseas inset.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import atanh, cos, exp, hypot, log, radians, sin, sqrt, tan
from pathlib import Path

Ring = tuple[tuple[float, float], ...]
Box = tuple[float, float, float, float]

WIDTH, HEIGHT = 956, 812
_MAINLAND: Box = (112, 4, 838, 800)
_PETITE_COURONNE = ("75", "92", "93", "94")
_PARIS: Box = (846, 12, 100, 100)
# Overseas insets, down the left side: département, top of its box.
_OUTRE_MER = {"971": 66, "972": 206, "973": 346, "974": 486, "976": 626}
_INSET = 104
_GRID = 12


@dataclass(frozen=True)
class Forme:
    """A département as drawn: its SVG path, where its number stands, its number of actions and its shade, 0 to 4."""

    code: str
    nom: str
    nombre: int
    teinte: int
    path: str
    x: int
    y: int


@dataclass(frozen=True)
class Cadre:
    """The frame of an inset and its name."""

    nom: str
    x: int
    y: int
    cote: int


@dataclass(frozen=True)
class Carte:
    """All that the template needs. ``legende``: the words of each shade, from none to most."""

    formes: tuple[Forme, ...]
    loupe: tuple[Forme, ...]
    cadres: tuple[Cadre, ...]
    legende: tuple[str, ...]
    largeur: int = WIDTH
    hauteur: int = HEIGHT

    @property
    def doubles(self) -> tuple[Forme, ...]:
        """What the inset of Paris shows larger: drawn on the main map, but a link in the inset only."""
        return tuple(forme for forme in self.formes if forme.code in _PETITE_COURONNE)


def draw(folder: Path, counts: Mapping[str, int], noms: Mapping[str, str]) -> Carte:
    """The map for these counts by département code; ``folder`` holds ``departements.geojson``."""
    outlines = _outlines(folder / "departements.geojson")
    steps = _steps([n for n in counts.values() if n])

    def forme(code: str, rings: Sequence[Ring]) -> Forme:
        n = counts.get(code, 0)
        x, y = _heart(max(rings, key=lambda ring: abs(_area(ring)))) if n else (0, 0)
        return Forme(code, noms[code], n, sum(n >= step for step in steps), _path(rings), round(x), round(y))

    mainland = {
        code: [_lambert93(ring) for ring in rings] for code, rings in outlines.items() if code not in _OUTRE_MER
    }
    placed = _fit(mainland, _MAINLAND)
    paris = _fit({code: mainland[code] for code in _PETITE_COURONNE}, _PARIS)
    for code, top in _OUTRE_MER.items():
        inset = (6.0, top + 6.0, _INSET - 12.0, _INSET - 12.0)
        placed |= _fit({code: [_plate(ring) for ring in outlines[code]]}, inset)
    return Carte(
        formes=tuple(forme(code, rings) for code, rings in sorted(placed.items())),
        loupe=tuple(forme(code, rings) for code, rings in paris.items()),
        cadres=(
            Cadre("Paris et petite couronne", round(_PARIS[0]) - 6, round(_PARIS[1]) - 6, round(_PARIS[2]) + 12),
            *(Cadre(noms[code], 0, top, _INSET) for code, top in _OUTRE_MER.items()),
        ),
        legende=_legend(steps),
    )


def _steps(counts: Sequence[int]) -> list[int]:
    """Where shades 1 to 4 begin: 1, then thirds of the départements that have more, all different."""
    ordered = sorted(counts)
    if not ordered:
        return [1]
    cuts = [1, *(ordered[len(ordered) * part // 10] for part in (4, 7, 9))]
    return sorted(set(cuts))


def _legend(steps: Sequence[int]) -> tuple[str, ...]:
    words = ["aucune action"]
    for step, following in zip(steps, [*steps[1:], 0], strict=True):
        if not following:
            words.append(f"{step} et plus" if step > 1 else "1 et plus")
        else:
            words.append(f"{step}" if following == step + 1 else f"{step} à {following - 1}")
    return tuple(words)


@cache
def _outlines(path: Path) -> Mapping[str, tuple[Ring, ...]]:
    """Outer rings by département code, in degrees."""
    found: dict[str, tuple[Ring, ...]] = {}
    for feature in json.loads(path.read_text("utf-8"))["features"]:
        geometry = feature["geometry"]
        polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        found[feature["properties"]["code"]] = tuple(tuple(map(tuple, polygon[0])) for polygon in polygons)
    return found


def _lambert93(ring: Ring) -> Ring:
    """Degrees → metres, y downwards (constants of IGN, note technique NT/G 71)."""
    n, c, e = 0.7256077650532670, 11754255.426096, 0.0818191910428158
    x0, y0, lon0 = 700000.0, 12655612.049876, radians(3)

    def project(lon: float, lat: float) -> tuple[float, float]:
        phi = radians(lat)
        isometric = log(tan(phi) + sqrt(1 + tan(phi) ** 2)) - e * atanh(e * sin(phi))
        radius, angle = c * exp(-n * isometric), n * (radians(lon) - lon0)
        return x0 + radius * sin(angle), -(y0 - radius * cos(angle))

    return tuple(project(lon, lat) for lon, lat in ring)


def _plate(ring: Ring) -> Ring:
    middle = cos(radians(sum(lat for _, lat in ring) / len(ring)))
    return tuple((lon * middle, -lat) for lon, lat in ring)


def _fit(shapes: Mapping[str, Sequence[Ring]], box: Box) -> dict[str, list[Ring]]:
    """Scale and move shapes together into a box (x, y, width, height), centred."""
    points = [point for rings in shapes.values() for ring in rings for point in ring]
    left, right = _span(points, lambda p: p[0])
    top, bottom = _span(points, lambda p: p[1])
    scale = min(box[2] / (right - left), box[3] / (bottom - top))
    dx = box[0] + (box[2] - scale * (right - left)) / 2 - scale * left
    dy = box[1] + (box[3] - scale * (bottom - top)) / 2 - scale * top
    return {
        code: [tuple((x * scale + dx, y * scale + dy) for x, y in ring) for ring in rings]
        for code, rings in shapes.items()
    }


def _span(points: Iterable[tuple[float, float]], part: Callable[[tuple[float, float]], float]) -> tuple[float, float]:
    values = [part(point) for point in points]
    return min(values), max(values)


def _path(rings: Sequence[Ring]) -> str:
    """Whole units, relative moves, no point twice; islets that come to less than two units go, unless alone."""
    biggest = max(abs(_area(ring)) for ring in rings)
    return "".join(_ring_path(ring) for ring in rings if abs(_area(ring)) >= min(2, biggest))


def _ring_path(ring: Ring) -> str:
    points = [(round(x), round(y)) for x, y in ring]
    kept = [points[0], *(b for a, b in pairwise(points) if a != b)]
    moves = [f"l{bx - ax} {by - ay}" for (ax, ay), (bx, by) in pairwise(kept)]
    return f"M{kept[0][0]} {kept[0][1]}{''.join(moves)}z"


def _area(ring: Ring) -> float:
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(ring)) / 2


def _heart(ring: Ring) -> tuple[float, float]:
    """A point well inside, for the number: of a grid, the one farthest from the outline."""
    left, right = _span(ring, lambda p: p[0])
    top, bottom = _span(ring, lambda p: p[1])
    parts = range(1, _GRID)
    grid = [(left + (right - left) * i / _GRID, top + (bottom - top) * j / _GRID) for i in parts for j in parts]
    inside = [point for point in grid if _inside(point, ring)] or [((left + right) / 2, (top + bottom) / 2)]
    return max(inside, key=lambda p: min(hypot(p[0] - x, p[1] - y) for x, y in ring))


def _inside(point: tuple[float, float], ring: Ring) -> bool:
    """Whether a half-line to the right crosses the outline an odd number of times."""
    px, py = point
    crossings = (
        ax + (py - ay) * (bx - ax) / (by - ay) for (ax, ay), (bx, by) in pairwise(ring) if (ay > py) != (by > py)
    )
    return sum(x > px for x in crossings) % 2 == 1
