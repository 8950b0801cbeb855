"""Label sets and what a made-up model says of them, for tests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from cartellino.classify.dataset import Dataset
from cartellino.classify.heads.linear.scorer import LinearScorer
from cartellino.classify.recipe import Recipe
from cartellino.classify.trained import TrainedModel
from cartellino.curate.definition import LabelDefinition
from cartellino.curate.labelset import LabelSet
from cartellino.evaluate.evaluation import Evaluation, assembled
from cartellino.evaluate.said import Said, chosen_by
from cartellino.progress import Silent
from cartellino.records import Provenance

CLASSES = ("Drawings and Prints", "European Paintings", "Arms and Armor", "Asian Art")
_STRENGTH = 2.0


_MADE = Provenance(
    version="0.1.0",
    created_at="2026-11-22T02:31:00+00:00",
    seed=7,
    label_set="department@1",
    label_set_hash="ab" * 32,
    libraries={"numpy": "2.0"},
)


def recipe() -> Recipe:
    """A recipe that learns quickly."""
    return Recipe(name="linear", settings={"strengths": (30.0, 3.0)})


def model(kind: str, classes: Sequence[str], name: str = "dep-linear") -> TrainedModel:
    """A model of nothing, for what a report says of its model."""
    k = len(classes)
    return TrainedModel(
        name=name,
        kind=kind,
        classes=tuple(classes),
        scorer=LinearScorer(np.zeros((3, k), np.float32)),
        temperature=1.1,
        thresholds=np.full(k, 0.5) if kind == "multi" else None,
        recipe=recipe(),
        provenance=_MADE,
        backbone_id="lite2:all",
        backbone_hash="cd" * 32,
        grid=np.zeros(0, np.float32),
        grid_correct=np.zeros(0, bool),
    )


def dataset(kind: str = "single", works: int = 80, kin: int = 1, seed: int = 0) -> Dataset:
    """Features from which the labels can mostly be told, one or two pictures a work."""
    held = label_set(kind, works, seed=seed, kin=kin)
    random = np.random.default_rng(seed + 2)
    owner = np.sort(np.r_[np.arange(works), np.arange(0, works, 3)])
    true = held.truth if kind == "multi" else held.truth[:, None] == np.arange(len(CLASSES))
    X = random.normal(0, 1, (len(owner), 12))
    X[:, : len(CLASSES)] += 2.5 * true[owner]
    return Dataset(X.astype(np.float32), owner.astype(np.int64), held, "lite2:all", "cd" * 32)


def trained(held: Dataset) -> TrainedModel:
    """A model that has learnt a dataset."""
    from cartellino.classify.train import train

    return train(held, recipe(), seed=0, progress=Silent())


def label_set(
    kind: str = "single", works: int = 80, classes: Sequence[str] = CLASSES, seed: int = 0, kin: int = 1
) -> LabelSet:
    """A label set of some works; `kin` works in a row are kin."""
    random = np.random.default_rng(seed)
    k = len(classes)
    groups = np.arange(works) // kin
    single = np.sort(groups % k).astype(np.int64)
    truth: Any = single
    if kind == "multi":
        truth = (random.random((works, k)) < 0.4).astype(np.uint8)
        truth[np.arange(works), single] = 1
    parts = np.array(["train", "train", "validation", "calibration", "test"])[groups % 5]
    return LabelSet(
        id=1,
        name="department",
        version=1,
        kind=kind,
        classes=tuple(classes),
        sensitive=frozenset(),
        definition=LabelDefinition(name="department", field="department", kind=kind),
        hash="ab" * 32,
        works=np.arange(1, works + 1),
        truth=truth,
        parts=parts,
        kin=groups.astype(np.int64),
    )


def said(kind: str = "single", works: int = 80, classes: Sequence[str] = CLASSES, seed: int = 0) -> Said:
    """What a model that is sometimes wrong says of all works of `label_set`."""
    held = label_set(kind, works, classes, seed)
    random = np.random.default_rng(seed + 1)
    true = held.truth if kind == "multi" else held.truth[:, None] == np.arange(len(classes))
    scores = random.normal(0, 1, true.shape) + _STRENGTH * (true - (0.5 if kind == "multi" else 0.0))
    if kind == "multi":
        probabilities = 1 / (1 + np.exp(-scores))
    else:
        probabilities = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    return Said(
        kind, tuple(classes), probabilities, held.truth, held.kin, chosen_by(kind, probabilities, None)
    )


def evaluation(
    kind: str = "single", part: str = "test", classes: Sequence[str] = CLASSES, name: str = "dep-linear"
) -> Evaluation:
    """A whole evaluation of what `said` says."""
    thresholds = np.full(len(classes), 0.5) if kind == "multi" else None
    return assembled(
        label_set(kind, classes=classes),
        said(kind, classes=classes),
        model(kind, classes, name),
        part=part,
        pictures=80,
        pictureless=0,
        seed=0,
        thresholds=thresholds,
    )
