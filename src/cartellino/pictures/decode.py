"""A picture's bytes made into one upright 8-bit sRGB picture, and what that took said in words."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import ExifTags, Image, ImageColor, ImageFile

from cartellino.errors import InputError, PictureError
from cartellino.pictures import depth
from cartellino.pictures.colour import is_srgb, to_srgb
from cartellino.pictures.opening import decoded, evenly_sampled, opened, pages
from cartellino.pictures.sniff import sniff
from cartellino.settings import PictureSettings

_UPRIGHT = {  # EXIF 3.0, tag 0x0112
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = tuple(_UPRIGHT[turn] for turn in (5, 6, 7, 8))
_SHOWN_EVERYWHERE = ("JPEG", "PNG", "WEBP")  # a browser shows no TIFF
_JPEG_LIMIT = 65_500


@dataclass(frozen=True, slots=True)
class Decoded:
    """A picture as it can be trusted.

    Parameters
    ----------
    image : PIL.Image.Image
        Mode 'RGB', sRGB, upright, within the longest side; from `measured` it may be mode 'L'.
    format : str
        'JPEG', 'PNG', 'TIFF' or 'WEBP'.
    changes : tuple of str
        What was done to get there, in words.
    plain : bool
        True if nothing had to be done: the file's own bytes can be kept and shown as they are.
    """

    image: Image.Image
    format: str
    changes: tuple[str, ...]
    plain: bool


def decode(data: bytes, settings: PictureSettings) -> Decoded:
    """Decode a picture in full and normalise it.

    Parameters
    ----------
    data : bytes
        The whole file.
    settings : PictureSettings
        The cap on pixels, the longest side, and the background under transparency.

    Raises
    ------
    PictureError
        If it cannot be trusted; `what` is the reason, for quarantine.
    InputError
        If the settings name no colour or no size.
    """
    background, side = _checked(settings)
    kind = sniff(data)
    image = opened(data, kind, settings.max_megapixels)
    size, changes = image.size, _noticed(image, kind)
    turned_by_pillow = kind == "TIFF" and _exif_turn(image) is not None
    decoded(image, kind, side)
    try:
        turn = _exif_turn(image)
        if turn is not None or turned_by_pillow:
            changes.append("turned upright by its EXIF orientation")
        rgb, done = _normal(image if turn is None else image.transpose(turn), side, background)
    except MemoryError as error:
        raise PictureError("there is not enough memory to decode it") from error
    if max(size) > side:
        size = size[::-1] if turn in _SIDEWAYS else size
        changes.append(f"reduced from {size[0]} × {size[1]} to {rgb.width} × {rgb.height} pixels")
    changes += done
    return Decoded(rgb, kind, tuple(changes), not changes and kind in _SHOWN_EVERYWHERE)


def measured(data: bytes, settings: PictureSettings) -> Decoded:
    """Decode a picture for what is measured on its greys; one that must be changed is decoded as ever.

    Of a JPEG whose bytes are kept as they are nobody needs the colours now, and making them costs as much as
    all the rest. So only its luminance (ITU-T T.871) is made, mode 'L'; every byte is read all the same, and
    a broken file is found out. The greys are those of its red, green and blue but for rounding.

    Raises
    ------
    PictureError, InputError
        As `decode`.
    """
    _, side = _checked(settings)
    kind = sniff(data)
    if kind == "JPEG":
        image = opened(data, kind, settings.max_megapixels)
        if _needs_no_change(image, side):
            decoded(image, kind, side, greys=True)
            return Decoded(image, kind, (), True)
    return decode(data, settings)


def _needs_no_change(image: ImageFile.ImageFile, side: int) -> bool:
    """Whether a JPEG will be plain, as far as its header tells."""
    return (
        max(image.size) <= side
        and image.mode in ("L", "RGB")
        and pages(image) == 1
        and _exif_turn(image) is None
        and is_srgb(image.info.get("icc_profile") or b"", image.mode)
        and evenly_sampled(image)
    )


def _checked(settings: PictureSettings) -> tuple[tuple[int, ...], int]:
    if settings.longest_side < 1 or settings.max_megapixels <= 0:
        raise InputError("a size of pictures must be above 0", "cartellino.toml [pictures]", "Correct it.")
    try:
        background = ImageColor.getrgb(settings.background)[:3]
    except ValueError as error:
        raise InputError(
            f"'{settings.background}' is no colour", "cartellino.toml [pictures]", "Write it as '#ffffff'."
        ) from error
    return background, min(settings.longest_side, _JPEG_LIMIT)


def _noticed(image: ImageFile.ImageFile, kind: str) -> list[str]:
    """What only an image that is not yet loaded can tell."""
    noticed, frames = [], pages(image)
    if frames > 1 and kind == "TIFF":
        noticed.append("the first of its pages")
    elif frames > 1:
        noticed.append(f"the first of its {frames} frames")
    if depth.cut_to_eight(image):
        noticed.append("16 bits a channel scaled to 8")
    depth.mend_transparency(image)
    return noticed


def _exif_turn(image: Image.Image) -> Image.Transpose | None:
    try:
        return _UPRIGHT.get(image.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # broken EXIF raises nearly anything, and says nothing about the picture
        return None


def _normal(image: Image.Image, side: int, background: tuple[int, ...]) -> tuple[Image.Image, list[str]]:
    profile = image.info.get("icc_profile") or b""
    image, changes = _eight_bit(image)
    if max(image.size) > side:
        image = _reduced(image, side)
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    rgb, change = to_srgb(image.convert("RGB") if alpha else image, profile)
    changes += [change] if change else []
    if alpha:
        rgb, change = _composited(rgb, alpha, background)
        changes.append(change)
    return rgb, changes


def _eight_bit(image: Image.Image) -> tuple[Image.Image, list[str]]:
    changes = []
    if depth.is_deep(image):
        image, change = depth.eight_bit(image)
        changes.append(change)
    if image.mode == "1":
        changes.append("black and white without greys, expanded to 8 bits")
    if image.mode in ("P", "PA"):
        changes.append("expanded from a palette")
    if image.has_transparency_data or image.mode == "La":
        image = (image.convert("LA") if image.mode == "La" else image).convert("RGBA")
    elif image.mode in ("1", "P"):
        image = image.convert("L" if image.mode == "1" else "RGB")
    return image, changes


def _reduced(image: Image.Image, side: int) -> Image.Image:
    scale = side / max(image.size)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _composited(rgb: Image.Image, alpha: Image.Image, background: tuple[int, ...]) -> tuple[Image.Image, str]:
    if alpha.getextrema() == (255, 255):
        return rgb, "its transparency, which hides nothing, was left out"
    ground = Image.new("RGB", rgb.size, background)
    ground.paste(rgb, mask=alpha)
    colour = "#{:02x}{:02x}{:02x}".format(*background)
    return ground, f"its transparency laid on {colour}"
