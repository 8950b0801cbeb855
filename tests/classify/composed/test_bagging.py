from __future__ import annotations

import numpy as np
import pytest

from cartellino.classify.composed.bagging import BaggedClassifier, left_out, units
from cartellino.classify.composed.task import Task
from classify.composed.world import complementary, linear

X, Y = complementary(160)
FRESH, TRUE = complementary(seed=1)


def test_bags_are_averaged_and_what_they_left_out_calibrates() -> None:
    model = BaggedClassifier(linear(), bags=8).fit(X, Y)
    assert len(model.scorer_.parts) == 8
    assert model.choice_["bags that left a row out"] == pytest.approx(8 / np.e, abs=0.5)
    assert len(model.out_of_sample_.rows) > 150, "all but the few that every bag drew"
    sure = model.predict_proba(FRESH).max(axis=1)
    right = model.predict(FRESH) == TRUE
    assert right.mean() > 0.75
    assert sure.mean() == pytest.approx(right.mean(), abs=0.1)


def test_a_bag_is_drawn_from_whole_groups() -> None:
    groups = np.repeat(np.arange(40), 4)
    model = BaggedClassifier(linear(), bags=3).fit(X, Y, groups=groups)
    rows = model.out_of_sample_.rows
    assert len(rows) < 160
    assert np.array_equal(np.unique(groups[rows], return_counts=True)[1], np.full(len(rows) // 4, 4))


def test_rows_alike_to_the_bit_are_drawn_as_one() -> None:
    task = Task(X[[0, 1, 0, 2]], Y[[0, 1, 0, 2]], np.ones(4), (0, 1, 2, 3))
    found = units(task)
    assert found[0] == found[2]
    assert len(np.unique(found)) == 3


def test_rows_that_no_bag_left_out_are_not_spoken_of() -> None:
    task = Task(X, Y, np.ones(len(X)), (0, 1, 2, 3))
    said, many = left_out(task, [], [])
    assert np.isnan(said).all()
    assert not many.any()


def test_a_rare_class_that_a_bag_missed_is_still_a_class() -> None:
    labels = np.where(np.arange(len(Y)) == 0, 9, Y)
    model = BaggedClassifier(linear(), bags=12).fit(X, labels)
    assert {len(part.known) for part in model.scorer_.parts} == {4, 5}
    chances = model.predict_proba(FRESH)
    assert chances.shape[1] == 5
    assert chances.sum(axis=1) == pytest.approx(np.ones(len(FRESH)), abs=1e-6)


def test_too_few_bags_are_refused() -> None:
    with pytest.raises(ValueError, match="2 or more"):
        BaggedClassifier(linear(), bags=1).fit(X, Y)
