"""A picture measured for comparison: hashes of several views of it, and a small grey copy."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from cartellino.errors import PictureError
from cartellino.pictures.fingerprint import fingerprint
from cartellino.records import Picture

SIDE = 128
VIEWS = 6
_CUTS = (0.0, 0.025, 0.05)  # of each side: half of what is to be found, and all of it
_HASHED = 32  # the fingerprint's own size
_DECODED = SIDE
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError)

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Sketch:
    """What a picture looks like from afar.

    Parameters
    ----------
    views : ndarray (6,) of uint64
        Fingerprints: of what lies inside its border, of the whole, and of the middle of each, cut by 2.5 %
        and by 5 % of a side on every side. A copy that was cropped or framed is like one of them.
    grey : ndarray (128, 128) of uint8
        The whole picture, squashed to a square.
    inside : tuple of float
        Left, top, right and bottom of what lies inside its border, as shares of the sides.
    fineness : float
        Pixels along the shorter side of its inside: how much detail it can show.
    """

    views: NDArray[np.uint64]
    grey: NDArray[np.uint8]
    inside: Box
    fineness: float


def sketched(file: Path, picture: Picture) -> Sketch:
    """Measure a kept picture; a JPEG is decoded no larger than need be.

    Parameters
    ----------
    file : Path
        Where the picture store keeps it.
    picture : Picture
        Its size and border.

    Raises
    ------
    PictureError
        If the file is gone or cannot be decoded in full.
    """
    try:
        with Image.open(io.BytesIO(file.read_bytes())) as image:
            image.draft("L", (_DECODED, _DECODED))
            grey = image.convert("L")
    except _BROKEN as error:
        raise PictureError(
            f"the picture can no longer be decoded ({error})", str(file), "Add its source again."
        ) from error
    return measured(grey, _inside(picture), _fineness(picture))


def measured(grey: Image.Image, inside: Box, fineness: float) -> Sketch:
    """Measure a grey picture that is decoded already."""
    found: dict[Box, int] = {}
    boxes = [_cut(box, share) for share in _CUTS for box in (inside, (0.0, 0.0, 1.0, 1.0))]
    for box in boxes:
        if box not in found:
            found[box] = fingerprint(_resized(grey, _HASHED, box))
    views = np.array([found[box] for box in boxes], dtype=np.int64).view(np.uint64)
    return Sketch(views, np.asarray(_resized(grey, SIDE, (0.0, 0.0, 1.0, 1.0))), inside, fineness)


def _inside(picture: Picture) -> Box:
    trim, width, height = picture.trim, picture.width, picture.height
    return trim.left / width, trim.top / height, trim.right / width, trim.bottom / height


def _fineness(picture: Picture) -> float:
    trim = picture.trim
    return float(min(trim.right - trim.left, trim.bottom - trim.top))


def _cut(box: Box, share: float) -> Box:
    left, top, right, bottom = box
    across, down = share * (right - left), share * (bottom - top)
    return left + across, top + down, right - across, bottom - down


def _resized(grey: Image.Image, side: int, box: Box) -> Image.Image:
    width, height = grey.size
    left, top, right, bottom = box
    pixels = (left * width, top * height, right * width, bottom * height)
    return grey.resize((side, side), Image.Resampling.BOX, box=pixels)
