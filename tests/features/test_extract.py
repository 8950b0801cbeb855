"""Extraction: every kept picture gets its vector once, whatever happens meanwhile."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from cartellino.catalogue import Catalogue
from cartellino.features.backbone import Backbone
from cartellino.features.extract import Extracted, extract
from cartellino.features.store import FeatureStore
from cartellino.pictures.store import PictureStore
from features.museum import hang, opened
from features.tiny import Tiny

TINY = Tiny()


@pytest.fixture
def museum(tmp_path: Path) -> Iterator[tuple[Catalogue, PictureStore]]:
    catalogue, pictures = opened(tmp_path)
    with catalogue:
        yield catalogue, pictures


@pytest.fixture
def store(tmp_path: Path) -> Iterator[FeatureStore]:
    with FeatureStore(tmp_path / "features", TINY.id, TINY.hash, TINY.width) as store:
        yield store


def run(museum: tuple[Catalogue, PictureStore], store: FeatureStore, backbone: Backbone = TINY) -> Extracted:
    return extract(*museum, backbone, store, workers=2)


class Watcher:
    """Progress that is written down, and can be made to stop the run."""

    def __init__(self, stop_after: int = 10**9) -> None:
        self.total: int | None = None
        self.seen, self.finished, self.stop_after = 0, False, stop_after

    def start(self, task: str, total: int | None = None, unit: str = "") -> None:
        self.total = total

    def advance(self, count: int = 1) -> None:
        self.seen += count
        if self.seen >= self.stop_after:
            raise KeyboardInterrupt

    def finish(self) -> None:
        self.finished = True


def test_each_picture_gets_its_own_vector(
    museum: tuple[Catalogue, PictureStore], store: FeatureStore
) -> None:
    kept = hang(*museum, count=40)
    assert run(museum, store) == Extracted(done=40, already=0, failed=0)
    vectors = store.read([picture.digest for picture in kept])
    for picture, vector in zip(kept, vectors, strict=True):
        prepared = TINY.prepare(museum[1].path(picture), picture.trim)
        np.testing.assert_array_equal(vector, TINY.embed(prepared[None])[0])


def test_again_does_only_what_is_new(museum: tuple[Catalogue, PictureStore], store: FeatureStore) -> None:
    hang(*museum, count=5)
    run(museum, store)
    hang(*museum, count=8)
    assert run(museum, store) == Extracted(done=3, already=5, failed=0)
    assert store.count() == 8


def test_a_picture_that_fails_is_told_and_nothing_stands_in_for_it(
    museum: tuple[Catalogue, PictureStore], store: FeatureStore
) -> None:
    kept = hang(*museum, count=6)
    gone, cut = kept[1], kept[4]
    museum[1].path(gone).unlink()
    museum[1].path(cut).write_bytes(museum[1].path(cut).read_bytes()[:100])
    extracted = run(museum, store)
    assert (extracted.done, extracted.failed) == (4, 2)
    assert [file for file, _ in extracted.reasons] == [gone.file, cut.file]
    assert set(store.missing(picture.digest for picture in kept)) == {gone.digest, cut.digest}


def test_progress_counts_all(museum: tuple[Catalogue, PictureStore], store: FeatureStore) -> None:
    hang(*museum, count=7)
    watcher = Watcher()
    extract(*museum, TINY, store, watcher, workers=1)
    assert (watcher.total, watcher.seen, watcher.finished) == (7, 7, True)


def test_ctrl_c_keeps_what_was_done(museum: tuple[Catalogue, PictureStore], store: FeatureStore) -> None:
    hang(*museum, count=30)
    with pytest.raises(KeyboardInterrupt):
        extract(*museum, TINY, store, Watcher(stop_after=10), workers=2)
    assert store.count() == 10
    assert run(museum, store) == Extracted(done=20, already=10, failed=0)


def test_only_a_few_pictures_are_held_at_a_time(
    museum: tuple[Catalogue, PictureStore], store: FeatureStore
) -> None:
    hang(*museum, count=120)
    handed = 0

    class Counting(Tiny):
        def prepare(self, *arguments: object) -> np.ndarray:
            nonlocal handed
            handed += 1
            return super().prepare(*arguments)

    with pytest.raises(KeyboardInterrupt):
        extract(*museum, Counting(), store, Watcher(stop_after=5), workers=1)
    assert 5 <= handed < 60


KILLED = """
import os, signal, sys
from pathlib import Path
from features.museum import opened
from features.tiny import Tiny
from cartellino.features import extract
from cartellino.features.store import FeatureStore
from cartellino.progress import Silent

class Killer(Silent):
    left = int(sys.argv[2])

    def advance(self, count=1):
        self.left -= count
        if self.left <= 0:
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))

folder, tiny = Path(sys.argv[1]), Tiny()
extract._COMMIT = 8
with FeatureStore(folder / "features", tiny.id, tiny.hash, tiny.width) as store:
    extract.extract(*opened(folder), tiny, store, Killer(), workers=2)
"""


def test_killed_and_run_again_nothing_is_lost_or_doubled(
    museum: tuple[Catalogue, PictureStore], store: FeatureStore, tmp_path: Path
) -> None:
    kept = hang(*museum, count=90)
    for after, survived in ((20, 16), (60, 56)):
        command = [sys.executable, "-c", KILLED, str(tmp_path), str(after)]
        assert subprocess.run(command, cwd=Path(__file__).parents[1]).returncode != 0
        assert store.count() == survived
    assert run(museum, store) == Extracted(done=34, already=56, failed=0)
    streamed = [digest for digests, _ in store.stream(64) for digest in digests]
    assert sorted(streamed) == sorted(picture.digest for picture in kept)
