"""Pairs of pictures that may show the same, by hashes of several views of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from cartellino.curate.duplicates import bits_apart

PROMISED = 6  # bits: nearer views are never missed
FURTHEST = 10  # bits: further ones are never proposed
_BITS, _BLOCKS, _AGREEING = 64, 9, 3
_PLACE_BITS = 40  # of the place of a hash, below the bits of three blocks
_THREADS = 2
_NEXT = 64  # others of its bucket that a view is compared with
_BLANK = 6  # bits set in a picture of one colour

Views = NDArray[np.uint64]
Rows = NDArray[np.int64]


def proposed(views: Views, told: Callable[[], None] = lambda: None) -> tuple[Rows, Rows]:
    """Pairs of pictures of which some view of one is near some view of the other.

    Cut into nine blocks of bits, two hashes that differ in at most 6 bits agree on three blocks (pigeonhole;
    Manku, Jain and Das Sarma, WWW 2007): only hashes equal in some three blocks are compared. Those that
    differ in 7 to 10 bits are found if they happen to agree, which of a picture's many views most often some
    do. Whether two pictures are proposed depends on these two alone, but for crowds: in a bucket each is
    compared with the next 64, so that ten thousand scans of nearly nothing cost no more than that.

    Parameters
    ----------
    views : ndarray (n, v) of uint64
        Perceptual hashes of the views of each picture.
    told : callable
        Called after each of the 84 tables.

    Returns
    -------
    first, second : ndarray (p,) of int64
        Rows of pictures, ``first < second``, ascending, each pair once. Views of one colour (at most 6 bits
        set) propose nothing.
    """
    hashes, owners = _single(views)
    blocks = _dealt(hashes)
    found = np.empty(0, np.int64)
    with ThreadPoolExecutor(_THREADS) as pool:  # numpy sorts and compares without holding the interpreter
        for pairs in pool.map(
            lambda kept: _near(hashes, owners, _ordered(kept), len(views)), combinations(blocks, _AGREEING)
        ):
            found = np.unique(np.concatenate([found, pairs]))
            told()
    return found // max(1, len(views)), found % max(1, len(views))


TABLES = len(list(combinations(range(_BLOCKS), _AGREEING)))


def _single(views: Views) -> tuple[Views, Rows]:
    """Each picture's different hashes, and whose they are; those of one colour left out."""
    arranged = np.sort(views, axis=1)
    fresh = np.ones(arranged.shape, dtype=bool)
    fresh[:, 1:] = arranged[:, 1:] != arranged[:, :-1]
    fresh &= bits_apart(arranged, np.zeros_like(arranged)) > _BLANK
    return arranged[fresh], np.nonzero(fresh)[0].astype(np.int64)


def _dealt(hashes: Views) -> list[NDArray[np.uint8]]:
    """Nine blocks of the bits of each hash.

    Bits are dealt like cards, low frequencies first, so that each block gets its share of every frequency.
    """
    by_frequency = sorted(range(_BITS), key=lambda place: (sum(divmod(place, 8)), place))
    blocks = []
    for start in range(_BLOCKS):
        block = np.zeros(len(hashes), np.uint8)
        for bit in by_frequency[start::_BLOCKS]:
            block = (block << 1) | ((hashes >> np.uint64(_BITS - 1 - bit)) & np.uint64(1)).astype(np.uint8)
        blocks.append(block)
    return blocks


def _ordered(blocks: Sequence[NDArray[np.uint8]]) -> Views:
    """Places of hashes, those with equal bits in `blocks` together; the bits stand above each place.

    Both share one number, because numbers are sorted several times as fast as their places.
    """
    packed = np.arange(len(blocks[0]), dtype=np.uint64)
    for number, block in enumerate(blocks):
        packed |= block.astype(np.uint64) << np.uint64(_PLACE_BITS + 8 * number)
    packed.sort()
    return packed


def _near(hashes: Views, owners: Rows, ordered: Views, count: int) -> Rows:
    """Near pairs of different pictures, as ``first * count + second``, among hashes with equal bits."""
    places = (ordered & np.uint64((1 << _PLACE_BITS) - 1)).astype(np.int64)
    at, left = _buckets(ordered >> np.uint64(_PLACE_BITS))
    arranged, found = hashes[places], [np.empty(0, np.int64)]
    for step in range(1, _NEXT + 1):
        if len(at) == 0:
            break
        near = at[bits_apart(arranged[at], arranged[at + step]) <= FURTHEST]
        first, second = owners[places[near]], owners[places[near + step]]
        apart = first != second
        first, second = first[apart], second[apart]
        found.append(np.minimum(first, second) * count + np.maximum(first, second))
        several = left > step
        at, left = at[several], left[several]
    return np.unique(np.concatenate(found))


def _buckets(key: Views) -> tuple[Rows, Rows]:
    """Where equal keys follow, in ascending order, and how many of them."""
    starts = np.flatnonzero(np.r_[len(key) > 0, key[1:] != key[:-1]])
    sizes = np.diff(np.r_[starts, len(key)])
    left = np.repeat(starts + sizes - 1, sizes) - np.arange(len(key))
    at = np.flatnonzero(left)
    return at, left[at]
