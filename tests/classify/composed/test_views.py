from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from sklearn.base import clone

from cartellino.classify.composed.views import ViewsClassifier
from classify.composed.world import linear

VIEWS = [slice(0, 6), slice(6, 12), slice(12, 18)]


def seen(n: int, seed: int) -> tuple[Any, Any]:
    """Rows of three views of one thing, each with its own noise."""
    random = np.random.default_rng(seed)
    y = np.arange(n) % 3
    looks = (np.eye(3)[y] @ np.random.default_rng(9).normal(0, 1, (3, 6)))[:, None]
    return (looks + random.normal(0, 1.6, (n, 3, 6))).reshape(n, 18).astype(np.float32), y


X, Y = seen(240, 0)
FRESH, TRUE = seen(600, 1)


@pytest.mark.parametrize("learn_from", ["first", "all"])
def test_several_views_tell_more_than_one(learn_from: str) -> None:
    alone = linear().fit(X[:, VIEWS[0]], Y).score(FRESH[:, VIEWS[0]], TRUE)
    model = ViewsClassifier(linear(), views=VIEWS, learn_from=learn_from, cv=3).fit(X, Y)
    assert model.score(FRESH, TRUE) > alone + 0.08
    assert model.temperature_ < 0.9, "three views together may be surer than one"
    assert model.predict_proba(FRESH).max(axis=1).mean() == pytest.approx(model.score(FRESH, TRUE), abs=0.08)
    assert np.array_equal(model.out_of_sample_.rows, np.arange(len(Y)))


def test_views_of_one_row_share_its_weight_and_its_fold() -> None:
    weights = (np.arange(len(Y)) < 150).astype(float)
    model = ViewsClassifier(linear(strengths=(30.0,)), views=VIEWS, learn_from="all", cv=3)
    weighted = clone(model).fit(X, Y, sample_weight=weights)
    fewer = model.fit(X[:150], Y[:150])
    assert weighted.out_of_sample_.rows.max() < 150
    assert weighted.predict_proba(FRESH) == pytest.approx(fewer.predict_proba(FRESH), abs=0.04)


def test_unlike_views_are_refused() -> None:
    with pytest.raises(ValueError, match="as wide as each other"):
        ViewsClassifier(linear(), views=[slice(0, 6), slice(6, 18)]).fit(X, Y)
    with pytest.raises(ValueError, match="'first' or 'all'"):
        ViewsClassifier(linear(), views=VIEWS, learn_from="some").fit(X, Y)
