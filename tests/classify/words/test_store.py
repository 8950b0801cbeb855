"""The store of descriptors: what was put in comes out, whatever the pictures hold."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cartellino.classify.words.detectors import Detector, Local
from cartellino.classify.words.store import LocalStore
from cartellino.errors import FeatureError, StorageError


def key(name: object) -> str:
    return hashlib.sha256(str(name).encode()).hexdigest()


def local(count: int, seed: int = 0) -> Local:
    random = np.random.default_rng([seed, count])
    return Local(random.random((count, 4), np.float32), random.random((count, 64)).astype(np.float16))


def same(first: Local, second: Local) -> bool:
    return np.array_equal(first.points, second.points) and np.array_equal(first.rows, second.rows)


@settings(max_examples=25)
@given(st.lists(st.lists(st.integers(0, 5), min_size=1, max_size=4), min_size=1, max_size=3))
def test_what_was_put_in_comes_out(batches: list[list[int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store, told = LocalStore(Path(folder), Detector()), {}
        for number, batch in enumerate(batches):
            found = {key((number, place)): local(count, place) for place, count in enumerate(batch)}
            store.put(found)
            told |= found
        for again in (store, LocalStore(Path(folder), Detector())):
            assert len(again) == len(told)
            assert all(same(again.get(name), each) for name, each in told.items())


def test_two_ways_to_detect_are_kept_apart(tmp_path: Path) -> None:
    LocalStore(tmp_path, Detector()).put({key("a"): local(3)})
    assert key("a") in LocalStore(tmp_path, Detector())
    assert key("a") not in LocalStore(tmp_path, Detector(side=320))


def test_what_another_process_wrote_is_found(tmp_path: Path) -> None:
    mine, other = LocalStore(tmp_path, Detector()), LocalStore(tmp_path, Detector())
    other.put({key("a"): local(3)})
    assert key("a") not in mine
    mine.refresh()
    assert same(mine.get(key("a")), local(3))


def test_a_half_written_file_is_not_looked_at(tmp_path: Path) -> None:
    store = LocalStore(tmp_path, Detector())
    store.put({key("a"): local(3)})
    (whole,) = store.folder.iterdir()
    (store.folder / f".{whole.name}.x.part").write_bytes(whole.read_bytes()[:50])
    assert len(LocalStore(tmp_path, Detector())) == 1


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    store = LocalStore(tmp_path, Detector())
    store.put({key("a"): local(3)})
    (path,) = store.folder.iterdir()
    path.write_bytes(path.read_bytes()[:-5])
    with pytest.raises(FeatureError, match="Remove the file") as told:
        LocalStore(tmp_path, Detector())
    assert told.value.where == str(path)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError):
        LocalStore(tmp_path / "file", Detector()).put({key("a"): local(3)})
