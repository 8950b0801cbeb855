"""Works from the iMet Collection, the Metropolitan Museum's pictures as Kaggle's competitions had them.

``train.csv`` names attributes by number, ``labels.csv`` tells what each number means, with the field in front
('culture::french'; in 2019 culture and tag, in 2020 also country, dimension and medium).
https://github.com/visipedia/imet-fgvcx
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import ClassVar

from cartellino.acquire.datasets.published import KnownTable
from cartellino.acquire.flatten import SEPARATOR
from cartellino.acquire.images import Images
from cartellino.acquire.source import Remarks, Source
from cartellino.acquire.tables.columns import Roles, columns
from cartellino.acquire.tables.dialect import PLAIN_FORMAT
from cartellino.acquire.walk import folder
from cartellino.errors import InputError
from cartellino.records import Rejected, Work

_TABLE, _LABELS, _PICTURES = "train.csv", "labels.csv", "train"
_PLAIN = "label"  # the field of attributes that name none


class IMetSource(Source):
    """The rows of ``train.csv`` as works, with a column for each field that ``labels.csv`` knows.

    Parameters
    ----------
    path : Path or str
        The unpacked folder: ``train.csv``, ``labels.csv`` and the folder ``train`` of pictures named by id.
    name : str, optional
        The source's name; the folder's if not given.

    Raises
    ------
    InputError
        If one of them is missing, or has other columns.
    """

    kind: ClassVar[str] = "imet"

    def __init__(self, path: Path | str, *, name: str | None = None) -> None:
        root = folder(Path(path), "folder of the data set")
        super().__init__(name or root.name or self.kind, root)
        self._table = KnownTable(root / _TABLE, "id", "attribute_ids")
        self._meaning = _meanings(root / _LABELS)
        if not (root / _PICTURES).is_dir():
            raise InputError("the folder of pictures is missing", str(root / _PICTURES), "Unpack train.zip.")
        self._images = Images(root / _PICTURES)
        self.base, self.format = root, dict(PLAIN_FORMAT)
        self._fields = tuple(dict.fromkeys(field for field, _ in self._meaning.values()))
        self.columns = columns((*self._table.header, *self._fields), Roles(self._table.places[0]))

    def _works(self) -> Iterator[Work | Rejected]:
        identity, listed = self._table.places
        for row in self._table.rows(self.remarks):
            if isinstance(row, Rejected):
                yield row
                continue
            line, cells, _ = row
            work_id = (cells[identity] or "").strip()
            numbers = tuple((cells[listed] or "").split())
            values = self._values(line, work_id, numbers)
            parted = [(listed, numbers), *enumerate(values, len(cells))]
            several = tuple((place, each) for place, each in parted if len(each) > 1)
            joined = (*cells, *map(SEPARATOR.join, values))
            yield Work(work_id, line, joined, several=several, pictures=self._pictures(line, work_id))

    def _values(self, line: int, work_id: str, numbers: Sequence[str]) -> list[tuple[str, ...]]:
        """The values of each field, in the order of the row's attributes."""
        found: dict[str, list[str]] = {field: [] for field in self._fields}
        for number in numbers:
            if number in self._meaning:
                field, value = self._meaning[number]
                found[field].append(value)
            else:
                self.remarks.add(f"{_LABELS} does not know attribute {number}", line, work_id)
        return [tuple(values) for values in found.values()]

    def _pictures(self, line: int, work_id: str) -> tuple[str, ...]:
        found = self._images.of(work_id) if work_id else []
        if work_id and not found:
            self.remarks.add(f"there is no picture of it in '{_PICTURES}'", line, work_id)
        return tuple(map(self._images.address, found))


def _meanings(path: Path) -> dict[str, tuple[str, str]]:
    """Field and value of each attribute number."""
    table = KnownTable(path, "attribute_id", "attribute_name")
    number, name = table.places
    found = {}
    for row in table.rows(Remarks()):
        if not isinstance(row, Rejected):
            field, mark, value = (row[1][name] or "").strip().partition("::")
            found[(row[1][number] or "").strip()] = (field, value) if mark else (_PLAIN, field)
    if not found:
        raise InputError("there is no attribute in it", str(path), "Fetch it again.")
    return found
