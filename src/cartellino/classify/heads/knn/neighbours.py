"""The rows that are nearest, and what they vote: brute force, in blocks, exact."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[Any]

_BYTES = 64 << 20  # of the distances of one block
_BLOCK = 512
METRICS = ("cosine", "euclidean")
_SHARPNESS = 2.0
_TINY = 1e-7


@dataclass(frozen=True)
class Neighbours:
    """Rows that vote.

    Parameters
    ----------
    rows : ndarray (n, c)
        Where they lie; of length 1 where angles count.
    weights : ndarray (n,)
        What each counts, above 0: k neighbours are those that count k together.
    kin : ndarray (n,), optional
        Rows do not vote on those of their own number.
    """

    rows: Floats
    weights: Floats
    kin: NDArray[Any] | None = None

    def near(
        self, asked: Floats, many: int, kin: NDArray[Any] | None = None
    ) -> Iterator[tuple[slice, Floats, Floats]]:
        """For each block of rows asked the places of the nearest, and their squared distances, ascending.

        So many that those of any row count `many` together, if there are as many.
        """
        taken = self._taken(many)
        own = np.einsum("ij,ij->i", self.rows, self.rows)
        step = min(_BLOCK, max(1, _BYTES // (len(self.rows) * self.rows.itemsize)))
        for at in range(0, len(asked), step):
            block = slice(at, min(at + step, len(asked)))
            far = asked[block] @ self.rows.T
            far *= -2
            far += own
            far += np.einsum("ij,ij->i", asked[block], asked[block])[:, None]
            np.maximum(far, 0, out=far)
            if kin is not None and self.kin is not None:
                far[kin[block, None] == self.kin] = np.inf
            yield block, *_sorted(far, taken)

    def votes(self, places: Floats, far: Floats, many: int) -> Floats:
        """What each of the nearest counts, (m, taken), where `many` have a say.

        A vote falls with the squared distance, from 1 for the nearest to exp(-2) for the last that votes:
        scale-free, as in Dudani (IEEE SMC 6, 1976), but smooth.
        """
        counts = self.weights[places]
        before = np.cumsum(counts, axis=1) - counts
        counts = np.clip(many - before, 0, counts)
        last = ((counts > 0) & np.isfinite(far)).sum(axis=1, keepdims=True) - 1
        floor = _TINY * (1 + far[:, :1])
        with np.errstate(invalid="ignore"):  # of nobody's distance
            reach = np.take_along_axis(far, np.maximum(last, 0), axis=1) - far[:, :1]
            fall = np.where(reach > floor, (far - far[:, :1]) / np.maximum(reach, floor), 0.0)
        votes: Floats = np.where(np.isfinite(far), counts * np.exp(-_SHARPNESS * fall), 0.0)
        return votes

    def _taken(self, many: int) -> int:
        least = np.cumsum(np.sort(self.weights))
        return min(int(np.searchsorted(least, many)) + 1, len(self.rows))


def laid(X: Floats, metric: str) -> Floats:
    """Rows (n, c) laid so that plain distances order them: by angle ('cosine'), or as they are."""
    if metric == "euclidean":
        return X
    length = np.linalg.norm(X, axis=1, keepdims=True)
    return np.asarray(X / np.where(length > 0, length, 1))


def _sorted(far: Floats, many: int) -> tuple[Floats, Floats]:
    places = np.argpartition(far, many - 1, axis=1)[:, :many] if many < far.shape[1] else None
    if places is None:
        places = np.broadcast_to(np.arange(far.shape[1]), far.shape)
    near = np.take_along_axis(far, places, axis=1)
    order = np.argsort(near, axis=1, kind="stable")
    return np.take_along_axis(places, order, axis=1), np.take_along_axis(near, order, axis=1)
