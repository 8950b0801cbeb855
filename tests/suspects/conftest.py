"""What the tests of suspects share."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cartellino import collection
from cartellino.collection import Collection

from . import museum as museums


@pytest.fixture(scope="session")
def doubtful(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A collection with a wrong label, made and looked through once."""
    folder = museums.made(tmp_path_factory.mktemp("doubtful") / "museum")
    with collection.open(folder) as museum:
        museum.suspects.find("culture")
    return folder


@pytest.fixture
def folder(doubtful: Path, tmp_path: Path) -> Path:
    """A copy of one's own."""
    return Path(shutil.copytree(doubtful, tmp_path / "museum"))


@pytest.fixture
def museum(folder: Path) -> Iterator[Collection]:
    with collection.open(folder) as opened:
        yield opened
