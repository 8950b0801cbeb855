from __future__ import annotations

from pathlib import Path

import pytest

from cartellino.errors import StorageError
from cartellino.files import digest
from cartellino.pictures import reading
from cartellino.pictures.orders import Found, Order, keep, quarantine_stamp
from cartellino.pictures.store import PictureStore
from cartellino.settings import PictureSettings

from .corpus import png_header, saved, scene


@pytest.fixture
def store(tmp_path: Path) -> PictureStore:
    return PictureStore(tmp_path / "pictures", PictureSettings())


def of_file(folder: Path, data: bytes, *, anew: bool = False) -> Order:
    (folder / "one.jpg").write_bytes(data)
    return Order(str(folder), "one.jpg", anew=anew)


def test_a_file_is_kept_under_its_stamp(store: PictureStore, tmp_path: Path) -> None:
    found = keep(store, of_file(tmp_path, saved(scene())))
    file = (tmp_path / "one.jpg").stat()
    assert found.picture
    assert store.has(found.picture)
    assert (found.stamp, found.reason, found.away) == (f"{file.st_size}-{file.st_mtime_ns}", "", False)


def test_what_was_fetched_is_kept_like_a_file(store: PictureStore, tmp_path: Path) -> None:
    fetched = keep(store, Order(data=saved(scene())))
    assert fetched == Found(keep(store, of_file(tmp_path, saved(scene()), anew=True)).picture)


def test_a_file_that_the_store_may_have_is_told_by_its_digest(store: PictureStore, tmp_path: Path) -> None:
    order = of_file(tmp_path, saved(scene()))
    keep(store, order)
    again = keep(store, order)
    assert (again.picture, again.digest) == (None, digest(saved(scene())))


def test_a_picture_that_cannot_be_trusted_has_a_reason(store: PictureStore, tmp_path: Path) -> None:
    found = keep(store, of_file(tmp_path, b"<html>"))
    stamp = quarantine_stamp(store, reading.stamp(tmp_path / "one.jpg"))
    assert found == Found(reason="this is HTML, not a picture", stamp=stamp)
    assert stamp.endswith("-200"), "another cap, another chance"
    assert "30,000 × 30,000" in keep(store, Order(data=png_header(30_000, 30_000))).reason
    assert keep(store, Order(data=b"")).reason == "the file is empty"


def test_a_file_that_is_away_is_away(store: PictureStore, tmp_path: Path) -> None:
    assert keep(store, Order(str(tmp_path), "none.jpg")) == Found(reason="there is no such file", away=True)


def test_a_store_that_cannot_be_written_is_not_the_picture_s_fault(tmp_path: Path) -> None:
    (tmp_path / "pictures").write_bytes(b"no folder")
    with pytest.raises(StorageError):
        keep(PictureStore(tmp_path / "pictures", PictureSettings()), Order(data=saved(scene())))
