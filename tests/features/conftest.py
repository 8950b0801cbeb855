"""What the tests of features share."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from cartellino.features.backbone import Backbone
from cartellino.features.registry import load_backbone


@pytest.fixture(scope="session", autouse=True)
def fresh_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A cache of graphs of the tests' own, so that the graph they check is the one this code builds."""
    before = os.environ.get("XDG_CACHE_HOME")
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))
    yield
    if before is None:
        del os.environ["XDG_CACHE_HOME"]
    else:
        os.environ["XDG_CACHE_HOME"] = before


@pytest.fixture(scope="session")
def lite2(fresh_cache: None) -> Backbone:
    return load_backbone("lite2")
