"""Every head by its recipe: it learns, and what was saved says the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cartellino.classify import recipe, saved
from cartellino.classify.families import family
from cartellino.classify.predict import predict_pictures
from cartellino.classify.train import train
from cartellino.records import Part
from classify.world import dataset

QUICK: dict[str, dict[str, Any]] = {
    "kernel": {"strengths": [0.3, 0.03]},
    "knn": {"neighbours": [5, 10]},
    "mlp": {"widths": [16], "epochs": [20, 40], "rate": 0.01, "members": 2, "components": 8},
    "svm": {"C": [1, 8], "components": 8},
}


@pytest.mark.parametrize("kind", ["single", "multi"])
@pytest.mark.parametrize("name", QUICK)
def test_a_recipe_trains_and_what_was_saved_says_the_same(name: str, kind: str, tmp_path: Path) -> None:
    told = dataset(kind)
    model = train(told, recipe.load(name).changed({**QUICK[name], "folds": 3}), seed=1)
    again = saved.load(tmp_path / saved.save(model, tmp_path / "model")["name"])
    chances = predict_pictures(model, told.X)
    assert predict_pictures(again, told.X) == pytest.approx(chances, abs=1e-6)
    rows = told.rows(Part.TEST)
    truth = told.label_set.truth[told.owner[rows]]
    if kind == "single":
        assert np.mean(chances[rows].argmax(axis=1) == truth) > 0.6
    else:
        assert chances[rows][truth == 1].mean() > chances[rows][truth == 0].mean() + 0.1


@pytest.mark.parametrize("name", QUICK)
def test_the_shipped_recipe_says_what_the_defaults_are(name: str) -> None:
    found = recipe.load(name)
    assert found == recipe.Recipe(name, family=name, summary=found.summary)
    assert found.summary


@pytest.mark.parametrize("name", QUICK)
def test_a_broken_scorer_is_refused(name: str) -> None:
    model = train(dataset(), recipe.load(name).changed({**QUICK[name], "folds": 3}))
    tensors, about = model.scorer.tensors(), model.scorer.about()
    for key, tensor in tensors.items():
        if tensor.dtype.kind == "f":
            with pytest.raises(ValueError, match="trained model"):
                family(name).restored({**tensors, key: np.full_like(tensor, np.nan)}, about)
        with pytest.raises((KeyError, ValueError, TypeError, IndexError)):
            family(name).restored({other: tensors[other] for other in tensors if other != key}, about)


@pytest.mark.parametrize("name", ["best", "fine"])
def test_recipes_of_several_views_differ_from_the_kernel_recipe_by_these(name: str) -> None:
    found, plain = recipe.load(name), recipe.load("kernel")
    assert found == replace(plain, name=name, summary=found.summary, sees=found.sees)
    assert len(set(found.sees)) > 2
    assert any("texture" in view for view in found.sees)
