"""How much of what was fetched waits to be taken; while it is much, nothing more is asked for."""

from __future__ import annotations

import asyncio

from cartellino.acquire.fetch.asked import Failed, Got

_MOST = 64 * 2**20  # bytes that may wait: whatever the number of addresses and the size of pictures


class Holding:
    """The answers of one asker that wait to be taken; of one event loop."""

    def __init__(self) -> None:
        self._bytes = 0
        self._changed = asyncio.Event()

    @property
    def is_full(self) -> bool:
        """Whether so much waits that nothing more should be asked for."""
        return self._bytes > _MOST

    async def room(self) -> None:
        """Wait until little enough waits."""
        while self.is_full:
            self._changed.clear()
            await self._changed.wait()

    def take(self, answer: Got | Failed) -> None:
        """An answer waits to be taken."""
        self._bytes += _size(answer)

    def let_go(self, answer: Got | Failed) -> None:
        """An answer was taken."""
        self._bytes -= _size(answer)
        self._changed.set()


def _size(answer: Got | Failed) -> int:
    return len(answer.data) if isinstance(answer, Got) else 0
