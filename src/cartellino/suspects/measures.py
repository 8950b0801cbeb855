"""What is measured of a picture: a handful of numbers, from which its faults are told.

Brightness, entropy, sharpness and colour are those of cleanvision 0.3 (https://github.com/cleanlab/cleanvision,
Apache-2.0), so that its thresholds can be used; the others are our own, and tell pages, charts and blanks.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter, ImageStat

from cartellino.errors import PictureError
from cartellino.records import Picture, Trim
from cartellino.suspects import flatness, writing

VERSION = 2  # of the measures: raise it, and every picture is measured anew
_SIDE = 384  # pixels of the longest side that is looked at; letters of a page are still apart
_SMALL = 64  # cleanvision looks for blur at this size, so that a small scan is not called blurry
_LUMA = (0.241, 0.691, 0.068)  # of squares: perceived brightness

Grey = NDArray[np.float32]


def measured(path: Path, picture: Picture) -> dict[str, float]:
    """Measure a kept picture inside its borders.

    Parameters
    ----------
    path : Path
        Its file.
    picture : Picture
        What is known of it.

    Returns
    -------
    dict of str to float
        See `measure`.

    Raises
    ------
    PictureError
        If the file can no longer be decoded.
    """
    try:
        with Image.open(path) as image:
            return measure(_inside(image.convert("RGB"), picture.trim))
    except OSError as error:
        raise PictureError(f"it cannot be read any more ({error})", picture.file) from error


def measure(image: Image.Image) -> dict[str, float]:
    """Measure a picture.

    Parameters
    ----------
    image : PIL.Image.Image
        Mode 'RGB'.

    Returns
    -------
    dict of str to float
        ``dark``: brightness that 99 % of the pixels stay below (0 to 1); ``light``: brightness that 95 %
        reach; ``entropy``: bits a pixel; ``edges``: standard deviation of the edges at 64 pixels;
        ``levels``: that of the histogram there; ``chroma``: difference of the channels that 99 % of the
        pixels stay below (levels of 255); and those of `writing.page` and `flatness.flat`.
    """
    image = image.copy()
    image.thumbnail((_SIDE, _SIDE), Image.Resampling.BOX)
    pixels = np.asarray(image, np.float32)
    grey = np.asarray(image.convert("L"), np.float32)
    red, green, blue = (pixels[..., place] for place in range(3))  # numpy is slow along an axis of three
    chroma = np.maximum(np.maximum(red, green), blue) - np.minimum(np.minimum(red, green), blue)
    return {
        **_brightness(red, green, blue),
        "entropy": float(image.entropy()),
        **_sharpness(image),
        "chroma": float(np.percentile(chroma, 99)),
        **writing.page(grey, chroma),
        **flatness.flat(pixels, grey),
    }


def _brightness(red: Grey, green: Grey, blue: Grey) -> dict[str, float]:
    perceived = np.sqrt(_LUMA[0] * red**2 + _LUMA[1] * green**2 + _LUMA[2] * blue**2) / 255
    light, dark = np.percentile(perceived, (5, 99))
    return {"dark": float(dark), "light": float(light)}


def _sharpness(image: Image.Image) -> dict[str, float]:
    small = image.copy()
    small.thumbnail((_SMALL, _SMALL))
    grey = small.convert("L")
    edges = ImageStat.Stat(grey.filter(ImageFilter.FIND_EDGES)).var[0]
    return {"edges": float(edges**0.5), "levels": float(np.std(grey.histogram()))}


def _inside(image: Any, trim: Trim) -> Any:
    return image.crop((trim.left, trim.top, trim.right, trim.bottom))
