"""A label set: a definition made fast, with its works, what is true of them, and their parts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.curate.definition import LabelDefinition
from cartellino.records import Part

PARTS: tuple[str, ...] = tuple(part.value for part in Part)


@dataclass(frozen=True)
class LabelSet:
    """A field made learnable, frozen.

    Parameters
    ----------
    id : int
        Its key in the catalogue.
    name, version : str, int
        What people call it (``culture@2``).
    kind : str
        'single' or 'multi'.
    classes : tuple of str
        The labels, in the order of their places.
    sensitive : frozenset of str
        Those of them that no rule files.
    definition : LabelDefinition
        What it was made from.
    hash : str
        SHA-256 over the frozen result; see `frozen_hash`.
    works : ndarray (n,) of int64
        Keys of the works in the catalogue, ascending.
    truth : ndarray
        Single: (n,) int64, the place of each work's class. Multi: (n, k) uint8, 1 where the work has the
        class.
    parts : ndarray (n,) of str
        'train', 'validation', 'calibration' or 'test'.
    kin : ndarray (n,) of int64
        The smallest key among the works that each is kin to; kin share a part.
    left_out : mapping of str to int
        Works that have a value and are not in the set, by reason.
    remarks : tuple of str
        What else a person should know, as sentences.
    """

    id: int
    name: str
    version: int
    kind: str
    classes: tuple[str, ...]
    sensitive: frozenset[str]
    definition: LabelDefinition
    hash: str
    works: NDArray[np.int64]
    truth: NDArray[Any]
    parts: NDArray[np.str_]
    kin: NDArray[np.int64]
    left_out: Mapping[str, int] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Name and version, as people write them."""
        return f"{self.name}@{self.version}"

    def of(self, part: str) -> NDArray[np.int64]:
        """Indices of the works of one part, ascending."""
        return np.flatnonzero(self.parts == str(part)).astype(np.int64)

    def has(self, place: int) -> NDArray[np.bool_]:
        """Which works have the class at `place`; (n,)."""
        if self.kind == "multi":
            return self.truth[:, place].astype(bool)
        held: NDArray[np.bool_] = self.truth == place
        return held

    def counts(self, place: int) -> dict[str, int]:
        """Works of the class at `place` in each part."""
        mine = self.parts[self.has(place)]
        return {part: int((mine == part).sum()) for part in PARTS}


def truth_of(
    kind: str, rows: NDArray[np.int64], places: NDArray[np.int64], works: int, classes: int
) -> NDArray[Any]:
    """The truth array of pairs (row of a work, place of a class); see `LabelSet.truth`."""
    if kind == "multi":
        truth = np.zeros((works, classes), np.uint8)
        truth[rows, places] = 1
        return truth
    single = np.zeros(works, np.int64)
    single[rows] = places
    return single


def frozen_hash(
    kind: str,
    classes: tuple[str, ...],
    sensitive: frozenset[str],
    works: NDArray[np.int64],
    pairs: tuple[NDArray[np.int64], NDArray[np.int64]],
    parts: NDArray[np.int64],
    kin: NDArray[np.int64],
) -> str:
    """SHA-256 over what was frozen: the same classes, works, labels, parts and kin give the same hash.

    Numbers enter as little-endian 64-bit integers, so that every machine agrees.
    """
    head = json.dumps([kind, classes, [label in sensitive for label in classes]], ensure_ascii=False)
    hasher = hashlib.sha256(head.encode("utf-8"))
    for column in (works, *pairs, parts, kin):
        hasher.update(len(column).to_bytes(8, "little"))
        hasher.update(np.ascontiguousarray(column, dtype="<i8").tobytes())
    return hasher.hexdigest()
