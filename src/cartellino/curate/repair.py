"""Mending a split in which a class is missing from a part."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cartellino.curate.strata import FREE, Column, Units


def repair(units: Units, parts: Column, values: int, active: Column) -> set[int]:
    """Move units until every class is in every active part; return the classes for which none can move.

    A unit moves only from a part that keeps another unit of each of its classes, and never one that is fixed,
    so that no move opens a gap elsewhere.

    Parameters
    ----------
    units : Units
        What each unit holds.
    parts : ndarray (u,) of int64
        The part of each; changed.
    values : int
        How many classes there are.
    active : ndarray of int64
        Parts that must show every class.
    """
    present = np.zeros((values, int(max(parts.max(initial=0), active.max())) + 1), dtype=np.int64)
    np.add.at(present, (units.value, parts[units.unit]), 1)
    lacking: set[int] = set()
    for value, part in ((value, part) for value in range(values) for part in active.tolist()):
        if present[value, part]:
            continue
        unit = _movable(units, parts, present, value)
        if unit is None:
            lacking.add(value)
            continue
        held = units.value[units.unit == unit]
        present[held, parts[unit]] -= 1
        present[held, part] += 1
        parts[unit] = part
    return lacking


def _movable(units: Units, parts: Column, present: NDArray[np.int64], value: int) -> int | None:
    """The smallest free unit of a class that its part can spare."""
    spare = present[units.value, parts[units.unit]] >= 2
    bound = np.ones(len(units.sizes), bool)
    np.logical_and.at(bound, units.unit, spare)
    able = bound & (units.fixed == FREE)
    mine = units.unit[units.value == value]
    mine = mine[able[mine]]
    return int(mine[np.argmin(units.sizes[mine])]) if len(mine) else None
