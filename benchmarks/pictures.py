"""Keeping pictures beside merely decoding them, both on two threads; and each step by itself.

Run: python benchmarks/pictures.py [--pictures 600] [--rounds 5] [--json FILE]

Pictures are those of the Met sample (CARTELLINO_DATA, or ../shared/data beside the checkout), JPEG files of
448 pixels, or painted ones where there is no sample. `decode` opens and loads every file with Pillow and
drops it. `keep` is the whole of it: read, digest, decode in full, find borders, fingerprint, write whole to
the store, write to the catalogue. `keep again` finds that nothing has changed.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PIL import Image

import harness
from cartellino.catalogue import Catalogue
from cartellino.pictures import borders
from cartellino.pictures.fingerprint import fingerprint
from cartellino.pictures.keeping import keep_wanted
from cartellino.pictures.store import PictureStore
from cartellino.progress import Silent
from cartellino.records import Column, Work
from cartellino.settings import PictureSettings

THREADS = 2
CONTENDERS = {
    "decode": "decode",
    "keep": "keep",
    "keep again": "keep_again",
    "find borders": "find_borders",
    "fingerprint": "mark",
}


def main() -> None:
    told = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    told.add_argument("--pictures", type=int, default=600)
    told.add_argument("--rounds", type=int, default=5)
    told.add_argument("--json", type=Path)
    options = told.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        common = {"scratch": scratch, "pictures": options.pictures}
        sources(**common)
        contenders = [
            harness.Contender(name, __file__, function, common) for name, function in CONTENDERS.items()
        ]
        measured = harness.compare(contenders, options.rounds)
    print(harness.table(measured, "pictures", "decode"))
    if options.json:
        harness.write(options.json, "pictures", {"measured": measured})


def sources(scratch: str, pictures: int) -> list[Path]:
    """The files to work on: real ones, or painted once into the scratch folder."""
    told = os.environ.get("CARTELLINO_DATA")
    data = Path(told) if told else Path(__file__).resolve().parents[2] / "shared" / "data"
    found = sorted((data / "met" / "images").glob("*.jpg"))[:pictures]
    if not found:
        from cartellino.acquire.gallery import paint

        paint(Path(scratch) / "gallery", works=pictures)
        found = sorted((Path(scratch) / "gallery" / "photos").glob("*.jpg"))[:pictures]
    return found


def timed(work: Callable[[], object], count: int) -> dict[str, float]:
    begun, cpu = time.perf_counter(), harness.cpu_seconds()
    work()
    return {"seconds": time.perf_counter() - begun, "cpu": harness.cpu_seconds() - cpu, "count": count}


def decode(scratch: str, pictures: int) -> dict[str, float]:
    files = sources(scratch, pictures)

    def one(file: Path) -> None:
        with Image.open(file) as image:
            image.load()

    def every() -> None:
        with ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(one, files))

    return timed(every, len(files))


def keep(scratch: str, pictures: int, again: bool = False) -> dict[str, float]:
    files = sources(scratch, pictures)
    with tempfile.TemporaryDirectory(dir=scratch) as folder, museum(Path(folder), files) as catalogue:
        store = PictureStore(Path(folder) / "pictures", PictureSettings())
        if again:
            keep_wanted(catalogue, store, Path(folder), workers=THREADS)
        return timed(lambda: keep_wanted(catalogue, store, Path(folder), workers=THREADS), len(files))


def keep_again(scratch: str, pictures: int) -> dict[str, float]:
    return keep(scratch, pictures, again=True)


def museum(folder: Path, files: list[Path]) -> Catalogue:
    catalogue = Catalogue.open(folder / "catalogue.sqlite", create=True)
    columns = (Column("ID", "id", "id"), Column("File", "file", "picture"))
    source = catalogue.works.source("works", "table", "works.csv", columns, {})
    works = (
        Work(str(line), line, (str(line), str(file)), pictures=(str(file),))
        for line, file in enumerate(files, 2)
    )
    catalogue.works.write(source, works, progress=Silent())
    return catalogue


def find_borders(scratch: str, pictures: int) -> dict[str, float]:
    return each(borders.find, sources(scratch, pictures))


def mark(scratch: str, pictures: int) -> dict[str, float]:
    return each(fingerprint, sources(scratch, pictures))


def each(work: Callable[[Image.Image], object], files: list[Path]) -> dict[str, float]:
    greys = [Image.open(file).convert("L") for file in files]
    return timed(lambda: [work(grey) for grey in greys], len(files))


if __name__ == "__main__":
    main()
