"""The maps: France, its départements shaded by their number of actions, overseas and Paris in insets; and small ones.

The shades of a figure: where each begins, and the words of its legend.

Small maps say where a place is: a région, a département in its région, a city in its département.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from inspiractions.base.kept_values import kept
from inspiractions.base.text import gettext
from inspiractions.model.territoire import Lieu
from inspiractions.theme.figures.contours import (
    OUTRE_MER,
    Box,
    Outlines,
    Ring,
    area,
    bounds,
    clip,
    fit,
    heart,
    move,
    svg_path,
)


@dataclass(frozen=True)
class Shades:
    """``debuts``: the count from which shades 1, 2… begin; shade 0 is none."""

    debuts: tuple[int, ...]

    def teinte(self, nombre: int) -> int:
        """The shade of a count, 0 to 4."""
        return sum(nombre >= debut for debut in self.debuts)

    @property
    def legende(self) -> tuple[str, ...]:
        """The words of each shade, from none to most."""
        words = [gettext("aucune action")]
        for debut, suivant in zip(self.debuts, [*self.debuts[1:], 0], strict=True):
            if not suivant:
                words.append(gettext("{n} et plus").format(n=debut))
            else:
                words.append(
                    f"{debut}"
                    if suivant == debut + 1
                    else gettext("{debut} à {fin}").format(debut=debut, fin=suivant - 1)
                )
        return tuple(words)


def make_shades(nombres: Iterable[int]) -> Shades:
    """1, then the fourth, seventh and ninth tenths of the counts, all different (as ``docs/assets/js/explorer/views.js``)."""
    ordered = sorted(n for n in nombres if n)
    if not ordered:
        return Shades((1,))
    return Shades(tuple(sorted({1, *(ordered[len(ordered) * part // 10] for part in (4, 7, 9))})))


WIDTH, HEIGHT = 956, 812
_MAINLAND: Box = (112, 4, 838, 800)
# Without insets at the left.
_WHOLE: Box = (4, 4, 948, 800)
# Narrower than that, Paris has no room for its number.
_LEGIBLE = 40
_PETITE_COURONNE = ("75", "92", "93", "94")
_PARIS: Box = (846, 12, 100, 100)
# Tops of the overseas insets, down the left side.
_TOPS = dict(zip(OUTRE_MER, (66, 206, 346, 486, 626), strict=True))
_INSET = 104


@kept
@dataclass(frozen=True)
class MapShape:
    """A département as drawn: its SVG path, where its number stands, its number of actions and its shade, 0 to 4."""

    code: str
    nom: str
    nombre: int
    teinte: int
    path: str
    x: int
    y: int


@kept
@dataclass(frozen=True)
class MapInset:
    """The frame of an inset and its name; ``fin``: it stands at the right of the map, and its name ends there."""

    nom: str
    x: int
    y: int
    cote: int
    fin: bool = False


@kept
@dataclass(frozen=True)
class MapPlan:
    """A part of the map, and what puts a point of its plane there: ``x * echelle + dx``, ``y * echelle + dy``.

    ``code``: its overseas département, empty for the mainland; ``milieu``: how long a degree of longitude is, in degrees of
    latitude, 0 on the mainland, whose plane is Lambert-93. ``docs/assets/js/explorer/circle.js`` draws on it.
    """

    code: str
    box: Box
    echelle: float
    dx: float
    dy: float
    milieu: float


@kept
@dataclass(frozen=True)
class FranceMap:
    """All that the template needs. ``legende``: the words of each shade, from none to most."""

    formes: tuple[MapShape, ...]
    loupe: tuple[MapShape, ...]
    insets: tuple[MapInset, ...]
    plans: tuple[MapPlan, ...]
    legende: tuple[str, ...]
    largeur: int = WIDTH
    hauteur: int = HEIGHT

    @property
    def doubles(self) -> tuple[MapShape, ...]:
        """What the inset of Paris shows larger: drawn on the main map, but a link in the inset only."""
        larger = {forme.code for forme in self.loupe}
        return tuple(forme for forme in self.formes if forme.code in larger)


def draw(contours: Outlines, counts: Mapping[str, int], noms: Mapping[str, str]) -> FranceMap:
    """The map for these counts by département code."""
    paliers = make_shades(counts.values())

    def forme(code: str, rings: Sequence[Ring]) -> MapShape:
        n = counts.get(code, 0)
        x, y = heart(max(rings, key=lambda ring: abs(area(ring)))) if n else (0, 0)
        return MapShape(code, noms[code], n, paliers.teinte(n), svg_path(rings), round(x), round(y))

    mainland = [code for code in contours.plans if code not in OUTRE_MER]
    overseas = [code for code in OUTRE_MER if code in contours.plans]
    # A territory overseas alone is the map; its other parts stand in insets.
    main = mainland or [overseas.pop(0)]
    box = _MAINLAND if overseas else _trimmed(contours, main, _WHOLE)
    placed = _place(contours, main, box)
    tops = {code: _TOPS[code] for code in overseas}
    for code, top in tops.items():
        placed |= _place(contours, [code], _inset(top))
    near_paris = [code for code in _PETITE_COURONNE if code in placed]
    small = bool(near_paris) and _width(placed[near_paris[0]]) < _LEGIBLE
    paris = _place(contours, near_paris, _PARIS) if small else {}
    return FranceMap(
        # Those without an action lie beneath, so that the border of the others shows.
        formes=tuple(
            sorted((forme(code, rings) for code, rings in placed.items()), key=lambda f: (f.nombre > 0, f.code))
        ),
        loupe=tuple(forme(code, rings) for code, rings in paris.items()),
        insets=(
            *([_inset_of_paris()] if paris else []),
            *(MapInset(noms[code], 0, top, _INSET) for code, top in tops.items()),
        ),
        plans=(
            MapPlan(
                "" if mainland else main[0],
                box,
                *_fit(contours, main, box),
                0 if mainland else contours.middle(main[0]),
            ),
            *(
                MapPlan(code, (0, top, _INSET, _INSET), *_fit(contours, [code], _inset(top)), contours.middle(code))
                for code, top in tops.items()
            ),
        ),
        legende=paliers.legende,
        hauteur=HEIGHT if overseas else round(box[1] + box[3]) + 8,
    )


def _trimmed(contours: Outlines, codes: Sequence[str], box: Box) -> Box:
    """The box, no higher than what is drawn in it."""
    _, top, _, bottom = bounds(ring for code in codes for ring in contours.plans[code])
    scale = _fit(contours, codes, box)[0]
    return box[0], box[1], box[2], min(box[3], scale * (bottom - top))


def _width(rings: Iterable[Ring]) -> float:
    left, _, right, _ = bounds(rings)
    return right - left


def _inset_of_paris() -> MapInset:
    x, y, cote = round(_PARIS[0]) - 6, round(_PARIS[1]) - 6, round(_PARIS[2]) + 12
    return MapInset(gettext("Paris et petite couronne"), x, y, cote, fin=True)


def _inset(top: int) -> Box:
    return 6.0, top + 6.0, _INSET - 12.0, _INSET - 12.0


def _fit(contours: Outlines, codes: Sequence[str], box: Box) -> tuple[float, float, float]:
    return fit(bounds(ring for code in codes for ring in contours.plans[code]), box)


def _place(contours: Outlines, codes: Sequence[str], box: Box) -> dict[str, tuple[Ring, ...]]:
    """Some outlines, scaled and moved together into a box."""
    place = _fit(contours, codes, box)
    return {code: move(contours.plans[code], *place) for code in codes}


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
        inside = [part for ring, box in self._ring_boxes[code] if (part := clip(ring, window, box))]
        return svg_path(move(inside, *_place_in_window(window)), _GRIDS[genre]) if inside else ""

    def _counted(self, contour: LocatorShape, window: Box) -> LocatorShape:
        nombre = self.nombres.get(contour.code, 0)
        if contour.genre != "ici" or not nombre:
            return contour
        largest = max(self.contours.plans[contour.code], key=lambda ring: abs(area(ring)))
        x, y = heart(move([largest], *_place_in_window(window))[0])
        return replace(contour, nombre=nombre, teinte=self._paliers.teinte(nombre), x=round(x), y=round(y))

    def _shows(self, code: str, near: str, window: Box) -> bool:
        """Overseas, nothing else lies on the same plane."""
        if code in OUTRE_MER or near in OUTRE_MER:
            return code == near
        left, top, right, bottom = self._boxes[code]
        return left < window[2] and right > window[0] and top < window[3] and bottom > window[1]

    def _points(self, code: str, villes: Iterable[Lieu], window: Box) -> tuple[tuple[int, int], ...]:
        known = [(v.lon, v.lat) for v in villes if v.lon is not None and v.lat is not None]
        placed = move([self.contours.projection(code)(known)], *_place_in_window(window))[0]
        return tuple(sorted({(round(x), round(y)) for x, y in placed}))

    def _bounds(self, codes: Iterable[str]) -> Box:
        lefts, tops, rights, bottoms = zip(*(self._boxes[code] for code in codes), strict=True)
        return min(lefts), min(tops), max(rights), max(bottoms)

    @cached_property
    def _boxes(self) -> Mapping[str, Box]:
        return {code: bounds(rings) for code, rings in self.contours.plans.items()}

    @cached_property
    def _ring_boxes(self) -> Mapping[str, Sequence[tuple[Ring, Box]]]:
        return {code: [(ring, bounds([ring])) for ring in rings] for code, rings in self.contours.plans.items()}

    @cached_property
    def _paliers(self) -> Shades:
        return make_shades(self.nombres.values())


def _place_in_window(window: Box) -> tuple[float, float, float]:
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
