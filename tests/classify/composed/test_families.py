from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cartellino.classify import saved
from cartellino.classify.predict import predict_pictures
from cartellino.classify.recipe import Recipe
from cartellino.classify.train import train
from cartellino.errors import ModelError
from classify.composed.world import dataset, recipes

ALL = recipes()


@pytest.mark.parametrize("name", ALL)
def test_a_saved_composition_says_what_it_said(name: str, tmp_path: Path) -> None:
    data = dataset()
    model = train(data, ALL[name], seed=3)
    said = predict_pictures(model, data.X)
    assert said.sum(axis=1) == pytest.approx(np.ones(len(said)), abs=1e-5)
    assert (said.argmax(axis=1) == data.label_set.truth[data.owner]).mean() > 0.7
    saved.save(model, tmp_path / "model")
    again = saved.load(tmp_path / "model")
    assert predict_pictures(again, data.X) == pytest.approx(said, abs=1e-6)
    assert again.recipe.to_json() == model.recipe.to_json()


@pytest.mark.parametrize("name", [name for name, each in ALL.items() if "cascade" not in each.to_json()])
def test_several_labels_are_composed_too(name: str, tmp_path: Path) -> None:
    data = dataset("multi")
    model = train(data, ALL[name])
    assert model.thresholds is not None
    saved.save(model, tmp_path / "model")
    said = predict_pictures(model, data.X)
    assert predict_pictures(saved.load(tmp_path / "model"), data.X) == pytest.approx(said, abs=1e-6)


def test_the_same_seed_gives_the_same_model() -> None:
    data = dataset()
    first, second = (train(data, ALL["bagging"], seed=5) for _ in range(2))
    assert np.array_equal(predict_pictures(first, data.X), predict_pictures(second, data.X))
    other = train(data, ALL["bagging"], seed=6)
    assert not np.array_equal(predict_pictures(first, data.X), predict_pictures(other, data.X))


@pytest.mark.parametrize("name", ALL)
def test_a_recipe_survives_json(name: str) -> None:
    told = json.loads(ALL[name].to_json())
    assert Recipe.from_dict(told, "a file").to_json() == ALL[name].to_json()


@pytest.mark.parametrize("name", ["average", "stacking", "views", "cascade"])
def test_a_broken_composition_is_refused(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    saved.save(train(dataset(), ALL[name]), folder)
    about: dict[str, Any] = json.loads((folder / "model.json").read_text())
    for part in (
        "parts",
        {"average": "weights", "stacking": "head", "views": "views", "cascade": "steps"}[name],
    ):
        broken = {**about, "scorer": {**about["scorer"], part: about["scorer"][part][:0]}}
        (folder / "model.json").write_text(json.dumps(broken))
        with pytest.raises(ModelError, match="missing or broken"):
            saved.load(folder)


def test_members_without_views_see_all_of_a_row() -> None:
    data = replace(dataset(), views=())
    assert train(data, ALL["bagging"]).scorer.width == data.X.shape[1]
