"""Works from the Kaggle data set 'Best Artworks of All Time': artists, and pictures named after them.

https://www.kaggle.com/datasets/ikarus777/best-artworks-of-all-time
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import ClassVar

from cartellino.acquire.datasets.published import KnownTable
from cartellino.acquire.flatten import SEPARATOR
from cartellino.acquire.source import Remarks, Source
from cartellino.acquire.tables.columns import Roles, columns
from cartellino.acquire.tables.dialect import PLAIN_FORMAT
from cartellino.acquire.walk import folder, is_picture, natural, stem, walk
from cartellino.errors import InputError
from cartellino.records import Rejected, Work

_TABLE, _SMALL = "artists.csv", "resized"
_LISTS = ("genre", "nationality")  # columns whose values stand between commas


class BestArtworksSource(Source):
    """Pictures of some fifty painters, each a work with what the table tells of its painter.

    The id is the picture's name without its suffix (``Vincent_van_Gogh_12``). Names that a wrong encoding
    spoilt when the data set was packed (``Albrecht_DuΓòá├¬rer``) are read as they were meant; a picture that
    lies in two folders under one name is one work.

    Parameters
    ----------
    path : Path or str
        The unpacked folder: ``artists.csv``, and ``images`` or ``resized`` beside it.
    resized : bool
        Whether to take the small pictures of ``resized``; they are taken as well if there are no others.
    name : str, optional
        The source's name; the folder's if not given.

    Raises
    ------
    InputError
        If the table or the pictures are missing.
    """

    kind: ClassVar[str] = "best-artworks"

    def __init__(self, path: Path | str, *, resized: bool = False, name: str | None = None) -> None:
        self._root = folder(Path(path), "folder of the data set")
        super().__init__(name or self._root.name or self.kind, self._root)
        self.base, self.format = self._root, dict(PLAIN_FORMAT)
        self._artists = _Artists(self._root / _TABLE)
        self._files = self._listed(resized)
        header = ("id", "artist", *self._artists.header, "file")
        self.columns = columns(header, Roles(0, picture=len(header) - 1))

    def _listed(self, resized: bool) -> list[tuple[str, str]]:
        """(path, problem) of the pictures, of one size only: the others show the same works again."""
        found = [(each.path, each.problem) for each in walk(self._root) if is_picture(each.path)]
        small = [entry for entry in found if _is_small(entry[0])]
        large = [entry for entry in found if not _is_small(entry[0])]
        chosen = (small or large) if resized else (large or small)
        if not chosen:
            do = "Unpack images.zip beside artists.csv."
            raise InputError("there is no picture in this folder", self.address, do)
        return sorted(chosen, key=lambda entry: natural(entry[0]))

    def _works(self) -> Iterator[Work | Rejected]:
        first: dict[str, str] = {}
        for line, (path, problem) in enumerate(self._files, start=1):
            work_id = _meant(stem(path.rpartition("/")[2]))
            if problem:
                yield Rejected(line, problem, path.encode("utf-8", "backslashreplace").decode())
            elif work_id in first:
                self.remarks.add(f"its picture lies in two places; {first[work_id]} was taken", line, work_id)
            else:
                first[work_id] = path
                yield self._work(line, work_id, path)

    def _work(self, line: int, work_id: str, path: str) -> Work:
        artist = work_id.rpartition("_")[0] or work_id
        known = self._artists.of(artist)
        if known is None:
            self.remarks.add(f"'{artist}' is not in {_TABLE}", line, work_id)
            known = _Known(artist.replace("_", " "), ((),) * len(self._artists.header))
        values = ((work_id,), (known.name,), *known.values, (path,))
        cells = tuple(SEPARATOR.join(each) for each in values)
        several = tuple((place, each) for place, each in enumerate(values) if len(each) > 1)
        return Work(work_id, line, cells, several=several, pictures=(str(self._root / path),))


class _Known:
    """What the table tells of one artist: the values of each column."""

    __slots__ = ("name", "values")

    def __init__(self, name: str, values: Sequence[tuple[str, ...]]) -> None:
        self.name, self.values = name, tuple(values)


class _Artists:
    """The table of artists, by name."""

    def __init__(self, path: Path) -> None:
        table = KnownTable(path, "name")
        (self._name,) = table.places
        others = [place for place in range(len(table.header)) if place != self._name]
        headers = [table.header[place].strip() for place in others]
        # The work has an id of its own.
        self.header = tuple("artist id" if head.casefold() == "id" else head for head in headers)
        self._of: dict[str, _Known] = {}
        for row in table.rows(Remarks()):
            if not isinstance(row, Rejected):
                cells = [(cell or "").strip() for cell in row[1]]
                values = [_values(head, cells[place]) for head, place in zip(headers, others, strict=True)]
                self._of[_key(cells[self._name])] = _Known(cells[self._name], values)

    def of(self, name: str) -> _Known | None:
        """The artist of this name, however it is spelt."""
        return self._of.get(_key(name))


def _is_small(path: str) -> bool:
    return _SMALL in path.split("/")[:-1]


def _values(head: str, cell: str) -> tuple[str, ...]:
    if head.casefold() not in _LISTS:
        return (cell,)
    return tuple(part.strip() for part in cell.split(",") if part.strip())


def _key(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(filter(str.isalnum, plain))


def _meant(name: str) -> str:
    """A name as it was before a zip program took its UTF-8 for DOS letters (code page 437), once or twice."""
    for _ in range(2):
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            break
    return unicodedata.normalize("NFC", name)
