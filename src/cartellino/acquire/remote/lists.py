"""What a museum says it has: asked for at every reading, because it changes, and kept for when it is away."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from cartellino.acquire.fetch.asked import Asked, Failed
from cartellino.acquire.remote.answers import Record, parsed
from cartellino.acquire.remote.bringing import JSON, LIST, note
from cartellino.errors import InputError

if TYPE_CHECKING:
    from cartellino.acquire.fetch.fetcher import Fetcher
    from cartellino.acquire.source import Remarks
    from cartellino.catalogue.fetches import Fetches

Changed = Callable[[Record], object]


class Lists:
    """The lists of one museum.

    Parameters
    ----------
    fetcher : Fetcher
        The way to the web.
    fetches : Fetches
        The ledger, which keeps each list.
    remarks : Remarks
        Told when an earlier list stands for one that cannot be had now.
    """

    def __init__(self, fetcher: Fetcher, fetches: Fetches, remarks: Remarks) -> None:
        self._fetcher, self._fetches, self._remarks = fetcher, fetches, remarks

    def had(self, address: str, changed: Changed | None = None) -> Record:
        """The list at an address, asked for now; the one kept before if there is no answer for the moment.

        Parameters
        ----------
        address : str
            The list's.
        changed : callable, optional
            Called with the list before it is kept, if it is not the one kept before.

        Raises
        ------
        InputError
            If there is none.
        """
        found = self.asked(address, changed)
        if isinstance(found, Failed):
            raise InputError(
                f"the museum's list cannot be had: {found.reason}",
                address,
                "Check address and filter; if they are right, run the same command again later.",
            )
        return found

    def asked(self, address: str, changed: Changed | None = None) -> Record | Failed:
        """As `had`, but a failure is an answer."""
        known, before = self._fetches.known([address]).get(address), self._fetches.bodies([address])
        old = parsed(before[address]) if address in before else ""
        marks = (known.etag, known.modified) if known and not isinstance(old, str) else ("", "")
        answer = self._fetcher.one(Asked(address, JSON, *marks))
        if isinstance(answer, Failed):
            return self._as_before(answer, old)
        found = parsed(answer.data) if answer.fresh else old
        if isinstance(found, str):
            return self._as_before(Failed(answer.asked, found, False, answer.attempts), old)
        if changed and found != old:
            changed(found)
        note(self._fetches, [answer], LIST)
        return found

    def _as_before(self, failed: Failed, old: Record | str) -> Record | Failed:
        if failed.lasting or isinstance(old, str):
            return failed
        self._remarks.add(f"{failed.reason}; an earlier list stands: {failed.asked.address}")
        return old
