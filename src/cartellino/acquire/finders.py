"""How a row's pictures are found: named in a cell, or under the work's own numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Protocol

from cartellino.acquire.images import Images
from cartellino.acquire.source import Remarks

_OTHER = re.compile(r"[;,\n]")


class Finder(Protocol):
    """Finds the files of one work's pictures, best first."""

    def __call__(self, line: int, work_id: str, accession: str, cell: str | None) -> tuple[str, ...]:
        """The files of the work in this line; `cell` is what its picture column holds."""


class ByCell:
    """Files that a column names.

    Parameters
    ----------
    images : Images
        The folder they must lie in.
    separator : str
        Stands between several names in one cell; '' if there is one.
    remarks : Remarks
        Told of names that were not taken.
    """

    def __init__(self, images: Images, separator: str, remarks: Remarks) -> None:
        self._images, self._separator, self._remarks = images, separator, remarks

    def __call__(self, line: int, work_id: str, accession: str, cell: str | None) -> tuple[str, ...]:
        """The files that `cell` names."""
        addresses = []
        for name in self._names(cell or ""):
            found = self._images.named(name)
            if found.problem:
                self._remarks.add(f"the picture '{name}' is {found.problem}", line, work_id)
            else:
                addresses.append(found.address)
        return tuple(addresses)

    def finds(self, cell: str) -> bool:
        """Whether a file that `cell` names is in the folder."""
        return any(self._images.holds(name) for name in self._names(cell))

    def _names(self, cell: str) -> list[str]:
        names = cell.split(self._separator) if self._separator else [cell]
        return [part for name in names if name.strip() for part in self._apart(name.strip())]

    def _apart(self, name: str) -> list[str]:
        """Names that something else than the separator stands between, if each is in the folder."""
        if not _OTHER.search(name) or self._images.holds(name):
            return [name]
        parts = [part.strip() for part in _OTHER.split(name) if part.strip()]
        return parts if all(map(self._images.holds, parts)) else [name]


class ByNumber:
    """Files named after the work's id or accession number, with its further views.

    Parameters
    ----------
    images : Images
        The folder, listed.
    remarks : Remarks
        Told of ids that seem to have lost their zeros.
    """

    def __init__(self, images: Images, remarks: Remarks) -> None:
        self._images, self._remarks = images, remarks

    def prepare(self, numbers: Callable[[], Iterable[str]]) -> None:
        """Learn all ids and accession numbers where '12-3' could be a view of 12 or a work of its own."""
        if self._images.has_views:
            self._images.claim(numbers())

    def __call__(self, line: int, work_id: str, accession: str, cell: str | None) -> tuple[str, ...]:
        """The files named after the work."""
        found = self._images.of(work_id, accession)
        if not found:
            padded = self._images.padded(work_id)
            if padded:
                found = [padded]
                self._remarks.add(
                    f"'{work_id}' may have lost the zeros in front of it: its picture is {padded}",
                    line,
                    work_id,
                )
        return tuple(map(self._images.address, found))
