"""Exact nearest neighbours by the cosine of the angle between vectors.

Every vector is looked at: an approximate index of the usual settings lost one neighbour in five, and all
but one in twenty at worst, to save tens of milliseconds (docs/decisions/feature-store.md).
"""

from __future__ import annotations

import threading
from collections.abc import Container, Iterator

import numpy as np
import numpy.typing as npt

from cartellino.features.store import FeatureStore, Vectors

_BLOCK = 4096  # rows multiplied at a time
_BUDGET = 1 << 30


class Neighbours:
    """The pictures most like a picture, among all that have a vector.

    Parameters
    ----------
    store : FeatureStore
        Where the vectors are; those appended later are found too.
    budget : int
        Bytes of vectors kept in memory between queries; what is beyond is read from the disk each time.
    """

    def __init__(self, store: FeatureStore, budget: int = _BUDGET) -> None:
        self._store = store
        self._room = max(0, budget // (store.width * 4))
        self._held: list[Vectors] = []
        self._lock = threading.Lock()

    def nearest(self, digest: str, k: int, exclude: Container[str] = frozenset()) -> list[tuple[str, float]]:
        """Find the `k` pictures most like one, most alike first.

        Parameters
        ----------
        digest : str
            The picture; it is never among its own neighbours.
        k : int
            How many; fewer come back if there are no more.
        exclude : container of str
            Digests to leave out, such as those of the same work.

        Returns
        -------
        list of (str, float)
            Digests, and the cosine of the angle between the vectors, from −1 to 1.

        Raises
        ------
        FeatureError
            If the picture has no vector.
        """
        likeness = self._likeness(_unit(self._store.read([digest]))[0])
        asked = k + 1
        while True:
            asked = min(asked, len(likeness))
            found = [
                pair for pair in self._best(likeness, asked) if pair[0] != digest and pair[0] not in exclude
            ]
            if len(found) >= k or asked == len(likeness):
                return found[:k]
            asked *= 4

    def _best(self, likeness: npt.NDArray[np.float32], asked: int) -> list[tuple[str, float]]:
        best = np.argpartition(likeness, -asked)[-asked:]
        best = best[np.lexsort((best, -likeness[best]))]
        return list(zip(self._store.named(best.tolist()), likeness[best].tolist(), strict=True))

    def _likeness(self, vector: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        return np.concatenate([block @ vector for block in self._blocks()])

    def _blocks(self) -> Iterator[Vectors]:
        count = self._store.count()
        with self._lock:
            self._hold(min(count, self._room))
            held = list(self._held)
        yield from held
        for start in range(sum(map(len, held)), count, _BLOCK):
            yield _unit(self._store.rows(start, min(start + _BLOCK, count)))

    def _hold(self, wanted: int) -> None:
        for start in range(sum(map(len, self._held)), wanted, _BLOCK):
            self._held.append(_unit(self._store.rows(start, min(start + _BLOCK, wanted))))


def _unit(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = vectors / np.maximum(lengths, np.finfo(np.float32).tiny)
    return unit
