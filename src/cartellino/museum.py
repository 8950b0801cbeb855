"""What those who work for a collection need of it; `cartellino.collection.Collection` has it all."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from cartellino.catalogue import Catalogue
    from cartellino.classify.dataset import Dataset
    from cartellino.classify.recipe import Recipe
    from cartellino.classify.sight import Sight
    from cartellino.curate.labelset import LabelSet
    from cartellino.features.backbone import Backbone
    from cartellino.labelsets import LabelSets
    from cartellino.pictures.store import PictureStore
    from cartellino.progress import Progress
    from cartellino.settings import Settings


class Museum(Protocol):
    """A collection, as its models and its suspects see it."""

    folder: Path
    settings: Settings
    progress: Progress

    @property
    def catalogue(self) -> Catalogue:
        """Works, label sets, models and the journal."""

    @property
    def pictures(self) -> PictureStore:
        """The kept pictures."""

    @property
    def backbone(self) -> Backbone:
        """What turns them into numbers."""

    @property
    def labels(self) -> LabelSets:
        """The label sets."""

    @property
    def signer(self) -> str:
        """Who signs."""

    def sight(self, recipe: Recipe | None = None) -> AbstractContextManager[Sight]:
        """What a recipe sees of the pictures."""

    def dataset(self, label_set: LabelSet, recipe: Recipe | None = None) -> Dataset:
        """What a recipe sees of a label set's works, and their labels."""
