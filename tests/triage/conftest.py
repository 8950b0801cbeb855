"""What the tests of triage share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .world import World, multi_world, single_world


@pytest.fixture(scope="session")
def single(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Made once, copied for each test."""
    return single_world(tmp_path_factory.mktemp("single")).closed()


@pytest.fixture(scope="session")
def several(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Made once, copied for each test."""
    return multi_world(tmp_path_factory.mktemp("several")).closed()


@pytest.fixture
def world(single: World, tmp_path: Path) -> Iterator[World]:
    """A collection with one label a work."""
    yield (copy := single.copied(tmp_path / "copy"))
    copy.closed()


@pytest.fixture
def tagged(several: World, tmp_path: Path) -> Iterator[World]:
    """A collection with several tags a work."""
    yield (copy := several.copied(tmp_path / "copy"))
    copy.closed()


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Callable[..., World]]:
    """Make a collection with one label a work to measure."""
    made: list[World] = []

    def make(**rules: object) -> World:
        made.append(single_world(tmp_path / str(len(made)), **rules))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for world in made:
        world.closed()
