"""Pictures of more than eight bits a channel, scaled to eight; Pillow alone would saturate them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_DEEP = ("I", "F")
_BITS_PER_SAMPLE, _PHOTOMETRIC, _WHITE_IS_ZERO = 258, 262, 0
_ROWS = 256


def is_deep(image: Image.Image) -> bool:
    """Whether the picture is one channel of 12, 16 or 32 bits."""
    return image.mode in _DEEP or image.mode.startswith("I;")


def cut_to_eight(image: Image.Image) -> bool:
    """Whether Pillow will read 16-bit colour as its upper eight bits; asked before the picture is loaded."""
    return not is_deep(image) and any(";16" in str(tile[3]) for tile in getattr(image, "tile", ()))


def mend_transparency(image: Image.Image) -> None:
    """Scale the colour that stands for transparency in a PNG as its pixels will be; Pillow forgets to.

    Asked before the picture is loaded, because only then its raw mode is known.
    """
    hidden, raw = image.info.get("transparency"), str(next(iter(getattr(image, "tile", ())), ("",) * 4)[3])
    if isinstance(hidden, tuple) and ";16" in raw:
        image.info["transparency"] = tuple(value >> 8 for value in hidden)
    if isinstance(hidden, int) and raw in ("L;2", "L;4"):
        image.info["transparency"] = hidden * (85 if raw == "L;2" else 17)


def eight_bit(image: Image.Image) -> tuple[Image.Image, str]:
    """Scale a deep picture to 8 bits.

    Parameters
    ----------
    image : PIL.Image.Image
        Loaded, and `is_deep`.

    Returns
    -------
    image : PIL.Image.Image
        Mode 'L', or 'LA' if one of its values stood for transparency.
    change : str
        What was done, in words.
    """
    values = np.asarray(image)
    low, high, words = _range(image, values)
    out = _in_bands(values, lambda band: _scaled(band, low, high))
    if _tags(image).get(_PHOTOMETRIC) == _WHITE_IS_ZERO:
        out = 255 - out
    grey = Image.fromarray(out)
    hidden = image.info.get("transparency")
    if isinstance(hidden, int):
        seen = _in_bands(values, lambda band: np.where(band == hidden, 0, 255).astype(np.uint8))
        grey = Image.merge("LA", (grey, Image.fromarray(seen)))
    return grey, words


def _range(image: Image.Image, values: NDArray[np.generic]) -> tuple[float, float, str]:
    bits = _tags(image).get(_BITS_PER_SAMPLE, (16,))[0]
    if image.mode.startswith("I;"):
        return 0, 2**bits - 1, f"{bits} bits scaled to 8"
    finite = values[np.isfinite(values)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
    for top in (255, 65535) if image.mode == "I" else (1, 255, 65535):
        if low >= 0 and high <= top:
            return 0, top, f"values from 0 to {top} scaled to 8 bits"
    return low, high, f"values scaled to 8 bits from their own range, {low:g} to {high:g}"


def _scaled(band: NDArray[np.generic], low: float, high: float) -> NDArray[np.uint8]:
    real = np.nan_to_num(band.astype(np.float64), nan=low, posinf=high, neginf=low)
    levels: NDArray[np.uint8] = (
        np.rint((real - low) * (255 / max(high - low, 1e-300))).clip(0, 255).astype(np.uint8)
    )
    return levels


def _in_bands(
    values: NDArray[np.generic], work: Callable[[NDArray[np.generic]], NDArray[np.uint8]]
) -> NDArray[np.uint8]:
    out = np.empty(values.shape, np.uint8)
    for top in range(0, len(values), _ROWS):  # a scan of 200 megapixels must not be held as float64
        out[top : top + _ROWS] = work(values[top : top + _ROWS])
    return out


def _tags(image: Image.Image) -> dict[int, Any]:
    return dict(getattr(image, "tag_v2", {}))
