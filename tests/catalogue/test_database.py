from __future__ import annotations

import sqlite3
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from cartellino.catalogue import Catalogue
from cartellino.catalogue.database import batches
from cartellino.errors import CollectionError, StorageError

from .rows import add

COUNT = "SELECT count(*) FROM source"
INSERT = (
    "INSERT INTO source (name, kind, address, original, added_at, updated_at) VALUES (?1, '', '', ?1, '', '')"
)


def names(catalogue: Catalogue) -> list[str]:
    return [name for (name,) in catalogue.connection.execute("SELECT name FROM source ORDER BY id")]


def fail_to_add(catalogue: Catalogue, name: str) -> None:
    with suppress(KeyError), catalogue.transaction():
        catalogue.connection.execute(INSERT, (name,))
        raise KeyError


def test_a_transaction_is_kept_whole_or_not_at_all(catalogue: Catalogue) -> None:
    with catalogue.transaction():
        catalogue.connection.execute(INSERT, ("a",))
    fail_to_add(catalogue, "b")
    assert names(catalogue) == ["a"]


def test_a_block_within_a_block_is_undone_alone(catalogue: Catalogue) -> None:
    with catalogue.transaction():
        catalogue.connection.execute(INSERT, ("a",))
        fail_to_add(catalogue, "b")
        with catalogue.transaction():
            catalogue.connection.execute(INSERT, ("c",))
    assert names(catalogue) == ["a", "c"]


def test_a_thread_waits_for_another_to_end_its_transaction(catalogue: Catalogue) -> None:
    inside, seen = threading.Event(), []

    def other() -> None:
        inside.wait()
        with catalogue.transaction():
            seen.append(len(names(catalogue)))

    thread = threading.Thread(target=other)
    thread.start()
    with catalogue.transaction():
        catalogue.connection.execute(INSERT, ("a",))
        inside.set()
        thread.join(0.05)
        assert not seen
        catalogue.connection.execute(INSERT, ("b",))
    thread.join()
    assert seen == [2]


def test_a_full_disk_is_said_in_words_and_nothing_is_half_written(catalogue: Catalogue) -> None:
    add(catalogue, [{"id": "1"}])
    pages = catalogue.connection.execute("PRAGMA page_count").fetchone()[0]
    catalogue.connection.execute(f"PRAGMA max_page_count = {pages + 5}")
    with pytest.raises(StorageError, match=r"the disk is full.*nothing is lost"):
        add(catalogue, [{"id": str(number), "title": "long " * 1_000} for number in range(200)])
    assert catalogue.works.count() == 1
    catalogue.connection.execute("PRAGMA max_page_count = 1000000")
    assert add(catalogue, [{"id": "1", "title": ""}, {"id": "2", "title": ""}]).added == 1


def test_a_file_that_cannot_be_written_is_said_in_words(catalogue: Catalogue) -> None:
    catalogue.connection.execute("PRAGMA query_only = 1")
    with pytest.raises(StorageError, match="can be read but not written"):
        add(catalogue, [{"id": "1"}])


def test_another_writer_is_said_in_words(catalogue: Catalogue) -> None:
    catalogue.connection.execute("PRAGMA busy_timeout = 10")
    with Catalogue.open(catalogue.path) as other, other.transaction():
        other.connection.execute(INSERT, ("a",))
        with pytest.raises(CollectionError, match="another command is writing"):
            add(catalogue, [{"id": "1"}])


def test_mistakes_of_ours_keep_their_traceback(catalogue: Catalogue) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        list(catalogue.database.rows("SELECT * FROM absent"))
    with pytest.raises(sqlite3.IntegrityError), catalogue.transaction():
        catalogue.connection.execute("INSERT INTO work (work_id, source) VALUES ('1', 99)")


def test_any_number_of_values_can_be_asked_for(catalogue: Catalogue, tmp_path: Path) -> None:
    wanted = range(40_000)
    sql = "SELECT value FROM json_each('[1, 39999]') WHERE value > ? AND value IN ({})"
    assert list(catalogue.database.rows_in(sql, wanted, 0)) == [(1,), (39_999,)]


def test_rows_are_inserted_whatever_their_number(catalogue: Catalogue) -> None:
    catalogue.connection.execute("CREATE TABLE wide (a, b, c)")
    rows = [(number, "x", None) for number in range(25_000)]
    catalogue.database.insert_rows("INSERT INTO wide (a, b, c)", rows, 20_000)
    catalogue.database.insert_rows("INSERT INTO wide (a, b, c)", [], 20_000)
    assert list(catalogue.database.rows("SELECT * FROM wide ORDER BY a")) == rows


def test_batches_leave_nothing_out() -> None:
    assert list(batches(iter("abcde"), 2)) == [["a", "b"], ["c", "d"], ["e"]]
    assert list(batches([], 2)) == []
