"""Works of The Metropolitan Museum of Art, over its interface.

One record for each object; ``https://metmuseum.github.io`` documents keys and addresses.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from cartellino.acquire.flatten import text
from cartellino.acquire.museums.fixed import documented
from cartellino.acquire.museums.metlist import MetList
from cartellino.acquire.remote.answers import Record
from cartellino.acquire.remote.source import RemoteSource
from cartellino.acquire.tables.columns import Roles, columns
from cartellino.errors import InputError
from cartellino.records import Rejected, Work

if TYPE_CHECKING:
    from cartellino.catalogue.fetches import Fetch

_BASE = "https://collectionapi.metmuseum.org/public/collection/v1"
_SIZES = ("small", "full")
SHAPE = documented("met")
HEADER = SHAPE.header()
_YEARS = tuple(HEADER.index(head) for head in ("objectBeginDate", "objectEndDate"))
_NO_YEAR = re.compile(r"-?\d{5,}")


class MetSource(RemoteSource):
    """Objects of the Met as works: all, or those that a filter leaves.

    Filters are applied to the records themselves, whatever the museum's search says of them: it finds objects
    'with images' that have none.

    Parameters
    ----------
    base : str
        Where the interface begins.
    department : int, optional
        Number of a department.
    query : str
        Words that the museum's own search finds the objects by.
    ids : sequence of str, optional
        Object numbers; the museum's list is not asked for then.
    has_images, public_domain : bool
        Whether to leave out objects without a picture, or under copyright.
    limit : int, optional
        How many works at most, in the museum's order.
    sample : tuple of (int, int), optional
        How many works at most, drawn by a seed. The draw is by hash: a larger one holds the smaller, and
        objects that the museum adds later change few of it.
    size : str
        'small' (some 600 pixels) or 'full' (tens of megabytes); the other where a record has only that.
    additional : bool
        Whether to take the further pictures too; the museum has them in full size only.
    since : str
        A date (``2025-01-31``): objects that the museum changed since are asked for again.
    refresh, retry_failed : bool
        As `cartellino.acquire.remote.source.RemoteSource`.
    name : str, optional
        The source's name; if not given, one that tells the filter.

    Raises
    ------
    InputError
        If an option makes no sense.
    """

    kind: ClassVar[str] = "met"

    def __init__(
        self,
        base: str = _BASE,
        *,
        department: int | None = None,
        has_images: bool = False,
        public_domain: bool = False,
        query: str = "",
        ids: Sequence[str] | None = None,
        limit: int | None = None,
        sample: tuple[int, int] | None = None,
        size: str = "small",
        additional: bool = False,
        since: str = "",
        refresh: bool = False,
        retry_failed: bool = False,
        name: str | None = None,
    ) -> None:
        self._ids = None if ids is None else _numbers(ids)
        self._seed = sample[1] if sample else None
        self._department, self._query, self._since = department, query.strip(), _date(since)
        self._has_images, self._public_domain = has_images, public_domain
        self._size, self._additional = _size(size), additional
        self._all_again, self._changed = refresh, frozenset[int]()
        if sample and limit:
            raise InputError("a limit and a sample cannot both be", "--sample", "Choose one of them.")
        super().__init__(
            name or self._named(),
            base,
            limit=sample[0] if sample else limit,
            refresh=refresh or bool(since),
            retry_failed=retry_failed,
        )
        at = HEADER.index
        self.columns = columns(HEADER, Roles(at("objectID"), at("accessionNumber"), at("title")))

    def _named(self) -> str:
        """A name for what is asked; how many is not part of it, so that one may take more later."""
        parts = [
            "" if self._department is None else f"department {self._department}",
            f"'{self._query}'" if self._query else "",
            _named_ids(self._ids),
            "with images" if self._has_images else "",
            "public domain" if self._public_domain else "",
            "" if self._seed is None else f"sample {self._seed}",
        ]
        return " ".join(["met", *filter(None, parts)])

    def _addresses(self) -> Sequence[str]:
        lists = MetList(self.address, self.desk.lists, self.remarks)
        found = self._ids
        if found is None:
            found = (
                lists.found(self._query, self._department, images=self._has_images)
                if self._query
                else (lists.all(self._department))
            )
        if self._seed is not None:
            found = _drawn(found, self._seed)
        if self._limit and not (self._has_images or self._public_domain):
            found = found[: self._limit]  # what is left out by no filter need not be asked for
        if self._since and not self._all_again and self._refresh:
            self._changed = lists.changed(self._since, self._department)
        return _Objects(self.address, found)

    def _is_stale(self, known: Fetch) -> bool:
        changed = self._all_again or not self._since or _number(known.address) in self._changed
        return changed and super()._is_stale(known)

    def _items(self, line: int, address: str, record: Record) -> Iterator[Work | Rejected]:
        work_id = text(record.get("objectID"))
        if work_id != str(_number(address)):
            yield Rejected(line, _why_other(record, work_id), text(record))
            return
        pictures = self._pictures(line, work_id, record)
        if (self._has_images and not pictures) or (
            self._public_domain and record.get("isPublicDomain") is not True
        ):
            return
        cells, several = SHAPE.cells(record)
        self._look_at_years(line, work_id, cells)
        accession, title = (text(record.get(key)).strip() for key in ("accessionNumber", "title"))
        yield Work(work_id, line, cells, accession, title, several, pictures)

    def _pictures(self, line: int, work_id: str, record: Record) -> tuple[str, ...]:
        """The addresses of a work's pictures, the first one in the size asked for if there is such."""
        first = [record.get("primaryImageSmall"), record.get("primaryImage")]
        if self._size == "full":
            first.reverse()
        more = record.get("additionalImages") if self._additional else None
        told = [next(filter(None, first), None), *(more if isinstance(more, list) else ())]
        good = [each for each in told if isinstance(each, str) and each.startswith(("http://", "https://"))]
        for odd in told:
            if odd and odd not in good:
                self.remarks.add(f"the picture '{text(odd)}' is no address on the web", line, work_id)
        return tuple(dict.fromkeys(good))

    def _look_at_years(self, line: int, work_id: str, cells: tuple[str | None, ...]) -> None:
        for place in _YEARS:
            if _NO_YEAR.fullmatch(cells[place] or ""):
                self.remarks.add(f"{HEADER[place]} {cells[place]} is no year", line, work_id)


class _Objects(Sequence[str]):
    """The addresses of half a million objects in the room of their numbers."""

    def __init__(self, base: str, numbers: Sequence[int]) -> None:
        self._base, self._numbers = base, numbers

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, place: int) -> str:  # type: ignore[override]
        return f"{self._base}/objects/{self._numbers[place]}"


def _number(address: str) -> int:
    return int(address.rpartition("/")[2])


def _numbers(ids: Sequence[str]) -> Sequence[int]:
    """Object numbers in their order, each once."""
    told = [each.strip() for each in ids]
    bad = next((each for each in told if not (each.isascii() and each.isdigit() and len(each) < 16)), None)
    if bad is not None:
        raise InputError(
            f"'{bad}' is no object number of the Met", "--ids", "It is a number, such as 436535."
        )
    return list(dict.fromkeys(map(int, told)))


def _named_ids(ids: Sequence[int] | None) -> str:
    """Another list of objects is another source: it must not push out the first."""
    if ids is None:
        return ""
    told = ",".join(map(str, ids))
    return f"{len(ids)} ids {hashlib.sha256(told.encode()).hexdigest()[:6]}"


def _drawn(numbers: Sequence[int], seed: int) -> Sequence[int]:
    """The numbers in an order that the seed decides for each of them alone."""
    return array("q", sorted(numbers, key=lambda each: hashlib.sha256(f"{seed}:{each}".encode()).digest()))


def _size(told: str) -> str:
    if told not in _SIZES:
        raise InputError(f"there is no size '{told}'", "--size", f"There are: {', '.join(_SIZES)}.")
    return told


def _date(told: str) -> str:
    try:
        return date.fromisoformat(told).isoformat() if told else ""
    except ValueError as error:
        raise InputError(f"'{told}' is no date", "--since", "Write it like 2025-01-31.") from error


def _why_other(record: Record, work_id: str) -> str:
    if work_id:
        return f"the answer is about another object, {work_id[:40]}"
    message = record.get("message")
    return f"it has no objectID ({message[:80]})" if isinstance(message, str) else "it has no objectID"
