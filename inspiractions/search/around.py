"""The place that actions are looked for around, and how far each is. Twins: ``around.js`` and ``distances.js`` of ``docs/assets/js/search/``."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from math import asin, cos, inf, radians, sin, sqrt

from inspiractions.model.action import Action
from inspiractions.model.territoire import name_key
from inspiractions.search.places import Place

RADII, RADIUS = (20, 50, 100), 50
"""In kilometres; the second where none is said."""

_LONGEST = 100
_EARTH = 6371
_POINTS = ("epci", "commune", "village", "postal")
_ARTICLES = ("", "le ", "la ", "les ", "l ")
# « Saint-Denis (974) », « Alès 30100 ».
_NUMBERED = re.compile(r"(.*?\S)[\s,]*[\s,(]([0-9]{5}|[0-9]{2,3}|2[ab])\)?", re.I)


def is_point(place: Place) -> bool:
    """Whether a place stands somewhere."""
    return place.genre in _POINTS and bool(place.lon)


def places_called(typed: str, france: Callable[[str], Sequence[Place]]) -> list[Place]:
    """The places that a text names, of which one stands somewhere: the widest first, then the most populous.

    ``france``: the places of France that bear a name or a postcode.
    """
    text = typed[:_LONGEST].strip()
    numbered = _NUMBERED.fullmatch(text)
    name, number = numbered.groups() if numbered else (text, "")
    in_postcode = {code for place in france(number) for code in place.codes} if len(number) == 5 else None
    for article in _ARTICLES:
        places = [
            place
            for place in france(name_key(article + name))
            if is_point(place)
            and (
                place.codes[0] in in_postcode
                if in_postcode is not None
                else not number or place.autour.lower() == number.lower()
            )
        ]
        if places:
            return places
    return []


def is_within(action: Action, place: Place, km: int) -> bool:
    """Whether a city of an action is so near to a place at most; a département or a région is nowhere."""
    return _distance(action, place) <= km


def _distance(action: Action, place: Place) -> float:
    """Kilometres on the sphere (haversine), from the nearest city; infinite where none is known."""
    here = float(place.lon), float(place.lat)
    cities = (v for v in action.villes if v.genre in ("commune", "epci") and v.lon is not None and v.lat is not None)
    return min((_kilometres(here, (float(v.lon or 0), float(v.lat or 0))) for v in cities), default=inf)


def _kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    half = _half(b[1] - a[1]) + cos(radians(a[1])) * cos(radians(b[1])) * _half(b[0] - a[0])
    return 2 * _EARTH * asin(sqrt(half))


def _half(angle: float) -> float:
    return sin(radians(angle) / 2) ** 2
