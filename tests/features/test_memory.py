"""Vectors in memory: by the contents of a file, and never more than there is room for."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from cartellino.errors import PictureError
from cartellino.features.memory import Memory
from cartellino.features.preprocessing import Shown
from cartellino.records import Trim


def vector(number: int) -> np.ndarray:
    return np.full(256, number, np.float32)  # a KiB


def test_a_vector_is_kept_by_view_contents_and_trim(tmp_path: Path) -> None:
    memory = Memory()
    one, same, other = (tmp_path / name for name in ("one", "same", "other"))
    one.write_bytes(b"a picture")
    same.write_bytes(b"a picture")
    other.write_bytes(b"another")
    key = memory.key("view", Shown(one))
    memory.keep(key, vector(1))
    assert memory.key("view", Shown(same)) == key
    others = [
        memory.key("view", Shown(other)),
        memory.key("another view", Shown(one)),
        memory.key("view", Shown(one, Trim(0, 0, 5, 5))),
    ]
    assert memory.get(key) is not None
    assert [memory.get(each) for each in others] == [None] * 3


def test_a_file_that_changed_has_another_key(tmp_path: Path) -> None:
    memory, file = Memory(), tmp_path / "file"
    file.write_bytes(b"before")
    before = memory.key("view", Shown(file))
    file.write_bytes(b"after!")
    os.utime(file, ns=(1, 1))
    assert memory.key("view", Shown(file)) != before


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(PictureError, match=r"gone\.jpg"):
        Memory().key("view", Shown(tmp_path / "gone.jpg"))


def test_what_was_not_asked_for_longest_makes_room() -> None:
    memory = Memory(room=3 * 1024)
    keys = [("view", str(number), None) for number in range(4)]
    for number, key in enumerate(keys[:3]):
        memory.keep(key, vector(number))
        memory.keep(key, vector(number))
    memory.get(keys[0])
    memory.keep(keys[3], vector(3))
    assert [memory.get(key) is None for key in keys] == [False, True, False, False]
