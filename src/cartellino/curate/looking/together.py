"""Which labels come together, and how much more often than chance would have it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cartellino.curate.labelset import LabelSet

_DOUBT = 3  # works added to what is seen and to what is expected
_FEWEST = 5  # works that two labels must share to be told as a pair


@dataclass(frozen=True)
class Together:
    """Labels by labels.

    Parameters
    ----------
    counts : ndarray (k, k) of int
        Works with both; on the diagonal, works with the label.
    lift : ndarray (k, k) of float
        How many times as often as if labels were given independently of each other (Brin, Motwani, Ullman
        and Tsur, SIGMOD 1997); NaN where a label has no work.
    beyond : ndarray (k, k) of float
        The same in doublings, drawn towards 0 where few works are expected: that two rare labels never meet
        says nothing.
    """

    counts: NDArray[np.int64]
    lift: NDArray[np.float64]
    beyond: NDArray[np.float64]

    def pairs(self, most: int = 12) -> list[tuple[int, int]]:
        """Pairs of labels that come together most beyond chance, among those that share some works."""
        upper = np.triu(np.nan_to_num(self.lift), 1)
        upper[self.counts < _FEWEST] = 0
        ranked = np.dstack(np.unravel_index(np.argsort(-upper, axis=None), upper.shape))[0]
        return [(int(one), int(other)) for one, other in ranked[:most] if upper[one, other] > 1]


def together(label_set: LabelSet) -> Together | None:
    """Count labels that come together; None for label sets with one label a work."""
    if label_set.kind != "multi":
        return None
    truth = label_set.truth.astype(np.float32)  # whole numbers up to 16 million are exact
    counts = (truth.T @ truth).astype(np.int64)
    alone = counts.diagonal().astype(np.float64)
    expected = np.outer(alone, alone) / max(1, len(truth))
    lift = np.divide(counts, expected, out=np.full(counts.shape, np.nan), where=expected > 0)
    beyond = np.log2((counts + _DOUBT) / (expected + _DOUBT))
    return Together(counts, lift, beyond)
