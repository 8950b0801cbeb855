from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.model_selection import GridSearchCV, cross_val_score

from cartellino.classify.composed.average import AveragedClassifier
from classify.composed.world import FIRST, SECOND, complementary, linear, tagger, tags

X, Y = complementary()
FRESH, TRUE = complementary(seed=1)
HALVES: list[tuple[str, Any, Any]] = [("first", linear(), FIRST), ("second", linear(), SECOND)]
NOISE = np.random.default_rng(2).normal(0, 1, (len(X), 4)).astype(np.float32)


def test_two_heads_that_know_half_each_beat_either() -> None:
    alone = [linear().fit(X[:, half], Y).score(FRESH[:, half], TRUE) for half in (FIRST, SECOND)]
    together = AveragedClassifier(HALVES).fit(X, Y)
    assert max(alone) < 0.55
    assert together.score(FRESH, TRUE) > 0.75
    chances = together.predict_proba(FRESH)
    assert chances.sum(axis=1) == pytest.approx(np.ones(len(FRESH)), abs=1e-6)
    assert np.array_equal(together.predict(FRESH), chances.argmax(axis=1))


def test_the_mean_is_calibrated_on_rows_that_no_member_learnt_from() -> None:
    together = AveragedClassifier(HALVES).fit(X, Y)
    assert np.array_equal(together.out_of_sample_.rows, np.arange(len(X)))
    assert together.temperature_ < 0.9, "the mean of two halves is less sure than it may be"
    sure = together.predict_proba(FRESH).max(axis=1)
    right = together.predict(FRESH) == TRUE
    assert sure.mean() == pytest.approx(right.mean(), abs=0.08)


def test_chosen_weights_leave_out_what_knows_nothing() -> None:
    wide = np.hstack([X, NOISE])
    members = [*HALVES, ("noise", linear(), slice(12, 16))]
    found = AveragedClassifier(members, weights="chosen").fit(wide, Y)
    counted = [found.choice_[f"weight of {name}"] for name in ("first", "second", "noise")]
    assert sum(counted) == pytest.approx(1)
    assert counted[2] < 0.02
    assert min(counted[:2]) > 0.35


def test_given_weights_are_taken_as_shares() -> None:
    found = AveragedClassifier(HALVES, weights=[3, 1]).fit(X, Y)
    assert found.scorer_.weights == (0.75, 0.25)
    only = AveragedClassifier(HALVES, weights=[1, 0]).fit(X, Y)
    assert only.score(FRESH, TRUE) < 0.55
    for wrong in ([1], [1, -1], [0, 0], "some"):
        with pytest.raises(ValueError, match="weights should be"):
            AveragedClassifier(HALVES, weights=wrong).fit(X, Y)


def test_columns_are_checked() -> None:
    with pytest.raises(ValueError, match="no such columns"):
        AveragedClassifier([("a", linear(), [0, 40])]).fit(X, Y)
    with pytest.raises(ValueError, match="see some of"):
        AveragedClassifier([("a", linear(), slice(40, 50))]).fit(X, Y)
    with pytest.raises(ValueError, match="at least one member"):
        AveragedClassifier().fit(X, Y)


def test_members_are_parameters() -> None:
    model = AveragedClassifier(HALVES)
    assert model.get_params()["second__cv"] == 3
    model.set_params(second__strengths=(7.0,), first=linear(strengths=(8.0,)))
    assert [each.strengths for _, each, _ in model.members] == [(8.0,), (7.0,)]
    assert model.members[1][2] == SECOND
    twin = clone(model)
    assert twin.members[0][1] is not model.members[0][1]
    assert twin.get_params()["second__strengths"] == (7.0,)
    HALVES[1][1].set_params(strengths=(30.0, 3.0))
    search = GridSearchCV(AveragedClassifier(HALVES), {"weights": ["equal", [1, 0]]}, cv=2).fit(X, Y)
    assert search.best_params_ == {"weights": "equal"}
    assert cross_val_score(AveragedClassifier(HALVES), X, Y, cv=2).min() > 0.7


def test_classes_weigh_by_their_names() -> None:
    names = np.array(["a", "b", "c", "d"])[Y]
    heavy = AveragedClassifier([("a", linear(class_weight={"b": 20.0}), FIRST)]).fit(X, names)
    plain = AveragedClassifier([("a", linear(), FIRST)]).fit(X, names)
    assert (heavy.predict(FRESH) == "b").sum() > (plain.predict(FRESH) == "b").sum() + 40
    with pytest.raises(ValueError, match="classes that there are not"):
        AveragedClassifier([("a", linear(class_weight={"z": 2.0}), FIRST)]).fit(X, names)


def test_several_labels_are_averaged_too() -> None:
    T, truth = tags()
    fresh, true = tags(seed=1)
    members = [("first", tagger(), FIRST), ("second", tagger(), SECOND)]
    together = AveragedClassifier(members, beta=1.0).fit(T, truth)
    assert (together.predict(fresh) == true).mean() > 0.85
    assert together.thresholds_.shape == (2,)
    alone = tagger().fit(T[:, FIRST], truth)
    assert (alone.predict(fresh[:, FIRST]) == true).mean() < 0.8
