"""How a network wants its pictures: ``preprocessor_config.json`` as the transformers library writes it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from cartellino.errors import FeatureError

FILE = "preprocessor_config.json"
_FILTERS = range(6)  # of Pillow's, by number


@dataclass(frozen=True)
class Preprocessor:
    """Size, filter and normalisation.

    Parameters
    ----------
    size : int
        Side of the square, in pixels.
    resample : int or None
        Filter of Pillow's, by number; None if the file names none.
    factor : float
        What bytes are multiplied by.
    mean, std : tuple of float
        Of the three channels, after that.
    """

    size: int
    resample: int | None
    factor: float
    mean: tuple[float, ...]
    std: tuple[float, ...]

    def __call__(self, squares: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
        """Normalise squares: from uint8 (n, size, size, 3) to float32 (n, 3, size, size)."""
        scale = np.float32(self.factor) / np.array(self.std, np.float32)
        shift = np.array(self.mean, np.float32) / np.array(self.std, np.float32)
        return np.ascontiguousarray((squares * scale - shift).transpose(0, 3, 1, 2))

    def told(self) -> dict[str, Any]:
        """Its parts, for a backbone's hash."""
        return asdict(self)


def read(path: Path) -> Preprocessor:
    """Read the file.

    Pictures are squashed to the square whole; a crop that the file asks for gives only its size, because a
    crop loses the ends of scrolls (docs/decisions/backbone.md).

    Raises
    ------
    FeatureError
        If it cannot be read, or asks for what is not a square of three channels.
    """
    try:
        return _understood(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise FeatureError(
            f"how the network wants its pictures cannot be read ({error})",
            str(path),
            "It takes the preprocessor_config.json that belongs to the network.",
        ) from error


def _understood(told: Mapping[str, Any]) -> Preprocessor:
    cropped = told.get("do_center_crop", "crop_size" in told)
    size = _side(told["crop_size"] if cropped else told["size"])
    resample = told.get("resample")
    if resample is not None and resample not in _FILTERS:
        raise ValueError(f"no filter has the number {resample}")
    factor = told.get("rescale_factor", 1 / 255) if told.get("do_rescale", True) else 1.0
    plain = not told.get("do_normalize", True)
    mean = (0.0,) * 3 if plain else _channels(told["image_mean"])
    std = (1.0,) * 3 if plain else _channels(told["image_std"])
    return Preprocessor(size, resample, float(factor), mean, std)


def _side(told: Any) -> int:
    if isinstance(told, Mapping):
        told = told["shortest_edge"] if "shortest_edge" in told else _equal(told["height"], told["width"])
    if type(told) is not int or not 0 < told <= 4096:
        raise ValueError(f"{told!r} stands where a size should be")
    return told


def _equal(height: Any, width: Any) -> Any:
    if height != width:
        raise ValueError(f"the network wants {width} × {height} pixels, which is no square")
    return height


def _channels(told: Any) -> tuple[float, ...]:
    numbers = tuple(float(number) for number in told)
    if len(numbers) != 3:
        raise ValueError(f"there are {len(numbers)} channels where three should be")
    return numbers
