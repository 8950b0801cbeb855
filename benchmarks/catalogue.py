"""Half a million works into the catalogue, beside what pandas takes to put the same table into SQLite.

Run: python benchmarks/catalogue.py [--rows 500000] [--json results.json]

The table is the Met's Open Access sample (CARTELLINO_DATA, or ../shared/data beside the checkout) grown to
the wanted number of rows under new ids, or a synthetic table of the same shape where there is no sample. Each
contender runs in a process of its own, which reports its seconds and its peak memory.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cartellino.catalogue import Catalogue
    from cartellino.catalogue.writing import Written

COLUMNS, ID, ACCESSION, TITLE = 54, "Object ID", "Object Number", "Title"
LIMITS = {"ratio": 1.0, "of the first reading": 0.5, "MiB": 300, "status seconds": 1.0}
WORDS = [
    "plaque",
    "portrait",
    "bowl",
    "river",
    "bridge",
    "saint",
    "garden",
    "tower",
    "horse",
    "lute",
    "crane",
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=500_000, help="rows of the table")
    parser.add_argument("--json", type=Path, help="file for the results")
    parser.add_argument("--only", choices=CONTENDERS, help=argparse.SUPPRESS)
    parser.add_argument("folder", type=Path, nargs="?", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only:
        print(json.dumps(measured(CONTENDERS[options.only], options.folder)))
        return
    with tempfile.TemporaryDirectory(prefix="cartellino-bench-") as folder:
        grow(Path(folder) / "works.csv", options.rows)
        grow(Path(folder) / "later" / "works.csv", options.rows, changed=100)
        results = {name: contend(name, Path(folder)) for name in CONTENDERS}
    results["verdict"] = verdict(results)
    report(results, options.rows)
    if options.json:
        options.json.write_text(json.dumps(results, indent=1), encoding="utf-8")


def contend(name: str, folder: Path) -> dict[str, float]:
    command = [sys.executable, __file__, "--only", name, str(folder)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def measured(contender: Callable[[Path], dict[str, float]], folder: Path) -> dict[str, float]:
    told = contender(folder)
    return told | {"CPU seconds": processor_time(), "MiB": peak()}


def peak() -> float:
    """Of this process and of the largest that it started, in MiB."""
    try:
        import resource
    except ImportError:  # Windows keeps this elsewhere
        return float("nan")
    unit = 1 if sys.platform == "darwin" else 1024
    used = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(used) * unit / 2**20


def processor_time() -> float:
    """Seconds of this process and of those that it started."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def with_pandas(folder: Path) -> dict[str, float]:
    import pandas

    warnings.simplefilter("ignore", pandas.errors.DtypeWarning)
    started = time.perf_counter()
    with closing(sqlite3.connect(folder / "pandas.sqlite")) as connection:
        table = pandas.read_csv(folder / "works.csv")
        table.to_sql("works", connection, index=False)
        connection.commit()
    return {"seconds": time.perf_counter() - started}


def with_cartellino(folder: Path) -> dict[str, float]:
    import cartellino.acquire.intake  # noqa: F401 - as pandas, before the clock starts
    from cartellino.catalogue import Catalogue

    started = time.perf_counter()
    with Catalogue.open(folder / "catalogue.sqlite", create=True) as catalogue:
        add(catalogue, folder / "works.csv")
        return {"seconds": time.perf_counter() - started}


def again(folder: Path) -> dict[str, float]:
    return with_cartellino(folder)


def refreshed(folder: Path) -> dict[str, float]:
    """Read again, one row in a hundred changed: just these must be reported."""
    import cartellino.acquire.intake  # noqa: F401
    from cartellino.catalogue import Catalogue

    (folder / "later" / "works.csv").replace(folder / "works.csv")
    begun = time.perf_counter()
    with Catalogue.open(folder / "catalogue.sqlite") as catalogue:
        written = add(catalogue, folder / "works.csv")
        seconds = time.perf_counter() - begun
        (source,) = catalogue.works.sources()
        reported = sum(1 for _ in catalogue.changes.newest(source))
    return {"seconds": seconds, "updated": written.updated, "cells reported": reported}


def status(folder: Path) -> dict[str, float]:
    from cartellino.catalogue import Catalogue
    from cartellino.catalogue.status import status

    started = time.perf_counter()
    with Catalogue.open(folder / "catalogue.sqlite") as catalogue:
        works = status(catalogue)["works"]
    return {"seconds": time.perf_counter() - started, "works": works}


def fields(folder: Path) -> dict[str, float]:
    from cartellino.catalogue import Catalogue

    with Catalogue.open(folder / "catalogue.sqlite") as catalogue:
        started = time.perf_counter()
        catalogue.fields.summary()
        summary = time.perf_counter() - started
        started = time.perf_counter()
        values = sum(1 for _ in catalogue.fields.values("Tags"))
        return {"seconds": summary, "seconds for one field": time.perf_counter() - started, "values": values}


CONTENDERS: dict[str, Callable[[Path], dict[str, float]]] = {
    "pandas": with_pandas,
    "cartellino": with_cartellino,
    "again": again,
    "refreshed": refreshed,
    "status": status,
    "fields": fields,
}


def add(catalogue: Catalogue, table: Path) -> Written:
    from cartellino.acquire.intake import bring_in
    from cartellino.acquire.tables.table import TableSource
    from cartellino.pictures.store import PictureStore
    from cartellino.progress import Silent
    from cartellino.settings import Settings

    source = TableSource(table, id_column=ID, accession_column=ACCESSION, title_column=TITLE)
    settings = Settings()
    store = PictureStore(catalogue.path.parent / "pictures", settings.pictures)
    return bring_in(source, catalogue, store, settings, Silent()).written


def grow(path: Path, rows: int, changed: int = 0) -> None:
    """Write a table of `rows` rows; of every `changed` rows, the first with another title."""
    header, sample = met_sample() or synthetic_sample()
    place, title = header.index(ID), header.index(TITLE)
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        for number in range(rows):
            cells = list(sample[number % len(sample)])
            cells[place] = str(number + 1)
            if changed and not number % changed:
                cells[title] += " (revised)"
            writer.writerow(cells)


def met_sample() -> tuple[list[str], list[list[str]]] | None:
    told = os.environ.get("CARTELLINO_DATA")
    folder = Path(told) if told else Path(__file__).resolve().parents[2] / "shared" / "data"
    path = folder / "met" / "MetObjects-sample.csv.gz"
    if not path.exists():
        return None
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as stream:
        header, *rows = csv.reader(stream)
    return header, rows


def synthetic_sample() -> tuple[list[str], list[list[str]]]:
    """A table as wide as the Met's and filled like it: a third of its cells, some of several values."""
    chance = random.Random(0)
    named = [ID, ACCESSION, TITLE]
    header = [*named, *(f"Column {number}" for number in range(COLUMNS - len(named)))]
    return header, [[_cell(chance, place) for place in range(COLUMNS)] for _ in range(5_000)]


def _cell(chance: random.Random, place: int) -> str:
    if place > 20 and chance.random() < 0.65:
        return ""
    words = " ".join(chance.choices(WORDS, k=chance.randint(1, 4)))
    return "|".join([words] * 3) if place > 50 else words


def verdict(results: dict[str, dict[str, float]]) -> dict[str, float]:
    return {
        "ratio": results["cartellino"]["seconds"] / results["pandas"]["seconds"],
        "of the first reading": results["refreshed"]["seconds"] / results["cartellino"]["seconds"],
        "MiB": results["cartellino"]["MiB"],
        "status seconds": results["status"]["seconds"],
    }


def report(results: dict[str, dict[str, float]], rows: int) -> None:
    print(f"{rows:,} rows x {COLUMNS} columns")
    for name in CONTENDERS:
        told = ", ".join(f"{key} {value:,.2f}" for key, value in results[name].items())
        print(f"  {name:<12} {told}")
    for name, value in results["verdict"].items():
        kept = "kept" if value <= LIMITS[name] else "NOT kept"
        print(f"  {name}: {value:.2f} (limit {LIMITS[name]}: {kept})")


if __name__ == "__main__":
    main()
