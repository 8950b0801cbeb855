"""Descriptors of many pictures, on every core, kept for the next time."""

from __future__ import annotations

import hashlib
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.words.detectors import Detector, Local, one_thread_each
from cartellino.classify.words.store import LocalStore
from cartellino.errors import PictureError
from cartellino.features.preprocessing import Shown
from cartellino.progress import Progress, Silent

_COMMIT = 64  # pictures written at a time: the seconds of work that a kill may cost
_AHEAD = 4  # pictures waiting for each thread


def pictures(X: Any) -> list[Shown]:
    """What an estimator was given, as pictures.

    Parameters
    ----------
    X : array-like (n,) or (n, 1)
        Files' names, paths or `Shown`. A column is taken too, for what deals in tables only, such as
        scikit-learn's ``BaggingClassifier``.

    Raises
    ------
    ValueError
        If it has another shape, or holds something else.
    """
    told = X if isinstance(X, np.ndarray) else _objects(X)
    if told.ndim == 2 and told.shape[1] == 1:
        told = told[:, 0]
    if told.ndim != 1:
        raise ValueError(f"pictures are a list, or a table of one column, not {told.ndim} dimensions of them")
    return [_shown(each) for each in told]


def _objects(X: Iterable[Any]) -> NDArray[Any]:
    each = list(X)
    told = np.empty(len(each), object)
    told[:] = [one[0] if isinstance(one, (list, tuple)) and len(one) == 1 else one for one in each]
    return told


def _shown(each: Any) -> Shown:
    if isinstance(each, Shown):
        return each
    if isinstance(each, (str, os.PathLike)):
        return Shown(Path(each))
    raise ValueError(f"a picture is the name of a file, a path, or Shown, not {type(each).__name__}")


class Described(Sequence[Local]):
    """What was found in some pictures, in their order: in memory, or on the disc until it is asked for."""

    def __init__(self, keys: Sequence[str], store: LocalStore | dict[str, Local]) -> None:
        self.keys, self._store = list(keys), store

    def __len__(self) -> int:
        return len(self.keys)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return Described(self.keys[place], self._store)
        key = self.keys[place]
        return self._store[key] if isinstance(self._store, dict) else self._store.get(key)

    def at(self, rows: NDArray[np.int64]) -> Described:
        """Those of some places."""
        return Described([self.keys[place] for place in rows.tolist()], self._store)


def describe(
    shown: Sequence[Shown],
    detector: Detector,
    folder: Path | None = None,
    progress: Progress | None = None,
) -> Described:
    """Find and describe the keypoints of pictures, each file once.

    Threads take a picture each, as OpenCV lets go of the interpreter (measured: two are up to
    twice as fast as one with KAZE). Stopped, it goes on from where it was, if it has a folder.

    Parameters
    ----------
    shown : sequence of Shown
        The pictures.
    detector : Detector
        How.
    folder : Path, optional
        Where descriptors are kept; in memory only, if not given.
    progress : Progress, optional
        Who is told of each picture.

    Raises
    ------
    PictureError
        If a file is gone or cannot be decoded.
    StorageError
        If the disk is full or cannot be written.
    MissingExtraError
        If OpenCV is not installed.
    """
    keys = [_key(each) for each in shown]
    store: LocalStore | dict[str, Local] = LocalStore(folder, detector) if folder is not None else {}
    absent = {key: each for key, each in zip(keys, shown, strict=True) if key not in store}
    if absent:
        told = progress or Silent()
        told.start("Describing pictures", len(absent), "pictures")
        for found in _batches(_each(absent, detector), told):
            store.update(found) if isinstance(store, dict) else store.put(found)
        told.finish()
    return Described(keys, store)


def _key(shown: Shown) -> str:
    """SHA-256 over a file's bytes and what lies inside its border."""
    try:
        data = shown.file.read_bytes()
    except OSError as error:
        raise PictureError(
            f"the picture cannot be read ({error.strerror or error})",
            str(shown.file),
            "Add its source again.",
        ) from error
    trim = shown.trim
    inside = "" if trim is None else f"{trim.left},{trim.top},{trim.right},{trim.bottom}"
    return hashlib.sha256(hashlib.sha256(data).digest() + inside.encode()).hexdigest()


def _each(absent: dict[str, Shown], detector: Detector) -> Iterator[tuple[str, Local]]:
    """What is found in each picture, in order, a few of them ahead."""
    workers = os.cpu_count() or 1
    waiting: deque[tuple[str, Future[Local]]] = deque()
    with one_thread_each(), ThreadPoolExecutor(workers, thread_name_prefix="words") as threads:
        try:
            for key, shown in absent.items():
                waiting.append((key, threads.submit(detector.found, shown)))
                if len(waiting) > workers * _AHEAD:
                    first, found = waiting.popleft()
                    yield first, found.result()
            for first, found in waiting:
                yield first, found.result()
        finally:
            threads.shutdown(wait=True, cancel_futures=True)


def _batches(found: Iterator[tuple[str, Local]], progress: Progress) -> Iterator[dict[str, Local]]:
    """As many as are written at a time; of what stops in between, what was found so far."""
    batch: dict[str, Local] = {}
    try:
        for key, local in found:
            batch[key] = local
            progress.advance()
            if len(batch) >= _COMMIT:
                yield batch
                batch = {}
    except PictureError:
        yield batch
        raise
    if batch:
        yield batch
