"""Small pictures for the body of a page."""

from __future__ import annotations

import base64
import io

from PIL import Image

from cartellino.catalogue.pictures import BestView
from cartellino.pictures.store import PictureStore

_QUALITY = 78
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError)


def thumbnail(view: BestView, store: PictureStore, side: int) -> Image.Image | None:
    """A whole picture, border and all, at most `side` pixels long; None if it can no longer be decoded."""
    try:
        with Image.open(store.path(view.picture)) as image:
            image.draft("RGB", (side, side))
            small = image.convert("RGB")
    except _BROKEN:
        return None
    small.thumbnail((side, side), Image.Resampling.LANCZOS)
    return small


def inline(image: Image.Image) -> str:
    """An image as the address that a page gives it: JPEG in base64 (RFC 2397)."""
    written = io.BytesIO()
    image.save(written, "JPEG", quality=_QUALITY, optimize=True)
    return f"data:image/jpeg;base64,{base64.b64encode(written.getvalue()).decode('ascii')}"
