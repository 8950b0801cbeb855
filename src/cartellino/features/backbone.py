"""What every backbone offers: from a picture's file to a vector, and a name for exactly how."""

from __future__ import annotations

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Callable
from copy import copy
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from cartellino.errors import FeatureError
from cartellino.features import looks, preprocessing
from cartellino.features.looks import WHOLE, Look
from cartellino.records import Trim

Pixels = npt.NDArray[np.uint8]
Vectors = npt.NDArray[np.float32]
Session = Callable[[Pixels], Vectors]


class Backbone(ABC):
    """Turns pictures into vectors.

    Attributes
    ----------
    name : str
        Name in the registry (``lite2``).
    id : str
        Name, layout and look (``lite2:all``, ``lite2:all@quarters``).
    hash : str
        SHA-256 over everything that moves the vectors: weights, layout, preprocessing, look. Vectors of
        different hashes are never mixed.
    width : int
        Numbers in a vector.
    size : int
        Side of the squares of pixels it looks at.
    blocks : tuple of int
        Widths of the stages that a vector holds side by side; empty if it is of one piece.
    look : Look
        How squares are cut from a picture; the whole of it, unless `looking` made another.
    resample : int or None
        Filter of Pillow's that pictures are squashed with; None for the house's own choice.
    """

    name: str
    id: str
    hash: str
    width: int
    size: int
    blocks: tuple[int, ...] = ()
    look: Look = WHOLE
    resample: int | None = None

    def __init__(self) -> None:
        self._own: Session | None = None

    def prepare(self, image_file: Path, trim: Trim | None) -> Pixels:
        """Decode a kept picture, trim its border, squash it to a square and cut that as the look says.

        Returns
        -------
        ndarray of uint8, shape (squares, size, size, 3)
            RGB; one square if the whole picture is looked at.

        Raises
        ------
        PictureError
            If the file cannot be decoded.
        """
        side = self.size * self.look.grid
        return self.look.cut(preprocessing.squashed(image_file, trim, side, self.resample))

    def embed(self, batch: Pixels) -> Vectors:
        """Give the vectors of prepared pictures.

        Parameters
        ----------
        batch : ndarray of uint8, shape (n, squares, size, size, 3)
            Prepared pictures.

        Returns
        -------
        ndarray of float32, shape (n, width)

        Raises
        ------
        FeatureError
            If `batch` has another shape or type, or a vector is not finite.
        """
        if self._own is None:
            (self._own,) = self.sessions(1)
        return self._own(batch)

    def sessions(self, n: int) -> list[Session]:
        """Make `n` embedders of one thread each, for `n` threads to call side by side."""
        return [self._checked(self._session()) for _ in range(n)]

    def looking(self, look: Look) -> Backbone:
        """The same network with another look: a view with its own id, hash, width and blocks.

        Raises
        ------
        FeatureError
            If the look needs larger squares than the network takes.
        """
        if look == WHOLE:
            return self
        other = copy(self) if look.scale == 1 else self._sized(round(self.size * look.scale))
        other._own, other.look = None, look
        other.id = f"{self.id}@{look.name}"
        other.hash = hashed(backbone=other.hash, look=look.name, version=looks.VERSION)
        other.width = self.width * look.beside
        other.blocks = (self.blocks or (self.width,)) * look.beside if look.beside > 1 else self.blocks
        return other

    def _sized(self, size: int) -> Self:
        """The same network on squares of another size, with a hash that says so."""
        raise FeatureError(
            f"{self.id} takes squares of {self.size} pixels and no others", "", "Leave '@large' out."
        )

    @abstractmethod
    def _session(self) -> Session:
        """Make one embedder of one thread, of squares: from (n, size, size, 3) to (n, width of one)."""

    def _checked(self, session: Session) -> Session:
        shape = (self.look.squares, self.size, self.size, 3)

        def embed(batch: Pixels) -> Vectors:
            if batch.dtype != np.uint8 or batch.shape[1:] != shape:
                raise FeatureError(
                    f"{self.id} takes pictures as bytes of {' × '.join(map(str, shape))}, "
                    f"not {batch.dtype} of {' × '.join(map(str, batch.shape[1:]))}",
                    "",
                    "Prepare them with the backbone's own 'prepare'.",
                )
            each = session(batch.reshape(-1, *shape[1:]))
            vectors = self.look.joined(each.reshape(len(batch), shape[0], each.shape[1]))
            if not np.isfinite(vectors).all():
                raise FeatureError(f"{self.id} gave a number that is not finite", "", "Check its weights.")
            return vectors

        return embed


def hashed(**parts: Any) -> str:
    """SHA-256 over named parts, for a backbone's `hash`."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
