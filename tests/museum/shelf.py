"""The records and pictures that are shown, read anew each time: a test may change them as it goes."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from PIL import Image

_TYPES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".tif": "image/tiff",
    ".webp": "image/webp",
}
_IDENT = re.compile(r"(\d{1,18})(?:-(\d{1,4}))?")
_UNKNOWN = (1000, 1000)


class Shelf:
    """Records by object id, and their pictures.

    A picture's ident is the object's id, or 'ID-2' for its second additional picture. An additional picture
    that has no file of its own is the object's first with a comment in it: other bytes, without other files.

    Parameters
    ----------
    records : iterable of dict
        In the form of the Met's API; 'objectID' is needed.
    images : Path
        Folder with 'ID.jpg' (or .jpeg .png .tif .webp).
    """

    def __init__(self, records: Iterable[dict[str, Any]], images: Path) -> None:
        self.records = {int(record["objectID"]): record for record in records}
        self._images = images

    def views(self, work: int) -> list[str]:
        """The idents of an object's pictures, the first one first; a record may name one that is lost."""
        record = self.records[work]
        first = str(work)
        if not record.get("primaryImage", self.file(first)):
            return []
        return [first, *(f"{work}-{place + 1}" for place in range(len(record.get("additionalImages") or ())))]

    def file(self, ident: str) -> Path | None:
        """The file of a picture, its own or the one it is made from."""
        if not (found := _IDENT.fullmatch(ident)):
            return None
        for stem in dict.fromkeys((ident, found[1])):
            for suffix in _TYPES:
                if (path := self._images / (stem + suffix)).is_file():
                    return path
        return None

    def name(self, ident: str) -> str:
        """The name a picture is asked for by."""
        path = self.file(ident)
        return ident + (path.suffix if path else ".jpg")

    def data(self, ident: str) -> bytes | None:
        """The bytes of a picture."""
        if not (path := self.file(ident)):
            return None
        data = path.read_bytes()
        return data if path.stem == ident else _commented(data, ident)

    def media_type(self, ident: str) -> str:
        """What a picture is."""
        path = self.file(ident)
        return _TYPES[path.suffix] if path else "image/jpeg"

    def modified(self, ident: str) -> float:
        """When a picture's file was last changed."""
        path = self.file(ident)
        return path.stat().st_mtime if path else 0.0

    def size(self, ident: str) -> tuple[int, int]:
        """Width and height; a guess for a picture that cannot be opened, as in a museum's stale manifest."""
        try:
            with Image.open(io.BytesIO(self.data(ident) or b"")) as picture:
                return picture.size
        except OSError:
            return _UNKNOWN


def _commented(data: bytes, ident: str) -> bytes:
    """A JPEG with a COM segment after its start (ITU T.81, B.2.4.5); anything else as it is."""
    if data[:2] != b"\xff\xd8":
        return data
    comment = f"view {ident}".encode()
    return data[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2) + comment + data[2:]
