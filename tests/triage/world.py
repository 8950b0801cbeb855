"""A small world whose truth is known: a model that is right as often as it says, and works drawn from it."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cartellino.catalogue import Catalogue
from cartellino.classify.heads.linear.scorer import LinearScorer
from cartellino.classify.recipe import Recipe
from cartellino.classify.trained import TrainedModel
from cartellino.curate.definition import LabelDefinition
from cartellino.curate.freeze import freeze
from cartellino.curate.labelset import LabelSet
from cartellino.features.store import FeatureStore
from cartellino.progress import Silent
from cartellino.records import Decision, DecisionKind, Provenance
from curate.museum import hang, opened

CLASSES = ("Chinese", "Dutch", "Men")
TAGS = ("Boats", "Dogs", "Men", "Trees")
HASH = "0" * 64


@dataclass
class World:
    """A collection with a label set, a model, features, and what is really true of each work."""

    catalogue: Catalogue
    store: FeatureStore
    label_set: LabelSet
    model: TrainedModel
    model_key: int
    keys: dict[str, int]
    truth: dict[int, tuple[str, ...]]
    folder: Path

    def closed(self) -> World:
        self.store.close()
        self.catalogue.close()
        return self

    def copied(self, folder: Path) -> World:
        shutil.copytree(self.folder, folder)
        store = FeatureStore(folder / "features", "scores:all", HASH, self.store.width)
        return replace(self, catalogue=opened(folder), store=store, folder=folder)

    def sign(self, work: int, *labels: str) -> int:
        return self.catalogue.journal.decide(
            Decision(work, self.label_set.id, DecisionKind.SIGNED, labels, "seen", by="Ada")
        )

    def sign_truly(self, works: list[int]) -> None:
        for work in works:
            self.sign(work, *self.truth[work])

    def standing(self, kind: DecisionKind) -> dict[int, Decision]:
        return {each.work: each for each in self.catalogue.journal.standings(self.label_set.id, kind)}

    def count(self, table: str) -> int:
        found: int = self.catalogue.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        return found

    def queue(self) -> list[tuple[int, bool]]:
        entries = self.catalogue.journal.queue(self.label_set.id, limit=10_000)
        return [(entry.work, entry.blind) for entry in entries]


def single_scores(random: np.random.Generator, works: int, sharpness: float) -> NDArray[np.float32]:
    return (random.standard_normal((works, len(CLASSES))) * sharpness).astype(np.float32)


def softmax(scores: NDArray[np.float32]) -> NDArray[np.float64]:
    raised = np.exp(scores.astype(np.float64) - scores.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def drawn(random: np.random.Generator, chances: NDArray[np.float64]) -> NDArray[np.int64]:
    """One class a row, with these chances."""
    return (chances.cumsum(axis=1) > random.random((len(chances), 1))).argmax(axis=1)


def single_world(
    folder: Path,
    labelled: int = 1_500,
    waiting: int = 400,
    sharpness: float = 6.0,
    seed: int = 0,
    **rules: object,
) -> World:
    random = np.random.default_rng(seed)
    scores = single_scores(random, labelled + waiting, sharpness)
    truth = [(CLASSES[place],) for place in drawn(random, softmax(scores))]
    planned = single_scores(random, 1_000, sharpness)
    right = drawn(random, softmax(planned)) == planned.argmax(axis=1)
    grid = softmax(planned).max(axis=1)
    return _world(folder, "single", CLASSES, scores, truth, labelled, (grid, right), rules)


def multi_world(folder: Path, labelled: int = 1_500, waiting: int = 400, seed: int = 0) -> World:
    random = np.random.default_rng(seed)

    def tags(works: int) -> tuple[NDArray[np.float32], NDArray[np.float64], NDArray[np.bool_]]:
        scores = (random.standard_normal((works, len(TAGS))) * 5 - 1).astype(np.float32)
        chances = 1 / (1 + np.exp(-scores.astype(np.float64)))
        return scores, chances, random.random(chances.shape) < chances

    scores, _, true = tags(labelled + waiting)
    truth = [tuple(tag for tag, has in zip(TAGS, row, strict=True) if has) for row in true]
    _, chances, came_true = tags(1_000)
    return _world(folder, "multi", TAGS, scores, truth, labelled, (chances, came_true), {})


def _world(
    folder: Path,
    kind: str,
    classes: tuple[str, ...],
    scores: NDArray[np.float32],
    truth: list[tuple[str, ...]],
    labelled: int,
    grid: tuple[NDArray[np.float64], NDArray[np.bool_]],
    rules: dict[str, object],
) -> World:
    catalogue = opened(folder)
    rows = [
        {"id": f"w{n}", "label": (true if kind == "multi" else true[0]) if n < labelled else ""}
        for n, true in enumerate(truth)
    ]
    keys = hang(catalogue, rows)
    definition = LabelDefinition("label", "label", kind=kind, **rules)  # type: ignore[arg-type]
    label_set = freeze(catalogue, definition, Silent())
    store = FeatureStore(folder / "features", "scores:all", HASH, len(classes))
    store.append([hashlib.sha256(f"w{n}".encode()).hexdigest() for n in range(len(rows))], scores)
    model = trained(label_set, classes, *grid)
    key = catalogue.models.save(model.name, label_set.id, "linear", "scores:all", {})
    true_of = {keys[f"w{n}"]: labels for n, labels in enumerate(truth)}
    return World(catalogue, store, label_set, model, key, keys, true_of, folder)


def trained(
    label_set: LabelSet, scored: tuple[str, ...], grid: NDArray[np.float64], correct: NDArray[np.bool_]
) -> TrainedModel:
    """A model whose scores are the features themselves: one for each of the `scored` classes."""
    k = len(label_set.classes)
    chosen = np.array([[label == each for label in label_set.classes] for each in scored])
    return TrainedModel(
        name=f"{label_set.name}-linear-test",
        kind=label_set.kind,
        classes=label_set.classes,
        scorer=LinearScorer(np.vstack([chosen, np.zeros((1, k))]).astype(np.float32)),
        temperature=1.0,
        thresholds=np.full(k, 0.5) if label_set.kind == "multi" else None,
        recipe=Recipe("linear"),
        provenance=Provenance(
            "0", "now", 0, label_set=label_set.title, label_set_hash=label_set.hash, backbone_hash=HASH
        ),
        backbone_id="scores:all",
        backbone_hash=HASH,
        grid=grid.astype(np.float32),
        grid_correct=correct,
    )
