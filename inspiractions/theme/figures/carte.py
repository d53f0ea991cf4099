"""The map of France: départements shaded by their number of actions, overseas and Paris in insets.

The shades of a figure: where each begins, and the words of its legend.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from inspiractions.base.kept_values import kept
from inspiractions.base.texts import gettext
from inspiractions.theme.figures.contours import (
    OUTRE_MER,
    Box,
    Outlines,
    Ring,
    area,
    bounds,
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
    """The frame of an inset and its name."""

    nom: str
    x: int
    y: int
    cote: int


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
        return tuple(forme for forme in self.formes if forme.code in _PETITE_COURONNE)


def draw(contours: Outlines, counts: Mapping[str, int], noms: Mapping[str, str]) -> FranceMap:
    """The map for these counts by département code."""
    paliers = make_shades(counts.values())

    def forme(code: str, rings: Sequence[Ring]) -> MapShape:
        n = counts.get(code, 0)
        x, y = heart(max(rings, key=lambda ring: abs(area(ring)))) if n else (0, 0)
        return MapShape(code, noms[code], n, paliers.teinte(n), svg_path(rings), round(x), round(y))

    mainland = [code for code in contours.plans if code not in OUTRE_MER]
    placed = _place(contours, mainland, _MAINLAND)
    paris = _place(contours, _PETITE_COURONNE, _PARIS)
    for code, top in _TOPS.items():
        placed |= _place(contours, [code], _inset(top))
    return FranceMap(
        # Those without an action lie beneath, so that the border of the others shows.
        formes=tuple(
            sorted((forme(code, rings) for code, rings in placed.items()), key=lambda f: (f.nombre > 0, f.code))
        ),
        loupe=tuple(forme(code, rings) for code, rings in paris.items()),
        insets=(
            MapInset(
                gettext("Paris et petite couronne"), round(_PARIS[0]) - 6, round(_PARIS[1]) - 6, round(_PARIS[2]) + 12
            ),
            *(MapInset(noms[code], 0, top, _INSET) for code, top in _TOPS.items()),
        ),
        plans=(
            MapPlan("", _MAINLAND, *_fit(contours, mainland, _MAINLAND), 0),
            *(
                MapPlan(code, (0, top, _INSET, _INSET), *_fit(contours, [code], _inset(top)), contours.middle(code))
                for code, top in _TOPS.items()
            ),
        ),
        legende=paliers.legende,
    )


def _inset(top: int) -> Box:
    return 6.0, top + 6.0, _INSET - 12.0, _INSET - 12.0


def _fit(contours: Outlines, codes: Sequence[str], box: Box) -> tuple[float, float, float]:
    return fit(bounds(ring for code in codes for ring in contours.plans[code]), box)


def _place(contours: Outlines, codes: Sequence[str], box: Box) -> dict[str, tuple[Ring, ...]]:
    """Some outlines, scaled and moved together into a box."""
    place = _fit(contours, codes, box)
    return {code: move(contours.plans[code], *place) for code in codes}
