"""Several views of a picture side by side, each kept in a feature store of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np
import numpy.typing as npt

from cartellino.errors import FeatureError
from cartellino.features.backbone import Backbone, hashed
from cartellino.features.extract import Extracted, extract
from cartellino.features.store import FeatureStore

if TYPE_CHECKING:
    from cartellino.catalogue import Catalogue
    from cartellino.pictures.store import PictureStore
    from cartellino.progress import Progress

Vectors = npt.NDArray[np.float32]

_BLOCK = 1024  # pictures looked up at a time


@dataclass(frozen=True)
class SideBySide:
    """What the features of several views are; of one view, what they are without the others.

    Parameters
    ----------
    id : str
        Ids of the views, in their order.
    hash : str
        SHA-256 over everything that moves a number.
    width : int
        Numbers in a feature.
    blocks : tuple of int
        Widths of the pieces that a feature holds side by side; empty if it is of one piece.
    """

    id: str
    hash: str
    width: int
    blocks: tuple[int, ...]

    @classmethod
    def of(cls, backbones: Sequence[Backbone]) -> Self:
        """Put views side by side.

        Raises
        ------
        FeatureError
            If there are none, or one stands there twice.
        """
        _check(backbones)
        if len(backbones) == 1:
            (only,) = backbones
            return cls(only.id, only.hash, only.width, only.blocks)
        return cls(
            ", ".join(each.id for each in backbones),
            hashed(views=[each.hash for each in backbones]),
            sum(each.width for each in backbones),
            tuple(block for each in backbones for block in each.blocks or (each.width,)),
        )


class Views:
    """The features of some views over the pictures of a collection.

    Reads as a `FeatureStore` does: what takes features of one backbone takes these.

    Parameters
    ----------
    folder : Path
        The collection's ``features`` folder.
    backbones : sequence of Backbone
        The views, in the order in which their vectors lie side by side.

    Attributes
    ----------
    id, hash, width, blocks
        What the features are; for one view exactly its own (see `SideBySide`).
    backbone_id, backbone_hash : str
        The same id and hash, under the names that a `FeatureStore` has for them.
    views : tuple of (str, int)
        Each view and its width.
    stores : tuple of FeatureStore
        One for each view.

    Raises
    ------
    FeatureError
        If a view stands there twice, or its folder holds other vectors or is damaged.
    StorageError
        If a folder cannot be opened or written.
    """

    def __init__(self, folder: Path, backbones: Sequence[Backbone]) -> None:
        told = SideBySide.of(backbones)
        self.id, self.hash, self.width, self.blocks = told.id, told.hash, told.width, told.blocks
        self.backbone_id, self.backbone_hash = told.id, told.hash
        self.views = tuple((each.id, each.width) for each in backbones)
        self.backbones = tuple(backbones)
        with ExitStack() as opened:
            self.stores = tuple(
                opened.enter_context(FeatureStore(folder, each.id, each.hash, each.width, each.blocks))
                for each in backbones
            )
            self._opened = opened.pop_all()

    def extract(
        self,
        catalogue: Catalogue,
        pictures: PictureStore,
        progress: Progress | None = None,
        workers: int = 0,
    ) -> Extracted:
        """Give every kept picture the vectors that it lacks, view by view.

        Each view is a pass of its own: decoding once for all would save some hundredths of the time, and
        make a picture's pixels depend on which views are taken together (docs/decisions/backbone.md).

        Returns
        -------
        Extracted
            A picture counts as done if it lacked a view, and as failed if it still does; once each.

        Raises
        ------
        CollectionError
            If another command is extracting into one of the stores.
        StorageError
            If the disk is full or cannot be written.
        """
        lacking = self._lacking(catalogue) if len(self.stores) > 1 else 0
        parts = [
            extract(catalogue, pictures, backbone, store, progress, workers)
            for backbone, store in zip(self.backbones, self.stores, strict=True)
        ]
        if len(parts) == 1:
            return parts[0]
        reasons = dict(reason for part in parts for reason in part.reasons)
        already = parts[0].done + parts[0].already + parts[0].failed - lacking
        return Extracted(lacking - len(reasons), already, len(reasons), tuple(reasons.items()))

    def read(self, digests: Sequence[str]) -> Vectors:
        """Give the features of pictures, in their order.

        Returns
        -------
        ndarray of float32, shape (n, width)

        Raises
        ------
        FeatureError
            If a picture lacks a view.
        """
        if len(self.stores) == 1:
            return self.stores[0].read(digests)
        features = np.empty((len(digests), self.width), np.float32)
        start = 0
        for store in self.stores:
            features[:, start : start + store.width] = store.read(digests)
            start += store.width
        return features

    def missing(self, digests: Iterable[str]) -> list[str]:
        """Those of `digests` that lack a view, in their order."""
        wanted = list(digests)
        lacking = {digest for store in self.stores for digest in store.missing(wanted)}
        return [digest for digest in wanted if digest in lacking]

    def close(self) -> None:
        """Close the stores and give their write locks back."""
        self._opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _lacking(self, catalogue: Catalogue) -> int:
        kept = (picture.digest for picture in catalogue.pictures.all())
        count = 0
        while block := list(islice(kept, _BLOCK)):
            count += len(self.missing(block))
        return count


def _check(backbones: Sequence[Backbone]) -> None:
    if not backbones:
        raise FeatureError("no view was named", "", "Name one at least, such as lite2.")
    ids = [each.id for each in backbones]
    doubled = sorted({each for each in ids if ids.count(each) > 1})
    if doubled:
        raise FeatureError(f"the view {doubled[0]} is named twice", "", "Name each view once.")
