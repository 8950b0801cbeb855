from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from sklearn.neural_network import MLPClassifier

from cartellino.classify.heads.likelihood import softmax
from cartellino.classify.heads.mlp.network import Network, Pace, learn

RANDOM = np.random.default_rng(0)
X = RANDOM.normal(size=(30, 5))
TRUE = np.eye(3)[RANDOM.integers(0, 3, 30)]


def derive(scores: Any, rows: Any) -> Any:
    return softmax(scores) - TRUE[rows]


def loss(network: Network) -> float:
    return float(-(TRUE * np.log(softmax(network.scores(X)))).sum())


def test_gradients_are_slopes() -> None:
    network = Network.drawn([5, 7, 4, 3], 0, float)
    made = network.outputs(X)
    found = network.gradients(made, derive(made[-1], np.arange(30)))
    for value, slope in zip(network.numbers, found, strict=True):
        place = tuple(each // 2 for each in value.shape)
        before = value[place]
        value[place] = before + 1e-6
        above = loss(network)
        value[place] = before - 1e-6
        below = loss(network)
        value[place] = before
        assert slope[place] == pytest.approx((above - below) / 2e-6, abs=1e-5)


def test_a_forward_pass_is_scikit_learns() -> None:
    theirs = MLPClassifier((7, 4), max_iter=5, random_state=0)
    with pytest.warns(UserWarning, match="converged"):
        theirs.fit(X, TRUE.argmax(axis=1))
    mine = Network(theirs.coefs_, theirs.intercepts_)
    assert softmax(mine.scores(X)) == pytest.approx(theirs.predict_proba(X), abs=1e-9)


def test_the_first_step_is_adams() -> None:
    """Its size is the rate, whatever the slope, and its sign against it."""
    network = Network.drawn([5, 3], 0, float)
    before = [each.copy() for each in network.numbers]
    made = network.outputs(X)
    slopes = network.gradients(made, derive(made[-1], np.arange(30)))
    assert list(learn(network, X, np.ones(30), derive, Pace(0.01, 30, 0.0, 1), 0)) == [1]
    for was, now, slope in zip(before, network.numbers, slopes, strict=True):
        assert now - was == pytest.approx(-0.01 * np.sign(slope), abs=1e-5)


def test_steps_lower_the_loss_and_batches_share_the_rows() -> None:
    network = Network.drawn([5, 8, 3], 0, float)
    seen: list[int] = []

    def noting(scores: Any, rows: Any) -> Any:
        seen.extend(rows.tolist())
        return derive(scores, rows)

    before = loss(network)
    list(learn(network, X, np.ones(30), noting, Pace(0.01, 7, 0.0, 2), 0))
    assert sorted(seen) == sorted([*range(30), *range(30)])
    assert loss(network) < before


def test_decay_shrinks_matrices_and_leaves_shifts() -> None:
    network = Network.drawn([5, 3], 0, float)
    matrix = network.matrices[0].copy()
    list(learn(network, X, np.ones(30), lambda scores, rows: scores * 0, Pace(0.1, 30, 0.5, 1), 0))
    assert network.matrices[0] == pytest.approx(matrix * 0.95)
    assert (network.shifts[0] == 0).all()
