"""Reads a Parquet file as the `datasets` library writes it: records, pictures inside, labels by number.

The library keeps what columns mean as JSON under the key 'huggingface' of the file's schema: which hold
pictures (a struct of bytes and path), and the names behind the numbers of a ClassLabel.
https://huggingface.co/docs/datasets/about_dataset_features
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time
from importlib import import_module
from pathlib import Path
from typing import Any

from cartellino.errors import InputError, MissingExtraError
from cartellino.files import readable

_BATCH = 64  # rows decoded at once; each may hold a picture of megabytes
_DAMAGED = "Fetch it again; it may be cut short."

Embedded = tuple[bytes | None, str]  # a picture's bytes, or None where its file lies at the path beside them


class ParquetTable:
    """One Parquet file.

    Parameters
    ----------
    path : Path
        The file.

    Attributes
    ----------
    pictures : tuple of str
        Names of the columns that hold pictures.

    Raises
    ------
    MissingExtraError
        If pyarrow is not installed.
    InputError
        If the file is missing, a pointer of Git LFS, or damaged.
    """

    def __init__(self, path: Path) -> None:
        self._path = readable(path, "Parquet file")
        with self._opened() as file:
            schema = file.schema_arrow
            features = _features(schema.metadata or {})
            self.pictures = tuple(field.name for field in schema if _holds_pictures(field, features))
            self._plain = [name for name in schema.names if name not in self.pictures]
        self._names = {name: names for name in self._plain if (names := _names(features.get(name)))}

    def records(self, *, with_pictures: bool) -> Iterator[tuple[dict[str, Any], list[Embedded]]]:
        """The rows as records of plain JSON values, each with its pictures.

        A column of pictures becomes the names of their files, as far as the file tells.

        Parameters
        ----------
        with_pictures : bool
            Whether to read the pictures; without them only the other columns are read from the disk.
        """
        wanted = [*self._plain, *self.pictures] if with_pictures else self._plain
        with self._opened() as file:
            if not wanted:  # a batch without columns has no rows either
                yield from ((self._record({}), []) for _ in range(file.metadata.num_rows))
                return
            for batch in file.iter_batches(_BATCH, columns=wanted, use_threads=False):
                for row in batch.to_pylist():
                    yield self._record(row), self._embedded(row)

    def _record(self, row: Mapping[str, Any]) -> dict[str, Any]:
        record = {name: plain(_named(row[name], self._names.get(name))) for name in self._plain}
        for name in self.pictures:
            record[name] = [path for _, path in _entries(row.get(name)) if path]
        return record

    def _embedded(self, row: Mapping[str, Any]) -> list[Embedded]:
        found = (entry for name in self.pictures for entry in _entries(row.get(name)))
        return [entry for entry in found if entry[0] or entry[1]]

    @contextmanager
    def _opened(self) -> Iterator[Any]:
        parquet, arrow = _pyarrow()
        try:
            with parquet.ParquetFile(self._path) as file:
                yield file
        except (arrow.ArrowInvalid, arrow.ArrowNotImplementedError, OSError) as error:
            what = f"the Parquet file cannot be read ({' '.join(str(error).split())[:200]})"
            raise InputError(what, str(self._path), _DAMAGED) from error


def plain(value: Any) -> Any:
    """A value of a Parquet file as JSON can hold it: times by ISO 8601, bytes in base 64, NaN as null."""
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, float) and value != value:
        return None
    return value if value is None or isinstance(value, (str, bool, int, float)) else str(value)


def _pyarrow() -> tuple[Any, Any]:
    try:
        return import_module("pyarrow.parquet"), import_module("pyarrow.lib")
    except ModuleNotFoundError as error:
        raise MissingExtraError("A Parquet file", "hub") from error


def _features(metadata: Mapping[bytes, bytes]) -> dict[str, Any]:
    try:
        found = json.loads(metadata[b"huggingface"])["info"]["features"]
    except (KeyError, TypeError, ValueError):  # written by another program
        return {}
    return found if isinstance(found, dict) else {}


def _inner(feature: Any) -> Any:
    """What a list of features holds, written in any of the library's three ways; else the feature itself."""
    if isinstance(feature, list):
        return feature[0] if feature else None
    return feature.get("feature", feature) if isinstance(feature, dict) else feature


def _holds_pictures(field: Any, features: Mapping[str, Any]) -> bool:
    told = _inner(features.get(field.name))
    if isinstance(told, dict) and told.get("_type") == "Image":
        return True
    kind = field.type
    if hasattr(kind, "value_type"):
        kind = kind.value_type
    names = {kind.field(place).name for place in range(kind.num_fields)}
    return names == {"bytes", "path"}


def _names(feature: Any) -> list[str]:
    told = _inner(feature)
    names = told.get("names") if isinstance(told, dict) and told.get("_type") == "ClassLabel" else None
    return names if isinstance(names, list) and all(isinstance(name, str) for name in names) else []


def _named(value: Any, names: list[str] | None) -> Any:
    """A label by its name; -1 stands for none."""
    if not names:
        return value
    if isinstance(value, list):
        return [_named(each, names) for each in value]
    if isinstance(value, int) and -1 <= value < len(names):
        return names[value] if value >= 0 else None
    return value


def _entries(value: Any) -> Iterator[Embedded]:
    """Bytes and path of the pictures in a cell."""
    for entry in value if isinstance(value, list) else [value]:
        if isinstance(entry, dict):
            data, path = entry.get("bytes"), entry.get("path")
            yield data if isinstance(data, bytes) else None, path if isinstance(path, str) else ""
        elif isinstance(entry, (str, bytes)):
            yield (entry, "") if isinstance(entry, bytes) else (None, entry)
