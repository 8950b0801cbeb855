"""Judging: by works that may be learnt from, and by no others."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from cartellino.classify.dataset import Dataset
from cartellino.classify.search.judging import OBJECTIVES, Judge, learnable, measured, objective_for
from cartellino.errors import InputError
from classify.world import dataset, recipe


def judged(data: Dataset, objective: str = "log_loss") -> list[float]:
    judge = Judge(lambda _: data, objective, 3, 0)
    return [judge.judged(recipe(), number) for number in range(3)]


@pytest.mark.parametrize("kind", ["single", "multi"])
def test_spoiling_what_may_not_be_learnt_from_changes_nothing(kind: str) -> None:
    data = dataset(kind)
    held = data.label_set
    aside = np.isin(held.parts, ["test", "calibration"])
    truth = held.truth.copy()
    truth[aside] = (truth[aside] + 1) % (3 if kind == "single" else 2)
    X = data.X.copy()
    X[aside[data.owner]] = 99.0
    spoilt = replace(data, X=X, label_set=replace(held, truth=truth))
    assert judged(spoilt) == judged(data)
    truth[~aside] = truth[~aside][::-1]
    assert judged(replace(data, label_set=replace(held, truth=truth))) != judged(data)


def test_learnable_works_are_those_of_train_and_validation_with_a_picture() -> None:
    data = dataset()
    found = learnable(data)
    assert set(found.label_set.parts) == {"train", "validation"}
    assert len(found.label_set.works) == 120
    assert len(found.X) == len(data.rows("train", "validation"))
    assert (np.unique(found.owner) == np.arange(120)).all()


def test_a_better_recipe_is_judged_better() -> None:
    data = dataset()
    good, poor = Judge(lambda _: data, "log_loss", 3, 0), recipe(strengths=[1e7])
    assert good.judged(recipe(), 0) < good.judged(poor, 0) - 0.2


def test_a_recipe_with_much_to_choose_from_is_not_flattered() -> None:
    """Features that say nothing: to choose by the works that judge would make it seem to know something."""
    data = dataset()
    noise = np.random.default_rng(5).normal(0, 1, data.X.shape).astype(np.float32)
    blank = replace(data, X=noise)
    judge = Judge(lambda _: blank, "log_loss", 5, 0)
    many = [judge.judged(recipe(strengths=[3000, 1000, 300, 100, 30]), number) for number in range(5)]
    chance = np.log(3)
    assert np.mean(many) > chance - 0.01


def test_kin_share_a_fold() -> None:
    data = dataset()
    kin = np.arange(180) // 6
    bound = replace(data, label_set=replace(data.label_set, kin=kin))
    fold = Judge(lambda _: bound, "log_loss", 3, 0).dealt(bound.label_set)
    assert all(len(np.unique(fold[kin == each])) == 1 for each in np.unique(kin))


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_every_objective_prefers_what_is_right(objective: str) -> None:
    truth = np.arange(60) % 3
    right = np.eye(3)[truth] * 4.0
    wrong = np.roll(right, 1, axis=1)
    values = [measured("single", each, np.arange(60), truth, objective) for each in (right, wrong)]
    assert (values[0] < values[1]) == (objective == "log_loss")


def test_several_labels_are_judged_by_f2() -> None:
    data = dataset("multi")
    values = judged(data, "f2")
    assert all(0.3 < value <= 1 for value in values)


def test_objectives_that_do_not_fit_are_refused_in_words() -> None:
    assert objective_for("multi") == objective_for("single") == "log_loss"
    with pytest.raises(InputError, match="accuracy asks for one label"):
        objective_for("multi", "accuracy")
    with pytest.raises(InputError, match="no objective is called"):
        objective_for("single", "beauty")
