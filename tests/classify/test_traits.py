"""What models go by."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from cartellino.classify.dataset import Dataset, assemble
from cartellino.classify.train import train
from cartellino.classify.traits import has_traits, traits
from cartellino.curate.definition import LabelDefinition
from cartellino.curate.freeze import freeze
from cartellino.progress import Silent
from classify.museum import Museum
from classify.world import recipe


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    museum = Museum(tmp_path_factory.mktemp("museum"), works=120)
    label_set = freeze(museum.catalogue, LabelDefinition("school", "school"), Silent())
    return assemble(museum.catalogue, museum.store, label_set)


def test_features_are_standardised_by_what_was_learnt_from(dataset: Dataset) -> None:
    model = train(dataset, recipe())
    assert has_traits(model)
    found = traits(model, dataset)
    learnt = found[dataset.rows("train", "validation")]
    assert found.shape == dataset.X.shape
    np.testing.assert_allclose(learnt.mean(axis=0), 0, atol=1e-4)
    alive = learnt.std(axis=0) > 0
    np.testing.assert_allclose(learnt.std(axis=0)[alive], 1, atol=1e-3)


def test_narrow_stages_have_the_say_that_the_recipe_gives_them(dataset: Dataset) -> None:
    width = dataset.X.shape[1]
    model = train(dataset, recipe())
    even = replace(model, recipe=model.recipe.changed({"balance": 0.5}))
    found = traits(even, replace(dataset, blocks=(2, width - 2)))
    wide, narrow = found[:, 2:].std(axis=0), found[:, :2].std(axis=0)
    assert narrow.mean() / wide[wide > 0].mean() == pytest.approx(np.sqrt((width - 2) / 2), rel=0.2)
