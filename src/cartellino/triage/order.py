"""The order of the queue: what teaches most first, mixed with ordinary works."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cartellino.triage.evidence import NONE, Suggested

Places = NDArray[np.int64]


def most_useful_first(suggested: Suggested, kind: str, seed: int) -> Places:
    """Rows of `suggested` in the order in which a person should see them.

    Every other work is the most doubtful one that is left, taking the predicted classes in turn so that no
    class crowds out the rest; the works between are drawn at random. Doubtful works teach a model most
    (margin sampling: Scheffer, Decomain and Wrobel, IDA 2001), but someone who sees nothing else loses sight
    of the ordinary: Zooniverse mixes about half ordinary items into its experts' queues.

    Parameters
    ----------
    suggested : Suggested
        What the model suggests for n works.
    kind : str
        'single' or 'multi'.
    seed : int
        For the ordinary half, and between equals.

    Returns
    -------
    ndarray (n,) of int64
        Each row once.
    """
    random = np.random.default_rng(seed)
    shuffled = random.permutation(len(suggested.works))
    doubtful = shuffled[_in_turn(_doubt(suggested, kind)[shuffled], suggested.places[shuffled, 0])]
    ordinary = random.permutation(len(suggested.works))
    mixed = np.stack([doubtful, ordinary], axis=1).ravel()
    return mixed[np.sort(np.unique(mixed, return_index=True)[1])].astype(np.int64)


def _doubt(suggested: Suggested, kind: str) -> NDArray[np.float64]:
    """From 0 to 1: single, how little the first label leads; multi, how even the most undecided tag is."""
    p = suggested.probabilities
    if kind == "single":
        second = p[:, 1] if p.shape[1] > 1 else np.zeros(len(p))
        return np.asarray(1 - (p[:, 0] - second))
    even = np.where(suggested.places == NONE, 0.0, 1 - np.abs(2 * p - 1))
    return np.asarray(even.max(axis=1, initial=0.0))


def _in_turn(doubt: NDArray[np.float64], predicted: Places) -> Places:
    """Order by rank of doubt within each predicted class, then by doubt."""
    by_class = np.lexsort((-doubt, predicted))
    starts = np.flatnonzero(np.diff(predicted[by_class], prepend=np.iinfo(np.int64).min))
    sizes = np.diff(np.r_[starts, len(doubt)])
    rank = np.empty(len(doubt), np.int64)
    rank[by_class] = np.arange(len(doubt)) - np.repeat(starts, sizes)
    return np.lexsort((-doubt, rank)).astype(np.int64)
