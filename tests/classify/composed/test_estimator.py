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
from cartellino.classify.heads.linear.linear import LinearClassifier, LinearTagger
from classify.composed.world import complementary, linear
from classify.estimators import assert_passes_every_check

EXACT: dict[str, Any] = {"strengths": (20.0,), "tolerance": 1e-16}
PAIR = [("a", LinearClassifier(**EXACT), None), ("b", LinearClassifier(**EXACT), None)]
TAGGERS = [(name, LinearTagger(**EXACT, beta=None), None) for name in "ab"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "kind",
    [
        AveragedClassifier(PAIR),
        AveragedClassifier(PAIR, weights="chosen"),
        AveragedClassifier(TAGGERS),
        BaggedClassifier(LinearClassifier(**EXACT), bags=4),
        FoldedClassifier(LinearClassifier(**EXACT), cv=3),
        StackedClassifier(PAIR, head=LinearClassifier(**EXACT), cv=3),
        CascadeClassifier([("first", LinearClassifier(**EXACT), None)]),
        ViewsClassifier(LinearClassifier(**EXACT), cv=3),
        ViewsClassifier(LinearClassifier(**EXACT), learn_from="all", cv=3),
    ],
    ids=lambda each: type(each).__name__,
)
def test_it_is_an_estimator_as_scikit_learn_understands_it(kind: Any) -> None:
    assert_passes_every_check(kind)


def test_rows_of_no_weight_take_no_part() -> None:
    X, y = complementary(120)
    weights = (np.arange(120) < 90).astype(float)
    spoilt = np.where(weights[:, None] > 0, X, 100).astype(np.float32)
    first, second = (
        FoldedClassifier(linear(), cv=3).fit(rows, y, sample_weight=weights) for rows in (X, spoilt)
    )
    assert np.array_equal(first.predict_proba(X), second.predict_proba(X))
    assert first.out_of_sample_.rows.max() < 90


def test_two_classes_have_log_odds() -> None:
    X, y = complementary(120)
    model = AveragedClassifier([("all", linear(), None)]).fit(X, y // 2)
    odds, chances = model.decision_function(X), model.predict_proba(X)
    assert odds.shape == (120,)
    assert chances[:, 1] == pytest.approx(1 / (1 + np.exp(-odds)), abs=1e-6)
