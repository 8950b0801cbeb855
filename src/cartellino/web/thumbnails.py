"""Small pictures, made when they are first asked for and kept in memory."""

from __future__ import annotations

import io
import threading
from collections import OrderedDict
from pathlib import Path

from cartellino.records import Picture
from cartellino.web.errors import DeskError

SIDE = 320  # twice what is shown, for dense screens
_KEPT = 512
_AT_ONCE = 2
_TYPES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}


class Thumbnails:
    """Pictures of one collection as files and as thumbnails.

    Parameters
    ----------
    folder : Path
        Where kept pictures lie.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._made: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()
        self._decoding = threading.BoundedSemaphore(_AT_ONCE)

    def file(self, picture: Picture) -> tuple[Path, str]:
        """Where a kept picture lies, and its media type.

        Raises
        ------
        DeskError
            404 if it lies outside the collection, is not there, or is nothing a browser shows.
        """
        path = (self._folder / picture.file).resolve()
        media = _TYPES.get(path.suffix.lower(), "")
        if not path.is_relative_to(self._folder) or not media or not path.is_file():
            do = "Add the works again: that brings missing pictures back."
            raise DeskError(404, "the picture is not where it was kept", picture.file, do)
        return path, media

    def thumbnail(self, picture: Picture) -> bytes:
        """A JPEG of at most `SIDE` pixels.

        Raises
        ------
        DeskError
            As `file`; or 404 if the file can no longer be decoded.
        """
        with self._lock:
            if picture.digest in self._made:
                self._made.move_to_end(picture.digest)
                return self._made[picture.digest]
        path, _ = self.file(picture)
        with self._decoding:
            made = _reduced(path)
        with self._lock:
            self._made[picture.digest] = made
            if len(self._made) > _KEPT:
                self._made.popitem(last=False)
        return made


def _reduced(path: Path) -> bytes:
    from PIL import Image

    try:
        with Image.open(path) as image:
            image.draft("RGB", (SIDE, SIDE))
            small = image.convert("RGB")
            small.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    except OSError as error:
        raise DeskError(
            404, f"the picture cannot be read any more: {error}", path.name, "Add it again."
        ) from error
    written = io.BytesIO()
    small.save(written, "JPEG", quality=85)
    return written.getvalue()
