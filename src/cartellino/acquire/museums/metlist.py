"""Which objects the Met has: all of them, a department's, those that its search finds, those that changed."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from cartellino.acquire.fetch.asked import Failed
from cartellino.acquire.remote.answers import Record
from cartellino.errors import InputError

if TYPE_CHECKING:
    from cartellino.acquire.remote.lists import Lists
    from cartellino.acquire.source import Remarks

_PAGE = 100  # objects that a page of the search holds
_WINDOW = 10_000  # the search shows no more of what it finds
_LARGEST = 2**63


class MetList:
    """The Met's lists of object numbers.

    Parameters
    ----------
    base : str
        Where the interface begins.
    lists : Lists
        How lists are asked for.
    remarks : Remarks
        Told of lists that are cut.
    """

    def __init__(self, base: str, lists: Lists, remarks: Remarks) -> None:
        self._base, self._lists, self._remarks = base, lists, remarks

    def all(self, department: int | None = None) -> Sequence[int]:
        """Every object, or every one of a department.

        Raises
        ------
        InputError
            If there is no such department, or no list.
        """
        numbers = self._objects({} if department is None else {"departmentIds": department})
        if not numbers and department is not None:
            self._check(department)
        return numbers

    def changed(self, since: str, department: int | None = None) -> frozenset[int]:
        """The objects that the museum changed since a date."""
        asked: dict[str, object] = {"metadataDate": since}
        if department is not None:
            asked["departmentIds"] = department
        return frozenset(self._objects(asked))

    def found(self, query: str, department: int | None, *, images: bool) -> Sequence[int]:
        """The objects that the museum's search finds for some words, in its order.

        The search answers in pages since 2025 (``v1.1/search``, with offset and limit); a museum that knows
        only the older one answers all at once.
        """
        asked: dict[str, object] = {"q": query}
        if department is not None:
            asked["departmentId"] = department
        if images:
            asked["hasImages"] = "true"
        if self._base.endswith("/v1"):
            pages = self._paged(f"{self._base}.1/search", asked)
            if pages is not None:
                return pages
        return _numbers(self._lists.had(f"{self._base}/search?{urlencode(asked)}"), self._base)

    def _paged(self, search: str, asked: dict[str, object]) -> Sequence[int] | None:
        """What the search finds, page by page; None if there is no such search."""
        found: dict[int, None] = {}
        offset, total = 0, _WINDOW
        while offset < min(total, _WINDOW):
            address = f"{search}?{urlencode({**asked, 'offset': offset, 'limit': _PAGE})}"
            page = self._lists.asked(address)
            if isinstance(page, Failed):
                if page.lasting and not offset:
                    return None
                page = self._lists.had(address)
            numbers = _numbers(page, address)
            if not numbers:
                break
            found.update(dict.fromkeys(numbers))
            offset += len(numbers)
            total = page["total"] if type(page.get("total")) is int else offset
        if total > _WINDOW:
            self._remarks.add(f"the museum's search finds {total:,} objects and shows the first {_WINDOW:,}")
        return array("q", found)

    def _objects(self, asked: dict[str, object]) -> Sequence[int]:
        address = f"{self._base}/objects" + (f"?{urlencode(asked)}" if asked else "")
        return _numbers(self._lists.had(address), address)

    def _check(self, department: int) -> None:
        """Raise if there is no such department."""
        told = self._lists.had(f"{self._base}/departments").get("departments")
        known = {
            each.get("departmentId"): each.get("displayName")
            for each in (told if isinstance(told, list) else [])
            if isinstance(each, dict) and type(each.get("departmentId")) is int
        }
        if known and department not in known:
            listed = ", ".join(f"{number} {name}" for number, name in known.items())
            raise InputError(f"there is no department {department}", self._base, f"There are: {listed}.")


def _numbers(record: Record, address: str) -> Sequence[int]:
    """The object numbers of a list, each once.

    Raises
    ------
    InputError
        If it is no list of numbers.
    """
    told = record.get("objectIDs")
    if told is None and "objectIDs" in record:
        told = []
    if not isinstance(told, list) or not all(type(each) is int and 0 < each < _LARGEST for each in told):
        raise InputError(
            "the answer is no list of object numbers", address, "Check that this is the Met's interface."
        )
    return array("q", dict.fromkeys(told))
