"""Keeping pictures beside merely decoding them, both on two cores; the memory it takes; each step by itself.

Run: python benchmarks/pictures.py [--pictures 20000] [--rounds 1] [--only keep …] [--json FILE]

Pictures are those of the Met sample (CARTELLINO_DATA, or ../shared/data beside the checkout), JPEG files of
448 pixels, or painted ones where there is no sample; they are repeated up to `--pictures`, each with a
comment of its own in the file, so that no two are the same. `decode` opens and loads every file with Pillow
and drops it, in two processes that run already. `keep` is the whole of it: read, digest, decode in full, find
borders, fingerprint, write whole to the store, write to the catalogue. `fetch and keep` takes them from a
server on this machine, which shares the two cores; its second half is counted, when the pace is found.
`fetch` drops what it fetched. `keep again` finds that nothing has changed. All is done with a tenth of the
pictures too: the memory, of all processes together, should be the same.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from PIL import Image

import harness
from cartellino.acquire.fetch.asked import Asked
from cartellino.acquire.fetch.fetcher import Fetcher
from cartellino.acquire.remote.downloads import fetch_wanted
from cartellino.catalogue import Catalogue
from cartellino.pictures import borders
from cartellino.pictures.fingerprint import fingerprint
from cartellino.pictures.keeping import keep_wanted
from cartellino.pictures.store import PictureStore
from cartellino.progress import Silent
from cartellino.records import Column, Work
from cartellino.settings import FetchSettings, PictureSettings

WORKERS = 2
CONTENDERS = {
    "decode": "decode",
    "keep": "keep",
    "fetch and keep": "fetch_and_keep",
    "fetch": "fetch",
    "keep again": "keep_again",
    "find borders": "find_borders",
    "fingerprint": "mark",
}


def main() -> None:
    told = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    told.add_argument("--pictures", type=int, default=2_000)
    told.add_argument("--rounds", type=int, default=3)
    told.add_argument("--only", nargs="+", choices=[*CONTENDERS], default=[*CONTENDERS])
    told.add_argument("--json", type=Path)
    options = told.parse_args()
    measured = {}
    with tempfile.TemporaryDirectory() as scratch:
        for pictures in (max(1, options.pictures // 10), options.pictures):
            grow(Path(scratch), pictures)
            common = {"scratch": scratch, "pictures": pictures}
            contenders = [
                harness.Contender(name, __file__, CONTENDERS[name], common) for name in options.only
            ]
            measured[pictures] = harness.compare(contenders, options.rounds)
            print(f"\n{pictures:,} pictures")
            print(harness.table(measured[pictures], "pictures", options.only[0]), flush=True)
    if options.json:
        harness.write(options.json, "pictures", {"measured": measured})


def grow(scratch: Path, pictures: int) -> None:
    """Files to work on, real ones or painted ones, as many as are wanted and no two the same."""
    told = os.environ.get("CARTELLINO_DATA")
    data = Path(told) if told else Path(__file__).resolve().parents[2] / "shared" / "data"
    found = sorted((data.resolve() / "met" / "images").glob("*.jpg"))
    if not found:
        from cartellino.acquire.gallery import paint

        paint(scratch / "gallery", works=600)
        found = sorted((scratch / "gallery" / "photos").glob("*.jpg"))
    (scratch / "files").mkdir(exist_ok=True)
    for number in range(pictures):
        file = scratch / "files" / f"{number:06d}.jpg"
        if not file.exists():
            file.write_bytes(remarked(found[number % len(found)].read_bytes(), f"{number:06d}".encode()))


def remarked(jpeg: bytes, comment: bytes) -> bytes:
    """A JPEG with a comment (ITU-T T.81, B.2.4.5) behind its first marker."""
    return jpeg[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + jpeg[2:]


def sources(scratch: str, pictures: int) -> list[Path]:
    return sorted((Path(scratch) / "files").iterdir())[:pictures]


def timed(work: Callable[[], object], count: int) -> dict[str, float]:
    begun, cpu = time.perf_counter(), harness.cpu_seconds()
    work()
    seconds = time.perf_counter() - begun
    return {"seconds": seconds, "cpu": harness.cpu_seconds() - cpu, "count": count, "peak": peak_of_all()}


def peak_of_all() -> float:
    """Memory of a contender and its workers, each taken to be as large as the largest of them; in MiB."""
    try:
        import resource
    except ImportError:
        return harness.peak_mib()
    return harness.peak_mib() + WORKERS * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def decode(scratch: str, pictures: int) -> dict[str, float]:
    files = sources(scratch, pictures)
    with ProcessPoolExecutor(WORKERS, multiprocessing.get_context("spawn")) as pool:
        list(pool.map(loaded, [files[:50]] * WORKERS))  # they have begun
        begun = time.perf_counter()
        parts = [files[start : start + 50] for start in range(0, len(files), 50)]
        cpu = sum(pool.map(loaded, parts))
        seconds = time.perf_counter() - begun
    return {"seconds": seconds, "cpu": cpu, "count": len(files), "peak": peak_of_all()}


def loaded(files: list[Path]) -> float:
    """Decode files and drop them; processor seconds."""
    begun = time.process_time()
    for file in files:
        with Image.open(file) as image:
            image.load()
    return time.process_time() - begun


def keep(scratch: str, pictures: int, again: bool = False) -> dict[str, float]:
    files = sources(scratch, pictures)
    # What is deleted now makes the next files slower to create, for a minute (ext4).
    folder = Path(tempfile.mkdtemp(dir=scratch))
    with museum(folder, files) as catalogue:
        store = PictureStore(folder / "pictures", PictureSettings())
        run = partial(keep_wanted, catalogue, store, folder, workers=WORKERS)
        if again:
            run()
        return timed(run, len(files))


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


def fetch_and_keep(scratch: str, pictures: int) -> dict[str, float]:
    """The same pictures from a server on this machine."""
    files = sources(scratch, pictures)
    half, folder = Half(len(files) // 2), Path(tempfile.mkdtemp(dir=scratch))
    with (
        served(files[0].parent) as host,
        museum(folder, [f"http://{host}/{file.name}" for file in files]) as catalogue,
        fetcher(host) as fetching,
    ):
        store = PictureStore(folder / "pictures", PictureSettings())
        return half.of(lambda: fetch_wanted(catalogue, store, fetching, half, WORKERS), len(files))


def fetch(scratch: str, pictures: int) -> dict[str, float]:
    files = sources(scratch, pictures)
    half = Half(len(files) // 2)
    with served(files[0].parent) as host, fetcher(host) as fetching:
        asked = (Asked(f"http://{host}/{file.name}") for file in files)
        return half.of(lambda: [half.advance() for _ in fetching.many(asked)], len(files))


def fetcher(host: str) -> Fetcher:
    return Fetcher(FetchSettings(allow=(host,), ignore_robots=(host,), fastest=5_000.0))


class Half(Silent):
    """Progress that takes the time from when so many pictures are done."""

    def __init__(self, after: int) -> None:
        self.after, self.done, self.counted = after, 0, 0

    def advance(self, count: int = 1) -> None:
        """Take the time; up to that many, begin anew."""
        self.done += count
        self.now = time.perf_counter()
        if self.done <= self.after:
            self.begun = self.now
        else:
            self.counted += count

    def of(self, work: Callable[[], object], total: int) -> dict[str, float]:
        """Seconds and pictures since then; processor time in proportion: workers tell theirs at their end."""
        whole = timed(work, total)
        cpu = whole["cpu"] * self.counted / total
        return whole | {"seconds": self.now - self.begun, "cpu": cpu, "count": self.counted}


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
    greys = [Image.open(file).convert("L") for file in files[:600]]
    return timed(lambda: [work(grey) for grey in greys], len(greys))


if __name__ == "__main__":
    main()
