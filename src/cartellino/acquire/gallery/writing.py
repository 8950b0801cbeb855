"""Photographs written as files: most as anybody would, some oddly, and a few that are broken."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
from PIL import Image

_HTML = b"""<!DOCTYPE html>
<html lang="en"><head><title>404 Not Found</title></head>
<body><h1>Not Found</h1><p>The requested image is no longer available on this server.</p></body></html>
"""
_SIDEWAYS = 6  # EXIF: the camera was held upright


def written(picture: Image.Image, way: str, rng: np.random.Generator) -> bytes | None:
    """The bytes of a photograph's file, or None if it was lost.

    Parameters
    ----------
    picture : PIL.Image.Image
        Mode 'RGB'.
    way : str
        As a `View` says.
    """
    return _WAYS[way](picture, rng)


def _jpeg(picture: Image.Image, rng: np.random.Generator) -> bytes:
    return _saved(picture, "JPEG", quality=int(rng.integers(78, 93)))


def _poor_jpeg(picture: Image.Image, rng: np.random.Generator) -> bytes:
    return _saved(picture, "JPEG", quality=40)


def _cmyk(picture: Image.Image, rng: np.random.Generator) -> bytes:
    return _saved(picture.convert("CMYK"), "JPEG", quality=90)


def _turned(picture: Image.Image, rng: np.random.Generator) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = _SIDEWAYS
    return _saved(picture.transpose(Image.Transpose.ROTATE_90), "JPEG", quality=88, exif=exif)


def _alpha(picture: Image.Image, rng: np.random.Generator) -> bytes:
    """Cut out along a soft oval, with the colours still lying under the transparency."""
    y, x = np.mgrid[-1 : 1 : picture.height * 1j, -1 : 1 : picture.width * 1j]
    mask = np.clip((1.02 - np.hypot(x, y)) * 40, 0, 1) * 255
    cut = picture.copy()
    cut.putalpha(Image.fromarray(mask.astype(np.uint8)))
    return _saved(cut, "PNG")


def _sixteen_bit(picture: Image.Image, rng: np.random.Generator) -> bytes:
    grey = np.asarray(picture.convert("L"), np.uint16) * 257
    return _saved(Image.fromarray(grey), "TIFF", compression="tiff_lzw")


def _cut(picture: Image.Image, rng: np.random.Generator) -> bytes:
    whole = _jpeg(picture, rng)
    return whole[: int(len(whole) * 0.6)]


def _saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, kind, **options)
    return stream.getvalue()


_WAYS: dict[str, Callable[[Image.Image, np.random.Generator], bytes | None]] = {
    "jpeg": _jpeg,
    "poor": _poor_jpeg,
    "cmyk": _cmyk,
    "turned": _turned,
    "alpha": _alpha,
    "sixteen bit": _sixteen_bit,
    "cut": _cut,
    "html": lambda picture, rng: _HTML,
    "missing": lambda picture, rng: None,
}
