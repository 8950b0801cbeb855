"""One pass over the pictures of a sample: how light they are, what they look like on average, their edges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from cartellino.catalogue.pictures import BestView
from cartellino.curate.looking.sample import Sample
from cartellino.errors import PictureError
from cartellino.features.preprocessing import squashed
from cartellino.pictures.store import PictureStore
from cartellino.progress import Progress

SIDE = 96  # of the square that every picture is squashed to: mean pictures show no more
BINS = 32
RING = 3  # pixels of the square's edge that count as background
_AT_ONCE = 64
_WORKERS = 2
_LUMA = np.array([299, 587, 114], np.float32) / 1000  # ITU-R BT.601, as Pillow's 'L'

Square = NDArray[np.uint8]


@dataclass(frozen=True)
class Pixels:
    """What the pictures of a sample look like inside their borders.

    Parameters
    ----------
    means : ndarray (k, side, side, 3) of uint8
        The mean picture of each class; grey where a class has no picture.
    histograms : ndarray (k, bins) of float
        Share of pixels by grey level, from black to white, the mean over the pictures of each class.
    levels : ndarray (n,) of float32
        Mean grey level of each picture, from 0 to 255; NaN where it can no longer be decoded.
    rings : ndarray (n, 4) of float32
        Mean red, green and blue of each picture's outermost ring, and how much its pixels differ (standard
        deviation); NaN where it can no longer be decoded.
    """

    means: NDArray[np.uint8]
    histograms: NDArray[np.float64]
    levels: NDArray[np.float32]
    rings: NDArray[np.float32]

    @property
    def seen(self) -> NDArray[np.bool_]:
        """Which pictures could be decoded; (n,)."""
        return ~np.isnan(self.levels)


def look(sample: Sample, store: PictureStore, progress: Progress) -> Pixels:
    """Decode every picture of a sample once; of all pixels only sums by class are kept in memory."""
    classes = sample.truth.shape[1]
    sums = np.zeros((classes, SIDE, SIDE, 3))
    bins, counts = np.zeros((classes, BINS)), np.zeros(classes)
    levels = np.full(len(sample.views), np.nan, np.float32)
    rings = np.full((len(sample.views), 4), np.nan, np.float32)
    chosen = _chosen(sample)
    progress.start("Looking at pictures", len(sample.views), "pictures")
    for place, square in enumerate(_squares(sample.views, store)):
        progress.advance()
        if square is None:
            continue
        grey = square @ _LUMA
        levels[place], rings[place] = grey.mean(), _ring(square)
        for each in chosen[place]:
            sums[each] += square
            bins[each] += np.histogram(grey, BINS, (0, 256))[0] / grey.size
            counts[each] += 1
    progress.finish()
    of = np.maximum(counts, 1)
    means = np.where(counts[:, None, None, None] > 0, sums / of[:, None, None, None], 128)
    return Pixels(means.round().astype(np.uint8), bins / of[:, None], levels, rings)


def picture(square: Square) -> Image.Image:
    """An array of pixels as an image."""
    return Image.fromarray(square)


def _chosen(sample: Sample) -> list[list[int]]:
    """For each work the classes that it was drawn for."""
    chosen: list[list[int]] = [[] for _ in sample.views]
    for each, drawn in enumerate(sample.drawn):
        for place in drawn.tolist():
            chosen[place].append(each)
    return chosen


def _squares(views: Sequence[BestView], store: PictureStore) -> Iterator[Square | None]:
    """The pictures squashed, in order; a few at a time, so that memory stays bounded."""

    def one(view: BestView) -> Square | None:
        try:
            return squashed(store.path(view.picture), view.picture.trim, SIDE)
        except PictureError:
            return None

    waiting = iter(views)
    with ThreadPoolExecutor(_WORKERS) as pool:
        while part := list(islice(waiting, _AT_ONCE)):
            yield from pool.map(one, part)


def _ring(square: Square) -> NDArray[np.float32]:
    edge = np.ones(square.shape[:2], bool)
    edge[RING:-RING, RING:-RING] = False
    pixels = square[edge].astype(np.float32)
    return np.append(pixels.mean(axis=0), pixels.std(axis=0).mean()).astype(np.float32)
