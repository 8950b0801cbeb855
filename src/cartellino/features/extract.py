"""Pictures to vectors on every core, resumed from where it was left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from cartellino.errors import PictureError
from cartellino.features.backbone import Backbone, Vectors
from cartellino.features.pool import Pool
from cartellino.features.preprocessing import Shown
from cartellino.features.store import FeatureStore
from cartellino.progress import Progress, Silent
from cartellino.records import Picture

if TYPE_CHECKING:
    from cartellino.catalogue import Catalogue
    from cartellino.pictures.store import PictureStore

_COMMIT = 256  # vectors kept at a time: the seconds of work that a kill may cost


@dataclass(frozen=True, slots=True)
class Extracted:
    """What an extraction did.

    Parameters
    ----------
    done, already, failed : int
        Pictures that got a vector now, had one before, or could not be decoded any more.
    reasons : tuple of (str, str)
        File and reason of each that failed.
    """

    done: int
    already: int
    failed: int
    reasons: tuple[tuple[str, str], ...] = ()


def extract(
    catalogue: Catalogue,
    pictures: PictureStore,
    backbone: Backbone,
    store: FeatureStore,
    progress: Progress | None = None,
    workers: int = 0,
) -> Extracted:
    """Give every kept picture that has no vector yet its vector.

    Each worker is a thread with a one-thread session of its own that decodes and infers in turn, so that
    one decodes while another infers. Stopped by Ctrl-C or a failing disk, it keeps what was done.

    Parameters
    ----------
    workers : int
        Threads; 0 means one for each core.

    Raises
    ------
    CollectionError
        If another command is extracting into this store.
    StorageError
        If the disk is full or cannot be written.
    """
    run = _Run(store, progress or Silent(), catalogue.pictures.counts()["kept"])
    try:
        with Pool[Picture](backbone, workers) as pool:
            todo = run.missing(catalogue.pictures.all())
            run.collect(pool.embedded((each, Shown(pictures.path(each), each.trim)) for each in todo))
    finally:
        run.commit()
        run.finish()
    return Extracted(run.done, run.already, len(run.reasons), tuple(run.reasons))


Outcome = tuple[Picture, Vectors | PictureError]


class _Run:
    """Vectors on their way into the store, and the counts so far; where none is lacking nobody is told."""

    def __init__(self, store: FeatureStore, progress: Progress, total: int) -> None:
        self.store, self.progress, self.total = store, progress, total
        self._told = False
        self.done = self.already = 0
        self.reasons: list[tuple[str, str]] = []
        self._digests: list[str] = []
        self._vectors: list[Vectors] = []

    def missing(self, pictures: Iterable[Picture]) -> Iterator[Picture]:
        remaining = iter(pictures)
        while block := list(islice(remaining, 1024)):
            absent = set(self.store.missing(picture.digest for picture in block))
            self.already += len(block) - len(absent)
            if self._told:
                self.progress.advance(len(block) - len(absent))
            elif absent:
                self._begin()
            yield from (picture for picture in block if picture.digest in absent)

    def collect(self, outcomes: Iterable[Outcome]) -> None:
        for picture, outcome in outcomes:
            if isinstance(outcome, PictureError):
                self.reasons.append((picture.file, outcome.what))
            else:
                self._digests.append(picture.digest)
                self._vectors.append(outcome)
            if len(self._digests) >= _COMMIT:
                self.commit()
            self.progress.advance()

    def finish(self) -> None:
        if self._told:
            self.progress.finish()

    def _begin(self) -> None:
        self._told = True
        self.progress.start("Turning pictures into numbers", self.total, "pictures")
        self.progress.advance(self.already)

    def commit(self) -> None:
        if self._digests:
            self.done += self.store.append(self._digests, np.concatenate(self._vectors))
            self._digests, self._vectors = [], []
