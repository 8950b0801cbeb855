"""A label set of half a million works frozen and split: several labels a work, one label, and by artist.

Run: python benchmarks/freezing.py [--works 500000] [--json results.json]

Works have up to three of 23 tags, as unevenly as the Met's; a department; one of 20,000 artists; and one
picture whose perceptual hash is drawn at random, a hundredth of them near copies of another's.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

import harness

TAGS = [f"Subject {n:02}" for n in range(23)]
DEPARTMENTS = [f"Department {n:02}" for n in range(10)]
LIMIT = 20.0
DEFINITIONS: dict[str, dict[str, Any]] = {
    "23 tags, several a work": {"field": "tags", "kind": "multi"},
    "10 departments": {"field": "department"},
    "10 departments, no artist on two sides": {"field": "department", "group_by": ("artist",)},
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--works", type=int, default=500_000, help="works of the catalogue")
    parser.add_argument("--json", type=Path, help="file for the results")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cartellino-bench-") as folder:
        hang(Path(folder), options.works)
        results = {
            name: harness.Contender(name, __file__, "frozen", {"folder": folder, "name": name}).run()
            for name in DEFINITIONS
        }
    for name, figures in results.items():
        kept = "kept" if figures["seconds"] <= LIMIT else "MISSED"
        seconds, mib = figures["seconds"], figures["peak"]
        print(f"{name:42} {seconds:6.1f} s of at most {LIMIT:.0f} ({kept}), {mib:,.0f} MiB")
    if options.json:
        options.json.write_text(json.dumps(results, indent=1), encoding="utf-8")


def frozen(folder: str, name: str) -> dict[str, float]:
    from cartellino.catalogue import Catalogue
    from cartellino.curate.definition import LabelDefinition
    from cartellino.curate.freeze import freeze
    from cartellino.progress import Silent

    started = time.perf_counter()
    with Catalogue.open(Path(folder) / "catalogue.sqlite") as catalogue:
        label_set = freeze(catalogue, LabelDefinition("bench", **DEFINITIONS[name]), Silent())
    return {"seconds": time.perf_counter() - started, "works": len(label_set.works)}


def hang(folder: Path, works: int) -> None:
    """A catalogue of works, each with a picture that is on record though no file is."""
    from cartellino.catalogue import Catalogue
    from cartellino.progress import Silent
    from cartellino.records import Column

    names = ("id", "tags", "department", "artist")
    columns = [Column(name, name, "id" if name == "id" else "") for name in names]
    with Catalogue.open(folder / "catalogue.sqlite", create=True) as catalogue:
        source = catalogue.works.source("works", "table", "works.csv", columns, {"separator": "|"})
        catalogue.works.write(source, rows(works), progress=Silent())
        with catalogue.transaction():
            catalogue.connection.executemany(_PICTURE, pictures(works))
            catalogue.connection.execute(_SHOWN)


def rows(works: int) -> Iterator[Any]:
    from cartellino.records import Work

    chance = np.random.default_rng(0)
    shares = 1 / np.arange(1, len(TAGS) + 1)
    tags = chance.choice(len(TAGS), size=(works, 3), p=shares / shares.sum())
    departments = chance.integers(len(DEPARTMENTS), size=works)
    artists = chance.integers(20_000, size=works)
    for n in range(works):
        told = tuple(dict.fromkeys(TAGS[tag] for tag in tags[n]))
        cells = (f"w{n}", "|".join(told), DEPARTMENTS[departments[n]], f"Artist {artists[n]}")
        yield Work(f"w{n}", n + 2, cells, several=((1, told),) if len(told) > 1 else ())


def pictures(works: int) -> Iterator[tuple[int, str, int]]:
    chance = np.random.default_rng(1)
    hashes = chance.integers(0, 2**64, works, dtype=np.uint64)
    copies = chance.integers(1, works, works // 100)
    hashes[copies] = hashes[copies - 1] ^ np.uint64(5)
    for n, hash_ in enumerate(hashes.view(np.int64).tolist(), 1):
        yield n, f"{n:064x}", hash_


_PICTURE = """
INSERT INTO picture (id, digest, file, width, height, trim_left, trim_top, trim_right, trim_bottom,
  fingerprint, format, added_at) VALUES (?, ?, '', 300, 200, 0, 0, 300, 200, ?, 'JPEG', '')
"""
_SHOWN = """
INSERT INTO work_picture (work, place, address, status, picture, at)
SELECT w.id, 0, '', 'kept', w.id, '' FROM work w
"""


if __name__ == "__main__":
    main()
