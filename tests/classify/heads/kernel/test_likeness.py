from __future__ import annotations

import numpy as np
import pytest

from cartellino.classify.heads.kernel import likeness
from cartellino.classify.heads.material import Material

X = np.random.default_rng(0).normal(3, 2, (60, 9)).astype(np.float32)


def material(rows: np.ndarray) -> Material:
    return Material(rows, np.arange(len(rows)) % 2, np.ones(len(rows)), np.ones(2), several=False)


@pytest.mark.parametrize("balance", [0.0, 0.5])
def test_rows_are_one_apart_on_average(balance: float) -> None:
    held = np.hstack([X, np.full((60, 1), 7, np.float32)])  # a dead channel takes no part
    measure = likeness.Measure.learn(material(held), (2, 8), balance)
    rows = measure.apply(held)
    assert likeness.distances(rows, rows).mean() == pytest.approx(1, abs=1e-3)


def test_distances_are_those_of_the_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likeness, "_BLOCK", 7)
    wanted = ((X[:, None] - X[:20]) ** 2).sum(axis=2)
    assert likeness.distances(X, X[:20]) == pytest.approx(wanted, abs=1e-3)


def test_landmarks_are_rows_that_differ_in_whatever_order_they_come() -> None:
    turned = np.random.default_rng(1).permutation(80) % 60
    told = [rows[likeness.landmarks(rows, 25, seed=4)] for rows in (X, X[turned])]
    assert len(likeness.landmarks(X[turned], 100, 0)) == 60
    assert np.array_equal(*told)
