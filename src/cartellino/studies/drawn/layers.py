"""What the networks of a study are made of, each drawn once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cartellino.classify.families import family
from cartellino.show import figures
from cartellino.show.charts.architecture import Stage
from cartellino.show.drawing import Drawing
from cartellino.show.words import number

if TYPE_CHECKING:
    from cartellino.museum import Museum
    from cartellino.studies.run import Done, Tabled

# What makes a network another one; how it is trained does not.
_OWN = ("network", "size", "colour", "head", "batch_norm")


def architecture(museum: Museum, tabled: Tabled, done: Done) -> Drawing | None:
    """The layers of a run's network; None for other classifiers, and where an earlier run has the same."""
    own = _own(done)
    earlier = tabled.rows[: tabled.rows.index(done)]
    if own is None or own in [_own(each) for each in earlier if each.models]:
        return None
    model = done.models[0]
    recipe = model.trained.recipe
    outline = family(recipe.family).outline(recipe, 0, len(model.label_set.classes))
    first, *layers = outline.grouped().layers
    figure = figures.architecture(
        [Stage(*first[:4], learnt=False), *(Stage(*each[:4]) for each in layers)],
    )
    told = [f"{number(outline.parameters or 0)} parameters"]
    if outline.multiply_adds is not None:
        told.append(f"{number(outline.multiply_adds)} multiply-adds a picture")
    see = "Where a bar is long, most of what it knows is kept; parts of a part are told as one."
    return Drawing("architecture", figure, see, f"{recipe.settings['network']}: {', '.join(told)}.")


def _own(done: Done) -> tuple[Any, ...] | None:
    recipe = done.models[0].trained.recipe
    return tuple(recipe.settings[key] for key in _OWN) if recipe.family == "network" else None
