"""Whether anything of what a model learns stands on the other side of a split: counted, edge by edge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cartellino.curate.pairs import Column, rows_of


@dataclass(frozen=True)
class Ties:
    """What ties works together in one way, and how much of it a split cuts.

    Parameters
    ----------
    why : str
        'the same picture', 'nearly the same picture', or a field they share.
    works : int
        Works that are tied to another.
    edges : int
        Ties, counted along a chain: as many as hold each group together.
    crossing : int
        Those whose works stand in different parts.
    """

    why: str
    works: int
    edges: int
    crossing: int


def ties(
    works: Column, parts: NDArray[np.str_], links: Iterable[tuple[str, tuple[Column, Column]]]
) -> list[Ties]:
    """Count the ties of each kind, and those that a split cuts.

    Parameters
    ----------
    works : ndarray (n,) of int64
        Keys, ascending.
    parts : ndarray (n,) of str
        The part of each.
    links : iterable of (str, (ndarray, ndarray))
        Why works are tied, and works with what each shows or belongs to, pair by pair; see `kin_of`.
    """
    return [_ties(why, works, parts, *pairs) for why, pairs in links]


def _ties(why: str, works: Column, parts: NDArray[np.str_], linked: Column, numbers: Column) -> Ties:
    rows = rows_of(works, linked)
    rows, numbers = rows[rows >= 0], numbers[rows >= 0]
    order = np.lexsort((rows, parts[rows], numbers))
    rows, numbers = rows[order], numbers[order]
    other = rows[1:] != rows[:-1]
    tied = (numbers[1:] == numbers[:-1]) & other
    cut = tied & (parts[rows[1:]] != parts[rows[:-1]])
    touched = np.union1d(rows[1:][tied], rows[:-1][tied])
    return Ties(why, len(touched), int(tied.sum()), int(cut.sum()))


def naive_crossing(found: Iterable[Ties], sizes: Mapping[str, int]) -> float:
    """Ties that a split of single works at random would cut, on average: n·(1 − Σ pᵢ²) of n."""
    total = sum(sizes.values())
    same = sum((size / total) ** 2 for size in sizes.values()) if total else 1.0
    return sum(each.edges for each in found) * (1 - same)
