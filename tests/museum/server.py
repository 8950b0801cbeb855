"""The museum: an HTTP server in a thread of its own."""

from __future__ import annotations

import asyncio
import functools
import socket
import threading
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self

from .answers import Answer, Request, conditional, page, stamped
from .faults import MANNERS, REFUSALS, Dice, Faults, drawn
from .hall import Hall
from .limits import Burst, Window
from .routing import routed
from .shelf import Shelf
from .spoiling import FORBIDDEN, refusal, spoiled
from .truth import Truth
from .wire import Connection, Sending, written

_ROBOTS = "User-agent: *\nAllow: /\n"
_WAITING = 512  # connections


class Museum:
    """A museum on this machine, open within `with`.

    Parameters
    ----------
    records : iterable of dict
        In the form of the Met's API; 'objectID' is needed.
    images : Path
        Folder of the pictures: 'ID.jpg', 'ID-1.jpg' for the first additional one.
    faults : Faults
        What goes wrong; nothing unless told.
    rate : float, optional
        Requests a second that are served; 403 for each above it, without further punishment.
    robots : str
        What robots.txt says.
    port : int
        Where; a free one unless told.

    Attributes
    ----------
    requests : Counter
        How often each path (with its query) was asked for.
    refused : Counter
        How often 403 was answered for asking too quickly.
    agents : Counter
        Who asked, by User-Agent.
    records : dict
        The records by id. A test may change, add and delete some between its requests.
    """

    def __init__(
        self,
        records: Iterable[dict[str, Any]],
        images: Path,
        faults: Faults | None = None,
        rate: float | None = None,
        *,
        robots: str = _ROBOTS,
        port: int = 0,
    ) -> None:
        self.faults = faults or Faults()
        self.requests: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.agents: Counter[str] = Counter()
        self._port = port
        self._hall = Hall(Shelf(records, Path(images)), "", robots)
        self.records = self._hall.shelf.records
        self._dice = Dice(self.faults)
        self._gates: list[Window | Burst] = [Window(rate)] if rate else []
        if self.faults.forbid_after:
            self._gates.append(Burst(self.faults.forbid_after, self.faults.forbid_seconds))
        self._open: set[Connection] = set()
        self._loop: asyncio.AbstractEventLoop
        self._ending: asyncio.Event
        self._ready: threading.Event
        self._thread: threading.Thread

    @property
    def address(self) -> str:
        """Where it is, such as 'http://127.0.0.1:8080'; known once it was opened."""
        return self._hall.address

    @property
    def host(self) -> str:
        """Its host and port, such as '127.0.0.1:8080'."""
        return self.address.removeprefix("http://")

    @property
    def truth(self) -> Truth:
        """What a perfect client gets, by address."""
        return Truth(self._hall, self.faults)

    def __enter__(self) -> Self:
        listener = socket.create_server(("127.0.0.1", self._port), backlog=_WAITING)
        self._hall = Hall(
            self._hall.shelf, f"http://127.0.0.1:{listener.getsockname()[1]}", self._hall.robots
        )
        self._ready = threading.Event()
        self._thread = threading.Thread(target=asyncio.run, args=(self._serve(listener),), daemon=True)
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._ending.set)
        self._thread.join()

    async def _serve(self, listener: socket.socket) -> None:
        self._loop, self._ending = asyncio.get_running_loop(), asyncio.Event()
        connected = functools.partial(Connection, self._answer, self._open)
        server = await self._loop.create_server(connected, sock=listener, backlog=_WAITING)
        self._ready.set()
        await self._ending.wait()
        server.close()
        for connection in list(self._open):
            connection.abort()
        await asyncio.sleep(0)  # the transports' own last callbacks; asyncio.run cancels what is left

    def _answer(self, request: Request) -> Sending:
        self.requests[request.target] += 1
        self.agents[request.headers.get("user-agent", "")] += 1
        if not all(gate.allows() for gate in self._gates):
            self.refused[request.target] += 1
            return self._sent(request, FORBIDDEN)
        if request.method not in ("GET", "HEAD"):
            return self._sent(request, page(405, "Method not allowed", ("Allow", "GET, HEAD")))
        fault, attempt = self._dice.thrown(request.target)
        if fault in REFUSALS:
            return self._sent(request, refusal(fault, request.target, attempt, self.faults))
        answer, _ = spoiled(routed(self._hall, request), request.path, self.faults)
        return self._sent(request, conditional(request, stamped(answer)), fault, attempt)

    def _sent(self, request: Request, answer: Answer, manner: str = "", attempt: int = 0) -> Sending:
        head, body = written(request, answer)
        if manner not in MANNERS:
            return Sending(head, body, request.closing)
        seconds = self.faults.stall_seconds if manner == "stall" else self.faults.drip_seconds
        silent = drawn(self.faults.seed, "silent", request.target, attempt) < 0.5
        return Sending(head, body, request.closing, manner, seconds, silent)
