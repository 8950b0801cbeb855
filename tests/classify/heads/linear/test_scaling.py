from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.preprocessing import StandardScaler

from cartellino.classify.heads.linear.scaling import Scaling, say_of


def rows(n: int = 50, dtype: type = np.float64) -> np.ndarray:
    return (np.random.default_rng(0).normal(size=(n, 4)) * [1, 5, 0.1, 2] + [0, 100, -3, 7]).astype(dtype)


def test_scaled_as_by_scikit_learn() -> None:
    X = rows()
    scaling = Scaling.learn(X, np.ones(50), np.ones(4))
    assert scaling.apply(X) == pytest.approx(StandardScaler().fit_transform(X))


def test_weights_count_as_repetitions() -> None:
    X, weights = rows(), np.arange(50) % 3
    weighted = Scaling.learn(X, weights.astype(float), np.ones(4))
    repeated = Scaling.learn(np.repeat(X, weights, axis=0), np.ones(weights.sum()), np.ones(4))
    assert weighted.factor == pytest.approx(repeated.factor)
    assert weighted.mean == pytest.approx(repeated.mean)


@pytest.mark.parametrize("value", [0.0, 5.0, 1e6, 1e-30])
def test_a_dead_channel_takes_no_part(value: float) -> None:
    X = rows(dtype=np.float32)
    X[:, 2] = value
    scaling = Scaling.learn(X, np.ones(50), np.ones(4))
    assert scaling.factor[2] == 0
    assert (scaling.apply(X)[:, 2] == 0).all()
    assert np.isfinite(scaling.unfold(np.ones((5, 2)))).all()


def test_what_was_given_is_not_changed_and_precision_stays() -> None:
    X = rows(dtype=np.float32)
    kept = X.copy()
    scaled = Scaling.learn(X, np.ones(50), np.ones(4)).apply(X)
    assert scaled.dtype == np.float32
    assert np.array_equal(X, kept)


def test_unfolded_coefficients_score_features_as_they_come() -> None:
    X, random = rows(), np.random.default_rng(1)
    coefficients = random.normal(size=(5, 3))
    scaling = Scaling.learn(X, np.ones(50), np.array([1, 2, 0.5, 1]))
    wanted = scaling.apply(X) @ coefficients[:-1] + coefficients[-1]
    plain = scaling.unfold(coefficients)
    assert X @ plain[:-1] + plain[-1] == pytest.approx(wanted)


@given(st.lists(st.integers(1, 50), min_size=1, max_size=6), st.floats(0, 0.5))
def test_say_keeps_its_mean_square(blocks: list[int], balance: float) -> None:
    say = say_of(blocks, sum(blocks), balance)
    assert np.mean(say**2) == pytest.approx(1)
    if balance == 0:
        assert say == pytest.approx(np.ones(sum(blocks)))


def test_balanced_by_half_every_block_has_the_same_say() -> None:
    say = say_of((2, 8), 10, 0.5)
    assert (say[:2] ** 2).sum() == pytest.approx((say[2:] ** 2).sum())


def test_blocks_must_fit() -> None:
    with pytest.raises(ValueError, match="10 features in all do not fit 12"):
        say_of((2, 8), 12, 0.25)
