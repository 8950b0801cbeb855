"""How a linear classifier learns: scale, try every strength out of sample, choose one, learn from everything, calibrate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.choosing import Trial, path, try_out
from cartellino.classify.curvature import principal_axes
from cartellino.classify.losses import Loss
from cartellino.classify.parallel import cores
from cartellino.classify.scaling import Scaling
from cartellino.classify.solver import Effort, minimise
from cartellino.classify.splits import Split
from cartellino.metrics.calibration import fitted_temperature

Floats = NDArray[Any]


@dataclass(frozen=True)
class Lesson:
    """What there is to learn from.

    Parameters
    ----------
    X : ndarray (n, d) of float32 or float64
        Features, one row for each picture.
    target : ndarray
        What came true, as `loss` takes it.
    weights : ndarray (n,)
        Weight of each row, above 0.
    emphasis : ndarray (k,)
        What each class weighs (see `Loss`).
    loss : type of Loss
        `SoftmaxLoss` or `SigmoidLoss`.
    splits : list of (ndarray, ndarray)
        Rows to learn from and rows to ask about, to choose a strength by.
    """

    X: Floats
    target: Floats
    weights: Floats
    emphasis: Floats
    loss: type[Loss]
    splits: Sequence[Split]


@dataclass(frozen=True)
class OutOfSample:
    """What was said of rows by models that had not learnt from them.

    Parameters
    ----------
    rows : ndarray (m,) of int64
        Places of the rows, ascending.
    logits : ndarray (m, k)
        Scores, before the temperature.
    """

    rows: NDArray[np.int64]
    logits: Floats


@dataclass(frozen=True)
class Learnt:
    """What was learnt.

    Parameters
    ----------
    coefficients : ndarray (d + 1, k)
        For features as they come; last row: intercepts.
    strength : float
        The chosen penalty.
    losses : tuple of float
        Mean calibrated log loss out of sample at each strength; empty if no row was kept out.
    temperature : float
        To divide scores by.
    out_of_sample : OutOfSample
        At the chosen strength.
    passes : int
        Passes over the features that it all took.
    """

    coefficients: Floats
    strength: float
    losses: tuple[float, ...]
    temperature: float
    out_of_sample: OutOfSample
    passes: int


def learn(lesson: Lesson, strengths: Sequence[float], effort: Effort, seed: int) -> Learnt:
    """Learn a linear classifier; see the module's first line for the steps.

    Parameters
    ----------
    lesson : Lesson
        What to learn from.
    strengths : sequence of float
        L2 penalties to choose from, against the summed log loss of scaled features (scikit-learn's ``1 / C``).
    effort : Effort
        How long to go on.
    seed : int
        Where randomness comes from.
    """
    falling = sorted((float(strength) for strength in strengths), reverse=True)
    with cores():
        scaling = Scaling.learn(lesson.X, lesson.weights)
        scaled = scaling.apply(lesson.X)
        axes = principal_axes(scaled, lesson.weights, seed)

        def loss(weights: Floats) -> Loss:
            return lesson.loss(scaled, lesson.target, weights, lesson.emphasis)

        trial = try_out(loss, lesson.weights, lesson.splits, falling, axes, effort)
        verdicts = [_verdict(lesson, trial, place) for place in range(len(falling) if len(trial.rows) else 0)]
        best = int(np.argmin([lost for lost, _ in verdicts])) if verdicts else len(falling) // 2
        if verdicts:
            final = minimise(loss(lesson.weights), falling[best], axes, start=trial.starts[best], effort=effort)
        else:
            *_, final = path(loss(lesson.weights), falling[: best + 1], axes, effort)
    return Learnt(
        coefficients=scaling.unfold(final.coefficients),
        strength=falling[best],
        losses=tuple(lost for lost, _ in verdicts),
        temperature=verdicts[best][1] if verdicts else 1.0,
        out_of_sample=OutOfSample(trial.rows, trial.logits[best]),
        passes=trial.passes + final.passes,
    )


def _verdict(lesson: Lesson, trial: Trial, place: int) -> tuple[float, float]:
    """Mean log loss out of sample at one strength once it is calibrated, and the temperature that does it."""
    truth, weights = lesson.target[trial.rows], lesson.weights[trial.rows]
    scores = trial.logits[place].astype(np.float64)

    def losses(divisor: float) -> Floats:
        return lesson.loss.log_losses(scores / divisor, truth)

    temperature = fitted_temperature(losses, weights)
    return float(np.average(losses(temperature), weights=weights)), temperature
