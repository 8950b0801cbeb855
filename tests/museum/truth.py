"""What a perfect client gets: whoever comes again after every temporary fault, and is never taken in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from . import met
from .answers import asked
from .faults import Faults
from .hall import Hall
from .routing import routed
from .spoiling import spoiled

_WHOLE = ("", "mislabel", "truncated_jpeg", "html_as_jpeg", "noai")  # whose bytes all arrive
_HARMLESS = ("", "mislabel")


@dataclass(frozen=True, slots=True)
class Told:
    """What is to be had at an address.

    Parameters
    ----------
    what : str
        'ok', or the name of the lasting fault; 'missing' also where the museum simply has no such thing, and
        'broken' where its own file cannot be shown at the size asked for.
    sha256 : str
        Of the bytes that arrive whole: for 'truncated_jpeg', 'html_as_jpeg' and 'noai' too, of which a client
        may make nothing. '' otherwise.
    fault : str
        The lasting fault by name, also a harmless one ('mislabel' is 'ok'); '' for none.
    """

    what: str
    sha256: str = ""
    fault: str = ""


class Truth(Mapping[str, Told]):
    """The truth by address, worked out when it is asked for.

    Any address of the museum may be looked up, or its path alone, a IIIF picture's of any size too. Those
    that are listed are the Met's records and, of each object that can be had, its pictures: small, full,
    additional.

    Parameters
    ----------
    hall : Hall
        Where it is shown.
    faults : Faults
        What goes wrong there.
    """

    def __init__(self, hall: Hall, faults: Faults) -> None:
        self._hall = hall
        self._faults = faults

    def __getitem__(self, address: str) -> Told:
        target = address.removeprefix(self._hall.address)
        if not target.startswith("/"):
            raise KeyError(address)
        request = asked(target)
        answer, fault = spoiled(routed(self._hall, request), request.path, self._faults)
        if fault in _WHOLE and answer.status == 200:
            digest = hashlib.sha256(answer.body).hexdigest()
            return Told("ok" if fault in _HARMLESS else fault, digest, fault)
        return Told(fault or ("broken" if answer.status >= 500 else "missing"), fault=fault)

    def __iter__(self) -> Iterator[str]:
        yield from (self._object(work) for work in self._hall.shelf.records)
        for size in ("small", "full", "additional"):
            yield from self._addresses(size)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def objects(self) -> dict[int, Told]:
        """What is to be had of each object, by id."""
        return {work: self[self._object(work)] for work in self._hall.shelf.records}

    def pictures(self, size: str = "small") -> dict[str, Told]:
        """What is to be had of each picture of the objects that can be had, by address.

        Parameters
        ----------
        size : str
            'small' (primaryImageSmall), 'full' (primaryImage) or 'additional' (additionalImages).
        """
        return {address: self[address] for address in self._addresses(size)}

    def _object(self, work: int) -> str:
        return f"{self._hall.address}{met.BASE}/objects/{work}"

    def _addresses(self, size: str) -> Iterator[str]:
        for work in self._hall.shelf.records:
            if self[self._object(work)].what != "ok":
                continue
            record = met.record(self._hall, work)
            if size == "additional":
                yield from record["additionalImages"]
            else:
                yield from filter(
                    None, [record[{"small": "primaryImageSmall", "full": "primaryImage"}[size]]]
                )
