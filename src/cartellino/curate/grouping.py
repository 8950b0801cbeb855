"""Grouping upwards: fine classes to broad ones along the merges, and their probabilities with them.

A smaller house groups fine departments into broad ones without learning anew: the probability of a broad
class is the sum over the fine classes within it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from cartellino.curate.merges import Edge, tidy
from cartellino.curate.merges.following import in_order, onward

Matrix = NDArray[np.float64]


def grouping(
    classes: Sequence[str], edges: Sequence[Edge], stop_at: Collection[str] = ()
) -> tuple[tuple[str, ...], Matrix]:
    """The broad classes that fine ones lead to, and how much of each fine class goes where.

    A class with edges to several targets ('X or Y', or a part of two wholes) is split evenly among them, at
    each step by itself: of a class that is B or C, where C is D or E, half goes to B and a quarter each to D
    and E. So grouping in two steps gives what one step to the same end gives.

    Parameters
    ----------
    classes : sequence of str
        The k fine classes, each once.
    edges : sequence of Edge
        What lies within what; free of circles.
    stop_at : collection of str
        Values at which following ends, though edges leave them.

    Returns
    -------
    broad : tuple of str
        The b broad classes, in the order in which the fine ones lead to them.
    matrix : ndarray (k, b) of float64
        Share of each fine class in each broad one; rows sum to 1.
    """
    shares = _shares(onward(edges, stop_at))
    rows = [shares.get(tidy(label), {tidy(label): 1.0}) for label in classes]
    places: dict[str, int] = {}
    for row in rows:
        for label in row:
            places.setdefault(label, len(places))
    matrix = np.zeros((len(rows), len(places)))
    for number, row in enumerate(rows):
        matrix[number, [places[label] for label in row]] = list(row.values())
    return tuple(places), matrix


def grouped(probabilities: NDArray[np.floating], matrix: Matrix) -> Matrix:
    """Probabilities of the broad classes.

    They add up because a work has one of the fine classes. Labels of which a work may have several are not
    exclusive: there the sum is only the most that the broad label's probability can be.

    Parameters
    ----------
    probabilities : ndarray (n, k) of float
        Of the fine classes; rows sum to 1.
    matrix : ndarray (k, b) of float64
        From `grouping`.

    Returns
    -------
    ndarray (n, b) of float64
        Rows sum to what the given rows sum to.
    """
    broad: Matrix = np.asarray(probabilities, np.float64) @ matrix
    return broad


def _shares(leaving: Mapping[str, Sequence[str]]) -> dict[str, dict[str, float]]:
    """How much of every value that an edge leaves ends where."""
    shares: dict[str, dict[str, float]] = {}
    for value in in_order(leaving):
        if value in leaving:
            mine: dict[str, float] = {}
            for target in leaving[value]:
                for end, share in shares.get(target, {target: 1.0}).items():
                    mine[end] = mine.get(end, 0.0) + share / len(leaving[value])
            shares[value] = mine
    return shares
