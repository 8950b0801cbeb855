"""Why a request came to nothing, on its way from where it happened to where it is decided what to do."""

from __future__ import annotations

from enum import Enum


class Next(Enum):
    """What can be done about a request that came to nothing."""

    AGAIN = "again"  # after a while that grows
    SLOWER = "slower"  # when the pace allows it
    LATER = "later"  # not in this run
    NEVER = "never"  # asking again cannot help


class Trouble(Exception):  # noqa: N818 - it never leaves the downloader, where it becomes a Failed
    """A request that came to nothing.

    Parameters
    ----------
    reason : str
        A clause; the same for all that fail alike, so that reasons can be counted.
    then : Next
        What can be done about it.
    sent : bool
        Whether the request was sent at all.
    """

    def __init__(self, reason: str, then: Next = Next.AGAIN, *, sent: bool = True) -> None:
        super().__init__(reason)
        self.reason, self.then, self.sent = reason, then, sent
