"""How near the downloader comes to a server's limit without being told: N requests a second, 403 above.

Run: python benchmarks/fetch.py [--limits 2 20 80] [--settle 120] [--seconds 60] [--latency 0.05]

One server for each limit, in a process of its own, refuses what comes after the Nth request within a sliding
second (refused ones count too) and answers the others after `latency`. The downloader starts at 2 a second.
Wanted after settling: at least 90 % of N, fewer than 1 % refused. `whole` is the run from its first request.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import multiprocessing
import threading
import time
from collections import deque
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import harness
from cartellino.acquire.fetch.asked import Asked
from cartellino.acquire.fetch.fetcher import Fetcher
from cartellino.settings import FetchSettings

HOST = "127.0.0.1"
SETTINGS = FetchSettings(allow=(HOST,), ignore_robots=(HOST,), fastest=200.0)  # above every limit


def main() -> None:
    told = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    told.add_argument("--limits", type=int, nargs="+", default=[2, 20, 80])
    told.add_argument("--settle", type=float, default=120)
    told.add_argument("--seconds", type=float, default=60)
    told.add_argument("--latency", type=float, default=0.05)
    told.add_argument("--json", type=Path)
    options = told.parse_args()
    runs = [Run(limit, options.settle, options.seconds, options.latency) for limit in options.limits]
    for run in runs:  # together: the machine must bear a hundred requests a second
        run.start()
    for run in runs:
        run.join()
    rows = [["limit", "rate/N", "refused", "whole rate/N", "whole refused", "requests"]]
    rows += [run.row() for run in runs]
    print(harness.aligned(rows))
    if options.json:
        harness.write(options.json, "fetch", {"limits": {run.limit: run.figures for run in runs}})


class Run(threading.Thread):
    """One limit, kept busy for as long as is told."""

    def __init__(self, limit: int, settle: float, seconds: float, latency: float) -> None:
        super().__init__()
        self.limit, self.settle, self.seconds, self.latency = limit, settle, seconds, latency
        self.figures: dict[str, float] = {}

    def run(self) -> None:
        """Keep the server busy, then ask it what it saw."""
        ours, theirs = multiprocessing.Pipe()
        server = multiprocessing.Process(target=serve, args=(theirs, self.limit, self.latency), daemon=True)
        server.start()
        address = f"http://{HOST}:{ours.recv()}/"
        self.ask(address)
        ours.send("tell")
        self.measure(ours.recv())
        server.terminate()
        server.join()

    def ask(self, address: str) -> None:
        """Ask until the time is over."""
        end = time.monotonic() + self.settle + self.seconds
        with Fetcher(SETTINGS) as fetcher:
            answers = fetcher.many(endless(address))
            for _ in answers:
                if time.monotonic() > end:
                    break
            answers.close()

    def measure(self, seen: list[tuple[float, bool]]) -> None:
        """Tell the settled part from the whole."""
        begun = seen[0][0]
        settled = [refused for at, refused in seen if self.settle <= at - begun < self.settle + self.seconds]
        whole = [refused for _, refused in seen]
        self.figures = {
            "rate": settled.count(False) / self.seconds,
            "refused": sum(settled) / max(1, len(settled)),
            "whole_rate": whole.count(False) / (seen[-1][0] - begun),
            "whole_refused": sum(whole) / len(whole),
            "requests": len(whole),
        }

    def row(self) -> list[str]:
        """The figures as cells."""
        told = self.figures
        return [
            str(self.limit),
            f"{told['rate'] / self.limit:.3f}",
            f"{told['refused']:.2%}",
            f"{told['whole_rate'] / self.limit:.3f}",
            f"{told['whole_refused']:.2%}",
            f"{told['requests']:,.0f}",
        ]


def endless(address: str) -> Iterator[Asked]:
    return (Asked(f"{address}{number}") for number in itertools.count())


def serve(pipe: Connection, limit: int, latency: float) -> None:
    asyncio.run(Limited(limit, latency).serve(pipe))


class Limited:
    """A server that allows `limit` requests within any second."""

    def __init__(self, limit: int, latency: float) -> None:
        self.limit, self.latency = limit, latency
        self.lately: deque[float] = deque()
        self.seen: list[tuple[float, bool]] = []

    async def serve(self, pipe: Connection) -> None:
        """Serve until told to tell."""
        server = await asyncio.start_server(self.answer, HOST, 0)
        pipe.send(server.sockets[0].getsockname()[1])
        await asyncio.to_thread(pipe.recv)
        pipe.send(self.seen)
        server.close()

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection."""
        try:
            while await reader.readuntil(b"\r\n\r\n"):
                status = b"403 Forbidden" if self.refuses(time.monotonic()) else b"200 OK"
                await asyncio.sleep(self.latency)
                writer.write(b"HTTP/1.1 " + status + b"\r\nContent-Length: 2\r\n\r\n{}")
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            writer.close()

    def refuses(self, now: float) -> bool:
        """Note a request, and say whether it is one too many."""
        while self.lately and self.lately[0] <= now - 1:
            self.lately.popleft()
        self.lately.append(now)
        refused = len(self.lately) > self.limit
        self.seen.append((now, refused))
        return refused


if __name__ == "__main__":
    main()
