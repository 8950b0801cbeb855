"""The strength of the penalty, chosen by rows that were not learnt from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.curvature import Axes
from cartellino.classify.losses import Loss
from cartellino.classify.solver import Effort, Solution, minimise, start
from cartellino.classify.splits import Split

Floats = NDArray[Any]
MakeLoss = Callable[[Floats], Loss]


@dataclass(frozen=True)
class Trial:
    """What rows out of sample said about each strength.

    Parameters
    ----------
    rows : ndarray (m,)
        Places of the rows, ascending; a row that several splits kept out counts once, as the last said.
    logits : ndarray (strengths, m, k)
        What models that had not learnt from them said.
    starts : list of ndarray (d + 1, k)
        For each strength a solution to begin the final one from.
    passes : int
        Passes over the features that it took.
    """

    rows: NDArray[np.int64]
    logits: Floats
    starts: list[Floats]
    passes: int


def path(loss: Loss, strengths: Sequence[float], axes: Axes, effort: Effort) -> Iterator[Solution]:
    """Solutions for falling strengths, each begun where the last one ended."""
    here = start(loss)
    for strength in strengths:
        solution = minimise(loss, strength, axes, start=here, effort=effort)
        here = solution.coefficients
        yield solution


def try_out(
    make_loss: MakeLoss,
    weights: Floats,
    splits: Sequence[Split],
    strengths: Sequence[float],
    axes: Axes,
    effort: Effort,
) -> Trial:
    """Learn from each split's rows at every strength, and ask about those that it keeps out.

    Rows are not copied: those kept out get a weight of 0 for the time.
    """
    logits: Floats = np.zeros((len(strengths), len(weights), 0))
    seen = np.zeros(len(weights), bool)
    passes, starts = 0, []
    for learn, keep in splits:
        loss = make_loss(_only(weights, learn))
        starts = []
        if not seen.any():
            logits = np.zeros((len(strengths), len(weights), loss.classes), loss.X.dtype)
        for place, solution in enumerate(path(loss, strengths, axes, effort)):
            logits[place, keep] = loss.logits(solution.coefficients)[keep]
            starts.append(solution.coefficients)
            passes += solution.passes
        seen[keep] = True
    return Trial(np.flatnonzero(seen), logits[:, seen], starts, passes)


def _only(weights: Floats, rows: NDArray[np.int64]) -> Floats:
    kept = np.zeros_like(weights)
    kept[rows] = weights[rows]
    return kept
