"""Label sets and what a made-up model says of them, for tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cartellino.curate.definition import LabelDefinition
from cartellino.curate.labelset import LabelSet
from cartellino.evaluate.evaluation import Evaluation, assembled
from cartellino.evaluate.said import Said, chosen_by
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


@dataclass(frozen=True)
class Recipe:
    """What a report says of a recipe."""

    name: str = "linear"


@dataclass(frozen=True)
class Model:
    """What a report says of a model."""

    name: str
    recipe: Recipe = Recipe()
    backbone_id: str = "lite2:all"
    backbone_hash: str = "cd" * 32
    temperature: float = 1.1
    provenance: Provenance = _MADE


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
        Model(name),
        part=part,
        pictures=80,
        seed=0,
        thresholds=thresholds,
    )
