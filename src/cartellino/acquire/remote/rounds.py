"""A round of asking again: begun once, and continued by the next run if it was killed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from cartellino.acquire.remote.bringing import LIST

if TYPE_CHECKING:
    from cartellino.catalogue.fetches import Fetches

_BEGUN, _ENDED = b"begun", b"ended"
_LONGEST = timedelta(days=7)  # a round older than this is not continued: its first answers are old by now


class Round:
    """Says which records are to be asked for again: those brought before the round began.

    The ledger keeps the beginning under an address that no museum has (it ends with a fragment, which is
    never sent: RFC 9110, section 4.2.4), so that a refresh of many hours outlives a kill.

    Parameters
    ----------
    fetches : Fetches
        The ledger.
    address : str
        What the round is about; another address is another round.

    Attributes
    ----------
    since : str
        When the round under way began, as the ledger writes times; '' while none is.
    """

    def __init__(self, fetches: Fetches, address: str) -> None:
        self._fetches, self._address = fetches, address
        self.since = ""

    def resume(self) -> None:
        """Go on with a round that was begun and not ended, if there is one."""
        known = self._fetches.known([self._address]).get(self._address)
        state = self._fetches.bodies([self._address]).get(self._address)
        if known and state == _BEGUN and _recent(known.at):
            self.since = known.at

    def begin(self) -> None:
        """Begin a round, or go on with the one under way."""
        self.resume()
        if not self.since:
            self.restart()

    def restart(self) -> None:
        """Begin a round whether or not one is under way."""
        self._note(_BEGUN)
        self.since = self._fetches.known([self._address])[self._address].at

    def end(self) -> None:
        """Note that all was asked for."""
        if self.since:
            self._note(_ENDED)
            self.since = ""

    def is_due(self, at: str) -> bool:
        """Whether what was brought at this time is older than the round.

        Times have whole seconds: what was brought in the round's first second is asked for once more.
        """
        return bool(self.since) and at <= self.since

    def _note(self, state: bytes) -> None:
        self._fetches.done([(self._address, LIST, 0, len(state), "", "", state)])


def _recent(at: str) -> bool:
    return datetime.now(UTC) - datetime.fromisoformat(at) < _LONGEST
