"""Units of a split: kin taken together, and known by what they hold, so that equals are dealt at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cartellino.curate.choose import Labelled

Column = NDArray[np.int64]
FREE = -1


@dataclass(frozen=True)
class Units:
    """Kin, each of which goes to one part.

    Parameters
    ----------
    of : ndarray (n,) of int64
        The unit of each work.
    sizes : ndarray (u,) of int64
        Works in each unit.
    fixed : ndarray (u,) of int64
        The part it must go to, or `FREE`.
    unit, value, count : ndarray (t,) of int64
        How many works of a unit have a value; ascending by unit, then value.
    """

    of: Column
    sizes: Column
    fixed: Column
    unit: Column
    value: Column
    count: Column

    def holders(self, values: int) -> Column:
        """Units that hold each value; (values,)."""
        return np.bincount(self.value, minlength=values)

    def likenesses(self) -> Column:
        """A number for each unit, the same for units of one size that hold the same values as often.

        A 64-bit hash stands for what a unit holds (a sum of random numbers, one for each value): among a
        million units the chance that any two are confused is below 10⁻⁷, and the harm would be a slightly
        uneven split.
        """
        random = np.random.default_rng(0).integers(0, 2**64, self.value.max(initial=0) + 2, dtype=np.uint64)
        hashes = self.sizes.astype(np.uint64) * random[-1]
        np.add.at(hashes, self.unit, self.count.astype(np.uint64) * random[self.value])
        return np.unique(hashes, return_inverse=True)[1].astype(np.int64)


def units_of(labelled: Labelled, kin: Column, fixed: Column) -> Units:
    """Take kin together.

    Parameters
    ----------
    labelled : Labelled
        What works hold.
    kin : ndarray (n,) of int64
        Works with the same number are one unit.
    fixed : ndarray (n,) of int64
        The part a work must stay in, or `FREE`. Where kin were fixed in several, the first part wins: what
        may have been learnt from is never used to examine.
    """
    names, of = np.unique(kin, return_inverse=True)
    bound = np.full(len(names), np.iinfo(np.int64).max)
    held = fixed != FREE
    np.minimum.at(bound, of[held], fixed[held])
    values = max(1, len(labelled.names))
    pairs, count = np.unique(of[labelled.rows] * values + labelled.values, return_counts=True)
    return Units(
        of.astype(np.int64),
        np.bincount(of, minlength=len(names)),
        np.where(bound == np.iinfo(np.int64).max, FREE, bound),
        pairs // values,
        pairs % values,
        count,
    )
