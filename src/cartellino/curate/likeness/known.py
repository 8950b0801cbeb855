"""The pairs of a collection's pictures that show the same: found once and remembered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from cartellino.catalogue import Catalogue
from cartellino.catalogue.database import batches
from cartellino.curate.duplicates import DISTANCE, bits_apart
from cartellino.curate.likeness.confirm import ENOUGH, agreement
from cartellino.curate.likeness.propose import TABLES, proposed
from cartellino.errors import PictureError
from cartellino.pictures.sketch import VIEWS, Sketch, sketched
from cartellino.pictures.store import PictureStore
from cartellino.progress import Progress
from cartellino.records import Picture

_MEASURED = 500  # pictures, and
_COMPARED = 64  # pairs, after which is kept what was found: the work that a kill may cost
_AT_HAND = 4_000  # sketches kept in memory while pairs are compared: 80 MB
_THREADS = 2

Keys = NDArray[np.int64]
Pairs = tuple[Keys, Keys]


def same(catalogue: Catalogue, store: PictureStore, progress: Progress) -> Pairs:
    """Every pair of pictures that show the same.

    Pictures that are new are measured, pairs that are new proposed and compared; what comes of it is kept
    in the catalogue, so that the next time nothing is left to do. Stopped at any moment, it goes on where it
    was.
    A picture whose file is gone is judged by its fingerprint alone, and not remembered.

    Returns
    -------
    first, second : ndarray (p,) of int64
        Keys of pictures, ``first < second``.

    Raises
    ------
    StorageError
        If the catalogue cannot be written.
    """
    lost = _measure(catalogue, store, progress)
    judged = np.empty((0, 2), np.int64)
    if lost or not catalogue.likeness.all_compared():
        judged = _compare(catalogue, _Sketches(catalogue, store, lost), progress)
    first, second = remembered(catalogue)
    return np.r_[first, judged[:, 0]], np.r_[second, judged[:, 1]]


def remembered(catalogue: Catalogue) -> Pairs:
    """The pairs that were confirmed so far, without looking at any picture."""
    kept = [(first, second) for first, second, _ in catalogue.likeness.agreeing(ENOUGH)]
    pairs = np.array(kept, dtype=np.int64).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]


def _measure(catalogue: Catalogue, store: PictureStore, progress: Progress) -> dict[int, Picture]:
    """Measure what was not; the pictures that cannot be."""
    waiting = catalogue.likeness.unmeasured()
    lost: dict[int, Picture] = {}
    if not waiting:
        return lost
    progress.start("Measuring pictures", len(waiting), "pictures")
    with ThreadPoolExecutor(_THREADS) as pool:
        for part in batches(waiting, _MEASURED):
            found = list(pool.map(lambda each: _sketch(store, each[1]), part))
            views = [(key, each.views.tobytes()) for (key, _), each in zip(part, found, strict=True) if each]
            lost |= {key: picture for (key, picture), each in zip(part, found, strict=True) if not each}
            catalogue.likeness.measured(views)
            progress.advance(len(part))
    progress.finish()
    return lost


def _sketch(store: PictureStore, picture: Picture) -> Sketch | None:
    try:
        return sketched(store.path(picture), picture)
    except PictureError:
        return None


class _Sketches:
    """Views of all pictures, and sketches of those that are asked for."""

    def __init__(self, catalogue: Catalogue, store: PictureStore, lost: dict[int, Picture]) -> None:
        self._catalogue, self._store, self.lost = catalogue, store, lost
        self.sketch = lru_cache(_AT_HAND)(self._sketched)

    def views(self) -> tuple[Keys, NDArray[np.uint64]]:
        """Keys of pictures, ascending, and their views; a lost picture's fingerprint stands for its."""
        told = [(key, np.frombuffer(views, "<u8")) for key, views in self._catalogue.likeness.views()]
        told += [(key, np.full(VIEWS, _fingerprint(picture))) for key, picture in self.lost.items()]
        told.sort(key=lambda each: each[0])
        keys = np.array([key for key, _ in told], dtype=np.int64)
        return keys, np.array([views for _, views in told], dtype=np.uint64).reshape(-1, VIEWS)

    def _sketched(self, key: int) -> Sketch | None:
        return _sketch(self._store, self.picture(key))

    def picture(self, key: int) -> Picture:
        return self.lost.get(key) or self._catalogue.likeness.pictures([key])[key]


def _fingerprint(picture: Picture) -> np.uint64:
    return np.uint64(picture.fingerprint & (2**64 - 1))


def _compare(catalogue: Catalogue, sketches: _Sketches, progress: Progress) -> Keys:
    """Compare the proposed pairs that never were; of those that cannot be, the near ones."""
    keys, views = sketches.views()
    progress.start("Proposing near-duplicates", TABLES, "tables")
    first, second = proposed(views, progress.advance)
    progress.finish()
    known = set(catalogue.likeness.known())
    fresh = [pair for pair in _pairs(keys, first, second) if pair not in known]
    blind: list[tuple[int, int]] = []
    progress.start("Comparing near-duplicates", len(fresh), "pairs")
    for part in batches(fresh, _COMPARED):
        blind += _keep(catalogue, sketches, part)
        progress.advance(len(part))
    progress.finish()
    catalogue.likeness.compared()
    alike = [pair for pair in blind if _near(*(sketches.picture(key) for key in pair))]
    return np.array(alike, dtype=np.int64).reshape(-1, 2)


def _pairs(keys: Keys, first: Keys, second: Keys) -> Iterator[tuple[int, int]]:
    return zip(keys[first].tolist(), keys[second].tolist(), strict=True)


def _keep(
    catalogue: Catalogue, sketches: _Sketches, pairs: Iterable[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Compare pairs and remember what came of it; the pairs of which a picture is lost."""
    seen, blind, one, other = [], [], [], []
    for pair in pairs:
        laid, under = sketches.sketch(pair[0]), sketches.sketch(pair[1])
        if laid is None or under is None:
            blind.append(pair)
        else:
            seen.append(pair)
            one.append(laid)
            other.append(under)
    found = agreement(one, other).tolist()
    catalogue.likeness.keep([(*pair, close) for pair, close in zip(seen, found, strict=True)])
    return blind


def _near(one: Picture, other: Picture) -> bool:
    apart = bits_apart(np.array([_fingerprint(one)]), np.array([_fingerprint(other)]))
    return bool(apart[0] <= DISTANCE)
