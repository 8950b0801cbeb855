"""Where pictures are kept: one file each, named by the digest of what came in, written whole."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterable
from pathlib import Path

from PIL import Image

from cartellino import files
from cartellino.errors import CollectionError
from cartellino.pictures import borders
from cartellino.pictures.decode import Decoded, measured
from cartellino.pictures.fingerprint import fingerprint
from cartellino.records import Picture, Trim
from cartellino.settings import PictureSettings

_NAME = re.compile(r"[0-9a-f]{2}/[0-9a-f]{62}\.(jpg|png|webp)")
_SUFFIX = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}
_LOSSLESS = ("PNG", "TIFF")
_BEGUN = "begun"  # the folder, below that of the pictures, of files that are being written
_SMALL = 512 * 512


class PictureStore:
    """The folder of kept pictures.

    A picture that is plain already (`decode`) keeps its bytes. Any other is kept as it was normalised: as PNG
    if it came without loss and is small (512 × 512 pixels or fewer), where JPEG's noise would show most and
    PNG costs least; otherwise as JPEG of quality 95 with full colour resolution.

    Parameters
    ----------
    folder : Path
        ``pictures/`` of a collection.
    settings : PictureSettings
        How pictures are decoded.
    """

    def __init__(self, folder: Path, settings: PictureSettings) -> None:
        self.folder, self.settings = folder, settings
        self.begun = folder / _BEGUN

    def add(self, data: bytes, digest: str = "") -> Picture:
        """Decode a picture and keep it; adding it again changes nothing.

        What was added is safe from a power cut only after `settle`.

        Parameters
        ----------
        data : bytes
            The whole file.
        digest : str
            Its SHA-256, where it is known already.

        Raises
        ------
        PictureError
            If it cannot be trusted.
        StorageError
            If it cannot be written.
        """
        digest = digest or files.digest(data)
        decoded = measured(data, self.settings)
        grey = decoded.image.convert("L") if decoded.image.mode != "L" else decoded.image
        trim = borders.find(grey)
        mark = fingerprint(_inside(grey, trim))
        suffix, kept, change = _kept(data, decoded)
        name = f"{_stem(digest)}{suffix}"
        self._write(name, kept)
        changes = decoded.changes + ((change,) if change else ())
        return Picture(digest, name, *grey.size, trim, mark, decoded.format, changes)

    def sweep(self) -> None:
        """Let go of what a run that was killed had begun to write; by whoever alone may add now."""
        for left in self.begun.glob(".*.part"):
            left.unlink(missing_ok=True)

    def settle(self, pictures: Iterable[Picture]) -> None:
        """Wait until pictures that were added are on the disk; before the catalogue says that they are kept.

        Raises
        ------
        StorageError
            If the disk is full or failing.
        """
        files.settle(sorted({self.path(picture) for picture in pictures}))

    def path(self, picture: Picture) -> Path:
        """The file of a kept picture.

        Raises
        ------
        CollectionError
            If the catalogue gives it a name that this store never gives.
        """
        if not _NAME.fullmatch(picture.file):
            raise CollectionError(
                f"'{picture.file}' is no name of a kept picture",
                f"picture {picture.digest[:12]}",
                "The catalogue was changed from outside; restore a backup.",
            )
        return self.folder / picture.file

    def has(self, picture: Picture) -> bool:
        """Whether the file of a kept picture is there."""
        return self.path(picture).is_file()

    def may_have(self, digest: str) -> bool:
        """Whether a file is named by this SHA-256 of what came in, be it kept or only written."""
        stem = self.folder / _stem(digest)
        return any(os.path.isfile(f"{stem}{suffix}") for suffix in _SUFFIX.values())  # noqa: PTH113 - quicker

    def _write(self, name: str, data: bytes) -> None:
        path = self.folder / name
        if not path.is_file() or path.read_bytes() != data:  # other settings, or a power cut, make another
            files.write_soon(path, data, self.begun)


def _stem(digest: str) -> str:
    return f"{digest[:2]}/{digest[2:]}"


def _inside(image: Image.Image, trim: Trim) -> Image.Image:
    box = (trim.left, trim.top, trim.right, trim.bottom)
    return image if box == (0, 0, *image.size) else image.crop(box)


def _kept(data: bytes, decoded: Decoded) -> tuple[str, bytes, str]:
    if decoded.plain:
        return _SUFFIX[decoded.format], data, ""
    image, stream = decoded.image, io.BytesIO()
    if decoded.format in _LOSSLESS and image.width * image.height <= _SMALL:
        image.save(stream, "PNG")
        return ".png", stream.getvalue(), "" if decoded.format == "PNG" else "kept as PNG"
    _as_jpeg(image, stream)
    return ".jpg", stream.getvalue(), "kept as JPEG of quality 95"


def _as_jpeg(image: Image.Image, stream: io.BytesIO) -> None:
    image.save(stream, "JPEG", quality=95, subsampling="4:4:4")
