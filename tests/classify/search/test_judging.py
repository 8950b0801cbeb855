"""Judging: by works that may be learnt from, and by no others."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from cartellino.classify.dataset import Dataset
from cartellino.classify.search import judging
from cartellino.classify.search.judging import OBJECTIVES, Judge, learnable, measured, objective_for
from cartellino.classify.train import estimator_of
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


def test_the_fold_that_judges_neither_teaches_nor_chooses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Labels of the judged fold may be anything: what is learnt, and the strength chosen, stay the same."""
    made: list[Any] = []

    def watched(*told: Any) -> Any:
        made.append(estimator_of(*told))
        return made[-1]

    monkeypatch.setattr(judging, "estimator_of", watched)
    data, told = dataset(), recipe(strengths=[3000, 300, 30, 3])
    fold = Judge(lambda _: data, "log_loss", 3, 0).dealt(learnable(data).label_set)
    truth = data.label_set.truth.copy()
    learnt = np.flatnonzero(np.isin(data.label_set.parts, ["train", "validation"]))
    truth[learnt[fold == 1]] = np.random.default_rng(1).permutation(truth[learnt[fold == 1]])
    spoilt = replace(data, label_set=replace(data.label_set, truth=truth))
    values = []
    for each in (data, spoilt):
        judge = Judge(lambda _, each=each: each, "log_loss", 3, 0)
        monkeypatch.setattr(Judge, "dealt", lambda *_: fold)
        values.append(judge.judged(told, 1))
    first, second = made
    assert np.array_equal(first.coefficients_, second.coefficients_)
    assert first.strength_ == second.strength_
    assert values[0] < values[1] - 0.1


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
