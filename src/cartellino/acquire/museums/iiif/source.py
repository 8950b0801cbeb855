"""Works from IIIF manifests, one or the many of a collection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from cartellino.acquire.fetch.asked import Failed
from cartellino.acquire.flatten import Shape, rows
from cartellino.acquire.museums.iiif.manifest import OWN, Manifest, read
from cartellino.acquire.museums.iiif.members import manifests
from cartellino.acquire.museums.iiif.pictures import kind
from cartellino.acquire.remote.answers import Record, parsed
from cartellino.acquire.remote.source import RemoteSource
from cartellino.acquire.tables.columns import Told, columns, guess
from cartellino.errors import InputError
from cartellino.records import Rejected, Work

if TYPE_CHECKING:
    from cartellino.acquire.fetch.fetcher import Fetcher
    from cartellino.catalogue.fetches import Fetches
    from cartellino.progress import Progress

_SAMPLE = 1_000
_LONGEST = 1_024  # pixels; enough for every backbone and for the desk


class IiifSource(RemoteSource):
    """The works behind a IIIF manifest or collection, of Presentation API 2 or 3.

    A manifest is a work, its address the id, each label of its metadata a column, each canvas a picture.
    Labels differ from manifest to manifest, so all are read once when the source is connected; only then are
    its columns known.

    Parameters
    ----------
    address : str
        Of the manifest, or of a collection that may hold others.
    size : int
        Pixels that the longer side of a picture should have; the Image API is asked for this size.
    language : str
        Language of labels and values where there are several (RFC 5646).
    limit : int, optional
        How many manifests to take at most.
    name : str, optional
        The source's name; 'iiif' and the address if not given.
    refresh, retry_failed : bool
        As `RemoteSource`.

    Raises
    ------
    InputError
        If the address is none on the web, or the size or limit is below 1.
    """

    kind: ClassVar[str] = "iiif"
    advice: ClassVar[str] = "Check that the address is that of a IIIF manifest or collection."

    def __init__(
        self,
        address: str,
        *,
        size: int = _LONGEST,
        language: str = "en",
        limit: int | None = None,
        name: str | None = None,
        refresh: bool = False,
        retry_failed: bool = False,
    ) -> None:
        told = name or f"iiif {address.strip().partition('://')[2].rstrip('/')}"
        super().__init__(told, address, limit=limit, refresh=refresh, retry_failed=retry_failed)
        self.address = address.strip()  # a slash at its end may belong to it
        if size < 1:
            raise InputError(f"a picture cannot be {size} pixels wide", "--size", "Give a number above 0.")
        self._size, self._language = size, language
        self._shape = Shape()
        self._labels: set[str] = set()
        self._manifests: list[str] = []
        self._accession: int | None = None

    def connect(self, fetcher: Fetcher, fetches: Fetches, progress: Progress) -> None:
        """As `RemoteSource.connect`; then find all manifests and learn their labels.

        Raises
        ------
        InputError
            If what is at the address cannot be had, or is neither a manifest nor a collection.
        """
        super().connect(fetcher, fetches, progress)
        if self._refresh:
            self.desk.round.begin()
        self._manifests = list(self._found())
        self.notes = [remark.text for remark in self.remarks]  # each reading begins without remarks
        self._shape = Shape()
        self._shape.learn(OWN)
        self._labels = set(OWN)
        sample = rows(self._shape, self._surveyed())
        header = self._shape.header()
        roles = replace(guess(header, sample, Told(id="id", title="label"), self.address), picture=None)
        self.columns = columns(header, roles)
        self._accession = roles.accession

    def _found(self) -> Iterator[str]:
        """The addresses of all manifests."""
        top = self.desk.lists.had(self.address)
        if kind(top) == "Manifest":
            yield self.address
        elif kind(top).startswith("Collection"):
            yield from manifests(top, self.address, self._collection, self._limit)
        else:
            raise InputError(
                "this is neither a IIIF manifest nor a collection", self.address, "Check the address."
            )

    def _collection(self, address: str) -> Record | None:
        found = self.desk.lists.asked(address)
        if isinstance(found, Failed):
            self.remarks.add(f"a collection cannot be had, {found.reason}: {address}")
            return None
        return found

    def _surveyed(self) -> list[Record]:
        """Learn the labels of all manifests; return what the first ones say."""
        progress = self.desk.progress
        progress.start(f"Reading manifests of {self.name}", len(self._manifests), "manifests")
        sample: list[Record] = []
        for document in self._documents(self._manifests):
            found = self._read(document.address, parsed(document.data)) if document.data else ""
            if isinstance(found, Manifest):
                self._shape.learn(found.record)
                self._labels.update(found.record)
                sample += [found.record] if len(sample) < _SAMPLE else []
            progress.advance()
        progress.finish()
        return sample

    def _read(self, address: str, document: Record | str) -> Manifest | str:
        if isinstance(document, str):
            return document
        return read(document, address, self._language, self._size)

    def _addresses(self) -> Iterable[str]:
        return self._manifests

    def _items(self, line: int, address: str, record: Record) -> Iterator[Work | Rejected]:
        found = self._read(address, record)
        if isinstance(found, str):
            yield Rejected(line, found, address)
            return
        self._look_at(line, found)
        cells, several = self._shape.cells(found.record)
        accession = "" if self._accession is None else (cells[self._accession] or "").strip()
        yield Work(found.record["id"], line, cells, accession, found.record["label"], several, found.pictures)

    def _look_at(self, line: int, found: Manifest) -> None:
        """Remark on what is missing; a manifest that came only at the second asking may have new labels."""
        work_id = found.record["id"]
        if found.blank:
            self.remarks.add(f"{found.blank} of its canvases show no picture", line, work_id)
        late = [name for name in found.record if name not in self._labels]
        if late:
            names = ", ".join(late[:5])
            self.remarks.add(f"no column was made for {names}; add the source again", line, work_id)
