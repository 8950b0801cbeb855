"""Figures that need the collection’s pictures: what augmentation does, and what words classes say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cartellino.show import figures, words
from cartellino.show.drawing import Drawing

if TYPE_CHECKING:
    from cartellino.classify.dataset import Dataset
    from cartellino.classify.recipe import Recipe
    from cartellino.museum import Museum
    from cartellino.studies.run import Done, Tabled

_STRIPS, _COPIES, _SIDE = 4, 5, 160
_CLASSES, _PICTURES = 12, 40


def augmentation(museum: Museum, tabled: Tabled, done: Done) -> Drawing | None:
    """Originals beside what a run's augmentation makes of them; of runs that augment alike the first."""
    asked = _augments(done)
    earlier = tabled.rows[: tabled.rows.index(done)]
    if asked is None or asked in [_augments(each) for each in earlier if each.models]:
        return None
    from cartellino.classify.networks.augmentation import sheet
    from cartellino.classify.networks.augmenting import named
    from cartellino.classify.networks.pictures import squares

    recipe = done.models[0].trained.recipe
    dataset = museum.dataset(done.models[0].label_set, recipe)
    rows = _of_each_class(dataset, recipe)
    channels = 1 if recipe.settings["colour"] == "grey" else 3
    shown = squares(dataset.X[rows].tolist(), _SIDE, channels)
    figure = figures.strips(
        sheet(shown, named(recipe.settings["augment"]), _COPIES),
        [_class_of(dataset, row) for row in rows],
        "as it is",
        f"as {words.count(_COPIES, 'epoch', 'epochs')} might show it",
    )
    rare = " Only pictures of rare classes are changed so." if asked[1] == "rare" else ""
    see = f"The class should be as plain on the right as on the left.{rare}"
    return Drawing("augmentation", figure, see, "Pictures learnt from, made square as the network sees them.")


def word_histograms(museum: Museum, tabled: Tabled, done: Done) -> Drawing | None:
    """How often the pictures of each class say each visual word, for a bag of words."""
    model = done.models[0]
    if model.trained.recipe.family != "words":
        return None
    from cartellino.classify.words.scorer import WordsScorer
    from cartellino.classify.words.showing import shares

    scorer = model.trained.scorer
    assert isinstance(scorer, WordsScorer)
    dataset = museum.dataset(model.label_set, model.trained.recipe)
    has = _has(dataset)
    common = np.argsort(-has.sum(axis=0), kind="stable")[:_CLASSES]
    chosen = [_spread(np.flatnonzero(has[:, place])) for place in common]
    kept = [(place, rows) for place, rows in zip(common.tolist(), chosen, strict=True) if len(rows)]
    said = shares(
        replace(scorer, folder=dataset.cache), dataset.X[np.concatenate([rows for _, rows in kept])].tolist()
    )
    ends = np.cumsum([len(rows) for _, rows in kept])[:-1]
    figure = figures.word_histograms(
        [dataset.label_set.classes[place] for place, _ in kept],
        np.array([each.mean(axis=0) for each in np.split(said, ends)]),
        [len(rows) for _, rows in kept],
    )
    see = "Rows that look alike are classes that the words cannot tell apart."
    which = f"the {len(kept)} commonest classes" if len(kept) < has.shape[1] else "each class"
    return Drawing("words", figure, see, f"Share of the keypoints that says each visual word, in {which}.")


def _augments(done: Done) -> tuple[str, Any, str] | None:
    """By what a run's pictures are changed, for which classes, in which colours; None if they are not."""
    recipe = done.models[0].trained.recipe
    if recipe.family != "network" or recipe.settings["augment"] == "none":
        return None
    settings = recipe.settings
    return repr(settings["augment"]), settings["augment_only"], settings["colour"]


def _of_each_class(dataset: Dataset, recipe: Recipe) -> NDArray[np.int64]:
    """A picture learnt from of some classes: those that augmentation is for, the commonest first."""
    from cartellino.classify.networks.rare import chosen

    learnt, has = dataset.rows("train"), _has(dataset)
    classes = np.array(dataset.label_set.classes, object)
    rows = learnt[chosen(recipe.settings["augment_only"], has[learnt], classes)]
    first = dict(_firsts(rows, has))
    return np.array(list(dict.fromkeys(first.values()))[:_STRIPS], np.int64)


def _firsts(rows: NDArray[np.int64], has: NDArray[np.float32]) -> Iterator[tuple[int, int]]:
    for place in np.argsort(-has[rows].sum(axis=0), kind="stable").tolist():
        having = rows[has[rows, place] > 0]
        if len(having):
            yield place, int(having[0])


def _has(dataset: Dataset) -> NDArray[np.float32]:
    """Which classes each picture has, (pictures, k) of 0 and 1."""
    held = dataset.label_set
    truth = held.truth if held.kind == "multi" else np.eye(len(held.classes))[held.truth]
    told: NDArray[np.float32] = truth[dataset.owner].astype(np.float32)
    return told


def _class_of(dataset: Dataset, row: int) -> str:
    return dataset.label_set.classes[int(_has(dataset)[row].argmax())]


def _spread(rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Some of the rows, evenly from first to last."""
    wanted = np.linspace(0, len(rows) - 1, min(_PICTURES, len(rows)))
    return rows[wanted.round().astype(np.int64)]
