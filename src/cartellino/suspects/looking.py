"""Every kept picture measured once, on threads, resumed from where it was left."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TYPE_CHECKING

from cartellino.errors import PictureError
from cartellino.pictures.workers import mapped
from cartellino.progress import Progress, Silent
from cartellino.suspects.measures import VERSION, measured

if TYPE_CHECKING:
    from cartellino.catalogue import Catalogue
    from cartellino.pictures.store import PictureStore
    from cartellino.records import Picture

_BATCH = 200  # pictures measured between two commits: the seconds of work that a kill may cost
_AHEAD = 2  # pictures waiting for each thread: what bounds the memory
Outcome = tuple["Picture", dict[str, float] | PictureError]


def look(
    catalogue: Catalogue, store: PictureStore, progress: Progress | None = None, workers: int = 0
) -> list[tuple[str, str]]:
    """Measure every kept picture that was not measured yet.

    Parameters
    ----------
    catalogue : Catalogue
        Where the measures are kept.
    store : PictureStore
        Where the pictures are.
    progress : Progress, optional
        Who is told.
    workers : int
        Threads; 0 means one for each core.

    Returns
    -------
    list of (str, str)
        File and reason of each picture that cannot be read any more.
    """
    todo = catalogue.looks.missing(VERSION)
    if not todo:
        return []
    progress, failed = progress or Silent(), []
    progress.start("Looking at pictures", len(todo), "pictures")
    threads = workers or os.cpu_count() or 1
    with warnings.catch_warnings(), ThreadPoolExecutor(threads, thread_name_prefix="looks") as pool:
        warnings.filterwarnings("ignore", module=r"PIL\.")

        def one(picture: Picture) -> Outcome:
            try:
                return picture, measured(store.path(picture), picture)
            except PictureError as error:
                return picture, error

        for batch in _batches(mapped(pool, one, todo, threads * _AHEAD)):
            good = [(picture.digest, told) for picture, told in batch if isinstance(told, dict)]
            failed += [(picture.file, told.what) for picture, told in batch if isinstance(told, PictureError)]
            catalogue.looks.keep(VERSION, good)
            progress.advance(len(batch))
    progress.finish()
    return failed


def _batches(outcomes: Iterator[Outcome]) -> Iterator[list[Outcome]]:
    while batch := list(islice(outcomes, _BATCH)):
        yield batch
