"""Keeping pictures beside merely decoding them, both on two threads; and each step by itself.

Run: python benchmarks/pictures.py [--pictures 600] [--rounds 5] [--json FILE]

Pictures are those of the Met sample (CARTELLINO_DATA, or ../shared/data beside the checkout), JPEG files of
448 pixels, or painted ones where there is no sample. `decode` opens and loads every file with Pillow and
drops it. `keep` is the whole of it: read, digest, decode in full, find borders, fingerprint, write whole to
the store, write to the catalogue. `fetch and keep` takes them from a server on this machine, which shares the
two cores. `keep again` finds that nothing has changed.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
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
    "fetch and keep": "fetch",
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
    found = sorted((data.resolve() / "met" / "images").glob("*.jpg"))[:pictures]
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


def museum(folder: Path, files: Sequence[Path | str]) -> Catalogue:
    catalogue = Catalogue.open(folder / "catalogue.sqlite", create=True)
    columns = (Column("ID", "id", "id"), Column("File", "file", "picture"))
    source = catalogue.works.source("works", "table", "works.csv", columns, {})
    works = (
        Work(str(line), line, (str(line), str(file)), pictures=(str(file),))
        for line, file in enumerate(files, 2)
    )
    catalogue.works.write(source, works, progress=Silent())
    return catalogue


def fetch(scratch: str, pictures: int) -> dict[str, float]:
    """The same pictures from a server on this machine; the second half counts, when the pace is found."""
    from cartellino.acquire.fetch.fetcher import Fetcher
    from cartellino.acquire.remote.downloads import fetch_wanted
    from cartellino.settings import FetchSettings

    files = sources(scratch, pictures)
    half = Half(len(files) // 2)
    with (
        served(files[0].parent) as host,
        tempfile.TemporaryDirectory(dir=scratch) as folder,
        museum(Path(folder), [f"http://{host}/{file.name}" for file in files]) as catalogue,
        Fetcher(FetchSettings(allow=(host,), ignore_robots=(host,), fastest=5_000.0)) as fetcher,
    ):
        store = PictureStore(Path(folder) / "pictures", PictureSettings())
        fetch_wanted(catalogue, store, fetcher, half, THREADS)
        return half.told()


class Half(Silent):
    """Progress that takes the time once so many pictures are done."""

    def __init__(self, after: int) -> None:
        self.after, self.done, self.counted = after, 0, 0

    def advance(self, count: int = 1) -> None:
        """Take the time; up to that many, begin anew."""
        self.done += count
        self.now = time.perf_counter(), harness.cpu_seconds()
        if self.done <= self.after:
            self.begun = self.now
        else:
            self.counted += count

    def told(self) -> dict[str, float]:
        """Seconds, processor time and pictures since then."""
        (seconds, cpu), (begun, busy) = self.now, self.begun
        return {"seconds": seconds - begun, "cpu": cpu - busy, "count": self.counted}


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A server of the files in `folder`, in a process of its own: its 'host:port'."""
    ready, told = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=serve, args=(str(folder), told), daemon=True)
    process.start()
    try:
        yield f"127.0.0.1:{ready.recv()}"
    finally:
        process.terminate()
        process.join()


def serve(folder: str, told: Connection) -> None:
    """Answer every request with a file, over connections that stay open."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError):  # the client has gone
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                data = (Path(folder) / head.split(b" ", 2)[1].decode().rpartition("/")[2]).read_bytes()
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(data), data))

    async def run() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        told.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


def find_borders(scratch: str, pictures: int) -> dict[str, float]:
    return each(borders.find, sources(scratch, pictures))


def mark(scratch: str, pictures: int) -> dict[str, float]:
    return each(fingerprint, sources(scratch, pictures))


def each(work: Callable[[Image.Image], object], files: list[Path]) -> dict[str, float]:
    greys = [Image.open(file).convert("L") for file in files]
    return timed(lambda: [work(grey) for grey in greys], len(files))


if __name__ == "__main__":
    main()
