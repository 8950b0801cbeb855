"""Brings the records behind many addresses: from the ledger what is there, from the web what is not."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from cartellino.acquire.fetch.asked import Asked, Failed, Got
from cartellino.catalogue.database import batches

if TYPE_CHECKING:
    from cartellino.acquire.fetch.fetcher import Fetcher
    from cartellino.catalogue.fetches import Fetch, Fetches

KIND = "record"
LIST = "list"  # what a museum says it has, and our own notes: counted apart from records
JSON = "application/json"
_AHEAD = 25  # chunks under way while one slow answer is waited for
_MOST_UNNOTED, _LONGEST_UNNOTED = 100, 2.0  # answers, and seconds: what a kill can make asked for twice


@dataclass(frozen=True, slots=True)
class Document:
    """What is known of one address.

    Parameters
    ----------
    place : int
        Its place among the addresses, from 1.
    address : str
        The address.
    data : bytes or None
        The record, brought now or before; None if there is none, or no longer.
    reason : str
        Why it could not be had now, as a clause; '' if it could, or was not asked for.
    """

    place: int
    address: str
    data: bytes | None
    reason: str = ""


@dataclass(slots=True)
class _Chunk:
    """Addresses that stand side by side, and those of their answers that are still waited for."""

    places: list[tuple[int, str]]
    waiting: dict[int, Asked] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)


class Bringing:
    """Fetches ahead, writes each answer into the ledger, and hands the records out in order.

    What has been fetched and not been handed out waits in the ledger, not in memory. Only the thread that
    reads `documents` touches the ledger.

    Parameters
    ----------
    fetcher : Fetcher
        The way to the web.
    fetches : Fetches
        The ledger.
    stale : callable
        Whether a record that the ledger has is to be asked for again, if it changed.
    problem : callable
        Why an answer's bytes are no record, as a clause, or ''.
    retry_failed : bool
        Whether to ask again for what failed for good.
    at_once : int
        Records that may be in memory together.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        fetches: Fetches,
        *,
        stale: Callable[[Fetch], bool],
        problem: Callable[[bytes], str],
        retry_failed: bool = False,
        at_once: int = 200,
    ) -> None:
        self._fetcher, self._fetches = fetcher, fetches
        self._stale, self._problem = stale, problem
        self._retry_failed, self._at_once = retry_failed, at_once
        self._notes = _Notes(fetches)

    def documents(self, addresses: Iterable[str]) -> Iterator[Document]:
        """The record behind each address, in order."""
        chunks = map(self._looked_up, batches(enumerate(addresses, start=1), self._at_once))
        for chunk in chunks:
            if chunk.waiting:
                yield from self._fetched(chunk, chunks)
            else:
                yield from self._read(chunk)

    def _looked_up(self, places: list[tuple[int, str]]) -> _Chunk:
        """A chunk with what the ledger says of its addresses."""
        chunk = _Chunk(places)
        known = self._fetches.known([address for _, address in places])
        for place, address in places:
            entry = known.get(address)
            if entry and entry.status == "gone" and not self._retry_failed:
                chunk.reasons[address] = entry.error
                chunk.gone.add(address)
            elif entry is None or entry.status != "done":
                chunk.waiting[place] = Asked(address, JSON, key=place)
            elif self._stale(entry):
                chunk.waiting[place] = Asked(address, JSON, entry.etag, entry.modified, key=place)
        return chunk

    def _fetched(self, first: _Chunk, chunks: Iterator[_Chunk]) -> Iterator[Document]:
        """The records of `first` and of chunks after it, in one stream: a slow one holds up none."""
        line = deque([first])
        answers = cast("Generator[Got | Failed, None, None]", self._fetcher.many(self._asked(line, chunks)))
        try:
            with closing(answers):
                for answer in answers:
                    self._settle(line, answer)
                    while line and not line[0].waiting:
                        self._notes.write()
                        yield from self._read(line.popleft())
        finally:
            self._notes.write()
        while line:
            yield from self._read(line.popleft())

    def _asked(self, line: deque[_Chunk], chunks: Iterator[_Chunk]) -> Iterator[Asked]:
        """What to ask for: the first chunk's, then that of the next ones, which join the line."""
        yield from list(line[0].waiting.values())
        while len(line) < _AHEAD and (chunk := next(chunks, None)):
            line.append(chunk)
            yield from list(chunk.waiting.values())

    def _settle(self, line: deque[_Chunk], answer: Got | Failed) -> None:
        place = answer.asked.key
        chunk = line[(place - line[0].places[0][0]) // self._at_once]
        del chunk.waiting[place]
        address = answer.asked.address
        if isinstance(answer, Got) and answer.fresh and (problem := self._problem(answer.data)):
            answer = Failed(answer.asked, problem, False, answer.attempts)
        if isinstance(answer, Failed):
            chunk.reasons[address] = answer.reason
            if answer.lasting:
                chunk.gone.add(address)
        self._notes.add(answer)

    def _read(self, chunk: _Chunk) -> Iterator[Document]:
        bodies = self._fetches.bodies([address for _, address in chunk.places if address not in chunk.gone])
        for place, address in chunk.places:
            yield Document(place, address, bodies.get(address), chunk.reasons.get(address, ""))


class _Notes:
    """Answers on their way into the ledger, a few at a time: each transaction waits for the disk."""

    def __init__(self, fetches: Fetches) -> None:
        self._fetches = fetches
        self._answers: list[Got | Failed] = []
        self._written = time.monotonic()

    def add(self, answer: Got | Failed) -> None:
        self._answers.append(answer)
        waited = time.monotonic() - self._written
        if len(self._answers) >= _MOST_UNNOTED or waited > _LONGEST_UNNOTED:
            self.write()

    def write(self) -> None:
        note(self._fetches, self._answers)
        self._answers, self._written = [], time.monotonic()


def note(fetches: Fetches, answers: Iterable[Got | Failed], kind: str = KIND) -> None:
    """Write answers into the ledger, as those of a `kind` of address."""
    done, unchanged, failed = [], [], []
    for answer in answers:
        address = answer.asked.address
        if isinstance(answer, Failed):
            failed.append((address, kind, answer.lasting, answer.attempts, answer.reason))
        elif answer.fresh:
            data = answer.data
            done.append((address, kind, answer.attempts, len(data), answer.etag, answer.modified, data))
        else:
            unchanged.append(address)
    if done:
        fetches.done(done)
    if unchanged:
        fetches.unchanged(unchanged)
    if failed:
        fetches.failed(failed)
