from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit, softmax

from cartellino.metrics import calibration


def drawn(temperature: float, n: int = 4000, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Logits, and classes drawn from the probabilities that they stand for at a temperature."""
    random = np.random.default_rng(seed)
    logits = random.normal(0, 3, (n, 4))
    return logits, np.argmax(logits / temperature + random.gumbel(size=logits.shape), axis=1)


def test_expected_error_by_hand() -> None:
    confidence = np.array([0.95, 0.95, 0.15, 0.12])
    correct = np.array([1, 0, 0, 0])
    # two works at 0.95 of which half came true, two at 0.135 of which none did
    assert calibration.expected_error(confidence, correct) == pytest.approx(0.5 * 0.45 + 0.5 * 0.135)


def test_certainty_has_a_bin() -> None:
    table = calibration.reliability(np.array([1.0, 0.1, 0.0]), np.array([1, 1, 0]))
    assert table["count"] == [1, 1, 0, 0, 0, 0, 0, 0, 0, 1]
    assert table["accuracy"][9] == 1.0
    assert np.isnan(table["accuracy"][5])


def test_without_works_there_is_no_error() -> None:
    assert np.isnan(calibration.expected_error(np.zeros(0), np.zeros(0)))


def test_a_perfect_model_shows_some_error_by_chance() -> None:
    confidence = np.random.default_rng(0).uniform(0.3, 1, 228)
    by_chance = calibration.error_by_chance(confidence, seed=0)
    assert 0.02 < by_chance < 0.07
    assert calibration.error_by_chance(np.tile(confidence, 50), seed=0) < by_chance / 4


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.5])
def test_the_temperature_is_found(temperature: float) -> None:
    logits, truth = drawn(temperature)
    assert calibration.temperature(logits, truth) == pytest.approx(temperature, rel=0.08)


def test_the_temperature_of_sigmoids_is_found() -> None:
    random = np.random.default_rng(0)
    logits = random.normal(0, 3, (3000, 3))
    truth = random.random(logits.shape) < expit(logits / 1.8)
    assert calibration.temperature_sigmoid(logits, truth) == pytest.approx(1.8, rel=0.08)


@given(st.integers(0, 1000), st.floats(0.3, 3))
def test_no_other_temperature_fits_better(seed: int, other: float) -> None:
    logits, truth = drawn(1.7, n=60, seed=seed)
    found = calibration.temperature(logits, truth)
    losses = [calibration.log_losses(logits / each, truth).mean() for each in (found, other)]
    assert losses[0] <= losses[1] + 1e-9


def test_weights_count_as_repetitions() -> None:
    logits, truth = drawn(2.0, n=200)
    weights = np.arange(200) % 3
    repeated = np.repeat(np.arange(200), weights)
    assert calibration.temperature(logits, truth, weights) == pytest.approx(
        calibration.temperature(logits[repeated], truth[repeated]), rel=1e-4
    )


def test_log_losses_are_those_of_the_probabilities() -> None:
    logits, truth = drawn(1.0, n=20)
    several = np.eye(4)[truth]
    single = -np.log(softmax(logits, axis=1)[np.arange(20), truth])
    each = -np.log(np.where(several, expit(logits), 1 - expit(logits))).sum(axis=1)
    assert calibration.log_losses(logits, truth) == pytest.approx(single)
    assert calibration.log_losses_sigmoid(logits, several) == pytest.approx(each)


def test_nothing_to_go_by_changes_nothing() -> None:
    assert calibration.temperature(np.zeros((0, 3)), np.zeros(0, int)) == 1.0
