"""A classifier that was learnt, as plain numbers: what is saved of it, and all that predicting needs."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

Tensors = Mapping[str, NDArray[Any]]


class Scorer(ABC):
    """From what is seen of pictures to scores of classes.

    Attributes
    ----------
    family : str
        The registered family that restores it: a scorer within another is saved under this name.
    sees : str
        'features': it takes rows of numbers; 'pictures': it takes the pictures' files.
    width : int
        Numbers in a feature; 0 where it takes pictures.
    columns : int
        Scores that it gives a picture.
    """

    family: ClassVar[str] = ""
    sees: ClassVar[str] = "features"

    @property
    @abstractmethod
    def width(self) -> int:
        """Numbers in a feature."""

    @property
    @abstractmethod
    def columns(self) -> int:
        """Scores that it gives a picture."""

    @abstractmethod
    def scores(self, X: NDArray[Any]) -> NDArray[np.float32]:
        """Scores (n, k) of rows, before the temperature: log probabilities but for a constant, or log odds.

        Parameters
        ----------
        X : ndarray (n, width) of float32, or (n,) of object
            Features; or pictures (`Shown`).
        """

    @abstractmethod
    def tensors(self) -> dict[str, NDArray[Any]]:
        """Every array that it consists of, by name."""

    def about(self) -> dict[str, Any]:
        """What else it consists of, as JSON's objects."""
        return {}

    @classmethod
    @abstractmethod
    def restored(cls, tensors: Tensors, about: Mapping[str, Any]) -> Self:
        """The scorer of which these are `tensors` and `about`.

        Raises
        ------
        KeyError, TypeError, ValueError
            If a part is missing or is not what it should be.
        """
