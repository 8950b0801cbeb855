"""What the tests of triage share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .world import World, multi_world, single_world


def _kept(world: World) -> Iterator[World]:
    yield world
    world.store.close()
    world.catalogue.close()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A collection with one label a work."""
    yield from _kept(single_world(tmp_path))


@pytest.fixture
def tagged(tmp_path: Path) -> Iterator[World]:
    """A collection with several tags a work."""
    yield from _kept(multi_world(tmp_path))


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Callable[..., World]]:
    """Make a collection with one label a work to measure."""
    made: list[World] = []

    def make(**rules: object) -> World:
        made.append(single_world(tmp_path / str(len(made)), **rules))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for world in made:
        world.store.close()
        world.catalogue.close()
