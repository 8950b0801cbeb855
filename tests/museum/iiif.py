"""The IIIF Image API, versions 2.1 and 3.0 (https://iiif.io/api/image/3.0/): level 2, by way of Pillow.

Version 2 makes pictures larger on request ('sizeAboveFull'); version 3 only where the size begins with '^'.
"""

from __future__ import annotations

import io
import re
from typing import Any

from PIL import Image

from .answers import Answer, page, told
from .hall import Hall

_PIXELS = re.compile(r"(\d+),(\d+),(\d+),(\d+)")
_SIZE = re.compile(r"(\^?)(?:(max|full)|pct:(\d+(?:\.\d+)?)|(!?)((?:[1-9]\d{0,8})?),((?:[1-9]\d{0,8})?))")
_MODES = {"default": "RGB", "color": "RGB", "gray": "L"}
_FORMATS = {"jpg": ("JPEG", "image/jpeg"), "png": ("PNG", "image/png")}
_LARGEST = 4_000


class UnaskableError(ValueError):
    """A region or size that the standard does not know, or that this server does not make."""


def information(hall: Hall, version: str, ident: str) -> Answer | None:
    """The 'info.json' of a picture."""
    if hall.shelf.data(ident) is None:
        return None
    width, height = hall.shelf.size(ident)
    address = f"{hall.address}/iiif/{version}/{ident}"
    shared: dict[str, Any] = {
        "@context": f"http://iiif.io/api/image/{version}/context.json",
        "protocol": "http://iiif.io/api/image",
        "width": width,
        "height": height,
    }
    if version == "2":
        supports = {"supports": ["sizeByWh", "sizeAboveFull"]}
        own: dict[str, Any] = {
            "@id": address,
            "profile": ["http://iiif.io/api/image/2/level2.json", supports],
        }
    else:
        own = {"id": address, "type": "ImageService3", "profile": "level2"}
    return told(shared | own, media_type="application/ld+json")


def picture(hall: Hall, version: str, ident: str, how: list[str]) -> Answer | None:
    """A picture as asked: region, size, rotation, 'quality.format'; its file's own bytes if that is asked."""
    if (data := hall.shelf.data(ident)) is None:
        return None
    region, size, rotation, written = how
    quality, _, ending = written.partition(".")
    if rotation != "0" or quality not in _MODES or ending not in _FORMATS:
        return page(501, "This server neither turns pictures nor knows that quality or format")
    marks: dict[str, Any] = {
        "kind": "picture",
        "key": f"iiif/{ident}",
        "work": int(ident.partition("-")[0]),
        "modified": hall.shelf.modified(ident),
    }
    try:
        made = _made(data, version, region, size, _MODES[quality], _FORMATS[ending][0])
    except UnaskableError as error:
        return page(400, str(error))
    except OSError:
        return page(500, "This picture cannot be opened")
    return Answer(200, made, _FORMATS[ending][1], **marks)


def _made(data: bytes, version: str, region: str, size: str, mode: str, form: str) -> bytes:
    with Image.open(io.BytesIO(data)) as picture:
        box = _box(region, *picture.size)
        wanted = _wanted(size, box[2] - box[0], box[3] - box[1], version)
        as_it_is = box == (0, 0, *picture.size) and wanted == picture.size
        if as_it_is and (picture.format, picture.mode) == (form, mode):
            return data
        cut = picture.convert(mode).crop(box).resize(wanted, Image.Resampling.BILINEAR)
    stream = io.BytesIO()
    cut.save(stream, form)
    return stream.getvalue()


def _box(region: str, width: int, height: int) -> tuple[int, int, int, int]:
    if region == "full":
        return 0, 0, width, height
    if region == "square":
        side = min(width, height)
        left, top = (width - side) // 2, (height - side) // 2
        return left, top, left + side, top + side
    if not (found := _PIXELS.fullmatch(region)):
        raise UnaskableError("This is no region")
    x, y, wide, high = map(int, found.groups())
    if x >= width or y >= height or not wide or not high:
        raise UnaskableError("This region is outside the picture")
    return x, y, min(x + wide, width), min(y + high, height)


def _wanted(size: str, width: int, height: int, version: str) -> tuple[int, int]:
    """The size asked for in pixels; it must not be above the region's unless larger ones may be made."""
    found = _SIZE.fullmatch(size)
    if not found or not any(found.group(2, 3, 5, 6)) or (version == "3" and found[2] == "full"):
        raise UnaskableError("This is no size")
    larger = version == "2" or bool(found[1])
    if found[2]:
        wanted = width, height
    elif found[3]:
        wanted = round(width * float(found[3]) / 100), round(height * float(found[3]) / 100)
    elif found[4]:
        wanted = _within(int(found[5] or 0), int(found[6] or 0), width, height, larger)
    else:
        wanted = _by_side(int(found[5] or 0), int(found[6] or 0), width, height)
    above = wanted[0] > width or wanted[1] > height
    if min(wanted) < 1 or max(wanted) > _LARGEST or (above and not larger):
        raise UnaskableError("This size is not made")
    return wanted


def _within(most_wide: int, most_high: int, width: int, height: int, larger: bool) -> tuple[int, int]:
    scale = min(most_wide / width, most_high / height)
    if not scale:
        raise UnaskableError("This is no size")
    scale = scale if larger else min(scale, 1.0)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _by_side(wide: int, high: int, width: int, height: int) -> tuple[int, int]:
    return wide or max(1, round(width * high / height)), high or max(1, round(height * wide / width))
