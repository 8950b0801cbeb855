"""What recipes see of a collection's pictures, made ready: features of the views they name, or the files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cartellino.classify.recipe import Recipe
    from cartellino.classify.sight import Sight
    from cartellino.features.backbone import Backbone
    from cartellino.museum import Museum


@contextmanager
def sight(museum: Museum, recipe: Recipe | None = None) -> Iterator[Sight]:
    """What a recipe sees of the pictures; those without features get theirs first.

    Parameters
    ----------
    museum : Museum
        The collection.
    recipe : Recipe, optional
        The features of the collection's backbone, if not given.
    """
    from cartellino.classify.sight import Files
    from cartellino.features.views import Views

    if recipe is not None and recipe.looks_at_pictures:
        yield Files(museum.catalogue, museum.pictures)
        return
    with Views(museum.folder / "features", _backbones(museum, recipe)) as seen:
        workers = museum.settings.features.workers
        seen.extract(museum.catalogue, museum.pictures, museum.progress, workers)
        yield seen


def hash_of(museum: Museum, recipe: Recipe) -> str:
    """The hash of what a recipe sees, told without looking at a picture."""
    from cartellino.classify.sight import Files
    from cartellino.features.views import SideBySide

    return Files.backbone_hash if recipe.looks_at_pictures else SideBySide.of(_backbones(museum, recipe)).hash


def _backbones(museum: Museum, recipe: Recipe | None) -> list[Backbone]:
    from cartellino.features.registry import load_backbone

    named = () if recipe is None else recipe.views
    return [load_backbone(name) for name in named] or [museum.backbone]
