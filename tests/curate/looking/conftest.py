"""One museum, looked at by all tests of this room."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cartellino import collection
from cartellino.collection import Collection
from cartellino.curate.labelset import LabelSet
from cartellino.curate.looking.pixels import Pixels, look
from cartellino.curate.looking.sample import Sample, draw
from cartellino.progress import Silent

from .museum import build


@pytest.fixture(scope="package")
def museum(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    with collection.open(build(tmp_path_factory.mktemp("looking"))) as opened:
        yield opened


@pytest.fixture(scope="package")
def rooms(museum: Collection) -> LabelSet:
    return museum.labels.get("room")


@pytest.fixture(scope="package")
def sample(museum: Collection, rooms: LabelSet) -> Sample:
    return draw(museum.catalogue, rooms, seed=3)


@pytest.fixture(scope="package")
def pixels(museum: Collection, sample: Sample) -> Pixels:
    return look(sample, museum.pictures, Silent())
