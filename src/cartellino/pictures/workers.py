"""Pictures kept side by side: on threads where they are few, in processes where they are many.

Threads take turns at the interpreter, which is busy for a good part of a small picture's time. And a picture
that brings down its process, by memory or by a fault in a decoder, then brings down a worker, not the job.
"""

from __future__ import annotations

import signal
import subprocess
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from queue import SimpleQueue
from typing import TypeVar

from cartellino.errors import StorageError
from cartellino.pictures import worker
from cartellino.pictures.orders import Found, Order, keep
from cartellino.pictures.store import PictureStore
from cartellino.processes import begun, pipes

MANY = 300  # pictures from which processes pay: each takes a third of a second to begin
_HEAVY = 2**20  # bytes at which a handful is full, whatever its number
_PATIENCE = 10  # seconds that a process may take to end once it has nothing to say
_T = TypeVar("_T")
_R = TypeVar("_R")


class Workers:
    """Workers that share a store; a context manager.

    Parameters
    ----------
    store : PictureStore
        Where they keep pictures.
    count : int
        How many.
    apart : bool
        Whether in processes of their own, which begin with their first handful. Where the system gives none,
        the work is done here.
    handful : int
        Pictures given to a process at once.
    """

    def __init__(self, store: PictureStore, count: int, *, apart: bool, handful: int = 16) -> None:
        self._store = store
        self._handful, self._ahead = handful if apart else 1, 2 * count
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="pictures")
        self._processes: SimpleQueue[_Process] = SimpleQueue()
        for _ in range(count if apart else 0):
            self._processes.put(_Process(store))
        self._apart = apart

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown(wait=True, cancel_futures=True)
        while not self._processes.empty():
            self._processes.get().end()

    def kept(self, items: Iterable[tuple[_T, Order | None]]) -> Iterator[tuple[_T, Found]]:
        """Each item with what was found for its order, in their order; only a few are taken ahead.

        Raises
        ------
        StorageError
            If the store cannot be written.
        """
        for some in mapped(self._threads, self._done, _handfuls(items, self._handful), self._ahead):
            yield from some

    def _done(self, handful: list[tuple[_T, Order | None]]) -> list[tuple[_T, Found]]:
        items, orders = [item for item, _ in handful], [order for _, order in handful]
        return list(zip(items, self._found(orders), strict=True))

    def _found(self, orders: list[Order | None]) -> list[Found]:
        if self._apart:
            process = self._processes.get()
            try:
                if process.begun():
                    return process.found(orders)
            finally:
                self._processes.put(process)
        return [keep(self._store, order) if order else Found() for order in orders]


class _Process:
    """A worker that begins when it is needed, and again after a death."""

    def __init__(self, store: PictureStore) -> None:
        self._store = store
        self._running: subprocess.Popen[bytes] | None = None

    def begun(self) -> bool:
        """Begin if need be, and say whether there is a process."""
        if self._running:
            return True
        try:
            self._running = begun("cartellino.pictures.worker")
            going, coming = pipes(self._running)
            worker.introduce(going, self._store)
            return worker.is_ready(coming)
        except (OSError, EOFError):
            self.end()
            return False

    def found(self, orders: Sequence[Order | None]) -> list[Found]:
        """What became of each: one by one if the process dies of them together, blamed if it dies of one.

        Raises
        ------
        StorageError
            If the store cannot be written, or no process can be begun any more.
        """
        found, _ = self._tried(orders)
        return found or [self._alone(order) for order in orders]

    def end(self) -> str:
        """Let it end, whatever it is doing, and say how it ended."""
        if self._running is None:
            return "it never began"
        process, self._running = self._running, None
        for pipe in pipes(process):
            with suppress(OSError):  # what was still to be sent cannot be
                pipe.close()
        try:
            code = process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            code = process.wait()
        return {-each.value: each.name for each in signal.Signals}.get(code, f"exit code {code}")

    def _alone(self, order: Order | None) -> Found:
        found, how = self._tried([order])
        return found[0] if found else Found(reason=f"it brought down the process that decoded it ({how})")

    def _tried(self, orders: Sequence[Order | None]) -> tuple[list[Found], str]:
        """What was found; or nothing, and how the process died."""
        if not self.begun():
            raise StorageError(
                "no more processes can be begun",
                "the memory of this computer",
                "Close other programs and run the same command again; nothing is lost.",
            )
        assert self._running is not None
        going, coming = pipes(self._running)
        try:
            worker.order(going, orders)
            return worker.found(coming), ""
        except (OSError, EOFError):
            return [], self.end()


def mapped(pool: Executor, work: Callable[[_T], _R], items: Iterable[_T], ahead: int) -> Iterator[_R]:
    """Like pool.map, but only `ahead` items are taken before they are wanted, which bounds the memory."""
    waiting: deque[Future[_R]] = deque()
    for item in items:
        waiting.append(pool.submit(work, item))
        while waiting and (len(waiting) >= ahead or waiting[0].done()):
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _handfuls(items: Iterable[tuple[_T, Order | None]], most: int) -> Iterator[list[tuple[_T, Order | None]]]:
    handful: list[tuple[_T, Order | None]] = []
    weight = 0
    for item, order in items:
        handful.append((item, order))
        weight += len(order.data) if order else 0
        if len(handful) >= most or weight >= _HEAVY:
            yield handful
            handful, weight = [], 0
    if handful:
        yield handful
