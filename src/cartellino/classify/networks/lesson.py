"""What a network learns from, and how it is judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.networks import measures
from cartellino.classify.networks.batches import Rows
from cartellino.classify.networks.looking import believed
from cartellino.classify.networks.pictures import Pixels
from cartellino.metrics.thresholds import best_cut

Floats = NDArray[Any]


@dataclass(frozen=True)
class Lesson:
    """Pictures and what came true of them.

    Parameters
    ----------
    squares : ndarray of uint8 (n, side, side, channels)
        Decoded.
    target : ndarray (n, k) of float32
        Labels of each, 0 or 1.
    weights : ndarray (n,) of float32
        Weight of each, above 0.
    learn, ask : ndarray of int64
        Rows to learn from, and rows that choose the epoch; they may be none.
    readout : str
        'single', 'sigmoid' or 'softmax'.
    threshold : float or None
        Several labels: where one is given; None: where F is best in common.
    """

    squares: Pixels
    target: NDArray[np.float32]
    weights: NDArray[np.float32]
    learn: Rows
    ask: Rows
    readout: str
    threshold: float | None = None

    def judged(self, scores: Floats, rows: Rows) -> dict[str, float]:
        """Measures of a network's scores (m, k) for rows (m,)."""
        target, weights = self.target[rows], self.weights[rows]
        if self.readout == "single":
            return measures.single(scores, target.argmax(axis=1), weights)
        chances = believed(scores.astype(np.float64), self.readout)
        cut = self.threshold
        if cut is None:
            labels = target.shape[1]
            cut = best_cut(chances.ravel(), target.ravel(), 2.0, np.repeat(weights, labels))
        return measures.several(chances, target, weights, cut)
