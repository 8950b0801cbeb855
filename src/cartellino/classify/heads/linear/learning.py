"""How a linear classifier learns: scale, try strengths out of sample, learn from everything, calibrate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.heads.linear.choosing import Bench, Trial
from cartellino.classify.heads.linear.curvature import principal_axes
from cartellino.classify.heads.linear.losses import Loss
from cartellino.classify.heads.linear.parallel import cores
from cartellino.classify.heads.linear.scaling import Scaling
from cartellino.classify.heads.linear.solver import Effort
from cartellino.classify.heads.splits import Split
from cartellino.classify.unseen import OutOfSample
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
    say : ndarray (d,)
        What each feature counts (see `scaling.say_of`).
    splits : list of (ndarray, ndarray)
        Rows to learn from and rows to ask about, to choose a strength by.
    folds : list of (ndarray, ndarray)
        The same, to calibrate by; none: those that chose the strength.
    """

    X: Floats
    target: Floats
    weights: Floats
    emphasis: Floats
    loss: type[Loss]
    say: Floats
    splits: Sequence[Split]
    folds: Sequence[Split] = ()

    def over(self, X: Floats, weights: Floats) -> Loss:
        """The loss over rows X, scaled, of these weights."""
        return self.loss(X, self.target, weights, self.emphasis)


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
        L2 penalties to choose from, against the summed log loss of scaled features (scikit-learn's ``1 /
        C``).
    effort : Effort
        How long to go on.
    seed : int
        Where randomness comes from.
    """
    falling = sorted((float(strength) for strength in strengths), reverse=True)
    with cores():
        scaling = Scaling.learn(lesson.X, lesson.weights, lesson.say)
        scaled = scaling.apply(lesson.X)
        axes = principal_axes(scaled, lesson.weights, seed)
        bench = Bench(lambda weights: lesson.over(scaled, weights), lesson.weights, axes, effort)
        trial = bench.try_out(lesson.splits, falling)
        losses = [_verdict(lesson, _told(lesson, trial, place))[0] for place in range(len(trial.logits))]
        best = int(np.argmin(losses)) if losses else len(falling) // 2
        final = bench.final(falling[: best + 1], trial)
        folded = bench.try_out(lesson.folds, falling[best : best + 1])
        told = _told(lesson, folded, 0) if lesson.folds else _told(lesson, trial, best)
    return Learnt(
        coefficients=scaling.unfold(final.coefficients),
        strength=falling[best],
        losses=tuple(losses),
        temperature=_verdict(lesson, told)[1],
        out_of_sample=told,
        passes=trial.passes + final.passes + folded.passes,
    )


def _told(lesson: Lesson, trial: Trial, place: int) -> OutOfSample:
    said = trial.at(place)
    return OutOfSample(said.rows, lesson.loss.odds(said.logits)) if len(said.rows) else said


def _verdict(lesson: Lesson, told: OutOfSample) -> tuple[float, float]:
    """Mean log loss out of sample once it is calibrated, and the temperature that does it."""
    truth, weights = lesson.target[told.rows], lesson.weights[told.rows]
    scores = told.logits.astype(np.float64)

    def losses(divisor: float) -> Floats:
        return lesson.loss.log_losses(scores / divisor, truth)

    temperature = fitted_temperature(losses, weights)
    return float(weights @ losses(temperature)) / max(float(weights.sum()), 1e-300), temperature
