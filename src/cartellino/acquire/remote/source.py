"""Sources whose records come over the web, politely and only once: what was brought stays in the ledger."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sized
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cartellino.acquire.remote.answers import Record, parsed
from cartellino.acquire.remote.bringing import Bringing, Document
from cartellino.acquire.remote.lists import Lists
from cartellino.acquire.remote.rounds import Round
from cartellino.acquire.source import Source
from cartellino.acquire.tables.dialect import PLAIN_FORMAT
from cartellino.errors import InputError
from cartellino.records import Rejected, Work

if TYPE_CHECKING:
    from cartellino.acquire.fetch.fetcher import Fetcher
    from cartellino.catalogue.fetches import Fetch, Fetches
    from cartellino.progress import Progress


@dataclass(frozen=True, slots=True)
class Desk:
    """What a remote source works with: the way to the web, the ledger, who is told, the museum's lists."""

    fetcher: Fetcher
    fetches: Fetches
    progress: Progress
    lists: Lists
    round: Round


class RemoteSource(Source):
    """A way in over the web. It is connected once, and then read like any other.

    A reading takes what the ledger has, asks for the rest, and asks again for what failed for the moment.
    What failed for good is rejected with its reason, and not asked for again unless told to; where a record
    cannot be had anew, the one brought before stands, with a remark.

    Parameters
    ----------
    name : str
        The source's name in the catalogue, which tells what it was asked for: a reading replaces what its
        source held.
    address : str
        Where the museum's interface begins, or its one document.
    limit : int, optional
        How many works to yield at most.
    refresh : bool
        Whether to ask again for what the ledger has, if it changed (RFC 9110, section 13).
    retry_failed : bool
        Whether to ask again for what failed for good.

    Raises
    ------
    InputError
        If the address is no http or https address, or the limit is below 1.
    """

    remote: ClassVar[bool] = True
    advice: ClassVar[str] = "Ask for more: nothing that the museum has fits what was asked."
    at_once: ClassVar[int] = 200  # records that may be in memory together
    lines: ClassVar[int] = 1  # lines that each record stands for

    def __init__(
        self,
        name: str,
        address: str,
        *,
        limit: int | None = None,
        refresh: bool = False,
        retry_failed: bool = False,
    ) -> None:
        super().__init__(name, web_address(address))
        if limit is not None and limit < 1:
            raise InputError(f"a limit of {limit} lets nothing in", "--limit", "Give a number above 0.")
        self.format = dict(PLAIN_FORMAT)
        self._limit, self._refresh, self._retry_failed = limit, refresh, retry_failed
        self._desk: Desk | None = None

    def connect(self, fetcher: Fetcher, fetches: Fetches, progress: Progress) -> None:
        """Give the source what it works with; before `works`, in the thread that reads them.

        Parameters
        ----------
        fetcher : Fetcher
            The way to the web.
        fetches : Fetches
            The catalogue's ledger.
        progress : Progress
            Told of each record.
        """
        lists = Lists(fetcher, fetches, self.remarks)
        self._desk = Desk(fetcher, fetches, progress, lists, Round(fetches, f"{self.address}#{self.name}"))

    @property
    def desk(self) -> Desk:
        """What the source was connected to.

        Raises
        ------
        InputError
            If it was not connected.
        """
        if self._desk is None:
            raise InputError("it is not connected to the web", self.name, "Add it to a collection.")
        return self._desk

    @abstractmethod
    def _addresses(self) -> Iterable[str]:
        """The addresses of the records, in order; asks for the museum's lists first, where that takes any."""

    @abstractmethod
    def _items(self, line: int, address: str, record: Record) -> Iterator[Work | Rejected]:
        """The works of one record, or why there are none; nothing for one that was not asked for.

        Their lines begin with `line`, rise, and stay below ``line + self.lines``.
        """

    def _is_stale(self, known: Fetch) -> bool:
        """Whether to ask again for a record that the ledger has."""
        return self.desk.round.is_due(known.at)

    def _problem(self, data: bytes) -> str:
        """Why an answer is no record, as a clause, or ''."""
        found = parsed(data)
        return found if isinstance(found, str) else ""

    def _works(self) -> Iterator[Work | Rejected]:
        desk = self.desk
        if self._refresh:
            self.desk.round.begin()
        addresses = self._addresses()
        desk.progress.start(
            f"Fetching {self.name}", len(addresses) if isinstance(addresses, Sized) else None, "records"
        )
        left = self._limit or 0
        for item in self._all(self._documents(addresses)):
            yield item
            left -= isinstance(item, Work)
            if left == 0 and self._limit:
                break
        self.desk.round.end()
        self._refresh = False  # once in the life of a source: read twice, it is asked for once
        desk.progress.finish()

    def _documents(self, addresses: Iterable[str]) -> Iterator[Document]:
        """The records behind some addresses, in order: from the ledger, or fetched and noted there."""
        desk = self.desk
        few = 2 * self._limit if self._limit else self.at_once
        bringing = Bringing(
            desk.fetcher,
            desk.fetches,
            stale=self._is_stale,
            problem=self._problem,
            retry_failed=self._retry_failed,
            at_once=min(few, self.at_once),
        )
        return bringing.documents(addresses)

    def _all(self, documents: Iterator[Document]) -> Iterator[Work | Rejected]:
        for document in documents:
            self.desk.progress.advance()  # first: who has enough does not come back
            yield from self._of(document)

    def _of(self, document: Document) -> Iterator[Work | Rejected]:
        """The works of one answer, or the reason why there is none."""
        line = (document.place - 1) * self.lines + 1
        if document.data is None:
            yield Rejected(line, document.reason, document.address)
            return
        if document.reason:
            self.remarks.add(f"{document.reason}; what was brought before stands: {document.address}", line)
        record = parsed(document.data)
        if isinstance(record, str):
            yield Rejected(line, record, document.address)
        else:
            yield from self._kept_from_depth(line, document.address, record)

    def _kept_from_depth(self, line: int, address: str, record: Record) -> Iterator[Work | Rejected]:
        try:
            items = list(self._items(line, address, record))
        except RecursionError:  # JSON may nest deeper than it can be written again
            items = [Rejected(line, "its record is nested too deeply", address)]
        yield from items


def web_address(told: str) -> str:
    """An address without the slash at its end.

    Raises
    ------
    InputError
        If it is no http or https address.
    """
    address = told.strip().rstrip("/")
    if not address.lower().startswith(("http://", "https://")):
        raise InputError(
            "this is no address on the web", told, "Give one that begins with http:// or https://."
        )
    return address
