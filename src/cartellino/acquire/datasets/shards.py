"""The files of a Hugging Face data set that hold its rows: found in its folder, and read as records.

A folder of pictures has ``metadata.csv``, ``.jsonl`` or ``.parquet`` beside them, whose ``file_name`` names
one; other Parquet files hold the pictures too. https://huggingface.co/docs/datasets/image_dataset
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cartellino.acquire.datasets.parquet import Embedded, ParquetTable
from cartellino.acquire.datasets.published import KnownTable
from cartellino.acquire.flatten import SEPARATOR
from cartellino.acquire.source import Remarks
from cartellino.acquire.tables.sniff import opened
from cartellino.acquire.walk import natural, walk
from cartellino.files import readable
from cartellino.records import Rejected

_METADATA = "metadata"
_FILE_NAMES = re.compile(r"(?:\w+_)?file_names?")
# The names of a split stand alone or between signs and digits (`datasets.data_files`).
_SPLITS = {
    "train": ("train", "training"),
    "validation": ("validation", "valid", "val", "dev"),
    "test": ("test", "testing", "eval", "evaluation"),
}
_SPLIT = re.compile(rf"(?<![a-z])({'|'.join(name for names in _SPLITS.values() for name in names)})(?![a-z])")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: its record, the files its pictures lie in (below the root), and pictures inside the row."""

    record: dict[str, Any]
    files: tuple[str, ...]
    embedded: tuple[bytes, ...]
    split: str


class Shard:
    """One file of rows.

    Parameters
    ----------
    root : Path
        The data set's folder.
    path : str
        The file, below it.
    """

    def __init__(self, root: Path, path: str) -> None:
        self.path = path
        self._file = root / path
        self._folder, name = posixpath.split(path)
        self._named = name.lower().startswith(_METADATA + ".")
        self._suffix = posixpath.splitext(name)[1].lower()
        self.packed = self._suffix == ".parquet" and not self._named

    def entries(self, remarks: Remarks, *, with_pictures: bool = True) -> Iterator[Entry | Rejected]:
        """The rows in order; without pictures, faster, what lies inside rows is left there.

        Raises
        ------
        InputError
            If the file is damaged, or lacks the column ``file_name``.
        MissingExtraError
            If it is a Parquet file and pyarrow is not installed.
        """
        if self._suffix == ".parquet":
            table = ParquetTable(self._file)
            for record, embedded in table.records(with_pictures=with_pictures):
                yield self._entry(record, embedded)
        elif self._suffix == ".csv":
            yield from self._table(remarks)
        else:
            yield from self._lines()

    def _entry(self, record: dict[str, Any], embedded: list[Embedded]) -> Entry:
        named = [path for data, path in embedded if data is None]
        named += _file_names(record) if self._named else []
        files = tuple(posixpath.join(self._folder, path) for path in named)
        # The split is told by folders; of a packed file by its own name too.
        told = posixpath.dirname(files[0]) if files and self._named else self.path
        return Entry(record, files, tuple(data for data, _ in embedded if data is not None), split_of(told))

    def _table(self, remarks: Remarks) -> Iterator[Entry | Rejected]:
        table = KnownTable(self._file, "file_name")
        for row in table.rows(remarks):
            if isinstance(row, Rejected):
                yield self._placed(row)
            else:
                cells = zip(table.header, row[1], strict=True)
                yield self._entry({head: _values(cell) for head, cell in cells}, [])

    def _lines(self) -> Iterator[Entry | Rejected]:
        with opened(readable(self._file)) as stream:
            for line, data in enumerate(stream, start=1):
                found = _decoded(line, data) if data.strip() else None
                if isinstance(found, Rejected):
                    yield self._placed(found)
                elif found is not None:
                    yield self._entry(found, [])

    def _placed(self, row: Rejected) -> Rejected:
        """A rejected row whose reason tells where it stands, as its line counts all files."""
        return Rejected(row.line, f"{row.reason} (line {row.line} of {self.path})", row.raw)


def shards(root: Path) -> list[Shard]:
    """The files of rows below a folder: those of metadata if there are any, else Parquet files."""
    paths = sorted((each.path for each in walk(root) if not each.problem), key=natural)
    found = [Shard(root, path) for path in paths if path.lower().endswith((".csv", ".jsonl", ".parquet"))]
    metadata = [shard for shard in found if Path(shard.path).stem.lower() == _METADATA]
    return metadata or [shard for shard in found if shard.packed]


def split_of(path: str) -> str:
    """'train', 'validation', 'test' or '', by the words in a path."""
    found = _SPLIT.search(path.lower())
    return next((name for name, words in _SPLITS.items() if found and found.group() in words), "")


def _file_names(record: dict[str, Any]) -> list[str]:
    found: list[str] = []
    for key, value in record.items():
        if _FILE_NAMES.fullmatch(key):
            found += [name for name in (value if isinstance(value, list) else [value]) if _is_name(name)]
    return found


def _is_name(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _values(cell: str | None) -> str | list[str] | None:
    """A cell, cut where it holds several values, as in any other table."""
    return [part.strip() for part in cell.split(SEPARATOR)] if cell and SEPARATOR in cell else cell


def _decoded(line: int, data: bytes) -> dict[str, Any] | Rejected:
    try:
        found = json.loads(data.decode("utf-8-sig"))
        json.dumps(found, ensure_ascii=False).encode("utf-8")  # fails on half of a surrogate pair
    except (ValueError, RecursionError) as error:
        return Rejected(line, f"it is not JSON in UTF-8 ({error})", data.decode("utf-8", "backslashreplace"))
    if not isinstance(found, dict):
        return Rejected(line, "it is not a record, which has keys and values", data.decode("utf-8-sig"))
    return found
