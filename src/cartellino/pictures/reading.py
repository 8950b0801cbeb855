"""The file an address names, read with care: only picture files, only where they may lie."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from cartellino import files
from cartellino.errors import PictureError

_OTHER_ENDINGS = (".jpg", ".JPG", ".jpeg", ".JPEG", ".png", ".PNG", ".tif", ".TIF", ".tiff", ".webp")
_BYTES_PER_PIXEL = 8  # 16 bits of red, green, blue and alpha, without compression


@dataclass(frozen=True, slots=True)
class File:
    """A file as it was read: its bytes, their SHA-256, and a stamp that changes with size and time."""

    data: bytes
    digest: str
    stamp: str


def located(base: Path, address: str) -> Path:
    """The file that `address` names: absolute, or relative to `base` and then inside it.

    Raises
    ------
    PictureError
        If it names no file, or leads out of `base` by a relative way.
    """
    if "://" in address:
        raise PictureError("this is a web address, not a file")
    path = Path(address)
    if path.is_absolute():
        return path
    found = Path(os.path.normpath(base / path))
    if not found.is_relative_to(os.path.normpath(base)):
        raise PictureError("the address leads out of the collection's folder")
    return found


def stamp(path: Path) -> str:
    """Size and time of a picture's file, by which a later run knows it again.

    Raises
    ------
    PictureError
        If there is no such file, or it is no ordinary one.
    """
    return _stamp(_examined(path))


def _stamp(found: os.stat_result) -> str:
    return f"{found.st_size}-{found.st_mtime_ns}"


def _examined(path: Path) -> os.stat_result:
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise PictureError(f"there is no such file{_beside(path)}") from error
    except (OSError, ValueError) as error:
        raise PictureError(_refusal(error)) from error
    if stat.S_ISDIR(found.st_mode):
        raise PictureError("this is a folder, not a picture")
    if not stat.S_ISREG(found.st_mode):
        raise PictureError("this is no ordinary file")
    return found


def read(path: Path, max_megapixels: float) -> File:
    """Read a picture's file whole.

    Parameters
    ----------
    path : Path
        As `located`.
    max_megapixels : float
        A file that is larger than such a picture could ever be is not read into memory.

    Raises
    ------
    PictureError
        If it cannot be read, or is too large for a picture.
    """
    found = _examined(path)
    size = found.st_size
    if size > max_megapixels * 1e6 * _BYTES_PER_PIXEL:
        raise PictureError(f"its {size / 1e9:.1f} GB are more than {max_megapixels:g} megapixels can need")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise PictureError(_refusal(error)) from error
    return File(data, files.digest(data), _stamp(found))


def _beside(path: Path) -> str:
    """A hint, never a substitute: a picture of the same name under another ending."""
    for ending in _OTHER_ENDINGS:
        other = path.with_suffix(ending)
        try:
            if other.name != path.name and other.is_file():
                return f", but '{other.name}' lies beside it"
        except OSError:
            return ""
    return ""


def _refusal(error: OSError | ValueError) -> str:
    if isinstance(error, PermissionError):
        return "it cannot be read with your rights"
    words = getattr(error, "strerror", None) or str(error)
    return f"it cannot be read ({words})"
