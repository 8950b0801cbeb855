"""Small works to learn from, for tests."""

from __future__ import annotations

from typing import Any

import numpy as np

from cartellino.classify.dataset import Dataset
from cartellino.classify.recipe import Recipe, load
from cartellino.curate.definition import LabelDefinition
from cartellino.curate.labelset import LabelSet

CLASSES = ("Asian Art", "Arms and Armor", "European Paintings")
PARTS = ("train", "train", "train", "validation", "calibration", "test")


def label_set(kind: str = "single", works: int = 180, seed: int = 0, **changes: Any) -> LabelSet:
    """Works whose keys are not their places, in all four parts."""
    random = np.random.default_rng(seed)
    single = np.arange(works) % len(CLASSES)
    truth: Any = single
    if kind == "multi":
        truth = (random.random((works, len(CLASSES))) < 0.35).astype(np.uint8)
    told: dict[str, Any] = {
        "id": 1,
        "name": "department",
        "version": 2,
        "kind": kind,
        "classes": CLASSES,
        "sensitive": frozenset(),
        "definition": LabelDefinition(name="department", field="Department", kind=kind),
        "hash": "ab" * 32,
        "works": np.arange(works, dtype=np.int64) * 7 + 100,
        "truth": truth,
        "parts": np.array(PARTS)[(np.arange(works) // 3) % len(PARTS)],
        "kin": np.arange(works, dtype=np.int64),
    }
    return LabelSet(**{**told, **changes})


def features(truth: Any, owner: Any, width: int = 12, noise: float = 1.2, seed: int = 0) -> Any:
    """Pictures of works that look a little like their labels; the last feature is dead."""
    random = np.random.default_rng(seed)
    several = truth if truth.ndim == 2 else np.eye(len(CLASSES))[truth]
    looks = (several @ random.normal(0, 1, (several.shape[1], width)))[owner]
    X = (looks + random.normal(0, noise, looks.shape)).astype(np.float32)
    X[:, -1] = 5.0
    return X


def dataset(kind: str = "single", works: int = 180, seed: int = 0, **changes: Any) -> Dataset:
    """A dataset in which every third work has a second picture."""
    held = label_set(kind, works, seed, **changes)
    owner = np.sort(np.concatenate([np.arange(works), np.arange(0, works, 3)])).astype(np.int64)
    return Dataset(features(held.truth, owner, seed=seed), owner, held, "lite2:all", "cd" * 32, (4, 8))


def recipe(**changes: Any) -> Recipe:
    """The shipped recipe, less thorough."""
    return load("linear").changed({"strengths": [100, 10], "folds": 3} | changes)
