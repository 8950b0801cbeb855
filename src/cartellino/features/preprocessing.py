"""From a kept picture's file to the square of pixels a network looks at."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from cartellino.errors import PictureError
from cartellino.records import Trim

VERSION = 2  # part of every backbone's hash: raise it with any change that moves a pixel
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError)


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as estimators are given it.

    Parameters
    ----------
    file : Path
        Its file.
    trim : Trim, optional
        What lies inside its border, in pixels of the file; all of it, if not given.
    """

    file: Path
    trim: Trim | None = None


def squashed(
    image_file: Path, trim: Trim | None, size: int, resample: int | None = None
) -> npt.NDArray[np.uint8]:
    """Decode a picture, leave out its border, and squash the rest to a square, whatever its shape.

    Long scrolls keep their ends that way, which a crop would lose (measured: docs/decisions/backbone.md).
    A JPEG of twice the size or more is decoded at a half, a quarter or an eighth (ITU-T T.81's 8 × 8
    transform taken at fewer points), never below `size`.

    Parameters
    ----------
    image_file : Path
        A picture as the picture store keeps it.
    trim : Trim or None
        What lies inside its border, in pixels of the file; None for all of it.
    size : int
        Side of the square.
    resample : int, optional
        Filter of Pillow's, for a network that asks for one; if not given, bicubic where the picture is
        enlarged, and bilinear elsewhere.

    Returns
    -------
    ndarray of uint8, shape (size, size, 3)
        RGB.

    Raises
    ------
    PictureError
        If the file is gone or cannot be decoded in full.
    """
    with _decoded(image_file) as image:
        inner = _inside(image, trim, size)
        plain = inner if inner.mode == "RGB" else inner.convert("RGB")
        square = plain.resize((size, size), _filter(plain, size) if resample is None else resample)
    return np.asarray(square)


@contextmanager
def _decoded(image_file: Path) -> Iterator[Image.Image]:
    """A picture while it is decoded; whatever is broken in it is said of its file."""
    try:
        # From memory in one go: Pillow reads files in pieces, which costs a tenth of the decoding.
        with Image.open(io.BytesIO(image_file.read_bytes())) as image:
            yield image
    except _BROKEN as error:
        raise PictureError(
            f"the picture can no longer be decoded ({error})", str(image_file), "Add its source again."
        ) from error


def _filter(image: Image.Image, size: int) -> Image.Resampling:
    """Bilinear where it is as good as bicubic and costs half; enlarged pictures want bicubic."""
    enlarged = max(image.size) <= size
    return Image.Resampling.BICUBIC if enlarged else Image.Resampling.BILINEAR


def _inside(image: Image.Image, trim: Trim | None, size: int) -> Image.Image:
    whole = image.size
    trim = trim or Trim(0, 0, *whole)
    shrink = min((trim.right - trim.left) / size, (trim.bottom - trim.top) / size)
    if shrink >= 2:
        image.draft("RGB", (int(whole[0] / shrink), int(whole[1] / shrink)))
    if trim == Trim(0, 0, *whole):
        return image
    across, down = image.size[0] / whole[0], image.size[1] / whole[1]
    left, top = math.ceil(trim.left * across), math.ceil(trim.top * down)
    right, bottom = math.floor(trim.right * across), math.floor(trim.bottom * down)
    # A crop, because the 'box' of Pillow's resize lets the border bleed in by the width of the filter.
    return image.crop((left, top, right, bottom))


def reduced(image_file: Path, trim: Trim | None, side: int, mode: str = "RGB") -> npt.NDArray[np.uint8]:
    """Decode a picture, leave out its border, and shrink the rest in its own shape; never enlarge it.

    Parameters
    ----------
    image_file : Path
        A picture as the picture store keeps it.
    trim : Trim or None
        What lies inside its border, in pixels of the file; None for all of it.
    side : int
        The longest side at most, in pixels.
    mode : str
        'RGB'; or 'L', one channel of grey (luma of ITU-R BT.601).

    Returns
    -------
    ndarray of uint8, shape (height, width, 3) or (height, width)

    Raises
    ------
    PictureError
        If the file is gone or cannot be decoded in full.
    """
    with _decoded(image_file) as image:
        inner = _inside(image, trim, _shorter(trim or Trim(0, 0, *image.size), side))
        plain = inner if inner.mode == mode else inner.convert(mode)
        shrink = max(1.0, max(plain.size) / side)
        across, down = (max(1, round(length / shrink)) for length in plain.size)
        shrunk = plain.resize((across, down), Image.Resampling.BILINEAR)
    return np.asarray(shrunk)


def _shorter(trim: Trim, side: int) -> int:
    """The shorter side of what lies inside a border, once its longer one is `side`."""
    width, height = trim.right - trim.left, trim.bottom - trim.top
    return max(1, math.ceil(side * min(width, height) / max(width, height)))
