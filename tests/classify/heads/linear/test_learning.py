from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.special import log_softmax

from cartellino.classify.heads.linear.choosing import OutOfSample
from cartellino.classify.heads.linear.learning import Learnt, Lesson, learn
from cartellino.classify.heads.linear.losses import SoftmaxLoss, logits
from cartellino.classify.heads.linear.solver import Effort
from cartellino.classify.heads.splits import folds
from classify.world import features

Y = np.arange(240) % 3
X = features(Y, np.arange(240), noise=3.0)
SPLITS = folds(4, Y, None, np.arange(240), 0)


def learnt(strengths: tuple[float, ...] = (1e4, 30.0, 1e-3), **changes: Any) -> Learnt:
    told = {"X": X, "target": Y, "weights": np.ones(240), "emphasis": np.ones(3), "loss": SoftmaxLoss}
    lesson = Lesson(**{**told, "say": np.ones(12), "splits": SPLITS, **changes})
    return learn(lesson, strengths, Effort(1e-7, 300), seed=0)


def loss_of(said: OutOfSample, temperature: float) -> float:
    chances = log_softmax(said.logits / temperature, axis=1)
    return float(-chances[np.arange(len(said.rows)), Y[said.rows]].mean())


def test_the_strength_is_the_one_that_does_best_out_of_sample() -> None:
    found = learnt()
    assert found.strength == 30.0
    assert found.losses[1] == min(found.losses)
    assert loss_of(found.out_of_sample, found.temperature) == pytest.approx(found.losses[1], abs=1e-5)


def test_the_order_of_the_strengths_does_not_matter() -> None:
    assert np.array_equal(learnt().coefficients, learnt((1e-3, 1e4, 30.0)).coefficients)


def test_the_temperature_calibrates() -> None:
    found = learnt((1e-2,))
    assert found.temperature > 1.2
    for other in (0.8, 1.25):
        wrong = loss_of(found.out_of_sample, found.temperature * other)
        assert loss_of(found.out_of_sample, found.temperature) < wrong


def test_it_learns_from_all_rows_once_the_strength_is_chosen() -> None:
    some = learnt((30.0,), splits=SPLITS[:1]).coefficients
    assert some == pytest.approx(learnt((30.0,)).coefficients, abs=1e-3)
    assert np.mean(logits(X, some).argmax(axis=1) == Y) > 0.6


def test_folds_calibrate_where_they_are_given() -> None:
    found = learnt(splits=SPLITS[:1], folds=SPLITS)
    assert len(found.out_of_sample.rows) == 240
    assert len(learnt(splits=SPLITS[:1]).out_of_sample.rows) == 60


def test_without_anything_kept_out_the_middle_strength_is_taken() -> None:
    found = learnt(splits=[])
    assert (found.strength, found.temperature, found.losses) == (30.0, 1.0, ())
