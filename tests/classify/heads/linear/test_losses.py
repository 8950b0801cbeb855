from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import check_grad
from sklearn.metrics import log_loss

from cartellino.classify.heads.linear.losses import Loss, SigmoidLoss, SoftmaxLoss
from cartellino.classify.heads.linear.parallel import cores


def made(kind: type[Loss], seed: int, n: int = 9, emphasis: bool = True) -> tuple[Loss, np.ndarray]:
    """A small loss, some of whose rows weigh nothing, and coefficients."""
    random = np.random.default_rng(seed)
    target = (
        random.integers(0, 3, n) if kind is SoftmaxLoss else (random.random((n, 3)) < 0.4).astype(np.uint8)
    )
    weights = random.integers(0, 3, n).astype(float)
    weights[0] = 1
    factors = random.uniform(0.5, 3, 3) if emphasis else np.ones(3)
    return kind(random.normal(size=(n, 4)), target, weights, factors), random.normal(size=(5, 3))


@given(st.sampled_from([SoftmaxLoss, SigmoidLoss]), st.integers(0, 100))
def test_the_gradient_is_that_of_the_value(kind: type[Loss], seed: int) -> None:
    loss, coefficients = made(kind, seed)

    def value(flat: np.ndarray) -> float:
        return loss.value_and_gradient(flat.reshape(5, 3))[0]

    def gradient(flat: np.ndarray) -> np.ndarray:
        return loss.value_and_gradient(flat.reshape(5, 3))[1].ravel()

    assert check_grad(value, gradient, coefficients.ravel()) < 1e-5


def test_softmax_is_scikit_learns_log_loss() -> None:
    loss, coefficients = made(SoftmaxLoss, 1, n=40, emphasis=False)
    chances = loss.probabilities(loss.logits(coefficients))
    assert chances.sum(axis=1) == pytest.approx(np.ones(40))
    wanted = log_loss(loss.target, chances, sample_weight=loss.weights, labels=[0, 1, 2])
    assert loss.value_and_gradient(coefficients)[0] == pytest.approx(wanted)


def test_sigmoids_are_scikit_learns_log_losses_summed() -> None:
    loss, coefficients = made(SigmoidLoss, 1, n=40, emphasis=False)
    chances = loss.probabilities(loss.logits(coefficients))
    wanted = sum(
        log_loss(loss.target[:, j], chances[:, j], sample_weight=loss.weights, labels=[0, 1])
        for j in range(3)
    )
    assert loss.value_and_gradient(coefficients)[0] == pytest.approx(wanted)


@pytest.mark.parametrize("kind", [SoftmaxLoss, SigmoidLoss])
def test_large_scores_stay_numbers(kind: type[Loss]) -> None:
    loss, coefficients = made(kind, 2)
    value, gradient = loss.value_and_gradient(coefficients * 1e4)
    assert np.isfinite(value)
    assert np.isfinite(gradient).all()


@pytest.mark.parametrize("kind", [SoftmaxLoss, SigmoidLoss])
def test_cores_change_no_bit(kind: type[Loss]) -> None:
    loss, coefficients = made(kind, 3, n=5000)
    alone = loss.value_and_gradient(coefficients)
    with cores():
        together = loss.value_and_gradient(coefficients)
        assert np.array_equal(loss.logits(coefficients), loss.X @ coefficients[:-1] + coefficients[-1])
    assert alone[0] == together[0]
    assert np.array_equal(alone[1], together[1])


@pytest.mark.parametrize("kind", [SoftmaxLoss, SigmoidLoss])
def test_without_features_the_base_is_the_best_there_is(kind: type[Loss]) -> None:
    loss, _ = made(kind, 4, n=60)
    blind = kind(np.zeros((60, 1)), loss.target, np.ones(60), np.ones(3))
    coefficients = np.vstack([np.zeros((1, 3)), blind.base()])
    assert np.abs(blind.value_and_gradient(coefficients)[1]).max() < 1e-9


def test_emphasis_counts_rows_of_a_class_again() -> None:
    loss, coefficients = made(SoftmaxLoss, 5, n=30, emphasis=False)
    twice = SoftmaxLoss(loss.X, loss.target, loss.weights, np.array([2.0, 1, 1]))
    again = SoftmaxLoss(loss.X, loss.target, loss.weights * np.where(loss.target == 0, 2, 1), np.ones(3))
    assert twice.value_and_gradient(coefficients)[0] == pytest.approx(
        again.value_and_gradient(coefficients)[0]
    )
