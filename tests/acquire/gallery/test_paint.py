from __future__ import annotations

import csv
import hashlib
import json
import shutil
from pathlib import Path

import pytest

from cartellino.acquire.gallery import Painted, paint
from cartellino.errors import StorageError

from .conftest import SEED, WORKS


def prints(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


class Counting:
    def __init__(self) -> None:
        self.said: list[object] = []

    def start(self, task: str, total: int | None = None, unit: str = "") -> None:
        self.said.append((task, total, unit))

    def advance(self, count: int = 1) -> None:
        self.said.append(count)

    def finish(self) -> None:
        self.said.append("done")


def test_the_table_names_the_photographs_and_all_but_one_are_there(gallery: Painted) -> None:
    with gallery.table.open(encoding="utf-8-sig", newline="") as stream:
        named = {
            file for row in csv.DictReader(stream) for file in (row["Image File"] or "").split("|") if file
        }
    there = {path.name for path in gallery.photos.iterdir()}
    assert there < named
    assert len(named - there) == 1
    assert len(there) == gallery.pictures >= WORKS


def test_the_table_is_as_a_spreadsheet_saves_it(gallery: Painted) -> None:
    raw = gallery.table.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in raw


def test_the_same_seed_paints_the_same_bytes(gallery: Painted, folder: Path, tmp_path: Path) -> None:
    paint(tmp_path, seed=SEED, works=WORKS)
    assert prints(tmp_path) == prints(folder)


def test_a_gallery_that_is_there_is_left_alone(folder: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    progress = Counting()
    paint(folder, seed=SEED, works=WORKS, progress=progress)
    assert progress.said == []
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_what_was_lost_is_painted_again(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    (copy / "works.csv").unlink()
    next((copy / "photos").iterdir()).unlink()
    paint(copy, seed=SEED, works=WORKS)
    assert prints(copy) == prints(folder)


def test_another_seed_takes_the_place_of_a_gallery_and_touches_nothing_else(tmp_path: Path) -> None:
    paint(tmp_path, seed=1, works=8)
    first = prints(tmp_path)
    (tmp_path / "photos" / "mine.jpg").write_bytes(b"somebody's own")
    progress = Counting()
    painted = paint(tmp_path, seed=2, works=5, progress=progress)
    assert progress.said == [("Painting the gallery", 5, "works"), 1, 1, 1, 1, 1, "done"]
    names = {path.name for path in painted.photos.iterdir()}
    assert names == {
        "mine.jpg",
        *json.loads((tmp_path / "gallery.json").read_text(encoding="utf-8"))["photos"],
    }
    assert prints(tmp_path)["works.csv"] != first["works.csv"]


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "gallery").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(StorageError):
        paint(tmp_path / "gallery", works=3)


def test_one_work_is_a_gallery(tmp_path: Path) -> None:
    assert paint(tmp_path, works=1).works == 1
