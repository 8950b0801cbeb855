"""One gallery, painted once for all tests of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from threadpoolctl import threadpool_limits

from cartellino.acquire.gallery import Painted, paint

SEED, WORKS = 11, 40


@pytest.fixture(scope="session", autouse=True)
def _one_thread() -> Iterator[None]:
    """As `paint` itself sets it; helpers that spin make small matrices slow on a busy machine."""
    with threadpool_limits(1):
        yield


@pytest.fixture(scope="session")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Painted:
    return paint(tmp_path_factory.mktemp("museum") / "gallery", seed=SEED, works=WORKS)


@pytest.fixture(scope="session")
def folder(gallery: Painted) -> Path:
    return gallery.table.parent
