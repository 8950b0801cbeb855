"""Every colour space to sRGB, by the picture's own profile where it has one (ICC.1:2022)."""

from __future__ import annotations

import io
from functools import lru_cache
from itertools import product

import numpy as np
from PIL import Image, ImageCms

from cartellino.pictures.inks import printed

_SPACES = {"RGB": "RGB ", "L": "GRAY", "CMYK": "CMYK", "LAB": "Lab "}
_SAME = 3  # levels of 255 by which a profile may differ from sRGB before it is worth converting


def to_srgb(image: Image.Image, profile: bytes) -> tuple[Image.Image, str]:
    """Convert an 8-bit picture without transparency to sRGB.

    Parameters
    ----------
    image : PIL.Image.Image
        Mode 'L', 'RGB', 'CMYK', 'YCbCr', 'LAB' or 'HSV'.
    profile : bytes
        Its ICC profile, or b''.

    Returns
    -------
    image : PIL.Image.Image
        Mode 'RGB'.
    change : str
        What was done, in words; '' if nothing that shows.
    """
    if image.mode in ("YCbCr", "HSV"):
        image = image.convert("RGB")
    if not profile:
        return _untold(image)
    return _by_profile(image, profile)


@lru_cache(maxsize=64)
def is_srgb(profile: bytes, mode: str) -> bool:
    """Whether a picture of this mode with this ICC profile, or b'', is left as it is by `to_srgb`."""
    if not profile:
        return mode in ("RGB", "L")
    try:
        space, _ = _read(profile)
        return _SPACES.get(mode) == space and _same_as_srgb(profile, mode)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return False


def _untold(image: Image.Image) -> tuple[Image.Image, str]:
    if image.mode == "CMYK":
        return printed(image), "CMYK without a profile, converted as ordinary offset inks (ISO 12647-2)"
    if image.mode == "LAB":
        lab = ImageCms.buildTransform(
            ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB"), "LAB", "RGB"
        )
        return _applied(lab, image), "CIELAB converted to sRGB"
    return _rgb(image), ""


def _by_profile(image: Image.Image, profile: bytes) -> tuple[Image.Image, str]:
    try:
        space, name = _read(profile)
        if image.mode == "L" and space == "RGB ":  # scanners tag grey pictures with their colour profile
            image = image.convert("RGB")
        if _SPACES.get(image.mode) != space:
            plain, change = _untold(image)
            note = f"its colour profile ({name}) is for another kind of picture and was left out"
            return plain, f"{note}; {change}" if change else note
        if _same_as_srgb(profile, image.mode):
            return _rgb(image), ""
        return _applied(_transform(profile, image.mode), image), f"converted to sRGB by its profile ({name})"
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        plain, change = _untold(image)
        note = "its colour profile is broken and was left out"
        return plain, f"{note}; {change}" if change else note


def _rgb(image: Image.Image) -> Image.Image:
    return image if image.mode == "RGB" else image.convert("RGB")


def _read(profile: bytes) -> tuple[str, str]:
    read = ImageCms.ImageCmsProfile(io.BytesIO(profile)).profile
    name = " ".join((read.profile_description or "unnamed").split())
    return read.xcolor_space, name[:60]


@lru_cache(maxsize=16)
def _transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform:
    return ImageCms.buildTransform(
        ImageCms.ImageCmsProfile(io.BytesIO(profile)),
        ImageCms.createProfile("sRGB"),
        mode,
        "RGB",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )


@lru_cache(maxsize=64)
def _same_as_srgb(profile: bytes, mode: str) -> bool:
    if mode not in ("RGB", "L"):
        return False
    steps = range(0, 256, 15)
    lattice = np.array(list(product(steps, repeat=3)) if mode == "RGB" else steps, np.uint8)[None]
    before = Image.fromarray(lattice)
    after = np.asarray(_applied(_transform(profile, mode), before), np.int16)
    return int(np.abs(after - np.asarray(before.convert("RGB"), np.int16)).max()) <= _SAME


def _applied(transform: ImageCms.ImageCmsTransform, image: Image.Image) -> Image.Image:
    converted = ImageCms.applyTransform(image, transform)
    if converted is None:  # only an in-place call returns nothing
        raise ImageCms.PyCMSError("the transform gave no picture")
    return converted
