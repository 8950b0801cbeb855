"""Pictures of stripes: flat, level or upright."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

KINDS = ("flat", "level", "upright")


class Patterns(NamedTuple):
    X: NDArray[Any]
    y: NDArray[Any]


def painted(folder: Path, many: int) -> Patterns:
    """Paint pictures of each kind in turn; the same ones every time."""
    random = np.random.default_rng(5)
    files, kinds = [], []
    for number in range(many):
        kind = KINDS[number % 3]
        image = random.integers(60, 120, (44, 40, 3))
        image[::8] += 100 * (kind == "level")
        image[:, ::8] += 100 * (kind == "upright")
        files.append(folder / f"{number:03}.png")
        Image.fromarray(image.astype(np.uint8)).save(files[-1])
        kinds.append(kind)
    return Patterns(np.array([str(file) for file in files], object), np.array(kinds))
