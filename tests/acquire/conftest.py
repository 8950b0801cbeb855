"""What tests of sources on the web share: a fetcher that may ask this machine, a ledger, and a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from cartellino.acquire.fetch.fetcher import Fetcher
from cartellino.acquire.remote.source import RemoteSource
from cartellino.catalogue import Catalogue
from cartellino.progress import Silent
from cartellino.records import Rejected, Work
from cartellino.settings import FetchSettings

from .web import Shop


@pytest.fixture(scope="session")
def fetcher() -> Iterator[Fetcher]:
    """One for all: it remembers how fast it may ask."""
    with Fetcher(FetchSettings(allow=("127.0.0.1",))) as fetcher:
        yield fetcher


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with Catalogue.open(tmp_path / "catalogue.sqlite", create=True) as catalogue:
        yield catalogue


@pytest.fixture
def read(fetcher: Fetcher, catalogue: Catalogue) -> Any:
    """Read a source to its end, or to its first few items."""

    def read_(source: RemoteSource, most: int | None = None) -> list[Work | Rejected]:
        source.connect(fetcher, catalogue.fetches, Silent())
        items = source.works()
        try:
            return list(items) if most is None else [next(items) for _ in range(most)]
        finally:
            items.close()

    return read_


@pytest.fixture(scope="session")
def server() -> Iterator[Shop]:
    with Shop(0) as shop:
        Thread(target=shop.serve_forever, daemon=True).start()
        yield shop
        shop.shutdown()


@pytest.fixture
def shop(server: Shop) -> Shop:
    server.fill(8)
    return server
