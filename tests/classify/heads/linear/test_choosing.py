from __future__ import annotations

import numpy as np
import pytest

from cartellino.classify.heads.linear.choosing import Bench
from cartellino.classify.heads.linear.curvature import principal_axes
from cartellino.classify.heads.linear.losses import SoftmaxLoss
from cartellino.classify.heads.linear.solver import Effort
from classify.world import features

EFFORT = Effort(1e-9, 300)
Y = np.arange(90) % 3
X = features(Y, np.arange(90)).astype(np.float64)
X -= X.mean(axis=0)


def bench() -> Bench:
    weights = np.ones(90)
    return Bench(
        lambda told: SoftmaxLoss(X, Y, told, np.ones(3)), weights, principal_axes(X, weights, 0), EFFORT
    )


def centred(scores: np.ndarray) -> np.ndarray:
    """Softmax does not mind what all classes have in common."""
    return scores - scores.mean(axis=1, keepdims=True)


def halves() -> list[tuple[np.ndarray, np.ndarray]]:
    rows = np.arange(90)
    return [(rows[rows % 2 == 0], rows[rows % 2 == 1]), (rows[rows % 2 == 1], rows[rows % 2 == 0])]


def test_rows_are_asked_of_models_that_had_not_learnt_from_them() -> None:
    told = bench().try_out(halves(), [10.0])
    learn, ask = halves()[0]
    alone = SoftmaxLoss(X[learn], Y[learn], np.ones(45), np.ones(3))
    apart = Bench(lambda _: alone, np.ones(45), principal_axes(X, np.ones(90), 0), EFFORT)
    said = SoftmaxLoss(X, Y, np.ones(90), np.ones(3)).logits(apart.final([10.0], told).coefficients)
    assert np.array_equal(told.rows, np.arange(90))
    assert centred(told.at(0).logits[ask]) == pytest.approx(centred(said[ask]), abs=1e-3)


def test_rows_never_kept_out_are_not_in_the_answer() -> None:
    told = bench().try_out(halves()[:1], [10.0, 1.0])
    assert np.array_equal(told.rows, halves()[0][1])
    assert [each.shape for each in told.logits] == [(45, 3), (45, 3)]
    assert len(told.starts) == 2


def test_weaker_penalties_give_larger_scores() -> None:
    told = bench().try_out(halves(), [100.0, 1.0])
    assert np.abs(told.logits[1]).mean() > np.abs(told.logits[0]).mean()


def test_without_splits_nothing_is_said_and_the_final_one_is_found_all_the_same() -> None:
    told = bench().try_out([], [10.0])
    assert len(told.at(0).rows) == 0
    found = bench().final([100.0, 10.0], told).coefficients
    warm = bench().final([100.0, 10.0], bench().try_out(halves(), [100.0, 10.0])).coefficients
    assert centred(found) == pytest.approx(centred(warm), abs=1e-3)
