"""Works with two views, each of which knows half of the classes; and recipes made of recipes, for tests."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from cartellino.classify.dataset import Dataset
from cartellino.classify.heads.linear.linear import LinearClassifier, LinearTagger
from cartellino.classify.recipe import Recipe
from classify import world

HALF = 6
VIEWS = (("lite2:all", HALF), ("lite2:all@mirror", HALF))
LINEAR: dict[str, Any] = {"recipe": "linear", "strengths": [30, 3]}
QUICK: dict[str, Any] = {"strengths": (30.0, 3.0), "cv": 3}
FIRST, SECOND = slice(0, HALF), slice(HALF, 2 * HALF)


def complementary(n: int = 400, seed: int = 0) -> tuple[Any, Any]:
    """Features whose first half tells 0 and 1 from 2 and 3, and whose second half tells even from odd."""
    random = np.random.default_rng(seed)
    y = random.permutation(np.arange(n) % 4)
    X = random.normal(0, 1, (n, 2 * HALF)).astype(np.float32)
    X[:, 0] += 3 * (y // 2)
    X[:, HALF] += 3 * (y % 2)
    return X, y


def tags(n: int = 400, seed: int = 0) -> tuple[Any, Any]:
    """The same features for two labels, which a row may both have."""
    X, y = complementary(n, seed)
    return X, np.stack([y // 2, y % 2], axis=1)


def linear(**changes: Any) -> LinearClassifier:
    """A quick linear classifier."""
    return LinearClassifier(**{**QUICK, **changes})


def tagger(**changes: Any) -> LinearTagger:
    """A quick linear tagger."""
    return LinearTagger(**{**QUICK, **changes})


def dataset(kind: str = "single", **changes: Any) -> Dataset:
    """A dataset whose rows hold two views of one layout."""
    data = world.dataset(kind, **changes)
    truth = data.label_set.truth
    labels = truth if truth.ndim == 2 else np.eye(len(world.CLASSES))[truth]
    random = np.random.default_rng(0)
    looks = np.tile((labels @ random.normal(0, 1, (labels.shape[1], HALF)))[data.owner], 2)
    X = (looks + random.normal(0, 1, looks.shape)).astype(np.float32)
    return replace(data, X=X, blocks=(2, 4, 2, 4), views=VIEWS)


def composed(family: str, **told: Any) -> Recipe:
    """A recipe of a family of compositions."""
    return Recipe.from_dict({"name": family, "family": family, "folds": 3, **told}, "a test")


def recipes() -> dict[str, Recipe]:
    """One recipe of each family, by its name."""
    mirror = {**LINEAR, "sees": ["lite2:all@mirror"]}
    both = [{**LINEAR, "sees": ["lite2:all"]}, mirror]
    return {
        "average": composed("average", members=both),
        "average-chosen": composed(
            "average", members=[*both, LINEAR | {"sees": ["lite2:all@mirror", "lite2:all"]}], weights="chosen"
        ),
        "bagging": composed("bagging", member=LINEAR, bags=4),
        "folds": composed("folds", member=LINEAR),
        "stacking": composed("stacking", members=both),
        "stacking-features": composed("stacking", members=both, with_features=True),
        "views": composed("views", member=LINEAR, sees=["lite2:all", "lite2:all@mirror"]),
        "views-all": composed(
            "views", member=LINEAR, sees=["lite2:all", "lite2:all@mirror"], learn_from="all"
        ),
        "cascade": composed("cascade", tree={"West": ["Arms and Armor", "European Paintings"]}, first=LINEAR),
        "nested": composed(
            "average",
            members=[
                {"family": "bagging", "member": LINEAR, "bags": 2},
                {"family": "cascade", "first": LINEAR, "alone": ["Asian Art"]},
            ],
        ),
    }
