"""Finds the pictures of works in a folder: by the name a cell gives, or by the work's own numbers."""

from __future__ import annotations

import os
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from cartellino.acquire.walk import folder, is_picture, natural, stem, walk

_VIEW = re.compile(r"(?:[_-]|\s?\()(\d{1,3})\)?\Z")  # 12_1, 12-2, 12 (3)
_AFTER = ("_", "-", " (", "(")
_UNFIT = re.compile(r'[\\/:*?"<>|]')  # characters that file names cannot hold on every system
_DRIVE = re.compile(r"[A-Za-z]:")
_WEB = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


@dataclass(frozen=True, slots=True)
class Named:
    """The file that a cell names, or why it is not taken."""

    address: str = ""
    problem: str = ""


class Images:
    """The files of a folder and of the folders in it, listed once.

    Half a million names take some 60 MB: they are kept as one sorted list, not as a dictionary.

    Parameters
    ----------
    root : Path
        The folder.
    listed : bool
        Whether to list it. Unlisted, only files that cells name exactly are found.

    Raises
    ------
    InputError
        If there is no such folder.
    """

    def __init__(self, root: Path, *, listed: bool = True) -> None:
        self.root = folder(root)
        self.listed = listed
        self.suffixes: set[str] = set()
        self.has_views = False
        self.unfit = 0
        self._padded = False  # whether a number with zeros in front is among the names
        self._unpadded: dict[str, str] | None = None
        self._taken: frozenset[str] = frozenset()
        # Each entry is a file's name in small letters, and after a NUL its path if that differs.
        self._entries = sorted(self._list()) if listed else []

    def _list(self) -> Iterator[str]:
        for found in walk(self.root):
            if found.problem:
                self.unfit += 1
                continue
            name = found.path.rpartition("/")[2]
            folded = name.casefold()
            if is_picture(name):
                self.suffixes.add(folded[folded.rindex(".") :])
                self.has_views = self.has_views or bool(_VIEW.search(stem(name)))
                self._padded = self._padded or (name[0] == "0" and stem(name).isdigit())
            yield folded if folded == found.path else f"{folded}\0{found.path}"

    def __len__(self) -> int:
        return len(self._entries)

    def claim(self, ids: Iterable[str]) -> None:
        """Note which numbers that look like a view of another work ('12-3') are works themselves."""
        self._taken = frozenset(form for told in ids if _VIEW.search(told) for form in _forms(told))

    def of(self, *ids: str) -> list[str]:
        """The files named after the first of `ids` that any is named after: its own, then its views."""
        for told in ids:
            found = [path for form in _forms(told) for path in self._all_of(form)]
            if found:
                return list(dict.fromkeys(found))
        return []

    def padded(self, told: str) -> str:
        """The one file whose name is the number `told` with zeros in front, or ''."""
        if not self._padded or not told.isdigit():
            return ""
        if self._unpadded is None:
            self._unpadded = self._without_zeros()
        return self._unpadded.get(told, "")

    def named(self, cell: str) -> Named:
        """The file that a cell names, never one outside the folder.

        A name that is in the folder is found whatever its case, and with its suffix left out; one that is
        nowhere is returned as it is, for the picture to be quarantined as missing.
        """
        told = cell.strip().replace("\\", "/")
        if _WEB.match(told) and not told.lower().startswith("file://"):
            fetched = told.lower().startswith(("http://", "https://"))
            return Named(cell.strip()) if fetched else Named(problem="an address that cannot be fetched")
        if "\0" in told or told.lower().startswith("file:"):
            return Named(problem="not the name of a file")
        inside = self._inside(told)
        if inside is None:
            return Named(problem="outside the folder of pictures, and was not taken")
        known = self._known(inside) if self.listed else ""
        if known:
            return Named(self.address(known))
        link = self.root / inside
        if link.exists() and not link.resolve().is_relative_to(self.root):
            return Named(problem="a link that leaves the folder of pictures, and was not taken")
        return Named(self.address(inside))

    def holds(self, cell: str) -> bool:
        """Whether the file that a cell names is in the folder."""
        inside = self._inside(cell.strip().replace("\\", "/"))
        return bool(inside and self._known(inside))

    def address(self, path: str) -> str:
        """A file of this folder as works name it: in full, lest it be mistaken for another source's."""
        return str(self.root / path)

    def _inside(self, told: str) -> str | None:
        if told.startswith("/") or _DRIVE.match(told):
            root = self.root.as_posix().rstrip("/") + "/"
            told = os.path.normpath(told).replace("\\", "/")
            if not os.path.normcase(told).startswith(os.path.normcase(root)):
                return None
            told = told[len(root) :]
        path = PurePosixPath(os.path.normpath(told).replace("\\", "/"))
        return None if path.is_absolute() or ".." in path.parts or not path.name else str(path)

    def _known(self, inside: str) -> str:
        name = inside.casefold().rpartition("/")[2]
        paths = list(self._with_name(name)) or [
            path for suffix in sorted(self.suffixes) for path in self._with_name(name + suffix)
        ]
        if len(paths) == 1:
            return paths[0]
        return next((path for path in paths if path.casefold() == inside.casefold()), "")

    def _with_name(self, name: str) -> Iterator[str]:
        """Paths of the files of this name, in small letters."""
        for entry in self._from(name):
            folded, _, path = entry.partition("\0")
            if folded != name:
                return
            yield path or folded

    def _from(self, start: str) -> Iterator[str]:
        entries = self._entries
        for n in range(bisect_left(entries, start), len(entries)):
            if not entries[n].startswith(start):
                return
            yield entries[n]

    def _all_of(self, form: str) -> Iterator[str]:
        for suffix in sorted(self.suffixes):
            yield from self._with_name(form + suffix)
        if self.has_views:
            yield from sorted(self._views_of(form), key=natural)

    def _views_of(self, form: str) -> Iterator[str]:
        for after in _AFTER:
            for entry in self._from(form + after):
                folded, _, path = entry.partition("\0")
                bare = stem(folded)
                view = _VIEW.search(bare)
                if view and view.start() == len(form) and is_picture(folded) and bare not in self._taken:
                    yield path or folded

    def _without_zeros(self) -> dict[str, str]:
        """Numbers to the one file that has them with zeros in front; '' where several have."""
        found: dict[str, str] = {}
        for entry in self._from("0"):
            folded, _, path = entry.partition("\0")
            if is_picture(folded) and stem(folded).isdigit():
                number = stem(folded).lstrip("0")
                found[number] = "" if number in found else path or folded
        return found


def _forms(told: str) -> list[str]:
    """How an id may be written in a file's name; a slash of an accession number cannot stand there."""
    folded = told.strip().casefold()
    if not folded:
        return []
    return list(
        dict.fromkeys(
            (folded, _UNFIT.sub("_", folded), _UNFIT.sub("-", folded)) if _UNFIT.search(folded) else (folded,)
        )
    )
