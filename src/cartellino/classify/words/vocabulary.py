"""The words: centres among the descriptors of training pictures, and the nearest word of a descriptor."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.words.detectors import Local, numbers
from cartellino.errors import ModelError

Words = NDArray[np.float32]

_BLOCK = 8192  # descriptors compared with every word at a time
_BATCH = 4096  # descriptors that move the centres at a time
_PASSES = 30


def sample(described: Sequence[Local], bound: int, seed: int) -> NDArray[np.float32]:
    """Some of the descriptors of some pictures, as many of each picture as of any other that has them.

    Parameters
    ----------
    described : sequence of Local
        What was found in the pictures; read one after the other, so that they need not fit in memory.
    bound : int
        How many descriptors at most.
    seed : int
        Which ones.

    Returns
    -------
    ndarray (m, d) of float32
    """
    random = np.random.default_rng(seed)
    asked = np.sort(random.permutation(len(described))[:bound])
    quota = max(1, bound // max(1, len(asked)))
    parts = []
    for place in asked.tolist():
        rows = described[place].rows
        few = rows if len(rows) <= quota else rows[np.sort(random.permutation(len(rows))[:quota])]
        parts.append(few)
    return numbers(np.concatenate(parts)) if parts else np.zeros((0, 0), np.float32)


def learn(described: Sequence[Local], words: int, bound: int, seed: int) -> Words:
    """Learn a vocabulary by mini-batch k-means (Sculley, WWW 2010), begun by k-means++.

    Parameters
    ----------
    described : sequence of Local
        What was found in the pictures to learn from.
    words : int
        How many; fewer where there are not as many different descriptors.
    bound : int
        Descriptors looked at, at most.
    seed : int
        Where randomness comes from.

    Returns
    -------
    ndarray (words, d) of float32

    Raises
    ------
    ModelError
        If no picture has a keypoint.
    """
    from sklearn.cluster import MiniBatchKMeans

    rows = sample(described, bound, seed)
    if len(rows) == 0:
        raise ModelError(
            f"none of the {len(described):,} pictures has a keypoint, so there are no words to learn",
            "",
            "Lower the threshold, raise the side, or choose another detector.",
        )
    if len(rows) <= words:
        return np.unique(rows, axis=0)
    clusters = MiniBatchKMeans(
        words, batch_size=_BATCH, n_init=1, max_iter=_PASSES, random_state=seed, compute_labels=False
    )
    with warnings.catch_warnings():  # the same descriptor many times over, of blank or drawn pictures
        warnings.filterwarnings("ignore", "Number of distinct clusters")
        centres = clusters.fit(rows).cluster_centers_
    return np.unique(np.ascontiguousarray(centres, np.float32), axis=0)


def nearest(words: Words, rows: NDArray[np.float32]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The nearest word of each descriptor, exactly, and how far it is.

    The product of a block of descriptors with all words is one multiplication of matrices: at a thousand
    words this is no slower than an approximate index (measured: docs/explanation/visual-words.md).

    Parameters
    ----------
    words : ndarray (words, d) of float32
        The vocabulary.
    rows : ndarray (m, d) of float32
        Descriptors as numbers.

    Returns
    -------
    places : ndarray (m,) of int64
        Words.
    distances : ndarray (m,) of float32
        Euclidean.
    """
    half = np.einsum("wd,wd->w", words, words) / 2
    places = np.zeros(len(rows), np.int64)
    squares = np.zeros(len(rows), np.float32)
    for start in range(0, len(rows), _BLOCK):
        block = rows[start : start + _BLOCK]
        score = block @ words.T
        score -= half
        best = score.argmax(axis=1)
        places[start : start + _BLOCK] = best
        squares[start : start + _BLOCK] = np.square(block - words[best]).sum(axis=1)
    return places, np.sqrt(squares)
