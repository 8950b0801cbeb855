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
class Trial:
    """Every candidate asked about rows that it had not learnt from.

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


def try_out(
    material: Material, splits: Sequence[Split], candidates: Sequence[Candidate], trier: Trier
) -> Trial:
    """Learn from each split's rows by every candidate, and ask about those that it keeps out.

    Of a row that several splits keep out the last one's answer counts. Without splits the middle candidate
    is taken unseen.
    """
    said = [np.zeros((len(material), material.columns), material.X.dtype) for _ in candidates if splits]
    seen = np.zeros(len(material), bool)
    for split in splits:
        for kept, scores in zip(said, trier(material, split, candidates), strict=True):
            kept[split[1]] = scores
        seen[split[1]] = True
        material.progress.advance()
    rows = np.flatnonzero(seen)
    if not len(rows):
        nothing = OutOfSample(rows, np.zeros((0, material.columns)))
        return Trial(candidates[len(candidates) // 2], (), nothing)
    told = [OutOfSample(rows, scores[rows]) for scores in said]
    losses = tuple(verdict(material, each)[0] for each in told)
    best = int(np.argmin(losses))
    return Trial(candidates[best], losses, told[best])


def verdict(material: Material, told: OutOfSample) -> tuple[float, float]:
    """Mean log loss out of sample once it is calibrated, and the temperature that does it."""
    weights, scores = material.weights[told.rows], told.logits.astype(np.float64)

    def losses(divisor: float) -> Floats:
        return material.log_losses(scores / divisor, told.rows)

    temperature = fitted_temperature(losses, weights)
    return float(weights @ losses(temperature)) / max(float(weights.sum()), 1e-300), temperature
