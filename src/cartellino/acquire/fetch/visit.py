"""One address from asking to answer: rules, redirects, and asking again where that can help."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

import httpx

from cartellino.acquire.fetch import robots
from cartellino.acquire.fetch.addresses import parsed
from cartellino.acquire.fetch.asked import Asked, Failed, Got
from cartellino.acquire.fetch.client import Answer
from cartellino.acquire.fetch.holding import Holding
from cartellino.acquire.fetch.hosts import Host, Hosts, Turn
from cartellino.acquire.fetch.retry import (
    FRESH,
    OWN_REFUSALS,
    REDIRECTS,
    REFUSALS,
    TRIES,
    backoff,
    retry_after,
    trouble_of,
)
from cartellino.acquire.fetch.trouble import Next, Trouble

_MOST_REDIRECTS = 5
_UNCHANGED = 304
_TROUBLE_LASTS = 60.0  # seconds until a host is asked for its rules again


class Visit:
    """What it takes to answer one request.

    Parameters
    ----------
    asked : Asked
        What is wanted.
    hosts : Hosts
        All hosts, with their paces.
    holding : Holding
        What waits to be taken; while that is much, nothing is asked for.
    """

    def __init__(self, asked: Asked, hosts: Hosts, holding: Holding) -> None:
        self._asked, self._hosts, self._holding = asked, hosts, holding
        self._most = asked.most_bytes or int(hosts.settings.max_megabytes * 1_000_000)
        self._attempts, self._failures, self._refusals, self._own_refusals = 0, 0, 0, 0
        self._answered_before: dict[str, int] = {}  # by others, when a host refused this one

    async def answer(self) -> Got | Failed:
        """Ask, and ask again where that can help."""
        while True:
            try:
                return await self._attempt()
            except Trouble as trouble:
                self._attempts += trouble.sent
                if self._is_final(trouble):
                    lasting = trouble.then is Next.NEVER
                    return Failed(self._asked, trouble.reason, lasting, self._attempts)
                if trouble.then is Next.AGAIN:
                    await asyncio.sleep(backoff(self._failures))

    def _is_final(self, trouble: Trouble) -> bool:
        if trouble.then is Next.AGAIN:
            self._failures += 1
        elif trouble.then is Next.SLOWER:
            self._refusals += 1
        else:
            return True
        spent = self._failures >= TRIES or self._refusals >= REFUSALS
        return spent or self._own_refusals >= OWN_REFUSALS

    async def _attempt(self) -> Got:
        url = parsed(self._asked.address)
        seen = {url}
        for _ in range(_MOST_REDIRECTS + 1):
            await self._heed_robots(url)
            answer = await self._ask(url)
            if answer.status not in REDIRECTS:
                return self._got(url, answer)
            url = _onwards(url, answer)
            if url in seen:
                raise Trouble("the address leads in a circle", Next.NEVER)
            seen.add(url)
        raise Trouble(f"the address leads on more than {_MOST_REDIRECTS} times", Next.NEVER)

    async def _ask(self, url: httpx.URL) -> Answer:
        host = self._hosts.at(url)
        while True:
            await self._holding.room()
            async with host.turn() as turn:
                if not self._holding.is_full:  # it may have filled up while this one stood in line
                    return await self._ask_now(url, host, turn)

    async def _ask_now(self, url: httpx.URL, host: Host, turn: Turn) -> Answer:
        answer = await host.client.get(url, dict(self._headers()), self._most)
        if self._is_an_answer(answer.status):
            turn.answered(answer.latency)
            return answer
        trouble = self._trouble(answer.status)
        if trouble.then is not Next.SLOWER:
            turn.answered(answer.latency)
        elif not self._is_own(host):
            turn.refused(retry_after(answer.headers.get("Retry-After")))
        raise trouble

    def _is_an_answer(self, status: int) -> bool:
        if status == _UNCHANGED:
            return bool(self._asked.etag or self._asked.modified)
        return status in FRESH or status in REDIRECTS

    def _trouble(self, status: int) -> Trouble:
        return trouble_of(status)

    def _is_own(self, host: Host) -> bool:
        """Whether the host refuses this address and not the speed: it goes on answering others."""
        before = self._answered_before.get(host.name)
        self._answered_before[host.name] = host.answered
        if before is None or host.answered == before:
            return False
        self._own_refusals += 1
        return self._own_refusals > 1

    def _headers(self) -> Iterator[tuple[str, str]]:
        yield "Accept", self._asked.accept
        if self._asked.etag:
            yield "If-None-Match", self._asked.etag
        if self._asked.modified:
            yield "If-Modified-Since", self._asked.modified

    def _got(self, url: httpx.URL, answer: Answer) -> Got:
        noai = robots.forbids_learning(answer.headers.get_list("X-Robots-Tag"))
        media_type = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        is_picture = media_type.startswith("image/") or self._asked.accept.startswith("image/")
        if noai and is_picture and self._hosts.heeds_robots(url):
            raise Trouble("the museum asks that it not be used for machine learning (noai)", Next.NEVER)
        return Got(
            asked=self._asked,
            data=answer.body,
            fresh=answer.status != _UNCHANGED,
            etag=answer.headers.get("ETag", ""),
            modified=answer.headers.get("Last-Modified", ""),
            media_type=media_type,
            attempts=self._attempts + 1,
            noai=noai,
        )

    async def _heed_robots(self, url: httpx.URL) -> None:
        if not self._hosts.heeds_robots(url):
            return
        rules = await _rules(url, self._hosts)
        if not rules.allows(url.raw_path.decode("ascii")):
            raise Trouble("the museum's robots.txt asks not to fetch it", Next.NEVER, sent=False)


async def _rules(url: httpx.URL, hosts: Hosts) -> robots.Robots:
    """The rules of a host, asked for once; one that cannot tell them is not asked again for a while."""
    host = hosts.at(url)
    async with host.reading_robots:
        if host.robots is None:
            if host.robots_trouble and time.monotonic() - host.robots_trouble[0] < _TROUBLE_LASTS:
                raise host.robots_trouble[1]
            try:
                host.robots = await _read_rules(url, hosts)
            except Trouble as trouble:
                host.robots_trouble = time.monotonic(), trouble
                raise
        return host.robots


async def _read_rules(url: httpx.URL, hosts: Hosts) -> robots.Robots:
    """The rules as the host tells them: none without a robots.txt; without an answer nothing is allowed.

    RFC 9309, 2.3.1.3 and 2.3.1.4.
    """
    address = url.copy_with(raw_path=b"/robots.txt")
    answer = await _RobotsVisit(Asked(str(address), most_bytes=robots.MOST_BYTES), hosts, Holding()).answer()
    if isinstance(answer, Got):
        return robots.read(answer.data.decode("utf-8", "replace"))
    if answer.lasting:
        return robots.Robots()
    raise Trouble(answer.reason, Next.LATER, sent=False)


class _RobotsVisit(Visit):
    """The visit that asks for the rules, and is bound by none yet."""

    async def _heed_robots(self, url: httpx.URL) -> None:
        return

    def _trouble(self, status: int) -> Trouble:
        if status == 403:  # stores of pictures say this of any file they lack; it is no answer to haste here
            return Trouble("there is no robots.txt", Next.NEVER)
        return super()._trouble(status)


def _onwards(url: httpx.URL, answer: Answer) -> httpx.URL:
    try:
        location = url.join(answer.headers["Location"])
    except (KeyError, httpx.InvalidURL, ValueError) as error:
        raise Trouble("the address leads on to nowhere", Next.NEVER) from error
    return _checked(location)


def _checked(location: httpx.URL) -> httpx.URL:
    try:
        return parsed(str(location))
    except Trouble as trouble:
        raise Trouble(f"it leads on elsewhere: {trouble.reason}", trouble.then) from trouble
