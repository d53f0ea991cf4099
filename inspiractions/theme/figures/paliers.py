"""The shades of a figure: where each begins, and the words of its legend."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Paliers:
    """``debuts``: the count from which shades 1, 2… begin; shade 0 is none."""

    debuts: tuple[int, ...]

    def teinte(self, nombre: int) -> int:
        """The shade of a count, 0 to 4."""
        return sum(nombre >= debut for debut in self.debuts)

    @property
    def legende(self) -> tuple[str, ...]:
        """The words of each shade, from none to most."""
        words = ["aucune action"]
        for debut, suivant in zip(self.debuts, [*self.debuts[1:], 0], strict=True):
            if not suivant:
                words.append(f"{debut} et plus")
            else:
                words.append(f"{debut}" if suivant == debut + 1 else f"{debut} à {suivant - 1}")
        return tuple(words)


def make_paliers(nombres: Iterable[int]) -> Paliers:
    """1, then the fourth, seventh and ninth tenths of the counts, all different (as ``docs/assets/js/explorer/views.js``)."""
    ordered = sorted(n for n in nombres if n)
    if not ordered:
        return Paliers((1,))
    return Paliers(tuple(sorted({1, *(ordered[len(ordered) * part // 10] for part in (4, 7, 9))})))
