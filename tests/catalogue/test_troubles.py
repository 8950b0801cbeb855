from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from cartellino.catalogue import Catalogue, troubles
from cartellino.errors import CollectionError, StorageError

from .rows import add


def test_the_primary_code_of_an_extended_one_counts() -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_WRITE
    assert isinstance(troubles.explained(error, "museum"), StorageError)


def test_errors_without_a_sentence_are_left_to_their_traceback() -> None:
    assert troubles.explained(sqlite3.ProgrammingError("closed"), "museum") is None


def test_a_damaged_catalogue_is_said_to_be_damaged(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.sqlite"
    with Catalogue.open(path, create=True) as catalogue:
        add(catalogue, [{"id": str(number)} for number in range(2_000)])
    with path.open("r+b") as stream:
        size = path.stat().st_size
        stream.seek(4_096 * 2)
        stream.write(b"\xa5" * (size - 4_096 * 2))
    with pytest.raises(CollectionError, match=r"damaged.*backup"):
        read_all(path)


def read_all(path: Path) -> None:
    with Catalogue.open(path) as catalogue:
        list(catalogue.works.keys())
        catalogue.works.entry(1)
        list(catalogue.fields.values("id"))
