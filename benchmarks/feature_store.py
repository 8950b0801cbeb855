"""The feature store beside vectors kept as SQLite blobs (and Zarr and Lance, where they are installed).

Run: python benchmarks/feature_store.py [--rows 20000] [--rounds 3] [--json FILE]

Each contender appends rows of 2,136 numbers, 256 at a time and each batch safe on the disk, reads 1,000 rows
at random, and then all in sequence. Everything is in the system's cache, so that what shows is the
format and not the disk.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

import harness
from harness import Contender, Figures

WIDTH, BATCH, SOME = 2136, 256, 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--python", default=sys.executable, help="an interpreter with zarr and lance besides")
    parser.add_argument("--json", type=Path, help="file for the results")
    options = parser.parse_args()
    ways: list[tuple[str, str, dict[str, Any]]] = [
        ("flat file and index", "flat", {}),
        ("SQLite blobs, 4 KiB pages", "blobs", {"page": 4096}),
        ("SQLite blobs, 32 KiB pages", "blobs", {"page": 32768}),
        ("SQLite blobs, 64 KiB pages", "blobs", {"page": 65536}),
        ("Zarr, chunks of 256 rows", "zarr", {}),
        ("Lance", "lance", {}),
    ]
    contenders = [
        Contender(name, __file__, function, {"rows": options.rows, **more}, options.python)
        for name, function, more in ways
    ]
    measured = harness.compare(contenders, options.rounds)
    print(_table({name: rounds for name, rounds in measured.items() if "skipped" not in rounds[0]}))
    if options.json:
        harness.write(options.json, "feature store", {"rows": options.rows, "measured": measured})


def _table(measured: dict[str, list[Figures]]) -> str:
    columns = {
        "append rows/s": "append",
        "1,000 at random ms": "random",
        "in sequence µs/row": "sequence",
        "bytes/row": "bytes",
        "peak MiB": "peak",
    }
    rows = [["", *columns]]
    for name, rounds in measured.items():
        rows.append([name, *(f"{median(each[key] for each in rounds):,.1f}" for key in columns.values())])
    return harness.aligned(rows)


def ids(rows: int) -> list[str]:
    return [hashlib.sha256(str(row).encode()).hexdigest() for row in range(rows)]


def batches(rows: int) -> Iterator[tuple[list[str], Any]]:
    import numpy as np

    named = ids(rows)
    block = np.random.default_rng(0).standard_normal((BATCH, WIDTH)).astype(np.float32)
    for start in range(0, rows, BATCH):
        some = named[start : start + BATCH]
        block[:, 0] = np.arange(start, start + BATCH)
        yield some, block[: len(some)]


def measured(
    rows: int,
    folder: Path,
    append: Callable[[list[str], Any], object],
    read: Callable[[list[str]], Any],
    stream: Callable[[], Iterator[int]],
) -> Figures:
    appending = 0.0
    for some, vectors in batches(rows):
        started = time.perf_counter()
        append(some, vectors)
        appending += time.perf_counter() - started
    named = ids(rows)
    places = random.Random(0).sample(range(rows), SOME)
    read([named[place] for place in places[:10]])
    started = time.perf_counter()
    vectors = read([named[place] for place in places])
    reading = time.perf_counter() - started
    if vectors[:, 0].tolist() != places:
        raise AssertionError("other rows came back")
    started = time.perf_counter()
    if sum(stream()) != rows:
        raise AssertionError("rows are lost")
    streaming = time.perf_counter() - started
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return {
        "append": rows / appending,
        "random": reading * 1e3,
        "sequence": streaming / rows * 1e6,
        "bytes": size / rows,
        "seconds": appending + reading + streaming,
    }


def flat(rows: int) -> Figures:
    from cartellino.features.store import FeatureStore

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with FeatureStore(folder, "bench", "0" * 64, WIDTH) as store:
            return measured(
                rows, folder, store.append, store.read, lambda: (len(some) for some, _ in store.stream(BATCH))
            )


def blobs(rows: int, page: int) -> Figures:
    import numpy as np

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        connection = sqlite3.connect(folder / "features.sqlite", isolation_level=None)
        connection.execute(f"PRAGMA page_size = {page}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE vector (place INTEGER PRIMARY KEY, digest TEXT UNIQUE, v BLOB)")

        def append(some: list[str], vectors: Any) -> None:
            connection.execute("BEGIN")
            pairs = ((digest, row.tobytes()) for digest, row in zip(some, vectors, strict=True))
            connection.executemany("INSERT INTO vector (digest, v) VALUES (?, ?)", pairs)
            connection.execute("COMMIT")

        def read(some: list[str]) -> Any:
            one = "SELECT v FROM vector WHERE digest = ?"
            rows = [connection.execute(one, (digest,)).fetchone()[0] for digest in some]
            return np.frombuffer(b"".join(rows), np.float32).reshape(-1, WIDTH)

        def stream() -> Iterator[int]:
            cursor = connection.execute("SELECT digest, v FROM vector ORDER BY place")
            while some := cursor.fetchmany(BATCH):
                block = np.frombuffer(b"".join(v for _, v in some), np.float32).reshape(-1, WIDTH)
                yield len(block)

        figures = measured(rows, folder, append, read, stream)
        connection.close()
        return figures


def zarr(rows: int) -> Figures:
    if not importlib.util.find_spec("zarr"):
        return {"skipped": 1, "seconds": 0}
    import numpy as np
    import zarr as package

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        array = package.create_array(
            str(folder / "v.zarr"), shape=(0, WIDTH), chunks=(BATCH, WIDTH), dtype="float32", compressors=None
        )
        known: dict[str, int] = {}

        def append(some: list[str], vectors: Any) -> None:
            known.update(zip(some, range(len(known), len(known) + len(some)), strict=True))
            array.append(vectors)

        def read(some: list[str]) -> Any:
            return array.oindex[np.array([known[digest] for digest in some]), :]

        def stream() -> Iterator[int]:
            for start in range(0, rows, BATCH):
                yield len(array[start : start + BATCH])

        return measured(rows, folder, append, read, stream)


def lance(rows: int) -> Figures:
    if not importlib.util.find_spec("lance"):
        return {"skipped": 1, "seconds": 0}
    import lance as package
    import numpy as np
    import pyarrow

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path, known = str(folder / "v.lance"), {}

        def append(some: list[str], vectors: Any) -> None:
            known.update(zip(some, range(len(known), len(known) + len(some)), strict=True))
            column = pyarrow.FixedSizeListArray.from_arrays(pyarrow.array(vectors.ravel()), WIDTH)
            package.write_dataset(pyarrow.table({"digest": some, "v": column}), path, mode="append")

        def vectors(column: Any) -> Any:
            return column.combine_chunks().flatten().to_numpy(zero_copy_only=False).reshape(-1, WIDTH)

        def read(some: list[str]) -> Any:
            taken = package.dataset(path).take(np.array([known[digest] for digest in some]), columns=["v"])
            return vectors(taken["v"])

        def stream() -> Iterator[int]:
            for batch in package.dataset(path).to_batches(batch_size=BATCH):
                yield batch.num_rows

        return measured(rows, folder, append, read, stream)


if __name__ == "__main__":
    main()
