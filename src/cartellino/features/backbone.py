"""What every backbone offers: from a picture's file to a vector, and a name for exactly how."""

from __future__ import annotations

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from cartellino.errors import FeatureError
from cartellino.features import preprocessing
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
        Name and layout (``lite2:all``).
    hash : str
        SHA-256 over everything that moves the vectors: weights, layout, preprocessing. Vectors of
        different hashes are never mixed.
    width : int
        Numbers in a vector.
    size : int
        Side of the square of pixels it looks at.
    blocks : tuple of int
        Widths of the stages that a vector holds side by side; empty if it is of one piece.
    """

    name: str
    id: str
    hash: str
    width: int
    size: int
    blocks: tuple[int, ...] = ()

    def __init__(self) -> None:
        self._own: Session | None = None

    def prepare(self, image_file: Path, trim: Trim) -> Pixels:
        """Decode a kept picture, trim its border and squash it to the square.

        Returns
        -------
        ndarray of uint8, shape (size, size, 3)
            RGB.

        Raises
        ------
        PictureError
            If the file cannot be decoded.
        """
        return preprocessing.squashed(image_file, trim, self.size)

    def embed(self, batch: Pixels) -> Vectors:
        """Give the vectors of prepared pictures.

        Parameters
        ----------
        batch : ndarray of uint8, shape (n, size, size, 3)
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

    def graph(self) -> bytes | None:
        """The ONNX graph that it runs, if it runs one: what it weighs and costs is counted there."""
        return None

    @abstractmethod
    def _session(self) -> Session:
        """Make one embedder of one thread."""

    def _checked(self, session: Session) -> Session:
        def embed(batch: Pixels) -> Vectors:
            if batch.dtype != np.uint8 or batch.shape[1:] != (self.size, self.size, 3):
                raise FeatureError(
                    f"{self.id} takes pictures as bytes of {self.size} × {self.size} × 3, "
                    f"not {batch.dtype} of {' × '.join(map(str, batch.shape[1:]))}",
                    "",
                    "Prepare them with the backbone's own 'prepare'.",
                )
            vectors = session(batch)
            if not np.isfinite(vectors).all():
                raise FeatureError(f"{self.id} gave a number that is not finite", "", "Check its weights.")
            return vectors

        return embed


def hashed(**parts: Any) -> str:
    """SHA-256 over named parts, for a backbone's `hash`."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
