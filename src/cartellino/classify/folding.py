"""Each work asked of a model that saw neither it nor its kin: what all that deal in folds share."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cartellino.classify import train as training
from cartellino.classify.dataset import works_mean
from cartellino.classify.deal import deal
from cartellino.classify.predict import predict_pictures
from cartellino.errors import LabelError
from cartellino.progress import Progress, Silent
from cartellino.records import Part

if TYPE_CHECKING:
    from cartellino.classify.dataset import Dataset
    from cartellino.classify.recipe import Recipe
    from cartellino.classify.trained import TrainedModel
    from cartellino.curate.labelset import LabelSet

Fold = NDArray[np.int64]

_VALIDATION = 7  # one in so many of the works to learn from chooses the strength, as in the default split


def held(label_set: LabelSet) -> NDArray[np.bool_]:
    """Which labels each work has; (n, k)."""
    return np.stack([label_set.has(place) for place in range(len(label_set.classes))], axis=1)


def folds_of(label_set: LabelSet, k: int, seed: int) -> Fold:
    """A fold for each work, kin together and each class spread evenly.

    Raises
    ------
    LabelError
        If all works of a class fall into one fold.
    """
    fold = deal(held(label_set), label_set.kin, k, seed)
    refuse_thin(label_set, fold)
    return fold


def refuse_thin(label_set: LabelSet, fold: Fold) -> None:
    """Refuse folds that leave nothing to learn a class from.

    Raises
    ------
    LabelError
        If all works of a class are in one fold.
    """
    spread = [len(np.unique(fold[has])) for has in held(label_set).T]
    thin = [label for label, folds in zip(label_set.classes, spread, strict=True) if folds < 2]
    if thin:
        raise LabelError(
            f"all works of {', '.join(thin[:3])} are kin or in one fold, so nothing is left to learn from",
            label_set.title,
            "Ask for more works a class (--min-works), or merge these values into others.",
        )


def learn_without(
    dataset: Dataset, recipe: Recipe, asked: NDArray[np.bool_], seed: int
) -> tuple[TrainedModel, Dataset]:
    """Train on all works but some, the strength chosen among the others.

    Parameters
    ----------
    dataset : Dataset
        Features and labels; its own parts are not used.
    recipe : Recipe
        What to train.
    asked : ndarray (n,) of bool
        The works that nothing may be learnt from.
    seed : int
        For the validation part and the training.

    Returns
    -------
    model : TrainedModel
        What was learnt.
    dataset : Dataset
        The same dataset, with these parts.
    """
    label_set = dataset.label_set
    parts = np.full(len(asked), str(Part.TRAIN), dtype="<U16")
    parts[choosing(label_set, asked, seed)] = str(Part.VALIDATION)
    parts[asked] = str(Part.TEST)
    here = replace(dataset, label_set=replace(label_set, parts=parts))
    return training.train(here, recipe, seed=seed, progress=Silent()), here


def choosing(label_set: LabelSet, asked: NDArray[np.bool_], seed: int) -> NDArray[np.int64]:
    """Of the works that may be learnt from, those that choose, kin together (indices)."""
    rest = np.flatnonzero(~asked)
    inner = deal(held(label_set)[rest], label_set.kin[rest], _VALIDATION, seed)
    chosen: NDArray[np.int64] = rest[inner == inner.max()]  # the first folds get what is rare: learn that
    return chosen


def out_of_fold(
    dataset: Dataset, recipe: Recipe, k: int = 5, seed: int = 0, progress: Progress | None = None
) -> NDArray[np.float64]:
    """Say what models think of works that they have not seen.

    Parameters
    ----------
    dataset : Dataset
        Features and labels; its own parts are not used.
    recipe : Recipe
        What to train, once for each fold.
    k : int
        How many folds.
    seed : int
        For the folds and the training.
    progress : Progress, optional
        Who is told; nobody if not given.

    Returns
    -------
    ndarray (n, classes) of float64
        Calibrated probabilities; NaN for a work without a picture.

    Raises
    ------
    LabelError
        If all works of a class fall into one fold, so that nothing is left to learn it from.
    """
    told = progress or Silent()
    fold = folds_of(dataset.label_set, k, seed)
    said = np.full((len(fold), len(dataset.label_set.classes)), np.nan)
    told.start("Asking models that have not seen them", k, "fold")
    for number in np.unique(fold):
        asked = fold == number
        model, _ = learn_without(dataset, recipe, asked, seed)
        shown = asked[dataset.owner]
        pictures = predict_pictures(model, dataset.X[shown])
        said[asked] = works_mean(pictures, dataset.owner[shown], len(fold))[asked]
        told.advance()
    told.finish()
    return said
