"""Works and their values, pair by pair, in arrays: what half a million works need to be read in seconds."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.int64]
_AT_ONCE = 20_000


class _Codes(dict[str, int]):
    """Numbers values in the order in which they are first asked for."""

    def __missing__(self, value: str) -> int:
        self[value] = code = len(self)
        return code


@dataclass(frozen=True)
class Pairs:
    """Works and the values they have, ascending by work and then in the order they were written.

    Parameters
    ----------
    works : ndarray (m,) of int64
        Keys of works.
    codes : ndarray (m,) of int64
        The value of each pair, as a place in `names`.
    names : tuple of str
        The values.
    """

    works: Column
    codes: Column
    names: tuple[str, ...]

    @classmethod
    def of(cls, told: Iterable[tuple[int, str]]) -> Pairs:
        """Pairs as a catalogue tells them, ordered by work."""
        works, codes, seen = array("q"), array("q"), _Codes()
        remaining = iter(told)
        while some := list(islice(remaining, _AT_ONCE)):
            keys, values = zip(*some, strict=True)
            works.extend(keys)
            codes.extend(map(seen.__getitem__, values))
        return cls(np.array(works, dtype=np.int64), np.array(codes, dtype=np.int64), tuple(seen))

    def where(self, kept: NDArray[np.bool_]) -> Pairs:
        """The pairs that are kept; (m,) of bool."""
        return Pairs(self.works[kept], self.codes[kept], self.names)

    def holding(self, true_of: Callable[[str], bool]) -> NDArray[np.bool_]:
        """For each pair, whether something is true of its value, which is asked once for each value; (m,)."""
        told = np.array([true_of(name) for name in self.names], dtype=bool)
        return told[self.codes] if len(told) else np.zeros(len(self.codes), bool)

    def becoming(self, what: Callable[[str], Sequence[str]]) -> Pairs:
        """The same with every value replaced by what it stands for: one value, several, or none.

        A value that a work then has twice is told once, where it stood first.
        """
        names: dict[str, int] = {}
        ends = [[names.setdefault(each, len(names)) for each in what(name)] for name in self.names]
        counts = np.array([len(each) for each in ends], dtype=np.int64)
        flat = np.array([code for each in ends for code in each], dtype=np.int64)
        starts = np.cumsum(counts) - counts
        times = counts[self.codes] if len(counts) else np.zeros(0, np.int64)
        nth = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
        codes = flat[np.repeat(starts[self.codes], times) + nth] if len(flat) else flat
        return Pairs(np.repeat(self.works, times), codes, tuple(names)).once()

    def once(self) -> Pairs:
        """Each value of a work once, where it stood first; values that no work has are forgotten."""
        keys = self.works * max(1, len(self.names)) + self.codes
        first = np.sort(np.unique(keys, return_index=True)[1]) if len(keys) else np.zeros(0, np.int64)
        codes = self.codes[first]
        used = np.bincount(codes, minlength=len(self.names)) > 0
        names = tuple(self.names[code] for code in np.flatnonzero(used))
        return Pairs(self.works[first], (np.cumsum(used) - 1)[codes], names)

    def first(self) -> Pairs:
        """The first value of each work."""
        begins = np.diff(self.works, prepend=self.works[:1] - 1) > 0
        return self.where(begins)

    def and_(self, other: Pairs) -> Pairs:
        """These pairs and others, those of one work in this order."""
        place = {name: code for code, name in enumerate(self.names)}
        theirs = [place.setdefault(name, len(place)) for name in other.names]
        works = np.r_[self.works, other.works]
        codes = np.r_[self.codes, np.array(theirs, dtype=np.int64)[other.codes]]
        order = np.argsort(works, kind="stable")
        return Pairs(works[order], codes[order], tuple(place))


def distinct(ascending: Column) -> Column:
    """Each of some ascending numbers once."""
    return ascending[np.flatnonzero(np.diff(ascending, prepend=ascending[:1] - 1))]


def rows_of(works: Column, keys: Column) -> Column:
    """Where each of `keys` stands among ascending `works`; -1 where it does not."""
    if len(works) == 0:
        return np.full(len(keys), -1, dtype=np.int64)
    places = np.minimum(np.searchsorted(works, keys), len(works) - 1)
    return np.where(works[places] == keys, places, -1).astype(np.int64)
