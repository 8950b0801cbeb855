"""Walks a folder of pictures: nothing hidden, nothing outside it, names that every system can write."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cartellino.errors import InputError
from cartellino.files import explained

_KEPT = {".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".tif", ".tiff", ".webp"}
_OTHERS = {  # known to be pictures, so that quarantine can say why they are not kept
    *(".gif", ".bmp", ".heic", ".heif", ".avif", ".jp2", ".j2k", ".jxl", ".psd", ".svg", ".ico", ".tga"),
    *(".dng", ".cr2", ".cr3", ".nef", ".arw"),
}
PICTURE_SUFFIXES = frozenset(_KEPT | _OTHERS)
_LITTER = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db", "picasa.ini", "icon\r", "__macosx"})
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Found:
    """A file below the folder, with forward slashes; `problem` says why it cannot be used, if so."""

    path: str
    problem: str = ""


def folder(path: Path, what: str = "folder of pictures") -> Path:
    """Return `path` if it is a folder, resolved.

    Raises
    ------
    InputError
        If there is no such folder, or it is a file.
    """
    if not path.exists():
        raise InputError(f"there is no such {what}", str(path), "Check the name.")
    if not path.is_dir():
        raise InputError(
            f"this is a file, not a {what}", str(path), "Name the folder that holds the pictures."
        )
    return path.resolve()


def walk(root: Path) -> Iterator[Found]:
    """Yield the files below `root`, in no order; hidden files and the litter of systems are passed over.

    Links within `root` to files in it are followed; links that leave it, and links to folders, are problems.

    Raises
    ------
    InputError, StorageError
        If a folder cannot be listed.
    """
    waiting = [""]
    while waiting:
        inside = waiting.pop()
        try:
            with os.scandir(root / inside) as entries:
                for entry in entries:
                    path = f"{inside}/{entry.name}" if inside else entry.name
                    if entry.name.startswith(".") or entry.name.lower() in _LITTER:
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(path)
                    else:
                        yield Found(path, _problem(root, entry))
        except OSError as error:
            raise explained(error, root / inside) from error


def is_picture(path: str) -> bool:
    """Whether a file's name ends as a picture's does, in whatever case."""
    return os.path.splitext(path)[1].lower() in PICTURE_SUFFIXES  # noqa: PTH122 - half a million names


def stem(path: str) -> str:
    """The path without the suffix of its file."""
    return os.path.splitext(path)[0]  # noqa: PTH122 - half a million names


def natural(text: str) -> str:
    """A key that sorts 'view 2' before 'view 10'; a string, as half a million lists would fill the memory."""
    return _DIGITS.sub(_by_size, text.casefold()) + "\0" + text


def _by_size(number: re.Match[str]) -> str:
    digits = number.group().lstrip("0")
    return f"{len(digits):03d}{digits}"


def _problem(root: Path, entry: os.DirEntry[str]) -> str:
    if not _writable(entry.name):
        return "its name is not in UTF-8; rename it"
    if entry.is_symlink():
        target = Path(entry.path).resolve()
        if not target.is_relative_to(root) or not target.is_file():
            return "it is a link that leaves the folder or leads nowhere"
    return ""


def _writable(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
