from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cartellino.catalogue import Catalogue
from cartellino.errors import StorageError
from cartellino.pictures.keeping import KeptSummary, keep_wanted
from cartellino.pictures.store import PictureStore
from cartellino.pictures.workers import MANY
from cartellino.progress import Silent
from cartellino.records import Column, Work
from cartellino.settings import PictureSettings

from .corpus import png_header, saved, scene

COLUMNS = (Column("ID", "id", "id"), Column("File", "file", "picture"))


@pytest.fixture
def museum(tmp_path: Path) -> Iterator[tuple[Path, Catalogue, PictureStore]]:
    with Catalogue.open(tmp_path / "catalogue.sqlite", create=True) as catalogue:
        yield tmp_path, catalogue, PictureStore(tmp_path / "pictures", PictureSettings())


def catalogued(catalogue: Catalogue, works: dict[str, tuple[str, ...]]) -> None:
    source = catalogue.works.source("works", "table", "works.csv", COLUMNS, {})
    rows = [
        Work(name, line, (name, "|".join(files)), pictures=files)
        for line, (name, files) in enumerate(works.items(), 2)
    ]
    catalogue.works.write(source, rows, progress=Silent())


def photographed(folder: Path, **files: bytes) -> None:
    (folder / "photos").mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / "photos" / f"{name}.jpg").write_bytes(data)


def test_good_pictures_are_kept_and_bad_ones_put_in_quarantine_with_the_reason(
    museum: tuple[Path, Catalogue, PictureStore],
) -> None:
    folder, catalogue, store = museum
    photographed(
        folder,
        good=saved(scene()),
        cut=saved(scene())[:900],
        html=b"<!doctype html><title>404</title>",
        bomb=png_header(30_000, 30_000),
        empty=b"",
    )
    names = ("good", "cut", "html", "bomb", "empty", "missing")
    catalogued(catalogue, {name: (f"photos/{name}.jpg",) for name in names})
    summary = keep_wanted(catalogue, store, folder)
    assert (summary.kept, summary.quarantined, summary.unchanged) == (1, 5, 0)
    reasons = {each.work_id: each.reason for each in catalogue.pictures.quarantined()}
    assert reasons["html"] == "this is HTML, not a picture"
    assert reasons["empty"] == "the file is empty"
    assert reasons["missing"] == "there is no such file"
    assert "cut short" in reasons["cut"]
    assert "30,000 × 30,000" in reasons["bomb"]
    assert summary.reasons == dict.fromkeys(reasons.values(), 1)
    (picture,) = catalogue.pictures.of(catalogue.works.key("good"))
    assert store.path(picture).read_bytes() == saved(scene())


def test_run_again_it_reads_nothing_that_is_unchanged(museum: tuple[Path, Catalogue, PictureStore]) -> None:
    folder, catalogue, store = museum
    photographed(folder, one=saved(scene()), bad=b"nothing")
    catalogued(catalogue, {"1": ("photos/one.jpg",), "2": ("photos/bad.jpg",), "3": ("photos/none.jpg",)})
    keep_wanted(catalogue, store, folder)
    assert keep_wanted(catalogue, store, folder) == KeptSummary(0, 0, 3, reasons={})


def test_a_file_that_was_replaced_is_read_again(museum: tuple[Path, Catalogue, PictureStore]) -> None:
    folder, catalogue, store = museum
    photographed(folder, one=b"nothing yet", two=saved(scene(seed=1)))
    catalogued(catalogue, {"1": ("photos/one.jpg",), "2": ("photos/two.jpg",)})
    keep_wanted(catalogue, store, folder)
    photographed(folder, one=saved(scene(seed=2)), two=saved(scene(seed=3)))
    assert keep_wanted(catalogue, store, folder) == KeptSummary(2, 0, 0, reasons={})
    assert catalogue.pictures.counts() == {"kept": 2, "wanted": 0, "quarantined": 0}
    (picture,) = catalogue.pictures.of(catalogue.works.key("2"))
    assert store.path(picture).read_bytes() == saved(scene(seed=3))


def test_a_drive_that_is_away_takes_nothing_back(museum: tuple[Path, Catalogue, PictureStore]) -> None:
    folder, catalogue, store = museum
    photographed(folder, one=saved(scene()))
    catalogued(catalogue, {"1": ("photos/one.jpg",)})
    keep_wanted(catalogue, store, folder)
    (folder / "photos").rename(folder / "drive-unplugged")
    assert keep_wanted(catalogue, store, folder) == KeptSummary(0, 0, 1, reasons={})
    assert catalogue.pictures.counts()["kept"] == 1


def test_a_missing_file_that_turns_up_is_kept(museum: tuple[Path, Catalogue, PictureStore]) -> None:
    folder, catalogue, store = museum
    catalogued(catalogue, {"1": ("photos/one.jpg",)})
    assert keep_wanted(catalogue, store, folder).quarantined == 1
    photographed(folder, one=saved(scene()))
    assert keep_wanted(catalogue, store, folder).kept == 1


def test_raising_the_cap_gives_a_large_picture_another_chance(
    museum: tuple[Path, Catalogue, PictureStore],
) -> None:
    folder, catalogue, _ = museum
    photographed(folder, one=saved(scene(900, 700)), bad=b"nothing")
    catalogued(catalogue, {"1": ("photos/one.jpg",), "2": ("photos/bad.jpg",)})
    strict, lenient = (
        PictureStore(folder / "pictures", PictureSettings(max_megapixels=cap)) for cap in (0.5, 1)
    )
    assert keep_wanted(catalogue, strict, folder).quarantined == 2
    assert keep_wanted(catalogue, strict, folder).unchanged == 2
    assert keep_wanted(catalogue, lenient, folder).kept == 1


def test_one_photograph_of_two_works_is_stored_once(museum: tuple[Path, Catalogue, PictureStore]) -> None:
    folder, catalogue, store = museum
    photographed(folder, one=saved(scene()), copy=saved(scene()))
    catalogued(catalogue, {"1": ("photos/one.jpg", "photos/copy.jpg"), "2": ("photos/one.jpg",)})
    assert keep_wanted(catalogue, store, folder).kept == 3
    assert len(list(catalogue.pictures.all())) == 1
    assert len([path for path in store.folder.rglob("*") if path.is_file()]) == 1


def test_a_picture_known_by_its_digest_is_not_decoded_again(
    museum: tuple[Path, Catalogue, PictureStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, catalogue, store = museum
    photographed(folder, one=saved(scene()))
    catalogued(catalogue, {"1": ("photos/one.jpg",)})
    keep_wanted(catalogue, store, folder)
    catalogued(catalogue, {"1": ("photos/one.jpg",), "2": ("photos/again.jpg",)})
    photographed(folder, again=saved(scene()))
    monkeypatch.setattr(store, "add", None)  # decoding would fail
    assert keep_wanted(catalogue, store, folder).kept == 1


def test_a_store_that_cannot_be_written_stops_the_work_and_blames_no_picture(
    museum: tuple[Path, Catalogue, PictureStore],
) -> None:
    folder, catalogue, store = museum
    photographed(folder, one=saved(scene()))
    catalogued(catalogue, {"1": ("photos/one.jpg",)})
    store.folder.write_bytes(b"no folder")
    with pytest.raises(StorageError):
        keep_wanted(catalogue, store, folder)
    assert catalogue.pictures.counts() == {"kept": 0, "wanted": 1, "quarantined": 0}


def test_addresses_may_be_absolute_but_not_climb(museum: tuple[Path, Catalogue, PictureStore]) -> None:
    folder, catalogue, store = museum
    photographed(folder, one=saved(scene()))
    base = folder / "collection"
    catalogued(catalogue, {"1": (str(folder / "photos" / "one.jpg"),), "2": ("../photos/one.jpg",)})
    assert keep_wanted(catalogue, store, base).kept == 1
    assert next(catalogue.pictures.quarantined()).reason == "the address leads out of the collection's folder"


class Watched:
    def __init__(self) -> None:
        self.said: list[object] = []

    def start(self, task: str, total: int | None = None, unit: str = "") -> None:
        self.said.append((task, total, unit))

    def advance(self, count: int = 1) -> None:
        self.said.append(count)

    def finish(self) -> None:
        self.said.append("done")


def test_progress_is_told_picture_by_picture(museum: tuple[Path, Catalogue, PictureStore]) -> None:
    folder, catalogue, store = museum
    photographed(folder, one=saved(scene()), bad=b"nothing")
    catalogued(catalogue, {"1": ("photos/one.jpg", "photos/bad.jpg")})
    watched = Watched()
    keep_wanted(catalogue, store, folder, watched)
    assert watched.said == [("Keeping pictures", 2, "pictures"), 1, 1, "done"]


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_the_number_of_threads_changes_nothing(
    museum: tuple[Path, Catalogue, PictureStore], workers: int
) -> None:
    folder, catalogue, store = museum
    photographed(folder, **{f"p{number}": saved(scene(40, 30, number)) for number in range(60)})
    catalogued(catalogue, {str(number): (f"photos/p{number}.jpg",) for number in range(60)})
    assert keep_wanted(catalogue, store, folder, workers=workers).kept == 60
    for number in (0, 31, 59):
        (picture,) = catalogue.pictures.of(catalogue.works.key(str(number)))
        assert store.path(picture).read_bytes() == saved(scene(40, 30, number))


def test_many_are_kept_in_processes_and_found_unchanged_without_any(
    museum: tuple[Path, Catalogue, PictureStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, catalogue, store = museum
    one = saved(scene(40, 30))
    photographed(folder, **{f"p{number}": one for number in range(MANY)}, bad=b"nothing")
    catalogued(catalogue, {str(n): (f"photos/p{n}.jpg",) for n in range(MANY)} | {"bad": ("photos/bad.jpg",)})
    assert keep_wanted(catalogue, store, folder) == KeptSummary(
        MANY, 1, reasons={"this is text, not a picture": 1}
    )
    assert len(list(catalogue.pictures.all())) == 1
    monkeypatch.setattr(sys, "executable", "/no/python")
    monkeypatch.setattr(store, "add", None)  # decoding would fail
    assert keep_wanted(catalogue, store, folder) == KeptSummary(unchanged=MANY + 1)


RUN = """
import sys
from pathlib import Path
from cartellino.catalogue import Catalogue
from cartellino.pictures.keeping import keep_wanted
from cartellino.pictures.store import PictureStore
from cartellino.settings import PictureSettings
folder = Path(sys.argv[1])
with Catalogue.open(folder / "catalogue.sqlite") as catalogue:
    print("begun", flush=True)
    keep_wanted(catalogue, PictureStore(folder / "pictures", PictureSettings()), folder)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system knows no SIGKILL")
@pytest.mark.parametrize("count", [160, MANY + 100])
def test_killed_at_any_moment_it_goes_on_where_it_was(tmp_path: Path, count: int) -> None:
    image = scene(400, 300)
    photographed(tmp_path, **{f"p{number}": saved(image, comment=str(number)) for number in range(count)})
    with Catalogue.open(tmp_path / "catalogue.sqlite", create=True) as catalogue:
        catalogued(catalogue, {str(number): (f"photos/p{number}.jpg",) for number in range(count)})
    kept = []
    for wait in (0.05, 0.3, 0.9) if count >= MANY else (0.05, 0.3):
        process = subprocess.Popen([sys.executable, "-c", RUN, str(tmp_path)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(wait)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        with Catalogue.open(tmp_path / "catalogue.sqlite") as catalogue:
            kept.append(catalogue.pictures.counts()["kept"])
    store = PictureStore(tmp_path / "pictures", PictureSettings())
    with Catalogue.open(tmp_path / "catalogue.sqlite") as catalogue:
        summary = keep_wanted(catalogue, store, tmp_path)
        assert summary == KeptSummary(count - kept[-1], 0, kept[-1])
        assert kept[0] < count
        pictures = list(catalogue.pictures.all())
        assert len(pictures) == count
        assert all(store.path(picture).read_bytes()[-2:] == b"\xff\xd9" for picture in pictures)
