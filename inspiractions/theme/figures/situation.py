"""Small maps that say where a place is: a région, a département in its région, a city in its département."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from inspiractions.model.territoire import Lieu
from inspiractions.theme.figures.carte import Shades, make_shades
from inspiractions.theme.figures.contours import (
    OUTRE_MER,
    Box,
    Outlines,
    area,
    bounds,
    clip,
    fit,
    heart,
    move,
    svg_path,
)

COTE = 300
# From back to front; what stands behind is drawn on a coarser grid.
_GRIDS = {"loin": 4, "fond": 3, "region": 2, "ici": 1}
# How much wider than what it shows a map is.
_AIR = 1.1
# A département takes at least a third of the map of its région: those around Paris would be dots.
_THIRD = 3


@dataclass(frozen=True)
class LocatorShape:
    """A département as drawn. ``genre``: ``ici``, ``region`` (around what is shown) or ``fond`` (the rest of France).

    On the map of a région, ``nombre`` stands at ``x``, ``y`` and gives the shade.
    """

    code: str
    nom: str
    genre: str
    path: str
    nombre: int = 0
    teinte: int = 0
    x: int = 0
    y: int = 0


@dataclass(frozen=True)
class LocatorMap:
    """All that the template needs: outlines from back to front, and the place of each city to mark."""

    contours: tuple[LocatorShape, ...]
    points: tuple[tuple[int, int], ...] = ()
    cote: int = COTE


@dataclass(frozen=True)
class LocatorMaps:
    """Draws; ``regions`` gives the région of each département, ``nombres`` its actions."""

    contours: Outlines
    noms: Mapping[str, str]
    regions: Mapping[str, str]
    nombres: Mapping[str, int]
    _bases: dict[str, tuple[LocatorShape, ...]] = field(default_factory=dict)

    def of_region(self, code: str) -> LocatorMap | None:
        """The départements of a région, shaded as on the map of France; ``None`` where no outline is known."""
        inside = [d for d in self.contours.plans if self.regions[d] == code]
        if not inside:
            return None
        window = _square(self._bounds(inside))
        counted = [self._counted(c, window) for c in self._draw(inside, inside, window)]
        return LocatorMap(tuple(sorted(counted, key=lambda c: c.nombre > 0)))

    def of_departement(self, code: str, villes: Iterable[Lieu]) -> LocatorMap | None:
        """A département in its région, with a point for each city."""
        if code not in self.contours.plans:
            return None
        around = [d for d in self.contours.plans if self.regions[d] == self.regions[code]]
        window = _zoom(self._bounds(around), self._bounds([code]))
        return LocatorMap(self._draw(around, [code], window), self._points(code, villes, window))

    def of_ville(self, ville: Lieu) -> LocatorMap | None:
        """A city in its département."""
        code = ville.departement
        if code not in self.contours.plans:
            return None
        window = _square(self._bounds([code]))
        if f"ville {code}" not in self._bases:
            self._bases[f"ville {code}"] = self._draw([code], [code], window)
        return LocatorMap(self._bases[f"ville {code}"], self._points(code, [ville], window))

    def of_places(self, lieux: Sequence[Lieu]) -> LocatorMap | None:
        """The départements of some places, as few strokes, with a point for each city; those of the first one's plane only."""
        codes = [code for lieu in lieux for code in self._departements(lieu) if code in self.contours.plans]
        codes = list(dict.fromkeys(code for code in codes if self._plane(code) == self._plane(codes[0])))
        if not codes:
            return None
        # Places far from each other are lost without what lies between them.
        scattered = len(codes) > 1 and not all(set(self.contours.voisins[code]) & set(codes) for code in codes)
        behind = [c for c in self.contours.plans if c not in OUTRE_MER and c not in codes] if scattered else []
        window = _square(self._bounds([*codes, *behind]))
        cities = [lieu for lieu in lieux if lieu.genre in ("commune", "epci") and lieu.departement in codes]
        points = {point for lieu in cities for point in self._points(lieu.departement, [lieu], window)}
        key = ",".join(codes)
        if key not in self._bases:
            genres = dict.fromkeys(behind, "fond") | dict.fromkeys(codes, "ici")
            drawn = (
                LocatorShape(c, self.noms[c], genre, self._path(c, "loin" if behind else "region", window))
                for c, genre in genres.items()
            )
            self._bases[key] = tuple(shape for shape in drawn if shape.path)
        return LocatorMap(self._bases[key], tuple(sorted(points)))

    def _departements(self, lieu: Lieu) -> Sequence[str]:
        return [lieu.departement] if lieu.departement else [d for d, r in self.regions.items() if r == lieu.region]

    def _plane(self, code: str) -> str:
        return code if code in OUTRE_MER else ""

    def _draw(self, around: Sequence[str], here: Sequence[str], window: Box) -> tuple[LocatorShape, ...]:
        genres = {c: "ici" if c in here else "region" if c in around else "fond" for c in self.contours.plans}
        shown = [c for c in genres if self._shows(c, around[0], window)]
        drawn = sorted(shown, key=lambda c: (-_GRIDS[genres[c]], c))
        return tuple(
            LocatorShape(c, self.noms[c], genres[c], path) for c in drawn if (path := self._path(c, genres[c], window))
        )

    def _path(self, code: str, genre: str, window: Box) -> str:
        inside = [part for ring in self.contours.plans[code] if (part := clip(ring, window))]
        return svg_path(move(inside, *_place(window)), _GRIDS[genre]) if inside else ""

    def _counted(self, contour: LocatorShape, window: Box) -> LocatorShape:
        nombre = self.nombres.get(contour.code, 0)
        if contour.genre != "ici" or not nombre:
            return contour
        largest = max(self.contours.plans[contour.code], key=lambda ring: abs(area(ring)))
        x, y = heart(move([largest], *_place(window))[0])
        return replace(contour, nombre=nombre, teinte=self._paliers.teinte(nombre), x=round(x), y=round(y))

    def _shows(self, code: str, near: str, window: Box) -> bool:
        """Overseas, nothing else lies on the same plane."""
        if code in OUTRE_MER or near in OUTRE_MER:
            return code == near
        left, top, right, bottom = self._boxes[code]
        return left < window[2] and right > window[0] and top < window[3] and bottom > window[1]

    def _points(self, code: str, villes: Iterable[Lieu], window: Box) -> tuple[tuple[int, int], ...]:
        known = [(v.lon, v.lat) for v in villes if v.lon is not None and v.lat is not None]
        placed = move([self.contours.projection(code)(known)], *_place(window))[0]
        return tuple(sorted({(round(x), round(y)) for x, y in placed}))

    def _bounds(self, codes: Iterable[str]) -> Box:
        lefts, tops, rights, bottoms = zip(*(self._boxes[code] for code in codes), strict=True)
        return min(lefts), min(tops), max(rights), max(bottoms)

    @cached_property
    def _boxes(self) -> Mapping[str, Box]:
        return {code: bounds(rings) for code, rings in self.contours.plans.items()}

    @cached_property
    def _paliers(self) -> Shades:
        return make_shades(self.nombres.values())


def _place(window: Box) -> tuple[float, float, float]:
    return fit(window, (0, 0, COTE, COTE))


def _square(box: Box) -> Box:
    """The square around a box, with some air."""
    left, top, right, bottom = box
    half, x, y = _AIR * max(right - left, bottom - top) / 2, (left + right) / 2, (top + bottom) / 2
    return x - half, y - half, x + half, y + half


def _zoom(wide: Box, narrow: Box) -> Box:
    """A square about ``narrow`` that shows all of ``wide`` where that leaves ``narrow`` large enough."""
    wide, narrow = _square(wide), _square(narrow)
    half = min(wide[2] - wide[0], _THIRD * (narrow[2] - narrow[0])) / 2
    x = min(max((narrow[0] + narrow[2]) / 2, wide[0] + half), wide[2] - half)
    y = min(max((narrow[1] + narrow[3]) / 2, wide[1] + half), wide[3] - half)
    return x - half, y - half, x + half, y + half
