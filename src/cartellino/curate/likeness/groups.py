"""Works whose pictures show the same, in groups, with why."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np

from cartellino.catalogue import Catalogue
from cartellino.curate.kin import kin_of, shown
from cartellino.curate.likeness.known import same
from cartellino.pictures.store import PictureStore
from cartellino.progress import Progress


@dataclass(frozen=True, slots=True)
class SameShown:
    """Works that show the same, directly or by way of others among them.

    Parameters
    ----------
    works : tuple of str
        Their ids.
    same_file : bool
        Whether some of them show one and the same file.
    agreements : tuple of (str, str, float)
        Works, and how far their nearly equal pictures agree: 1 for the same; 0 where a file is gone and
        hashes decided.
    """

    works: tuple[str, ...]
    same_file: bool
    agreements: tuple[tuple[str, str, float], ...]

    @property
    def why(self) -> str:
        """In words."""
        told = ["the same file"] if self.same_file else []
        told += [f"{one} and {other} agree to {close:.2f}" for one, other, close in self.agreements if close]
        told += [f"{one} and {other} by their hashes" for one, other, close in self.agreements if not close]
        return "; ".join(told)

    def told(self) -> dict[str, Any]:
        """For machines."""
        names = ("works", "same_file", "agreements")
        return {name: getattr(self, name) for name in names} | {"why": self.why}


def groups(catalogue: Catalogue, store: PictureStore, progress: Progress) -> list[SameShown]:
    """The groups of works whose pictures show the same, in the order of their first work."""
    pairs = same(catalogue, store, progress)
    pictures = shown(catalogue)
    works = np.unique(pictures.works)
    kin = kin_of(works, pictures.links(works, pairs))[np.searchsorted(works, pictures.works)]
    close = {(first, second): agreement for first, second, agreement in catalogue.likeness.agreeing(-1.0)}
    owner: dict[int, tuple[int, int]] = {}  # of each picture: its kin and the first work that shows it
    shares: dict[int, set[int]] = defaultdict(set)
    twice: set[int] = set()
    for name, work, picture in zip(
        kin.tolist(), pictures.works.tolist(), pictures.pictures.tolist(), strict=True
    ):
        shares[name].add(work)
        if owner.setdefault(picture, (name, work))[1] != work:
            twice.add(name)
    told: dict[int, list[tuple[int, int, float]]] = defaultdict(list)
    for first, second in zip(pairs[0].tolist(), pairs[1].tolist(), strict=True):
        one, other = owner.get(first), owner.get(second)
        if one and other and one[1] != other[1]:
            told[one[0]].append((one[1], other[1], round(close.get((first, second), 0.0), 3)))
    ids = catalogue.works.id
    return [
        SameShown(
            tuple(map(ids, sorted(shares[name]))),
            name in twice,
            tuple((ids(one), ids(other), agreement) for one, other, agreement in told[name]),
        )
        for name in sorted(shares)
        if len(shares[name]) > 1
    ]
