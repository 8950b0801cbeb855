"""The downloader as the rest of the house sees it: a plain iterator over an event loop in its own thread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from cartellino.acquire.fetch.asked import Asked, Failed, Got, Watch

if TYPE_CHECKING:
    from cartellino.settings import FetchSettings


class Fetcher:
    """Fetches addresses, as many at once and as fast as each host bears; a context manager."""

    def __init__(self, settings: FetchSettings, watch: Watch | None = None) -> None:
        self._settings, self._watch = settings, watch

    def many(self, asked: Iterable[Asked]) -> Iterator[Got | Failed]:
        """Answer each, in order of completion."""
        raise NotImplementedError

    def one(self, asked: Asked) -> Got | Failed:
        """Answer one."""
        raise NotImplementedError

    def pace(self) -> dict[str, tuple[float, float]]:
        """Each host's rate now and allowed rate, in requests a second."""
        raise NotImplementedError

    def close(self) -> None:
        """Stop."""

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
