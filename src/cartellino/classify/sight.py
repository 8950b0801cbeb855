"""What a model sees of pictures: features of some views, or the pictures themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from cartellino.errors import PictureError
from cartellino.features import preprocessing
from cartellino.features.backbone import hashed
from cartellino.features.preprocessing import Shown

if TYPE_CHECKING:
    from cartellino.catalogue import Catalogue
    from cartellino.pictures.store import PictureStore


class Sight(Protocol):
    """Rows of pictures, by their digests; `features.views.Views` is one.

    Attributes
    ----------
    backbone_id, backbone_hash : str
        What the rows come from: a model learnt from one sight takes no rows of another.
    blocks : tuple of int
        Widths of the stages that a row holds side by side; empty if it is of one piece.
    views : tuple of (str, int)
        The views that a row holds side by side, with their widths; empty where rows are pictures.
    """

    @property
    def backbone_id(self) -> str:
        """Its name."""

    @property
    def backbone_hash(self) -> str:
        """SHA-256 over all that moves a row."""

    @property
    def blocks(self) -> tuple[int, ...]:
        """Widths of the stages."""

    @property
    def views(self) -> tuple[tuple[str, int], ...]:
        """Views and their widths."""

    def read(self, digests: Sequence[str]) -> NDArray[Any]:
        """One row for each picture, in order."""


class Files:
    """The kept pictures themselves, as a sight.

    Parameters
    ----------
    catalogue : Catalogue
        Knows what lies inside their borders.
    pictures : PictureStore
        Knows where they lie.
    """

    backbone_id = "pictures"
    backbone_hash = hashed(pictures=preprocessing.VERSION)
    blocks: tuple[int, ...] = ()
    views: tuple[tuple[str, int], ...] = ()

    def __init__(self, catalogue: Catalogue, pictures: PictureStore) -> None:
        self._catalogue, self._pictures = catalogue, pictures

    def read(self, digests: Sequence[str]) -> NDArray[Any]:
        """The pictures (n,) as `Shown`, in order.

        Raises
        ------
        PictureError
            If one of them is not kept.
        """
        rows = np.empty(len(digests), object)
        for place, digest in enumerate(digests):
            picture = self._catalogue.pictures.known(digest)
            if picture is None:
                raise PictureError("this picture is not among those kept", digest, "Add its source again.")
            rows[place] = Shown(self._pictures.path(picture), picture.trim)
        return rows
