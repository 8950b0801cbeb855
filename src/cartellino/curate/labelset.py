"""A label set: a definition made fast, with its works, what is true of them, and their parts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.curate.definition import LabelDefinition
from cartellino.curate.sensitive import AUDIT_ONLY
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
    funnel : tuple of (str, int)
        From all works to these: what each step kept, and how many works it left.
    policies : mapping of str to str
        What may be done with each label; empty in sets frozen before there were policies.
    held : ndarray (h,) of int64
        Keys of works kept aside to test that they are not taken for a class, ascending.
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
    funnel: tuple[tuple[str, int], ...] = ()
    policies: Mapping[str, str] = field(default_factory=dict)
    held: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))

    @property
    def audit_only(self) -> frozenset[str]:
        """Labels that are learnt so that an audit can measure them, and suggested to nobody."""
        return frozenset(label for label, policy in self.policies.items() if policy == AUDIT_ONLY)

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


def frozen_hash(said: Sequence[Any], *columns: NDArray[np.int64]) -> str:
    """SHA-256 over what was frozen: the same classes, works, labels, parts and kin give the same hash.

    Numbers enter as little-endian 64-bit integers, so that every machine agrees.

    Parameters
    ----------
    said : sequence
        What can be said in JSON: the kind, the classes, which of them are sensitive, and whatever else bears
        on the works it is used for.
    *columns : ndarray of int64
        Works, labels, parts, kin and, where there are any, works kept aside.
    """
    hasher = hashlib.sha256(json.dumps(said, ensure_ascii=False).encode("utf-8"))
    for column in columns:
        hasher.update(len(column).to_bytes(8, "little"))
        hasher.update(np.ascontiguousarray(column, dtype="<i8").tobytes())
    return hasher.hexdigest()
