from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cartellino.catalogue import migrate
from cartellino.catalogue.database import Database
from cartellino.catalogue.probe import connect


def test_steps_are_counted_from_one_without_gaps() -> None:
    assert [version for version, _ in migrate.steps()] == list(range(1, migrate.newest() + 1))


def test_triggers_stay_whole() -> None:
    script = """
    CREATE TABLE a (b); -- c; d
    CREATE TRIGGER t AFTER INSERT ON a BEGIN
      DELETE FROM a; DELETE FROM a;
    END;
    """
    assert [statement.split()[1] for statement in migrate.statements(script)] == ["TABLE", "TRIGGER"]


def test_a_step_that_fails_leaves_the_version_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = ((1, "CREATE TABLE a (b);"), (2, "CREATE TABLE c (d);\nCREATE TABLE a (b);"))
    monkeypatch.setattr(migrate, "steps", lambda: steps)
    with closing(connect(tmp_path / "file.sqlite")) as connection:
        database = Database(connection, tmp_path)
        with pytest.raises(sqlite3.OperationalError):
            migrate.migrate(database)
        assert database.value("PRAGMA user_version") == 1
        assert [name for (name,) in database.rows("SELECT name FROM sqlite_master")] == ["a"]
        monkeypatch.setattr(migrate, "steps", lambda: (steps[0], (2, "CREATE TABLE c (d);")))
        migrate.migrate(database)
        assert database.value("PRAGMA user_version") == 2
