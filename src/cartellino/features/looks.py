"""Ways of looking at a picture: whole, mirrored, in parts, or larger.

A backbone's name may end in one (``lite2:all@quarters``). Every look begins with the picture squashed to
a square, because near and far both matter and the ends of a scroll are evidence (docs/decisions/backbone.md).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cartellino.errors import FeatureError

Pixels = npt.NDArray[np.uint8]
Vectors = npt.NDArray[np.float32]

VERSION = 1  # part of the hash of every view but the whole: raise it with any change that moves a pixel


@dataclass(frozen=True, slots=True)
class Look:
    """How the squares that a network sees are cut from a picture, and their vectors joined.

    Parameters
    ----------
    name : str
        What stands after ``@``.
    grid : int
        The picture is cut into ``grid × grid`` parts of the network's size each.
    scale : float
        Side of the network's square, as a multiple of what it was made for.
    mirrored : bool
        Whether left and right change places.
    mean : bool
        Whether the vectors of the parts are averaged; else they lie side by side in reading order.
    """

    name: str
    grid: int = 1
    scale: float = 1.0
    mirrored: bool = False
    mean: bool = False

    @property
    def squares(self) -> int:
        """Squares cut from a picture."""
        return self.grid**2

    @property
    def beside(self) -> int:
        """Vectors that lie side by side in the joined one."""
        return 1 if self.mean else self.squares

    def cut(self, square: Pixels) -> Pixels:
        """Cut a square of ``grid × size`` pixels, giving uint8 (squares, size, size, 3) in reading order."""
        if self.mirrored:
            square = np.ascontiguousarray(square[:, ::-1])
        if self.grid == 1:
            return square[np.newaxis]
        size = len(square) // self.grid
        parts = square.reshape(self.grid, size, self.grid, size, 3).swapaxes(1, 2)
        return parts.reshape(self.squares, size, size, 3)

    def joined(self, vectors: Vectors) -> Vectors:
        """Make one vector of those of a picture's squares: from (n, squares, width) to (n, …)."""
        whole: Vectors = vectors.mean(axis=1) if self.mean else vectors.reshape(len(vectors), -1)
        return whole


WHOLE = Look("whole")
LOOKS = {
    look.name: look
    for look in (
        WHOLE,
        Look("mirror", mirrored=True),
        Look("large", scale=1.5),
        Look("quarters", grid=2),
        Look("quarters-mean", grid=2, mean=True),
        Look("ninths-mean", grid=3, mean=True),
    )
}


def look_called(name: str) -> Look:
    """The look called `name`; '' is the whole picture.

    Raises
    ------
    FeatureError
        If there is none.
    """
    try:
        return LOOKS[name or WHOLE.name]
    except KeyError:
        raise FeatureError(
            f"there is no look '@{name}'", "", f"There are: {', '.join(f'@{known}' for known in LOOKS)}."
        ) from None
