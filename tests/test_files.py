"""Files are written whole, and what cannot be read is said in words."""

from __future__ import annotations

import errno
import multiprocessing
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cartellino import files
from cartellino.errors import CollectionError, InputError, StorageError


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "note.txt"
    files.write_text(path, "first")
    files.write_text(path, "second – é\n")
    assert path.read_text(encoding="utf-8") == "second – é\n"
    assert [each.name for each in path.parent.iterdir()] == ["note.txt"]


def test_files_written_soon_are_whole_at_once_and_can_be_settled_together(tmp_path: Path) -> None:
    paths = [tmp_path / folder / name for folder in "ab" for name in ("1.bin", "2.bin")]
    for path in paths:
        files.write_soon(path, path.name.encode())
    assert [path.read_bytes() for path in paths] == [path.name.encode() for path in paths]
    files.settle(paths)
    assert sorted(each.name for each in tmp_path.rglob("*.*")) == ["1.bin", "1.bin", "2.bin", "2.bin"]
    with pytest.raises(InputError, match="no such file"):
        files.settle([tmp_path / "gone"])


def test_a_failure_in_the_middle_leaves_the_old_file_and_no_litter(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    files.write_text(path, "old")

    def fail() -> None:
        with files.whole(path) as stream:
            stream.write(b"half")
            raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError):
        fail()
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_kill_in_the_middle_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    files.write_text(path, "old")
    program = (
        "import os, sys; from pathlib import Path; from cartellino.files import whole\n"
        f"with whole(Path({str(path)!r})) as stream:\n"
        "    stream.write(b'half'); stream.flush(); os._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=False)
    assert path.read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        (errno.ENOSPC, StorageError, "the disk is full"),
        (errno.EROFS, StorageError, "cannot be written"),
        (errno.EACCES, StorageError, "cannot be written"),
        (errno.ENOENT, InputError, "no such file"),
        (errno.EIO, StorageError, "refused"),
    ],
)
def test_the_systems_refusals_become_sentences(code: int, kind: type[Exception], words: str) -> None:
    error = files.explained(OSError(code, os.strerror(code)), "works.csv")
    assert isinstance(error, kind)
    assert words in str(error)
    assert "works.csv" in str(error)


def test_a_full_disk_is_said_while_writing() -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full, the device that is always full")
    with pytest.raises(OSError, match="No space") as caught, full.open("wb", buffering=0) as stream:
        stream.write(b"x")
    assert "disk is full" in str(files.explained(caught.value, full))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "there is no such table"),
        (b"", "is empty"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 318000000\n", "pointer of Git LFS"),
    ],
)
def test_what_is_no_table_is_said(content: bytes | None, words: str, tmp_path: Path) -> None:
    path = tmp_path / "works.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=words):
        files.readable(path, "table")


def test_a_folder_is_no_table(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="this is a folder, not a table"):
        files.readable(tmp_path, "table")


def _hold(path: Path, held: object, let_go: object) -> None:
    with files.one_writer(path, "filing"):
        held.set()  # type: ignore[attr-defined]
        let_go.wait(20)  # type: ignore[attr-defined]


def test_only_one_process_writes_and_a_dead_one_frees_the_lock(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    held, let_go = context.Event(), context.Event()
    other = context.Process(target=_hold, args=(tmp_path / "a.lock", held, let_go))
    other.start()
    assert held.wait(20)
    with (
        pytest.raises(CollectionError, match="another command is filing"),
        files.one_writer(tmp_path / "a.lock", "filing"),
    ):
        pass
    other.kill()
    other.join(20)
    with files.one_writer(tmp_path / "a.lock", "filing"):
        pass
