"""Networks as recipes: those of the studies carry their papers' numbers, and any of them can be trained."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from cartellino.classify.families import family
from cartellino.classify.family import Lesson
from cartellino.classify.networks.architectures import KNOWN
from cartellino.classify.recipe import Recipe, load
from cartellino.errors import InputError
from cartellino.files import shipped

from .patterns import Patterns

RECIPES = [name for name in shipped("recipes") if load(name).family == "network"]


@pytest.mark.parametrize("name", RECIPES)
def test_recipes_of_networks_name_networks_that_are_known(name: str) -> None:
    recipe = load(name)
    assert recipe.name == name
    assert recipe.settings["network"] in KNOWN
    assert recipe.looks_at_pictures
    assert Recipe.from_dict(recipe.to_dict(), "here") == recipe


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("p1-resnet50", {"epochs": 25, "batch": 32, "optimiser": "adam", "learning_rate": 1e-5, "size": 224}),
        ("p1-inception-resnet-v2", {"size": 299, "augment": "p1", "trained": "all"}),
        ("p1-multi", {"loss": "softmax", "threshold": 0.2}),
        ("p2-resnet50-frozen", {"optimiser": "sgd", "schedule": "step", "trained": "head"}),
        ("p2-resnet50-finetuned-plateau", {"schedule": "plateau", "trained": "all", "weights": "hub"}),
        ("p2-resnet50-scratch", {"weights": "none"}),
        ("p3-cnn", {"size": 200, "augment": "p3"}),
        ("p3-resnet50-finetuned", {"trained": 0.2, "optimiser": "sgd", "size": 200}),
        ("p4-baseline", {"colour": "grey", "resize": 250, "size": 225, "batch": 4, "epochs": 2}),
        ("p4-tuned", {"epochs": 20}),
        ("p5-alexnet", {"size": 224, "batch": 32, "epochs": 20, "learning_rate": 1e-4}),
        ("p5-alexnet-augmented", {"augment": "p5", "augment_only": "rare"}),
        ("p5-multi", {"loss": "bce", "stop_on": "f2"}),
    ],
)
def test_the_studies_numbers_are_in_their_recipes(name: str, numbers: dict[str, Any]) -> None:
    settings = load(name).to_dict()
    assert {key: settings[key] for key in numbers} == numbers


def test_p1_trains_the_head_first_and_then_all_layers_at_rising_rates() -> None:
    first, second = load("p1-multi").settings["stages"]
    assert first == {"epochs": 2, "trained": "head", "learning_rate": 0.055}
    assert second == {"epochs": 2, "trained": "all", "learning_rate": [1e-3, 1e-2], "head_rate": 0.055}
    assert load("p3-cnn-weighted").class_weight == load("p5-alexnet-weighted").class_weight == "balanced"
    assert len(load("p2-vgg16-finetuned").settings["head"]) == 2  # and the last one makes three


@pytest.mark.train
def test_a_recipe_trains_and_its_scorer_comes_back(patterns: Patterns) -> None:
    pytest.importorskip("accelerate", reason="networks need the [train] extra")
    small = {"network": "tiny", "size": 32, "epochs": 2, "batch": 8, "augment_only": ["level"]}
    recipe = load("p5-alexnet-augmented").changed(small)
    place = np.searchsorted(["flat", "level", "upright"], patterns.y)
    lesson = Lesson("single", ("flat", "level", "upright"), seed=3)
    networks = family("network")
    fitted = networks.estimator(recipe, lesson).fit(patterns.X, place)
    scorer = networks.restored(fitted.scorer_.tensors(), fitted.scorer_.about())
    np.testing.assert_allclose(scorer.scores(patterns.X), fitted.scorer_.scores(patterns.X), atol=1e-6)
    wrong = Lesson("single", ("flat", "upright"))
    with pytest.raises(InputError, match="no class is called 'level'"):
        networks.estimator(recipe, wrong)


@pytest.mark.train
def test_a_recipe_for_several_labels_makes_a_tagger(patterns: Patterns, several: NDArray[np.int64]) -> None:
    pytest.importorskip("accelerate", reason="networks need the [train] extra")
    recipe = load("p1-multi").changed({"network": "tiny", "size": 32, "weights": "none", "batch": 8})
    lesson = Lesson("multi", ("flat", "level", "upright", "even"))
    fitted = family("network").estimator(recipe, lesson).fit(patterns.X, several)
    assert fitted.choice_["epochs"] == 4
    assert fitted.scorer_.columns == 4
