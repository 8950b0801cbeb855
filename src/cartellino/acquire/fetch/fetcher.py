"""The downloader as the rest of the house sees it: a plain iterator over an event loop in its own thread."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Coroutine, Iterable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Any

from cartellino.acquire.fetch.asked import Asked, Failed, Got, Watch
from cartellino.acquire.fetch.holding import Holding

if TYPE_CHECKING:
    from cartellino.acquire.fetch.hosts import Hosts
    from cartellino.settings import FetchSettings

Answers = queue.SimpleQueue[Got | Failed | Exception]
_AHEAD = 256  # addresses taken from the asker before their answers are taken from us
_LOOK = 0.5  # seconds; Ctrl-C reaches a thread of Windows only between two waits


class Fetcher:
    """Fetches addresses, as many at once and as fast as each host bears; a context manager.

    Threads may share it. Its own thread begins with the first request.

    Parameters
    ----------
    settings : FetchSettings
        Limits, contact and what is allowed.
    watch : Watch, optional
        Who is told of every answer.
    """

    def __init__(self, settings: FetchSettings, watch: Watch | None = None) -> None:
        self._settings, self._watch = settings, watch
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._hosts: Hosts | None = None

    def many(self, asked: Iterable[Asked]) -> Iterator[Got | Failed]:
        """Answer each, in the order of completion.

        Some hundred addresses are taken ahead, in the thread that asks; closing the iterator calls off what
        is under way.
        """
        loop = self._running()
        stream, under_way = iter(asked), 0
        answers: Answers = queue.SimpleQueue()
        holding = Holding()
        tasks: set[asyncio.Task[None]] = set()
        try:
            while True:
                more = list(islice(stream, _AHEAD - under_way))
                under_way += len(more)
                if more:
                    loop.call_soon_threadsafe(self._begin, more, answers, holding, tasks)
                if not under_way:
                    return
                answer = _next(answers)
                under_way -= 1
                with suppress(RuntimeError):  # another thread has closed the loop
                    loop.call_soon_threadsafe(holding.let_go, answer)
                self._tell(answer)
                yield answer
        finally:
            self._wait_for(_call_off(tasks))

    def one(self, asked: Asked) -> Got | Failed:
        """Answer one."""
        (answer,) = self.many([asked])
        return answer

    def pace(self) -> dict[str, tuple[float, float]]:
        """Each host's rate now and allowed rate, in requests a second."""
        return self._hosts.pace() if self._hosts else {}

    def close(self) -> None:
        """Call off what is under way and close all connections."""
        with self._lock:
            loop, thread = self._loop, self._thread
            self._loop = self._thread = None
        if loop is None or thread is None:
            return
        if self._hosts:
            asyncio.run_coroutine_threadsafe(_end(self._hosts), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=self._loop.run_forever, name="fetcher", daemon=True)
                self._thread.start()
                self._hosts = asyncio.run_coroutine_threadsafe(_hosts(self._settings), self._loop).result()
            return self._loop

    def _begin(
        self,
        asked: list[Asked],
        answers: Answers,
        holding: Holding,
        tasks: set[asyncio.Task[None]],
    ) -> None:
        for each in asked:
            task = asyncio.ensure_future(self._answer(each, answers, holding))
            tasks.add(task)
            task.add_done_callback(tasks.discard)

    async def _answer(self, asked: Asked, answers: Answers, holding: Holding) -> None:
        from cartellino.acquire.fetch.visit import Visit

        try:
            assert self._hosts is not None
            answer = await Visit(asked, self._hosts, holding).answer()
            holding.take(answer)
            answers.put(answer)
        except asyncio.CancelledError:
            answers.put(Failed(asked, "it was called off", False, 0))
            raise
        except Exception as error:  # whoever waits for the answer must learn of it
            answers.put(error)

    def _tell(self, answer: Got | Failed) -> None:
        if self._watch is not None:
            self._watch.answered(answer, self.pace())

    def _wait_for(self, work: Coroutine[Any, Any, None]) -> None:
        loop = self._loop
        if loop is None:  # closed in the meantime, which has called everything off
            work.close()
            return
        done: Future[None] = asyncio.run_coroutine_threadsafe(work, loop)
        done.result()


async def _hosts(settings: FetchSettings) -> Hosts:
    from cartellino.acquire.fetch.hosts import Hosts

    return Hosts(settings)


def _next(answers: Answers) -> Got | Failed:
    while True:
        try:
            answer = answers.get(timeout=_LOOK)
        except queue.Empty:
            continue
        if isinstance(answer, Exception):
            raise answer
        return answer


async def _call_off(tasks: set[asyncio.Task[None]]) -> None:
    remaining = list(tasks)
    for task in remaining:
        task.cancel()
    await asyncio.gather(*remaining, return_exceptions=True)


async def _end(hosts: Hosts) -> None:
    mine = asyncio.current_task()
    others = {task for task in asyncio.all_tasks() if task is not mine}
    await _call_off(others)
    await hosts.close()
