from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from cartellino.classify.heads.linear.curvature import principal_axes
from cartellino.classify.heads.linear.losses import SigmoidLoss, SoftmaxLoss
from cartellino.classify.heads.linear.solver import Effort, Solution, minimise, start

THOROUGH = Effort(tolerance=1e-13, max_passes=500)


def rows(n: int = 300, width: int = 20, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Rows of uneven scale, and a noisy class of each."""
    random = np.random.default_rng(seed)
    X = random.normal(size=(n, width)) * np.linspace(0.2, 4, width)
    X -= X.mean(axis=0)
    scores = X @ random.normal(0, 0.5, (width, 4)) + random.gumbel(size=(n, 4))
    return X, scores.argmax(axis=1)


def solved(X: np.ndarray, y: np.ndarray, strength: float, effort: Effort = THOROUGH) -> Solution:
    loss = SoftmaxLoss(X, y, np.ones(len(X)), np.ones(4))
    return minimise(loss, strength, principal_axes(X, loss.weights, 0), start=start(loss), effort=effort)


@pytest.mark.parametrize("strength", [0.3, 10.0, 1000.0])
def test_the_minimum_is_that_of_scikit_learn(strength: float) -> None:
    X, y = rows()
    found = solved(X, y, strength)
    reference = LogisticRegression(C=1 / strength, tol=1e-10, max_iter=5000).fit(X, y)
    assert found.converged
    assert pytest.approx(reference.coef_, abs=1e-4) == found.coefficients[:-1].T


def test_single_precision_comes_close_in_few_passes() -> None:
    X, y = rows(2000, 60)
    exact = solved(X, y, 5.0)
    quick = solved(X.astype(np.float32), y, 5.0, Effort(1e-6, 300))
    assert quick.coefficients.dtype == np.float32
    assert quick.value == pytest.approx(exact.value, abs=1e-4)
    assert quick.passes < 40


def test_sigmoids_are_solved_one_by_one_as_by_scikit_learn() -> None:
    X, y = rows()
    target = np.stack([y == 0, y > 1], axis=1).astype(np.uint8)
    loss = SigmoidLoss(X, target, np.ones(len(X)), np.ones(2))
    found = minimise(loss, 3.0, principal_axes(X, loss.weights, 0), start=start(loss), effort=THOROUGH)
    for place in range(2):
        reference = LogisticRegression(C=1 / 3, tol=1e-10, max_iter=5000).fit(X, target[:, place])
        assert found.coefficients[:-1, place] == pytest.approx(reference.coef_[0], abs=1e-4)
        assert found.coefficients[-1, place] == pytest.approx(reference.intercept_[0], abs=1e-4)


def test_a_solution_nearby_saves_passes() -> None:
    X, y = rows(1000)
    loss = SoftmaxLoss(X, y, np.ones(1000), np.ones(4))
    axes, effort = principal_axes(X, loss.weights, 0), Effort(1e-8, 500)
    near = minimise(loss, 3.0, axes, start=start(loss), effort=effort)
    cold, warm = (
        minimise(loss, 2.5, axes, start=at, effort=effort) for at in (start(loss), near.coefficients)
    )
    assert warm.passes < cold.passes
    assert warm.value == pytest.approx(cold.value, abs=1e-7)


def test_it_stops_when_told_and_says_so() -> None:
    X, y = rows()
    found = solved(X, y, 0.01, Effort(tolerance=1e-12, max_passes=4))
    assert not found.converged
    assert found.passes <= 5


def test_the_start_is_left_alone() -> None:
    X, y = rows()
    loss = SoftmaxLoss(X, y, np.ones(len(X)), np.ones(4))
    begun = start(loss)
    kept = begun.copy()
    minimise(loss, 1.0, principal_axes(X, loss.weights, 0), start=begun, effort=THOROUGH)
    assert np.array_equal(begun, kept)
