"""The invented artists of the painted gallery. Any likeness to a name in a real catalogue is chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cartellino.acquire.gallery.brush import Hand


@dataclass(frozen=True, slots=True)
class Artist:
    """A name with years, the school it belongs to, and a hand that its works share."""

    name: str
    years: tuple[int, int]
    school: str
    hand: Hand


_NAMES = {
    "Primary Grid": (
        ("Pieter van Oostkade", 1881, 1947),
        ("Ilse Märtens-Rood", 1894, 1971),
        ("Åke Lindnäs", 1902, 1980),
    ),
    "Pointillism": (
        ("Émilie Fauquereau", 1861, 1932),
        ("Honoré Delpuech", 1857, 1901),
        ("Théo van der Mölen", 1868, 1929),
        ("Zdenka Vašátková", 1872, 1944),
    ),
    "Ink Wash": (("Kō Minazuki", 1612, 1680), ("Shen Wuyan", 1571, 1644), ("Yun Sahyang", 1702, 1769)),
    "Woodcut": (
        ("Jörg Holzäpfel", 1888, 1959),
        ("Søren Bjerregård-Ask", 1879, 1941),
        ("Fiachra Ó Dúill", 1899, 1977),
    ),
    "Geometric Tiling": (("Workshop of the Blue Gate", 1480, 1560), ("Süreyya Gökdağlı", 1911, 1988)),
    "Colour Field": (
        ("Ruth Abenroth", 1913, 1999),
        ("Milo Szántóházy", 1908, 1976),
        ("Ngozi Adéwálé-Bright", 1931, 2011),
    ),
}


def artists(rng: np.random.Generator) -> list[Artist]:
    """All of them, each with a hand of its own for this gallery."""
    return [
        Artist(name, (born, died), school, Hand(*(float(part) for part in rng.random(4))))
        for school, names in _NAMES.items()
        for name, born, died in names
    ]
