from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cartellino.catalogue.probe import ROLLBACK, WAL, best_mode, keeps
from cartellino.errors import StorageError

posix = pytest.mark.skipif(sys.platform == "win32", reason="SQLite's other views of the disk are Unix's")


def test_a_disk_of_this_computer_keeps_a_write_ahead_log(tmp_path: Path) -> None:
    assert keeps(tmp_path, WAL)
    assert best_mode(tmp_path) == WAL
    assert not list(tmp_path.iterdir())


@posix
def test_without_shared_memory_a_rollback_journal_is_kept(tmp_path: Path) -> None:
    assert not keeps(tmp_path, WAL, "unix-dotfile")
    assert best_mode(tmp_path, "unix-dotfile") == ROLLBACK


@posix
def test_a_disk_without_locks_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="does not keep the locks"):
        best_mode(tmp_path, "unix-none")
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="no such file or folder"):
        best_mode(tmp_path / "absent")
