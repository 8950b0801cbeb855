"""What a run's augmentation makes of the pictures that it learns from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cartellino.show import figures, words
from cartellino.show.drawing import Drawing
from cartellino.studies.drawn.chosen import Rows, class_of, having, one_of_each

if TYPE_CHECKING:
    from cartellino.classify.dataset import Dataset
    from cartellino.classify.recipe import Recipe
    from cartellino.museum import Museum
    from cartellino.studies.run import Done, Tabled

_STRIPS, _COPIES, _SIDE = 4, 5, 256


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
    rows = _augmented(dataset, recipe)
    channels = 1 if recipe.settings["colour"] == "grey" else 3
    shown = squares(dataset.X[rows].tolist(), _SIDE, channels)
    figure = figures.strips(
        sheet(shown, named(recipe.settings["augment"]), _COPIES),
        [class_of(dataset, row) for row in rows],
        "as it is",
        f"as {words.count(_COPIES, 'epoch', 'epochs')} might show it",
    )
    rare = " Only pictures of rare classes are changed so." if asked[1] == "rare" else ""
    see = f"The class should be as plain on the right as on the left.{rare}"
    return Drawing("augmentation", figure, see, "Pictures learnt from, made square as the network sees them.")


def _augments(done: Done) -> tuple[str, Any, str] | None:
    """By what a run's pictures are changed, for which classes, in which colours; None if they are not."""
    recipe = done.models[0].trained.recipe
    if recipe.family != "network" or recipe.settings["augment"] == "none":
        return None
    settings = recipe.settings
    return repr(settings["augment"]), settings["augment_only"], settings["colour"]


def _augmented(dataset: Dataset, recipe: Recipe) -> Rows:
    """A picture learnt from of some classes: those that augmentation is for, the commonest first."""
    from cartellino.classify.networks.rare import chosen

    learnt = dataset.rows("train")
    classes = np.array(dataset.label_set.classes, object)
    rows = learnt[chosen(recipe.settings["augment_only"], having(dataset)[learnt], classes)]
    return one_of_each(dataset, rows, _STRIPS)
