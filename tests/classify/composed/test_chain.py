from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from cartellino.classify.composed.chain import ChainScorer, ChainTagger, orders_of
from cartellino.classify.heads import splits
from cartellino.classify.heads.kernel.kernel import KernelTagger
from cartellino.classify.heads.knn.knn import KnnTagger
from cartellino.classify.heads.linear.linear import LinearTagger
from cartellino.classify.heads.mlp.mlp import MlpTagger
from cartellino.classify.heads.svm.svm import SvmTagger
from classify.composed.world import linear
from classify.estimators import assert_passes_every_check

QUICK: dict[str, Any] = {"strengths": (30.0, 3.0, 0.3), "cv": 3, "beta": None}
EXACT: dict[str, Any] = {"strengths": (20.0,), "tolerance": 1e-16, "beta": None}


def planted(n: int = 400, seed: int = 0, noise: float = 0.35) -> tuple[Any, Any]:
    """Both of two things, either, and just one: no straight line tells the last, but the others tell it."""
    random = np.random.default_rng(seed)
    one, other = random.integers(0, 2, (2, n))
    X = random.normal(0, noise, (n, 6)).astype(np.float32)
    X[:, 0] += 2 * one
    X[:, 1] += 2 * other
    return X, np.stack([one & other, one | other, one ^ other], axis=1)


X, T = planted()
FRESH, TRUE = planted(seed=1)


def right(model: Any) -> Any:
    return (model.predict(FRESH) == TRUE).mean(axis=0)


@pytest.mark.slow
def test_it_is_an_estimator_as_scikit_learn_understands_it() -> None:
    assert_passes_every_check(ChainTagger(LinearTagger(**EXACT), cv=3))


def test_a_label_that_others_tell_is_learnt_from_them() -> None:
    assert right(LinearTagger(**QUICK).fit(X, T))[2] < 0.65, "no straight line tells it"
    model = ChainTagger(LinearTagger(**QUICK), cv=3).fit(X, T)
    assert (right(model) > 0.93).all()
    chances = model.predict_proba(FRESH)
    lost = -np.log(np.where(TRUE, chances, 1 - chances)).mean(axis=0)
    assert (lost < 0.2).all(), "and it is as sure as it may be"


def test_what_is_said_out_of_sample_is_as_good_as_what_comes_true() -> None:
    """Labels are as noisy as features: a link that had learnt from true labels would believe them."""
    told, truth = planted(600, noise=1.2)
    fresh, true = planted(2000, seed=1, noise=1.2)
    model = ChainTagger(LinearTagger(**QUICK), cv=3).fit(told, truth)
    chances, seen = model.predict_proba(fresh), model.out_of_sample_
    assert np.array_equal(seen.rows, np.arange(600))
    unseen = 1 / (1 + np.exp(-seen.logits / model.temperature_))
    lost, expected = (
        -np.log(np.where(what, said, 1 - said)).mean() for what, said in ((true, chances), (truth, unseen))
    )
    assert lost == pytest.approx(expected, abs=0.05)


def test_neither_a_row_nor_its_twin_speaks_of_itself() -> None:
    random = np.random.default_rng(0)
    twins = np.repeat(random.normal(size=(150, 4)), 2, axis=0).astype(np.float32)
    labels = np.repeat(random.integers(0, 2, (150, 3)), 2, axis=0)
    model = ChainTagger(KnnTagger(neighbours=(1,)), cv=3)
    assert _area(model.fit(twins, labels, groups=np.arange(300) // 2), labels) == pytest.approx(0.5, abs=0.08)
    assert _area(model.fit(twins, labels), labels) > 0.7, "what is not said to be kin does"


def _area(model: Any, labels: Any) -> float:
    return float(roc_auc_score(labels, model.out_of_sample_.logits))


def test_links_know_one_label_each_and_see_those_before() -> None:
    model = ChainTagger(LinearTagger(**QUICK), cv=3, chains=2).fit(X, T)
    first, second = model.choice_["orders"]
    assert [link.known[0] for link in model.scorer_.parts] == [*first, *second]
    assert [link.scorer.width for link in model.scorer_.parts] == [6, 7, 8, 6, 7, 8]
    assert model.temperature_ > 0


def test_orders_are_by_lot_and_no_two_alike() -> None:
    assert len(set(orders_of(3, 100, 0))) == len(orders_of(3, 100, 0)) == 6
    assert orders_of(1, 5, 0) == [(0,)]
    assert len(orders_of(40, 5, 0)) == 5
    assert orders_of(9, 5, 0) == orders_of(9, 5, 0) != orders_of(9, 5, 1)
    with pytest.raises(ValueError, match="1 or more"):
        orders_of(3, 0, 0)


def test_what_is_saved_says_the_same() -> None:
    model = ChainTagger(LinearTagger(**QUICK), cv=3, chains=3).fit(X, T)
    again = ChainScorer.restored(model.scorer_.tensors(), model.scorer_.about())
    assert again.scores(FRESH) == pytest.approx(model.scorer_.scores(FRESH), abs=1e-6)
    told = model.scorer_.about()
    for broken in (
        {"parts": [told["parts"][0]] * 3},
        {"parts": told["parts"][:-1]},
        {"width": 5},
        {"kind": "single"},
    ):
        with pytest.raises((KeyError, ValueError)):
            ChainScorer.restored(model.scorer_.tensors(), {**told, **broken})


@pytest.mark.parametrize(
    "member",
    [
        KernelTagger(blocks=(2, 4), landmarks=60),
        KnnTagger(),
        MlpTagger(widths=(16,), epochs=(20, 60), rate=0.01),
        SvmTagger(),
        LinearTagger(**QUICK, blocks=(2, 4), balance=0.5),
    ],
    ids=lambda each: type(each).__name__,
)
def test_any_head_is_a_link(member: Any) -> None:
    model = ChainTagger(member, cv=3, chains=2).fit(X, T)
    assert (right(model) > 0.85).all()


def test_a_rare_label_weighs_what_it_is_told_to() -> None:
    told, truth = planted(noise=1.5)
    plain, heavy = (
        ChainTagger(LinearTagger(**QUICK, class_weight=each), cv=3, chains=1).fit(told, truth)
        for each in (None, {0: 4.0})
    )
    more = heavy.predict_proba(told) - plain.predict_proba(told)
    assert more[:, 0].mean() > 0.15
    assert abs(more[:, 2].mean()) < 0.05
    with pytest.raises(ValueError, match="there are not"):
        ChainTagger(LinearTagger(**QUICK, class_weight={7: 2.0}), cv=3).fit(told, truth)


def test_many_validation_rows_still_leave_something_to_hand_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """A head that they calibrate says nothing of the others, from which the next link has to learn."""
    monkeypatch.setattr(splits, "_ENOUGH", 30)
    model = ChainTagger(LinearTagger(**QUICK), cv=3).fit(X, T, validation=np.arange(100))
    assert np.array_equal(model.out_of_sample_.rows, np.arange(400))
    assert (right(model) > 0.93).all()


def test_rows_of_no_weight_take_no_part() -> None:
    weights = (np.arange(400) < 300).astype(float)
    first, second = (
        ChainTagger(LinearTagger(**QUICK), cv=3, chains=2).fit(rows, labels, sample_weight=weights)
        for rows, labels in ((X, T), (np.where(weights[:, None] > 0, X, 9), T * weights[:, None].astype(int)))
    )
    assert np.array_equal(first.predict_proba(FRESH), second.predict_proba(FRESH))
    assert first.out_of_sample_.rows.max() < 300


def test_one_label_a_row_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="several labels"):
        ChainTagger(linear()).fit(X, T[:, 0])


def test_pictures_are_refused_in_words() -> None:
    shown = np.array([object()] * 4, dtype=object)
    with pytest.raises(ValueError, match="no room"):
        ChainTagger(LinearTagger(**QUICK)).fit(shown, T[:4])
