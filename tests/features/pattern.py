"""Pictures made by whole-number arithmetic, the same on every machine and with every library."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def pattern(seed: int, height: int = 260, width: int = 260) -> npt.NDArray[np.uint8]:
    """A picture of overlapping gratings and a checkerboard, uint8 (height, width, 3)."""
    down, across = np.mgrid[0:height, 0:width].astype(np.int64)
    channels = [
        (down * (3 + seed) + across * (5 + 2 * channel) + (down * across >> (5 + seed % 3))) % 256
        ^ ((down >> 4 ^ across >> (3 + channel)) & 1) * 96
        for channel in range(3)
    ]
    return np.stack(channels, axis=-1).astype(np.uint8)
