"""The hosts that are asked, each with its pace, its connections and its rules."""

from __future__ import annotations

import asyncio
import ssl
import time
from types import TracebackType

import httpx

from cartellino.acquire.fetch.addresses import is_named, named
from cartellino.acquire.fetch.client import AT_ONCE, Client
from cartellino.acquire.fetch.pace import Pace, Ticket
from cartellino.acquire.fetch.robots import Robots
from cartellino.acquire.fetch.trouble import Next, Trouble
from cartellino.settings import FetchSettings

_LONGEST_NAP = 5.0  # seconds between looks whether a host has been given up

KNOWN = {  # requests a second at most, where a museum has said so
    "collectionapi.metmuseum.org": 80.0,  # documented; 403 comes far earlier
    "api.artic.edu": 1.0,  # 60 a minute without a key
}


class Host:
    """One host: its pace, its connections, its rules."""

    def __init__(self, name: str, settings: FetchSettings, context: ssl.SSLContext) -> None:
        self.name = name
        self.client = Client(settings, context)
        self.pace = Pace(time.monotonic(), min(settings.fastest, KNOWN.get(name, settings.fastest)))
        self.robots: Robots | None = None
        self.robots_trouble: tuple[float, Trouble] | None = None  # when, and why there are no rules yet
        self.reading_robots = asyncio.Lock()
        self.answered = 0  # how many requests, so that one that is refused can tell whether others are not
        self._line = asyncio.Lock()  # first come, first served
        self._room = asyncio.Semaphore(AT_ONCE)

    def turn(self) -> Turn:
        """A block in which one request may be sent, once it is its turn."""
        return Turn(self)

    async def wait(self) -> Ticket:
        """Wait until a request may be sent.

        Raises
        ------
        Trouble
            If the host has refused everything for so long that waiting is no use.
        """
        await self._room.acquire()
        try:
            async with self._line:
                return await self._wait_in_front()
        except BaseException:
            self._room.release()
            raise

    def leave(self) -> None:
        """Make room for the next request."""
        self._room.release()

    async def _wait_in_front(self) -> Ticket:
        while True:
            now = time.monotonic()
            if self.pace.given_up(now):
                raise Trouble("the museum has refused everything for half an hour", Next.LATER, sent=False)
            wait = self.pace.wait(now)
            if wait <= 0:
                return self.pace.send(now)
            await asyncio.sleep(min(wait, _LONGEST_NAP))


class Turn:
    """One request's turn; the pace is told what came of it, that nothing can be learnt if nobody says."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._told = False

    async def __aenter__(self) -> Turn:
        self._ticket = await self._host.wait()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._told:
            self._host.pace.lost(self._ticket)
        self._host.leave()

    def answered(self, latency: float) -> None:
        """The request was answered."""
        self._told = True
        self._host.answered += 1
        self._host.pace.answered(self._ticket, time.monotonic(), latency)

    def refused(self, wait: float) -> None:
        """The host asked to slow down, for `wait` seconds if it said so."""
        self._told = True
        self._host.pace.refused(self._ticket, time.monotonic(), wait)


class Hosts:
    """All hosts that were asked so far."""

    def __init__(self, settings: FetchSettings) -> None:
        self.settings = settings
        self._context = httpx.create_ssl_context()
        self._hosts: dict[str, Host] = {}

    def at(self, url: httpx.URL) -> Host:
        """The host of an address."""
        name = named(url)
        if name not in self._hosts:
            self._hosts[name] = Host(name, self.settings, self._context)
        return self._hosts[name]

    def heeds_robots(self, url: httpx.URL) -> bool:
        """Whether what the host asks of robots counts here; only the settings can say that it does not."""
        return not is_named(url, self.settings.ignore_robots)

    def pace(self) -> dict[str, tuple[float, float]]:
        """Each host's rate now and allowed rate, in requests a second."""
        now = time.monotonic()
        hosts = list(self._hosts.values())  # another thread may ask
        return {host.name: (host.pace.measured(now), host.pace.allowed) for host in hosts}

    async def close(self) -> None:
        """Close all connections."""
        for host in self._hosts.values():
            await host.client.close()
