"""Photographs within a drawing, as JPEG: as PNG, which is how they are drawn, they are ten times as large."""

from __future__ import annotations

import base64
import io
import re

from PIL import Image

_PNG = re.compile(r"data:image/png;base64,([A-Za-z0-9+/=\s]+)")
_QUALITY = 75
_WORTH = 2  # so many times as large, a PNG is a photograph; of flat colours it is the smaller of the two


def lighter(drawing: str) -> str:
    """An SVG document whose photographs are JPEG; pictures of flat colours, or with holes, stay as they are.

    Parameters
    ----------
    drawing : str
        The document, its pictures as PNG in base64 (RFC 2397).
    """
    return _PNG.sub(lambda found: _photograph(base64.b64decode(found[1])) or found[0], drawing)


def _photograph(png: bytes) -> str:
    """The address of the same picture as JPEG; '' if it is better left as it is."""
    with Image.open(io.BytesIO(png)) as image:
        seen = image.convert("RGBA")
    if seen.getchannel("A").getextrema() != (255, 255):
        return ""
    written = io.BytesIO()
    seen.convert("RGB").save(written, "JPEG", quality=_QUALITY, optimize=True)
    if len(written.getvalue()) * _WORTH > len(png):
        return ""
    return f"data:image/jpeg;base64,{base64.b64encode(written.getvalue()).decode('ascii')}"
