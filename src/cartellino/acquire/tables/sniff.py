"""What a file is by its first bytes, and a sentence for those that are no table."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from cartellino.errors import InputError
from cartellino.files import explained, readable

_GZIP = b"\x1f\x8b"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_HEAD = 4_096
_SAVE = "Save it as .xlsx or .csv, and add that."

# First bytes, what they are, and what to do about it.
_OTHERS: tuple[tuple[bytes, str, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook (.xls), or one with a password", _SAVE),
    (b"%PDF", "a PDF, not a table", "Export the table itself, as .csv or .xlsx."),
    (b"\xff\xd8\xff", "a picture, not a table", "Add its folder instead: cartellino add folder."),
    (b"\x89PNG", "a picture, not a table", "Add its folder instead: cartellino add folder."),
    (b"SQLite format 3\0", "a database, not a table", "Export the table itself, as .csv or .xlsx."),
    (b"PAR1", "a Parquet file", _SAVE),
    (b"{\\rtf", "a text document, not a table", _SAVE),
    (b"<!DOCTYPE html", "a web page, not a table", _SAVE),
    (b"<html", "a web page, not a table", _SAVE),
    (b"<?xml", "an XML file, not a table", _SAVE),
)


def table_kind(path: Path) -> str:
    """'csv' or 'xlsx', by content and not by name.

    Raises
    ------
    InputError
        If `path` is missing, a folder, empty, a pointer of Git LFS, or something other than a table.
    """
    head = _head(readable(path, "table"))
    if head.startswith(_ZIP):
        return _workbook(path)
    for start, what, do in _OTHERS:
        if head[: len(start)].lower() == start.lower():
            raise InputError(f"this is {what}", str(path), do)
    return "csv"


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file for reading bytes, unpacking gzip on the way.

    Raises
    ------
    InputError
        If the packed file is damaged or cut short, here or while it is read.
    StorageError
        If the system refuses.
    """
    try:
        with path.open("rb") as start:
            packed = start.read(2) == _GZIP
        with gzip.open(path) if packed else path.open("rb") as stream:
            yield cast("BinaryIO", stream)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(
            "the packed file is cut short or damaged", str(path), "Fetch or export it again."
        ) from error
    except OSError as error:
        raise explained(error, path) from error


def _head(path: Path) -> bytes:
    with opened(path) as stream:
        return stream.read(_HEAD)


def _workbook(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as packed:
            names = set(packed.namelist())
    except zipfile.BadZipFile as error:
        raise InputError(
            "the workbook or archive is damaged", str(path), "Export or copy it again; it may be cut short."
        ) from error
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names or "content.xml" in names:
        raise InputError("this workbook is of a form that is not read", str(path), _SAVE)
    raise InputError("this is a zip archive, not a table", str(path), "Unpack it, and add the table inside.")
