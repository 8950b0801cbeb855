"""Works of the Art Institute of Chicago, over its interface, with pictures from its IIIF service.

``https://api.artic.edu/docs`` documents both: a hundred works a page, newest change first; pictures 843
pixels wide, or 1,686 in the public domain; one request a second, and a user agent with a name. Of what a
search finds it documents 10,000 works, and refuses those after the first 1,000. Whole copies are better
taken from the museum's nightly dumps, as it asks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import quote, urlencode

from cartellino.acquire.flatten import text
from cartellino.acquire.museums.fixed import documented
from cartellino.acquire.remote.answers import Record, parsed
from cartellino.acquire.remote.source import RemoteSource, web_address
from cartellino.acquire.tables.columns import Roles, columns
from cartellino.errors import InputError
from cartellino.records import Rejected, Work

if TYPE_CHECKING:
    from cartellino.acquire.fetch.fetcher import Fetcher
    from cartellino.catalogue.fetches import Fetches
    from cartellino.progress import Progress

_BASE = "https://api.artic.edu/api/v1"
_IIIF = "https://www.artic.edu/iiif/2"
_PAGE = 100
_WINDOW = 1_000  # what lies beyond is refused with 403, whatever the documentation says
_WIDTHS = {"small": 843, "full": 1_686}  # those the museum keeps ready; the larger in the public domain only
SHAPE = documented("aic")
HEADER = SHAPE.header()


class AicSource(RemoteSource):
    """Artworks of the Art Institute as works: all, or those that a search or filter leaves.

    The list of all is in the order of the last change. While its first page stays the same nothing changed,
    and pages that the ledger has are good; when it changes, works move from page to page, and all are asked
    for again. A work that moves while it is read is taken once.

    Parameters
    ----------
    base : str
        Where the interface begins.
    query : str
        Words that the museum's own search finds the works by.
    has_images, public_domain : bool
        Whether to leave out works without a picture, or under copyright.
    limit : int, optional
        How many works at most.
    size : str
        'small' (843 pixels wide) or 'full' (1,686, for works in the public domain).
    additional : bool
        Whether to take the further pictures too.
    refresh, retry_failed : bool
        As `cartellino.acquire.remote.source.RemoteSource`.
    name : str, optional
        The source's name; if not given, one that tells the filter.

    Raises
    ------
    InputError
        If an option makes no sense.
    """

    kind: ClassVar[str] = "aic"
    at_once: ClassVar[int] = 5  # pages, each a megabyte
    lines: ClassVar[int] = _PAGE

    def __init__(
        self,
        base: str = _BASE,
        *,
        query: str = "",
        has_images: bool = False,
        public_domain: bool = False,
        limit: int | None = None,
        size: str = "small",
        additional: bool = False,
        refresh: bool = False,
        retry_failed: bool = False,
        name: str | None = None,
    ) -> None:
        if size not in _WIDTHS:
            raise InputError(f"there is no size '{size}'", "--size", f"There are: {', '.join(_WIDTHS)}.")
        self._query, self._has_images, self._public_domain = query.strip(), has_images, public_domain
        self._size, self._additional = size, additional
        self._seen: set[str] = set()
        super().__init__(name or self._named(), base, limit=limit, refresh=refresh, retry_failed=retry_failed)
        at = HEADER.index
        self.columns = columns(HEADER, Roles(at("id"), at("main_reference_number"), at("title")))

    def connect(self, fetcher: Fetcher, fetches: Fetches, progress: Progress) -> None:
        """As every remote source, and go on with a list that was not read to its end."""
        super().connect(fetcher, fetches, progress)
        self.desk.round.resume()

    def _named(self) -> str:
        parts = [
            f"'{self._query}'" if self._query else "",
            "with images" if self._has_images else "",
            "public domain" if self._public_domain else "",
        ]
        return " ".join(["aic", *filter(None, parts)])

    def _addresses(self) -> Sequence[str]:
        self._seen.clear()
        first = self._page(1)
        known = bool(self.desk.fetches.known([first]))
        record = self.desk.lists.had(first, lambda _: self.desk.round.restart() if known else None)
        total = _total(record, first)
        if self._query and total > _WINDOW:
            self.remarks.add(f"the museum's search finds {total:,} works and shows the first {_WINDOW:,}")
            total = _WINDOW
        if self._limit and not (self._has_images or self._public_domain):
            total = min(total, self._limit)  # what is left out by no filter need not be asked for
        return [self._page(number) for number in range(1, -(-total // _PAGE) + 1)]

    def _page(self, number: int) -> str:
        asked: dict[str, Any] = {"q": self._query} if self._query else {}
        if self._query and self._public_domain:
            asked["query[term][is_public_domain]"] = "true"
        asked |= {"page": number, "limit": _PAGE, "fields": ",".join(HEADER[:-1])}
        where = "artworks/search" if self._query else "artworks"
        return f"{self.address}/{where}?{urlencode(asked, safe=',[]')}"

    def _problem(self, data: bytes) -> str:
        found = parsed(data)
        if isinstance(found, str):
            return found
        return "" if isinstance(found.get("data"), list) else "the answer is no page of works"

    def _items(self, line: int, address: str, record: Record) -> Iterator[Work | Rejected]:
        iiif = _iiif(record)
        told = record.get("data")
        for place, each in enumerate((told if isinstance(told, list) else [])[:_PAGE]):
            item = self._item(line + place, each, iiif)
            if item is not None:
                yield item

    def _item(self, line: int, artwork: object, iiif: str) -> Work | Rejected | None:
        if not isinstance(artwork, dict):
            return Rejected(line, "it is not a record, which has keys and values", text(artwork))
        work_id = text(artwork.get("id")).strip()
        if not work_id:
            return Rejected(line, "it has no id", text(artwork))
        pictures = self._pictures(artwork, iiif)
        if work_id in self._seen or not self._is_wanted(artwork, pictures):
            return None
        self._seen.add(work_id)
        described = {key: value for key, value in artwork.items() if key != "_score"}  # the search's own
        cells, several = SHAPE.cells(described)
        accession, title = (text(artwork.get(key)).strip() for key in ("main_reference_number", "title"))
        return Work(work_id, line, cells, accession, title, several, pictures)

    def _is_wanted(self, artwork: Record, pictures: tuple[str, ...]) -> bool:
        if self._has_images and not pictures:
            return False
        return not self._public_domain or artwork.get("is_public_domain") is True

    def _pictures(self, artwork: Record, iiif: str) -> tuple[str, ...]:
        """Addresses of the Image API 2: the museum's own sizes, which it keeps ready."""
        more = artwork.get("alt_image_ids") if self._additional else None
        told = [artwork.get("image_id"), *(more if isinstance(more, list) else ())]
        free = artwork.get("is_public_domain") is True
        width = _WIDTHS[self._size if free else "small"]
        ids = [each for each in told if isinstance(each, str) and each.strip()]
        return tuple(
            f"{iiif}/{quote(each.strip(), safe='')}/full/{width},/0/default.jpg"
            for each in dict.fromkeys(ids)
        )


def _iiif(record: Record) -> str:
    """Where the page says that pictures are."""
    config = record.get("config")
    told = config.get("iiif_url") if isinstance(config, dict) else None
    try:
        return web_address(told) if isinstance(told, str) else _IIIF
    except InputError:
        return _IIIF


def _total(record: Record, address: str) -> int:
    """How many works there are.

    Raises
    ------
    InputError
        If the page does not say.
    """
    pages = record.get("pagination")
    total = pages.get("total") if isinstance(pages, dict) else None
    if type(total) is not int or total < 0:
        raise InputError(
            "the answer is no page of works", address, "Check that this is the museum's interface."
        )
    return total
