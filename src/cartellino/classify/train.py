"""A recipe trained on a label set."""

from __future__ import annotations

import platform
import time
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.calibrating import calibrate
from cartellino.classify.dataset import Dataset
from cartellino.classify.families import family
from cartellino.classify.family import Estimator, Lesson, class_weights
from cartellino.classify.giving import Giving
from cartellino.classify.recipe import Recipe
from cartellino.classify.trained import TrainedModel
from cartellino.errors import LabelError, ModelError
from cartellino.progress import Progress, Silent
from cartellino.records import Part, Provenance
from cartellino.version import VERSION

_LIBRARIES = ("numpy", "scipy", "scikit-learn", "safetensors")


def train(
    dataset: Dataset,
    recipe: Recipe,
    seed: int = 0,
    progress: Progress | None = None,
    folder: Path | None = None,
) -> TrainedModel:
    """Train a recipe on the train and validation parts of a label set; the other parts are not looked at.

    Parameters
    ----------
    dataset : Dataset
        Features and labels.
    recipe : Recipe
        How to learn.
    seed : int
        Where all randomness comes from; the same seed gives the same model on one machine.
    progress : Progress, optional
        Who is told; nobody if not given.
    folder : Path, optional
        Where a training that is long keeps what it has done, and is gone on with after a kill.

    Raises
    ------
    LabelError
        If there is only one class, a part is empty, or a class has nothing to be learnt from.
    ModelError
        If a feature is not a number.
    """
    told = progress or Silent()
    recipe = _able(recipe, dataset)
    told.start(f"Learning {dataset.label_set.title}", None, "pass")
    rows = dataset.rows(Part.TRAIN, Part.VALIDATION)
    _refuse_unlearnable(dataset, recipe)
    begun = time.perf_counter()
    estimator = _fitted(dataset, recipe, rows, seed, told, folder)
    said = estimator.out_of_sample_
    works, owner = np.unique(dataset.owner[rows[said.rows]], return_inverse=True)
    label_set = dataset.label_set
    giving = Giving.of(recipe, label_set.classes)
    found = calibrate(label_set.kind, said.logits, owner, label_set.truth[works], giving)
    spent = time.perf_counter() - begun
    told.finish()
    return TrainedModel(
        name=f"{label_set.name}-{recipe.name}",
        kind=label_set.kind,
        classes=tuple(label_set.classes),
        scorer=estimator.scorer_,
        temperature=found.temperature,
        thresholds=found.thresholds,
        recipe=recipe,
        provenance=_provenance(dataset, seed, spent),
        backbone_id=dataset.backbone_id,
        backbone_hash=dataset.backbone_hash,
        grid=found.grid,
        grid_correct=found.grid_correct,
        works={str(part): len(np.unique(dataset.owner[dataset.rows(part)])) for part in Part},
        choice=estimator.choice_,
    )


def _able(recipe: Recipe, dataset: Dataset) -> Recipe:
    """The recipe, choosing by folds where the label set has no validation part to choose by."""
    validation = dataset.label_set.definition.ratios[Part.VALIDATION]
    return recipe if validation else replace(recipe, choose_on="folds")


def _fitted(
    dataset: Dataset,
    recipe: Recipe,
    rows: NDArray[np.int64],
    seed: int,
    progress: Progress,
    folder: Path | None,
) -> Estimator:
    """The recipe's estimator, fitted; each picture weighs its share of the work it shows."""
    label_set, owner = dataset.label_set, dataset.owner[rows]
    chooses = label_set.parts[owner] == str(Part.VALIDATION)
    return estimator_of(dataset, recipe, seed, folder).fit(
        dataset.X[rows],
        label_set.truth[owner],
        sample_weight=1 / np.bincount(owner, minlength=len(label_set.works))[owner],
        groups=label_set.kin[owner],
        validation=chooses if recipe.choose_on == "validation" else None,
        progress=progress,
    )


def estimator_of(dataset: Dataset, recipe: Recipe, seed: int, folder: Path | None = None) -> Estimator:
    """The recipe's estimator for a dataset, not yet fitted.

    Raises
    ------
    InputError
        If the recipe weighs a class that there is not, or asks for what this dataset cannot have.
    MissingExtraError
        If the extra that it needs is not installed.
    """
    classes = tuple(dataset.label_set.classes)
    lesson = Lesson(
        kind=dataset.label_set.kind,
        classes=classes,
        seed=seed,
        blocks=dataset.blocks,
        views=dataset.views,
        class_weight=class_weights(recipe.class_weight, classes),
        folder=folder,
        cache=dataset.cache,
    )
    return family(recipe.family).estimator(recipe, lesson)


def _refuse_unlearnable(dataset: Dataset, recipe: Recipe) -> None:
    label_set = dataset.label_set
    title = label_set.title
    if len(label_set.classes) < 2 and label_set.kind == "single":
        raise LabelError(
            "there is only one class, so there is nothing to tell apart",
            title,
            "Define it with fewer works a class (--min-works), or on another field.",
        )
    needed = [Part.TRAIN] + ([Part.VALIDATION] if recipe.choose_on == "validation" else [])
    for part in needed:
        if len(dataset.rows(part)) == 0:
            raise LabelError(
                f"the {part} part has no work with a picture",
                title,
                "Label more works, give the part a larger share, or train with --set choose_on=folds.",
            )
    _refuse_absent(dataset)
    if dataset.X.dtype != object and not np.isfinite(dataset.X).all():
        raise ModelError(
            "a feature is not a number", title, "Remove the collection's features and extract them anew."
        )


def _refuse_absent(dataset: Dataset) -> None:
    label_set = dataset.label_set
    works = np.unique(dataset.owner[dataset.rows(Part.TRAIN)])
    absent = [label for place, label in enumerate(label_set.classes) if not label_set.has(place)[works].any()]
    if absent:
        named = ", ".join(f"'{label}'" for label in absent[:3]) + (" and others" if len(absent) > 3 else "")
        raise LabelError(
            f"no train work with a picture has {named}",
            label_set.title,
            "Ask for more works a class (--min-works), or merge these values into others.",
        )


def _provenance(dataset: Dataset, seed: int, spent: float) -> Provenance:
    libraries = {name: version(name) for name in _LIBRARIES} | {"python": platform.python_version()}
    return Provenance(
        version=VERSION,
        created_at=datetime.now(UTC).isoformat(timespec="seconds"),
        seed=seed,
        label_set=dataset.label_set.title,
        label_set_hash=dataset.label_set.hash,
        backbone=dataset.backbone_id,
        backbone_hash=dataset.backbone_hash,
        libraries=libraries,
        training_seconds=round(spent, 3),
    )
