"""A picture's file opened, measured before it is decoded, then decoded to its last byte."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from threading import Lock

from PIL import Image, ImageFile, JpegImagePlugin, PngImagePlugin, TiffImagePlugin, WebPImagePlugin

from cartellino.errors import PictureError
from cartellino.pictures.sniff import filled_with_zeros, webp_size

# Pillow's own decoders by name, not Image.open: no other format can ever be tried.
_DECODERS: dict[str, Callable[[io.BytesIO], ImageFile.ImageFile]] = {
    "JPEG": lambda stream: JpegImagePlugin.jpeg_factory(stream, ""),
    "PNG": partial(PngImagePlugin.PngImageFile, filename=""),
    "TIFF": partial(TiffImagePlugin.TiffImageFile, filename=""),
    "WEBP": partial(WebPImagePlugin.WebPImageFile, filename=""),
}
# What Pillow's decoders raise on hostile bytes: 'anything', by their own issue tracker.
_BROKEN = Exception
_LARGE = 50e6  # pixels; Pillow begins to warn at 89 million
_one_large_at_a_time: AbstractContextManager[object] = Lock()


def share_large(lock: AbstractContextManager[object]) -> None:
    """Take turns at large pictures with other processes too, which hold the same lock."""
    global _one_large_at_a_time
    _one_large_at_a_time = lock


def opened(data: bytes, kind: str, max_megapixels: float) -> ImageFile.ImageFile:
    """Read a picture's header, and refuse it if it would unfold to too many pixels.

    Parameters
    ----------
    data : bytes
        The whole file.
    kind : str
        Its format, as `sniff` found it.
    max_megapixels : float
        The cap, in millions of pixels.

    Raises
    ------
    PictureError
        If the header cannot be read or promises more pixels than that.
    """
    size = (webp_size(data) if kind == "WEBP" else None) or (0, 0)
    _within(size, max_megapixels)
    if kind == "JPEG" and filled_with_zeros(data):
        raise PictureError("the picture is cut short: where the rest should be there are only zero bytes")
    try:
        with _own_cap(size):
            image = _DECODERS[kind](io.BytesIO(data))
    except _BROKEN as error:
        raise PictureError(_said(error, kind)) from error
    _within(image.size, max_megapixels)
    return image


def decoded(image: ImageFile.ImageFile, kind: str, longest_side: int, *, greys: bool = False) -> None:
    """Decode all pixels of an opened picture, in place.

    A JPEG of twice the wanted size or more is decoded at a half, a quarter or an eighth: every byte is still
    read, so that a broken file is found out, but a large scan costs a fraction of the time and the memory.
    With `greys`, only the luminance of a JPEG is made.

    Raises
    ------
    PictureError
        If the data ends early or is broken.
    """
    try:
        if kind == "JPEG":
            scale = longest_side / max(image.size)
            mode = "L" if greys else image.mode
            image.draft(mode, (max(1, round(image.width * scale)), max(1, round(image.height * scale))))
        with _own_cap(image.size):
            image.load()
    except MemoryError as error:
        raise PictureError("there is not enough memory to decode it") from error
    except _BROKEN as error:
        raise PictureError(_said(error, kind)) from error


def pages(image: ImageFile.ImageFile) -> int:
    """Number of frames or pages, as far as it can be told cheaply; 2 stands for 'several' in a TIFF."""
    if not getattr(image, "is_animated", False):
        return 1
    return 2 if isinstance(image, TiffImagePlugin.TiffImageFile) else int(getattr(image, "n_frames", 2))


def evenly_sampled(image: ImageFile.ImageFile) -> bool:
    """Whether the colours of a JPEG can be brought to its full size; others fail, but only in colour."""
    factors = [layer[1:3] for layer in getattr(image, "layer", ())]
    most = [max(column) for column in zip(*factors, strict=True)]
    return all(part and whole % part == 0 for each in factors for whole, part in zip(most, each, strict=True))


@contextmanager
def _own_cap(size: tuple[int, int]) -> Iterator[None]:
    """Put Pillow's process-wide cap aside while a picture that may be above it is decoded.

    The collection's cap was kept before. The lock also keeps two workers from filling the memory together.
    """
    if size[0] * size[1] < _LARGE:
        yield
        return
    with _one_large_at_a_time:
        cap, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
        try:
            yield
        finally:
            Image.MAX_IMAGE_PIXELS = cap


def _within(size: tuple[int, int], max_megapixels: float) -> None:
    if size[0] * size[1] > max_megapixels * 1e6:
        raise PictureError(
            f"its {size[0]:,} × {size[1]:,} pixels are more than the {max_megapixels:g} megapixels allowed",
            do="If it is genuine, raise max_megapixels in cartellino.toml and run the same command again",
        )


def _said(error: Exception, kind: str) -> str:
    words = str(error).strip().rstrip(".") or type(error).__name__
    if "truncated" in words.lower() or isinstance(error, EOFError | struct.error):
        return f"the picture is cut short ({words})"
    return f"it begins like a {kind} but cannot be decoded ({words})"
