"""What a collection lists: manifests, collections within it, and further pages.

https://iiif.io/api/presentation/3.0/#51-collection and https://iiif.io/api/presentation/2.1/#collection
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from cartellino.acquire.museums.iiif.pictures import kind

Document = Mapping[str, Any]

_MANIFEST, _COLLECTION = "Manifest", "Collection"
# The keys of lists, with what they hold if the entries do not say it; `items` of version 3 do.
_LISTS = {"collections": _COLLECTION, "manifests": _MANIFEST, "members": "", "items": ""}
_PAGES = ("first", "next")


@dataclass(frozen=True, slots=True)
class Member:
    """A manifest or a collection that is listed; `document` is the collection itself where it came along."""

    kind: str
    address: str
    document: Document | None = None


def members(document: Document, address: str) -> list[Member]:
    """What a collection lists, in order; `address` is where it came from, for what is told relative to it."""
    found = []
    for key, kind_ in _LISTS.items():
        entries = document.get(key)
        for entry in entries if isinstance(entries, list) else ():
            found += list(_member(entry, kind_, address))
    for key in _PAGES:
        found += list(_member(document.get(key), _COLLECTION, address))
    return found


def manifests(
    document: Document, address: str, ask: Callable[[str], Document | None], limit: int | None = None
) -> Iterator[str]:
    """The addresses of all manifests below a collection, in order and each once; circles are left at once.

    Parameters
    ----------
    document, address : mapping, str
        The collection on top.
    ask : callable
        Brings a collection; None if it cannot be had.
    limit : int, optional
        How many at most; no collection is asked for that is not needed for them.
    """
    seen, left = {address}, limit
    waiting = members(document, address)[::-1]
    while waiting and left != 0:
        member = waiting.pop()
        if member.address in seen:
            continue
        seen.add(member.address)
        if member.kind == _MANIFEST:
            yield member.address
            left = left - 1 if left else left
        elif inside := member.document or ask(member.address):
            waiting += members(inside, member.address)[::-1]


def _member(entry: Any, told: str, base: str) -> Iterator[Member]:
    if isinstance(entry, str):
        entry = {"id": entry}
    if not isinstance(entry, dict):
        return
    found = kind(entry).removesuffix("Page") or told
    address = entry.get("id", entry.get("@id"))
    if found not in (_MANIFEST, _COLLECTION) or not isinstance(address, str) or not address.strip():
        return
    along = entry if any(entry.get(key) for key in (*_LISTS, *_PAGES)) else None
    yield Member(found, _joined(base, address.strip()), along if found == _COLLECTION else None)


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:  # '[' without ']' in the place of a host
        return address
