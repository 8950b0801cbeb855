from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cartellino.classify.composed.cascade import CascadeClassifier, along
from classify.composed.world import linear, tagger, tags

# As the fifth study's: two classes are nearly all there is, eight others are rare.
SHARES = np.array([0.38, 0.32, *[0.0375] * 8])
REST: dict[Any, Any] = dict.fromkeys(range(2, 10), "other")


def imbalanced(n: int, seed: int) -> tuple[Any, Any]:
    random = np.random.default_rng(seed)
    y = random.choice(10, n, p=SHARES)
    looks = np.random.default_rng(5).normal(0, 1, (10, 12))
    return (looks[y] + random.normal(0, 1.3, (n, 12))).astype(np.float32), y


X, Y = imbalanced(900, 0)
FRESH, TRUE = imbalanced(900, 1)


@pytest.fixture(scope="module")
def cascade() -> CascadeClassifier:
    steps = [("first", linear(), None), ("then", linear(class_weight="balanced"), None)]
    return CascadeClassifier(steps, parents=REST, cv=3).fit(X, Y)


def test_probabilities_are_products_along_the_way(cascade: CascadeClassifier) -> None:
    first, then = cascade.scorer_.parts
    broad, fine = first.chances(FRESH, "single", 3), then.chances(FRESH, "single", 8)
    chances = np.exp(cascade.scorer_.scores(FRESH).astype(float))
    assert chances.sum(axis=1) == pytest.approx(np.ones(len(FRESH)), abs=1e-5)
    other = chances[:, 2:].sum(axis=1)
    assert np.sort(np.stack([chances[:, 0], chances[:, 1], other]), axis=0) == pytest.approx(
        np.sort(broad.T, axis=0), abs=1e-5
    )
    assert chances[:, 2:] == pytest.approx(other[:, None] * fine, abs=1e-5)


def test_each_step_learns_from_its_own_rows_only(cascade: CascadeClassifier) -> None:
    other = Y >= 2
    spoilt = X.copy()
    spoilt[~other] += 100
    steps = [("first", linear(), None), ("then", linear(class_weight="balanced"), None)]
    again = CascadeClassifier(steps, parents=REST, cv=3).fit(spoilt, Y)
    mine, theirs = (each.scorer_.parts[1].scorer.coefficients for each in (cascade, again))
    assert np.array_equal(mine, theirs)


def test_rare_classes_are_found(cascade: CascadeClassifier) -> None:
    rare = TRUE >= 2
    assert (cascade.predict(FRESH) == TRUE)[rare].mean() > 0.4
    assert cascade.score(FRESH, TRUE) > 0.7
    chances = cascade.predict_proba(FRESH)
    assert chances.sum(axis=1) == pytest.approx(np.ones(len(FRESH)), abs=1e-5)
    sure = chances.max(axis=1)
    assert sure.mean() == pytest.approx(cascade.score(FRESH, TRUE), abs=0.06)
    assert len(cascade.out_of_sample_.rows) == len(Y)


def test_a_tree_may_be_deep_and_steps_be_told_by_name() -> None:
    names = np.array([f"c{place}" for place in range(10)])
    parents = {"c2": "a", "c3": "a", "c4": "b", "c5": "b", "a": "ab", "b": "ab", "c6": "c", "c": "b"}
    steps = [("first", linear(), None), ("a", linear(strengths=(7.0,)), slice(0, 5))]
    model = CascadeClassifier(steps, parents=parents, cv=3).fit(X, names[Y])
    assert set(model.choice_["by step"]) == {"first", "ab", "a", "b"}, "what has one child is no step"
    assert model.choice_["by step"]["a"]["strength"] == 7.0
    assert [part.ranges for part in model.scorer_.parts].count(((0, 5),)) == 1
    assert model.predict_proba(FRESH).sum(axis=1) == pytest.approx(np.ones(len(FRESH)), abs=1e-5)
    assert model.score(FRESH, names[TRUE]) > 0.7


def test_steps_weigh_broad_classes_by_their_names() -> None:
    told = {"other": 30.0, 3: 1.0}
    heavy = CascadeClassifier([("first", linear(class_weight=told), None)], parents=REST, cv=3).fit(X, Y)
    plain = CascadeClassifier([("first", linear(), None)], parents=REST, cv=3).fit(X, Y)
    assert (heavy.predict(FRESH) >= 2).sum() > (plain.predict(FRESH) >= 2).sum() + 50


def test_without_a_tree_it_is_its_first_step() -> None:
    model = CascadeClassifier([("first", linear(), None)], cv=3).fit(X, Y)
    assert len(model.scorer_.parts) == 1
    with pytest.raises(ValueError, match="a step called 'first'"):
        CascadeClassifier([("then", linear(), None)]).fit(X, Y)


def test_several_labels_are_refused() -> None:
    with pytest.raises(ValueError, match="one label"):
        CascadeClassifier([("first", tagger(), None)]).fit(*tags(60))


@settings(max_examples=50)
@given(st.integers(0, 1000), st.integers(2, 4), st.integers(1, 3))
def test_whatever_the_steps_believe_it_sums_to_one(seed: int, wide: int, fine: int) -> None:
    random = np.random.default_rng(seed)
    groups = [tuple(range(place * fine, (place + 1) * fine)) for place in range(wide)]
    logs = np.zeros((3, wide * fine))
    along(logs, random.dirichlet(np.ones(wide), 3), tuple(groups))
    for group in groups:
        if fine > 1:
            along(logs, random.dirichlet(np.ones(fine), 3), tuple((place,) for place in group))
    assert np.exp(logs).sum(axis=1) == pytest.approx(np.ones(3), abs=1e-5)
