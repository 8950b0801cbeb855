from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from sklearn.svm import SVC

from cartellino.classify.heads.material import Material
from cartellino.classify.heads.svm import machines
from cartellino.classify.heads.svm.kernel import Kernel
from cartellino.classify.heads.svm.machines import built
from classify.world import features

N = 120
Y = np.arange(N) % 4
X = features(np.eye(4)[Y], np.arange(N), noise=2.0).astype(float)
WEIGHTS = np.random.default_rng(0).uniform(0.5, 2, N)


def material(target: Any, several: bool = False) -> Material:
    k = target.shape[1] if several else int(target.max()) + 1
    return Material(X, target, WEIGHTS, np.ones(k), several)


@pytest.mark.parametrize("kernel", ["rbf", "linear"])
@pytest.mark.parametrize("classes", [2, 4])
def test_decisions_are_scikit_learns(kernel: str, classes: int) -> None:
    y = Y % classes
    mine = built(material(y), Kernel(kernel, 0.05), [2.0], 1e-8)[0].decisions(X)
    theirs = SVC(C=2.0, kernel=kernel, gamma=0.05, decision_function_shape="ovo", tol=1e-8)
    told = theirs.fit(X, y, sample_weight=WEIGHTS).decision_function(X)
    assert mine == pytest.approx(-told[:, None] if classes == 2 else told, abs=1e-5)


def test_each_label_has_a_machine_of_its_own() -> None:
    tags = (np.random.default_rng(0).random((N, 3)) < 0.4).astype(np.uint8)
    mine = built(material(tags, True), Kernel("rbf", 0.05), [2.0], 1e-8)[0].decisions(X)
    for place in range(3):
        alone = SVC(C=2.0, gamma=0.05, tol=1e-8).fit(X, tags[:, place], sample_weight=WEIGHTS)
        assert mine[:, place] == pytest.approx(alone.decision_function(X), abs=1e-5)


def test_many_rows_without_a_table_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = built(material(Y), Kernel("rbf", 0.05), [2.0], 1e-8)[0].decisions(X)
    monkeypatch.setattr(machines, "_TABLE", 10)
    monkeypatch.setattr(machines, "_BLOCK", 7)
    assert built(material(Y), Kernel("rbf", 0.05), [2.0], 1e-8)[0].decisions(X) == pytest.approx(
        kept, abs=1e-5
    )


def test_what_is_always_or_never_there_needs_no_machine() -> None:
    tags = np.column_stack([np.ones(N), np.zeros(N)]).astype(np.uint8)
    told = built(material(tags, True), Kernel("rbf", 0.05), [2.0], 1e-3)[0].decisions(X)
    assert (told == [1.0, -1.0]).all()


def test_of_a_pair_the_class_that_is_there_wins() -> None:
    part = Material(X[Y != 2], Y[Y != 2], WEIGHTS[Y != 2], np.ones(4), False)
    told = built(part, Kernel("rbf", 0.05), [2.0], 1e-3)[0].decisions(X)
    pairs = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]
    assert (told[:, pairs.index((0, 2))] > 0).all()
    assert (told[:, pairs.index((2, 3))] < 0).all()
