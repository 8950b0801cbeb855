from __future__ import annotations

import shutil
import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from cartellino.catalogue import Catalogue, migrate
from cartellino.catalogue.opening import open_database
from cartellino.errors import CollectionError, StorageError

from .rows import add

posix = pytest.mark.skipif(sys.platform == "win32", reason="SQLite's other views of the disk are Unix's")


def pragma(catalogue: Catalogue, name: str) -> object:
    return catalogue.connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_a_catalogue_is_set_up_as_it_should_be(catalogue: Catalogue) -> None:
    assert pragma(catalogue, "journal_mode") == catalogue.journal_mode == "wal"
    assert pragma(catalogue, "foreign_keys") == 1
    assert pragma(catalogue, "synchronous") == 1
    assert pragma(catalogue, "busy_timeout") == 30_000
    assert pragma(catalogue, "application_id") == migrate.APPLICATION
    assert pragma(catalogue, "user_version") == migrate.newest()
    assert catalogue.notice == ""


def test_no_catalogue_is_said_so_and_none_is_made(tmp_path: Path) -> None:
    with pytest.raises(CollectionError, match="no collection here"):
        Catalogue.open(tmp_path / "museum" / "catalogue.sqlite")
    assert not list(tmp_path.iterdir())


def test_an_empty_file_is_no_collection_but_may_become_one(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.sqlite"
    path.touch()
    with pytest.raises(CollectionError, match="no collection here"):
        Catalogue.open(path)
    Catalogue.open(path, create=True).close()
    Catalogue.open(path).close()


def test_a_creation_that_was_killed_is_no_collection_but_is_finished_by_the_next(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "PRAGMA journal_mode = wal"
        )  # what is left when the first migration did not commit
    assert path.stat().st_size
    with pytest.raises(CollectionError, match="no collection here"):
        Catalogue.open(path)
    Catalogue.open(path, create=True).close()


def test_other_files_are_refused_and_left_alone(tmp_path: Path) -> None:
    text, other = tmp_path / "text.sqlite", tmp_path / "other.sqlite"
    text.write_text("id,title\n" * 1_000, encoding="utf-8")
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE accounts (name)")
    for path, sentence in ((text, "not a catalogue"), (other, "not a catalogue of Cartellino")):
        before = path.read_bytes()
        for create in (False, True):
            with pytest.raises(CollectionError, match=sentence):
                Catalogue.open(path, create=create)
        assert path.read_bytes() == before


def test_a_newer_catalogue_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.sqlite"
    with Catalogue.open(path, create=True) as catalogue:
        catalogue.connection.execute(f"PRAGMA user_version = {migrate.newest() + 1}")
    with pytest.raises(CollectionError, match="Update Cartellino"):
        Catalogue.open(path)


def test_several_may_open_a_new_catalogue_at_once(tmp_path: Path) -> None:
    path = tmp_path / "museum" / "catalogue.sqlite"

    def opened(_: int) -> int:
        with Catalogue.open(path, create=True) as catalogue:
            return catalogue.works.count()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(opened, range(4))) == [0] * 4


@posix
def test_without_shared_memory_the_catalogue_says_that_it_keeps_a_rollback_journal(tmp_path: Path) -> None:
    database, mode = open_database(tmp_path / "catalogue.sqlite", create=True, vfs="unix-dotfile")
    with Catalogue(database, mode) as catalogue:
        assert catalogue.journal_mode == "delete" == pragma(catalogue, "journal_mode")
        assert pragma(catalogue, "synchronous") == 2
        assert "rollback journal" in catalogue.notice
        assert add(catalogue, [{"id": "1"}]).added == 1


@posix
def test_a_catalogue_that_is_moved_to_such_a_disk_keeps_its_works(tmp_path: Path) -> None:
    here, there = tmp_path / "here.sqlite", tmp_path / "there.sqlite"
    with Catalogue.open(here, create=True) as catalogue:
        catalogue.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        add(catalogue, [{"id": "1"}, {"id": "2"}])
        for suffix in ("", "-wal"):  # as a copy of a folder in use would be
            shutil.copy(f"{here}{suffix}", f"{there}{suffix}")
    database, mode = open_database(there, vfs="unix-dotfile")
    with Catalogue(database, mode) as catalogue:
        assert (catalogue.journal_mode, catalogue.works.count()) == ("delete", 2)


@posix
def test_a_disk_without_locks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="locks"):
        open_database(tmp_path / "catalogue.sqlite", create=True, vfs="unix-none")
    Catalogue.open(tmp_path / "moved.sqlite", create=True).close()
    with pytest.raises(StorageError, match="locks"):
        open_database(tmp_path / "moved.sqlite", vfs="unix-none")
