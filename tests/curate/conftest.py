"""What the tests of curate and triage share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cartellino.catalogue import Catalogue

from .museum import opened


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with opened(tmp_path) as catalogue:
        yield catalogue
