from __future__ import annotations

import numpy as np
import pytest

from cartellino.classify.composed.average import AveragedClassifier
from cartellino.classify.composed.stacking import StackedClassifier
from classify.composed.world import FIRST, SECOND, complementary, linear, tagger, tags

X, Y = complementary()
FRESH, TRUE = complementary(seed=1)
HALVES = [("first", linear(), FIRST), ("second", linear(), SECOND)]


def test_a_stack_learns_whom_to_ask_about_what() -> None:
    """Beside two that know half each, two that know nothing: they blur the mean, and not the stack."""
    noise = np.random.default_rng(3)
    wide, fresh = (
        np.hstack([each, noise.normal(0, 1, (len(each), 40)).astype(np.float32)]) for each in (X, FRESH)
    )
    members = [*HALVES, *((f"noise {n}", linear(strengths=(0.01,)), slice(12, 52)) for n in range(2))]
    stacked = StackedClassifier(members, cv=3).fit(wide, Y)
    averaged = AveragedClassifier(members, cv=3).fit(wide, Y)
    lost = [
        -np.log(each.predict_proba(fresh)[np.arange(len(TRUE)), TRUE]).mean() for each in (stacked, averaged)
    ]
    assert lost[0] < lost[1] - 0.02
    assert stacked.score(fresh, TRUE) > 0.75
    sure = stacked.predict_proba(fresh).max(axis=1).mean()
    assert sure == pytest.approx(stacked.score(fresh, TRUE), abs=0.08)


def test_the_head_may_see_the_features() -> None:
    members = [("first", linear(), FIRST)]
    blind = StackedClassifier(members, cv=3).fit(X, Y)
    seeing = StackedClassifier(members, cv=3, with_features=True).fit(X, Y)
    assert blind.score(FRESH, TRUE) < 0.6
    assert seeing.score(FRESH, TRUE) > 0.75


def test_several_labels_are_stacked_too() -> None:
    T, truth = tags()
    fresh, true = tags(seed=1)
    members = [("first", tagger(), FIRST), ("second", tagger(), SECOND)]
    model = StackedClassifier(members, cv=3, beta=1.0).fit(T, truth)
    assert (model.predict(fresh) == true).mean() > 0.85


def test_too_few_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="too few rows"):
        StackedClassifier(HALVES).fit(X[:4], np.arange(4))
