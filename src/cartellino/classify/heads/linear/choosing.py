"""Every strength tried on rows that were not learnt from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.heads.linear.curvature import Axes
from cartellino.classify.heads.linear.losses import Loss
from cartellino.classify.heads.linear.solver import Effort, Solution, minimise, start
from cartellino.classify.heads.splits import Split
from cartellino.classify.unseen import OutOfSample

Floats = NDArray[Any]


@dataclass(frozen=True)
class Trial:
    """What was said of rows by models that had not learnt from them.

    Parameters
    ----------
    rows : ndarray (m,)
        Places of the rows, ascending; of a row that several splits kept out, what the last of them said.
    logits : list of ndarray (m, k)
        Their scores at each strength; empty if no row was kept out.
    starts : list of ndarray (d + 1, k)
        For each strength a solution to begin another one from.
    passes : int
        Passes over the features that it took.
    """

    rows: NDArray[np.int64]
    logits: list[Floats]
    starts: list[Floats]
    passes: int

    def at(self, place: int) -> OutOfSample:
        """What was said at one strength."""
        return OutOfSample(self.rows, self.logits[place] if self.logits else np.zeros((0, 0)))


@dataclass(frozen=True)
class Bench:
    """What stays the same from one attempt to the next.

    Parameters
    ----------
    over : callable
        From weights of the rows to their loss; rows are never copied: those kept out get a weight of 0.
    weights : ndarray (n,)
        Weight of each row.
    axes : Axes
        Shape of the features' cloud.
    effort : Effort
        How long to go on.
    """

    over: Callable[[Floats], Loss]
    weights: Floats
    axes: Axes
    effort: Effort

    def try_out(self, splits: Sequence[Split], strengths: Sequence[float]) -> Trial:
        """Learn from each split's rows at every strength, and ask about those that it keeps out."""
        said: dict[int, Floats] = {}
        seen = np.zeros(len(self.weights), bool)
        starts: list[Floats] = []
        passes = 0
        for learn, ask in splits:
            loss = self.over(_only(self.weights, learn))
            solutions = list(self._path(loss, strengths))
            for place, solution in enumerate(solutions):
                blank = np.zeros((len(self.weights), loss.classes), loss.X.dtype)
                said.setdefault(place, blank)[ask] = loss.logits(solution.coefficients)[ask]
            seen[ask] = True
            starts = [solution.coefficients for solution in solutions]
            passes += sum(solution.passes for solution in solutions)
        return Trial(np.flatnonzero(seen), [scores[seen] for scores in said.values()], starts, passes)

    def final(self, strengths: Sequence[float], trial: Trial) -> Solution:
        """The solution for the last strength on all rows, begun from the trial's if it has one."""
        loss = self.over(self.weights)
        if not trial.starts:
            return list(self._path(loss, strengths))[-1]
        return minimise(
            loss, strengths[-1], self.axes, start=trial.starts[len(strengths) - 1], effort=self.effort
        )

    def _path(self, loss: Loss, strengths: Sequence[float]) -> Iterator[Solution]:
        """Solutions for falling strengths, each begun where the last one ended."""
        here = start(loss)
        for strength in strengths:
            solution = minimise(loss, strength, self.axes, start=here, effort=self.effort)
            here = solution.coefficients
            yield solution


def _only(weights: Floats, rows: NDArray[np.int64]) -> Floats:
    kept = np.zeros_like(weights)
    kept[rows] = weights[rows]
    return kept
