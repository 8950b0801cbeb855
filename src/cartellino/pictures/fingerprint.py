"""A fingerprint that pictures of one thing share: 64 bits of its lowest frequencies."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_SIZE, _LOW = 32, 8


def _cosines() -> NDArray[np.float32]:
    """The lowest rows of the orthonormal DCT-II (Ahmed, Natarajan, Rao, 1974), as (8, 32)."""
    frequency, place = np.arange(_LOW)[:, None], np.arange(_SIZE)[None]
    rows = np.cos(np.pi * (2 * place + 1) * frequency / (2 * _SIZE)) * np.sqrt(2 / _SIZE)
    rows[0] /= np.sqrt(2)
    lowest: NDArray[np.float32] = rows.astype(np.float32)
    return lowest


_COSINES = _cosines()
_MEDIAN = (_LOW * _LOW - 1) // 2  # the place of the middle one among all but the mean brightness


def fingerprint(image: Image.Image) -> int:
    """Perceptual hash of a picture: which of its low frequencies lie above their median.

    The method is pHash's (C. Zauner, 'Implementation and Benchmarking of Perceptual Image Hash Functions',
    2010, section 3.2.1): luminance at 32 × 32, DCT-II, the lowest 8 × 8 coefficients, thresholded at the
    median of all but the mean brightness. Copies of another size, JPEG quality or tone differ in few bits.

    Parameters
    ----------
    image : PIL.Image.Image
        Mode 'RGB' or 'L', its borders trimmed.

    Returns
    -------
    int
        64 bits as a signed number, the first coefficient in the sign, as SQLite stores it.
    """
    grey = image if image.mode == "L" else image.convert("L")
    small = np.asarray(grey.resize((_SIZE, _SIZE), Image.Resampling.BOX), np.float32)
    low = (_COSINES @ small @ _COSINES.T).ravel()
    low[np.abs(low) < 1e-2] = 0  # rounding must not decide the bits of a picture of one colour
    bits = low > np.sort(low[1:])[_MEDIAN]
    return int.from_bytes(np.packbits(bits).tobytes(), "big", signed=True)
