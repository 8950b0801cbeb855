"""Confident learning: which labels a model that has not seen them would not believe.

C. G. Northcutt, L. Jiang and I. L. Chuang, 'Confident Learning: Estimating Uncertainty in Dataset Labels',
Journal of Artificial Intelligence Research 70 (2021), https://doi.org/10.1613/jair.1.12125: a work counts
for another class where its probability reaches what works of that class have on average. For several labels
a work each label is taken by itself, against the rest.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
Places = NDArray[np.int64]

_HAIR = 1e-6  # a class all of whose works have one probability reaches its own average


def thresholds(said: Floats, given: Places) -> NDArray[np.float64]:
    """How sure the model is, on average, of the works that were given each class.

    Parameters
    ----------
    said : ndarray (n, k)
        Probabilities out of sample.
    given : ndarray (n,) of int64
        The class that each work was given.

    Returns
    -------
    ndarray (k,) of float64
        1 for a class that no work was given: nothing counts for it but certainty.
    """
    counts = np.bincount(given, minlength=said.shape[1])
    sums = np.bincount(given, weights=_own(said, given), minlength=said.shape[1])
    means: NDArray[np.float64] = np.where(counts > 0, sums / np.maximum(counts, 1), 1.0)
    return means


def believed(said: Floats, given: Places) -> Places:
    """The class that each work confidently belongs to; -1 where it reaches no class's threshold.

    Returns
    -------
    ndarray (n,) of int64
    """
    reached = said >= thresholds(said, given) - _HAIR
    likeliest = np.where(reached, said, -1.0).argmax(axis=1)
    return np.where(reached.any(axis=1), likeliest, -1).astype(np.int64)


def joint(said: Floats, given: Places) -> NDArray[np.float64]:
    """How many works were given class i and belong to class j, as far as the model can tell.

    The counts of `believed` works, brought to what each class was given in all (section 3.2 of the paper).

    Returns
    -------
    ndarray (k, k) of float64
        Row i sums to the works that were given class i.
    """
    k = said.shape[1]
    real = believed(said, given)
    sure = real >= 0
    counts = np.bincount(given[sure] * k + real[sure], minlength=k * k).reshape(k, k).astype(np.float64)
    counts[np.diag_indices(k)] += counts.sum(axis=1) == 0  # a class nobody is sure of is taken at its word
    totals = np.bincount(given, minlength=k)
    scaled: NDArray[np.float64] = counts / counts.sum(axis=1, keepdims=True) * totals[:, None]
    return scaled


def doubts(said: Floats, given: Places) -> tuple[NDArray[np.float64], Places]:
    """Normalised margin of the likeliest other class over the one that was given.

    Returns
    -------
    doubt : ndarray (n,) of float64
        ``(1 + p(other) - p(given)) / 2``: 1 where another class is certain, ½ where two are as likely.
    other : ndarray (n,) of int64
        The likeliest class that was not given.
    """
    rest = said.astype(np.float64, copy=True)
    rest[np.arange(len(given)), given] = -np.inf
    other = rest.argmax(axis=1)
    doubt: NDArray[np.float64] = (1 + said[np.arange(len(given)), other] - _own(said, given)) / 2
    return doubt, other.astype(np.int64)


def one_against_rest(said: Floats, given: NDArray[np.bool_]) -> tuple[Floats, NDArray[np.bool_]]:
    """Doubt each label of works that may have several, by itself.

    Parameters
    ----------
    said : ndarray (n, k)
        Probability of each label, out of sample.
    given : ndarray (n, k) of bool
        Which labels each work was given.

    Returns
    -------
    doubt : ndarray (n, k)
        The probability that the label is not as it was given.
    confident : ndarray (n, k) of bool
        Whether that reaches what works on the other side have on average.
    """
    sure = np.zeros(said.shape, bool)
    for place in range(said.shape[1]):
        two = np.stack([1 - said[:, place], said[:, place]], axis=1)
        side = given[:, place].astype(np.int64)
        real = believed(two, side)
        sure[:, place] = (real >= 0) & (real != side)
    return np.where(given, 1 - said, said), sure


def _own(said: Floats, given: Places) -> Floats:
    own: Floats = said[np.arange(len(given)), given]
    return own
