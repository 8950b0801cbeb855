"""How a head learns: try what there is to choose from out of sample, calibrate, learn from everything."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.heads.material import Material
from cartellino.classify.heads.scorer import HeadScorer
from cartellino.classify.heads.splits import Split
from cartellino.classify.unseen import OutOfSample
from cartellino.metrics.calibration import fitted_temperature

Floats = NDArray[Any]
Candidate = Mapping[str, Any]
# From material, a split of it and candidates to the scores of the rows kept out, one array a candidate.
Trier = Callable[[Material, Split, Sequence[Candidate]], Sequence[Floats]]


@dataclass(frozen=True)
class Taught:
    """What was learnt.

    Parameters
    ----------
    scorer : HeadScorer
        From features to scores.
    out_of_sample : OutOfSample
        What the same way of learning said of rows it had not learnt from.
    temperature : float
        To divide scores by.
    choice : dict
        What was chosen, as JSON's objects.
    """

    scorer: HeadScorer
    out_of_sample: OutOfSample
    temperature: float
    choice: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Answers:
    """What every candidate said of rows that it had not learnt from.

    Parameters
    ----------
    candidates : sequence of mapping
        Who was asked.
    rows : ndarray (m,) of int64
        Places of the rows, ascending.
    split : ndarray (m,) of int64
        The split that kept each out; of several the last.
    said : list of ndarray (m, c)
        What each candidate said of them; empty if no row was kept out.
    """

    candidates: Sequence[Candidate]
    rows: NDArray[np.int64]
    split: NDArray[np.int64]
    said: list[Floats]


@dataclass(frozen=True)
class Trial:
    """Who did best.

    Parameters
    ----------
    chosen : mapping
        The candidate with the least calibrated log loss; of equals the first.
    losses : tuple of float
        That loss of each candidate; empty if no row was kept out.
    told : OutOfSample
        What the chosen one said.
    """

    chosen: Candidate
    losses: tuple[float, ...]
    told: OutOfSample

    @property
    def choice(self) -> dict[str, Any]:
        """What was chosen, for the card."""
        return dict(self.chosen) | ({"losses": list(self.losses)} if self.losses else {})


def ask(
    material: Material, splits: Sequence[Split], candidates: Sequence[Candidate], trier: Trier
) -> Answers:
    """Learn from each split's rows by every candidate, and ask about those that it keeps out."""
    said: list[Floats] = []
    split = np.full(len(material), -1, np.int64)
    for number, (learn, asked) in enumerate(splits):
        for place, told in enumerate(trier(material, (learn, asked), candidates)):
            if place == len(said):
                said.append(np.zeros((len(material), told.shape[1]), told.dtype))
            said[place][asked] = told
        split[asked] = number
        material.progress.advance()
    rows = np.flatnonzero(split >= 0)
    return Answers(candidates, rows, split[rows], [each[rows] for each in said])


def judge(material: Material, answers: Answers, scored: Callable[[Floats], Floats] | None = None) -> Trial:
    """The candidate that did best; without answers the middle one, unseen.

    Parameters
    ----------
    material : Material
        What is true of the rows.
    answers : Answers
        What was said of them.
    scored : callable, optional
        From what a candidate said (m, c) to scores (m, k).
    """
    rows = answers.rows
    if not len(rows):
        nothing = OutOfSample(rows, np.zeros((0, material.columns)))
        return Trial(answers.candidates[len(answers.candidates) // 2], (), nothing)
    told = [OutOfSample(rows, each if scored is None else scored(each)) for each in answers.said]
    losses = tuple(verdict(material, each)[0] for each in told)
    best = int(np.argmin(losses))
    return Trial(answers.candidates[best], losses, told[best])


def try_out(
    material: Material, splits: Sequence[Split], candidates: Sequence[Candidate], trier: Trier
) -> Trial:
    """Ask every candidate about rows that it had not learnt from, and choose the best."""
    return judge(material, ask(material, splits, candidates, trier))


def verdict(material: Material, told: OutOfSample) -> tuple[float, float]:
    """Mean log loss out of sample once it is calibrated, and the temperature that does it."""
    weights, scores = material.weights[told.rows], told.logits.astype(np.float64)

    def losses(divisor: float) -> Floats:
        return material.log_losses(scores / divisor, told.rows)

    temperature = fitted_temperature(losses, weights)
    return float(weights @ losses(temperature)) / max(float(weights.sum()), 1e-300), temperature
