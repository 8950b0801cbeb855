"""Kin: works that must stand on one side of every split, because they share a picture or a group."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cartellino.catalogue import Catalogue
from cartellino.curate.duplicates import DISTANCE, bits_apart, near_groups, united
from cartellino.curate.merges import tidy
from cartellino.curate.pairs import Pairs, rows_of

Keys = NDArray[np.int64]
ACCESSION_LOT = "accession lot"


def kin_of(works: Keys, links: list[tuple[Keys, Keys]]) -> Keys:
    """The smallest key among the works each is linked to, directly or through others.

    Parameters
    ----------
    works : ndarray (n,) of int64
        Keys of works, ascending.
    links : list of (ndarray, ndarray)
        Works and what each shows or belongs to, pair by pair: works with the same number in one list are kin.
        Works that are not among `works` are passed over.

    Returns
    -------
    ndarray (n,) of int64
        For each work, the key that names its kin.
    """
    groups = np.arange(len(works), dtype=np.int64)
    for linked, numbers in links:
        first, second = _chained(*_among(works, linked, numbers))
        groups = united(groups, first, second)
    least = np.full(groups.max(initial=-1) + 1, np.iinfo(np.int64).max)
    np.minimum.at(least, groups, works)
    return least[groups]


@dataclass(frozen=True)
class Shown:
    """Works and the kept pictures that show them, pair by pair.

    Parameters
    ----------
    works, pictures : ndarray (m,) of int64
        Keys; ascending by work.
    hashes : ndarray (m,) of uint64
        Perceptual hash of each picture.
    """

    works: Keys
    pictures: Keys
    hashes: NDArray[np.uint64]

    def links(self, works: Keys, same: tuple[Keys, Keys] | None = None) -> list[tuple[Keys, Keys]]:
        """How `works` (ascending) are linked by equal and by nearly equal pictures, for `kin_of`.

        Parameters
        ----------
        same : (ndarray, ndarray), optional
            Pairs of pictures that show the same, as `cartellino.curate.likeness.known.same` finds them.
            Without them, hashes decide alone; pictures of one colour, whose hash says nothing, then link
            works only where the files are the same.
        """
        mine = rows_of(works, self.works) >= 0
        if same is not None:
            near = _joined(self.pictures[mine], *same)
            return [(self.works[mine], self.pictures[mine]), (self.works[mine], near)]
        telling = mine & (bits_apart(self.hashes, np.zeros_like(self.hashes)) > DISTANCE)
        near = near_groups(self.hashes[telling])
        return [(self.works[mine], self.pictures[mine]), (self.works[telling], near)]


def _joined(pictures: Keys, first: Keys, second: Keys) -> Keys:
    """A number for each picture, the same for those that pairs join by way of others among them."""
    each, numbers = np.unique(pictures, return_inverse=True)
    one, other = rows_of(each, first), rows_of(each, second)
    among = (one >= 0) & (other >= 0)
    return united(np.arange(len(each)), one[among], other[among])[numbers]


def shown(catalogue: Catalogue) -> Shown:
    """Every work with a kept picture, and its pictures."""
    # One pass in C; of the digest, which says no more than the picture's key, a letter is kept.
    told = np.dtype([("work", "i8"), ("picture", "i8"), ("hash", "i8"), ("digest", "U1")])
    rows = np.fromiter(catalogue.pictures.fingerprints(), dtype=told)
    columns = [np.ascontiguousarray(rows[name]) for name in ("work", "picture", "hash")]
    return Shown(columns[0], columns[1], columns[2].view(np.uint64))


def group_links(catalogue: Catalogue, field: str) -> tuple[Keys, Keys]:
    """Works and the values of `field` they share; blank ones group nobody.

    'accession lot' is the accession number without its last component, unless a field is called so.
    """
    pairs = Pairs.of(_shared(catalogue, field)).becoming(lambda value: [tidy(value)])
    return pairs.works, pairs.codes


def _shared(catalogue: Catalogue, field: str) -> Iterable[tuple[int, str]]:
    if field != ACCESSION_LOT or field in catalogue.fields.names():
        return catalogue.fields.values(field)
    numbers = catalogue.works.accessions()
    return ((work, lot) for work, number in numbers if (lot := _lot(number)))


def _lot(accession: str) -> str:
    """'29.100' of '29.100.4a', in the manner of most museums: year, gift or purchase, object."""
    parts = re.split(r"[./]", accession.strip())
    return ".".join(parts[:-1]) if len(parts) > 2 else ""


def _among(works: Keys, linked: Keys, numbers: Keys) -> tuple[Keys, Keys]:
    rows = rows_of(works, linked)
    return rows[rows >= 0], numbers[rows >= 0]


def _chained(rows: Keys, numbers: Keys) -> tuple[Keys, Keys]:
    """Each row with the next one of the same number: as good as all pairs, and as many as there are rows."""
    order = np.argsort(numbers, kind="stable")
    rows, numbers = rows[order], numbers[order]
    same = numbers[1:] == numbers[:-1]
    return rows[:-1][same], rows[1:][same]
