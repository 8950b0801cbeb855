"""What recipes see of a collection's pictures, made ready: features of the views they name, or the files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cartellino.classify.recipe import Recipe
    from cartellino.classify.sight import Sight
    from cartellino.features.views import Views
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

    if recipe is not None and recipe.looks_at_pictures:
        yield Files(museum.catalogue, museum.pictures)
        return
    with _views(museum, () if recipe is None else recipe.views) as seen:
        workers = museum.settings.features.workers
        seen.extract(museum.catalogue, museum.pictures, museum.progress, workers)
        yield seen


def _views(museum: Museum, names: tuple[str, ...]) -> Views:
    from cartellino.features.registry import load_backbone
    from cartellino.features.views import Views

    backbones = [load_backbone(name) for name in names] or [museum.backbone]
    return Views(museum.folder / "features", backbones)
