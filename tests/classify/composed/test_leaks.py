"""What calibrates a composition was learnt from by no part of it, and neither was its kin."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from cartellino.classify.composed.average import AveragedClassifier
from cartellino.classify.composed.bagging import BaggedClassifier
from cartellino.classify.composed.cascade import CascadeClassifier
from cartellino.classify.composed.folded import FoldedClassifier
from cartellino.classify.composed.stacking import StackedClassifier
from cartellino.classify.composed.views import ViewsClassifier
from classify.composed.parrot import Parrot
from classify.composed.world import linear

N = 120
RANDOM = np.random.default_rng(0)
# Every row stands there twice, as a work and its twin; labels mean nothing.
X = np.repeat(RANDOM.normal(0, 1, (N // 2, 4)), 2, axis=0).astype(np.float32)
X = np.hstack([X, X])
Y = RANDOM.integers(0, 3, N)
KIN = np.arange(N) // 2
PARROT = [("parrot", Parrot(), None)]

ALL = {
    "average": AveragedClassifier([*PARROT, ("other", Parrot(), slice(0, 2))], cv=3),
    "bagging": BaggedClassifier(Parrot(), bags=6),
    "folds": FoldedClassifier(Parrot(), cv=3),
    "stacking": StackedClassifier([("linear", linear(), None)], head=Parrot(), cv=3),
    "first of the views": ViewsClassifier(Parrot(), views=[slice(0, 4), slice(4, 8)], cv=3),
    "all views": ViewsClassifier(Parrot(), views=[slice(0, 4), slice(4, 8)], learn_from="all", cv=3),
    "cascade": CascadeClassifier([("first", Parrot(), None)], parents={1: "other", 2: "other"}, cv=3),
}


@pytest.mark.parametrize("name", ALL)
def test_of_rows_out_of_sample_nothing_is_known_by_heart(name: str) -> None:
    model: Any = ALL[name].fit(X, Y, groups=KIN)
    told = model.out_of_sample_
    assert len(told.rows) > N / 3
    chances = np.exp(told.logits)
    chances /= chances.sum(axis=1, keepdims=True)
    assert chances.max() < 0.9, "a row, or its twin, was learnt from"
    if name != "stacking":  # its head learns from what members say out of sample, which is never said again
        assert model.scorer_.scores(X).max(axis=1).mean() > np.log(0.6), "what was learnt is known"


@pytest.mark.parametrize("name", sorted(set(ALL) - {"stacking"}))
def test_what_is_known_by_heart_is_not_believed(name: str) -> None:
    """Temperatures that were fitted to rows that had been learnt from would make this certain of itself."""
    model: Any = ALL[name].fit(X, Y, groups=KIN)
    lost = -np.log(model.predict_proba(X + 1)[np.arange(N), Y]).mean()
    assert lost < 1.3


def test_without_kin_a_row_and_its_copy_are_drawn_together() -> None:
    model = BaggedClassifier(Parrot(), bags=6).fit(X, Y)
    assert np.exp(model.out_of_sample_.logits).max() < 0.5


def test_kin_in_another_node_keep_a_row_out() -> None:
    model = ALL["cascade"].fit(X, Y, groups=KIN)
    twin = Y[np.arange(N) ^ 1]
    straddling = np.flatnonzero((Y == 0) & (twin != 0))
    assert len(straddling) > 5
    assert not np.isin(straddling, model.out_of_sample_.rows).any()
    assert np.isin(np.flatnonzero((Y == 0) & (twin == 0)), model.out_of_sample_.rows).all()
