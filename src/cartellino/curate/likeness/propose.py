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
_NEXT = 32  # others of its bucket that a view is compared with
_BLANK = 6  # bits set in a picture of one colour

Views = NDArray[np.uint64]
Rows = NDArray[np.int64]


def proposed(views: Views, told: Callable[[], None] = lambda: None) -> tuple[Rows, Rows]:
    """Pairs of pictures of which some view of one is near some view of the other.

    Cut into nine blocks of bits, two hashes that differ in at most 6 bits agree on three blocks (pigeonhole;
    Manku, Jain and Das Sarma, WWW 2007): only hashes equal in some three blocks are compared. Those that
    differ in 7 to 10 bits are found if they happen to agree, which of a picture's many views most often some
    do. Whether two pictures are proposed depends on these two alone, but for crowds: of pictures with equal
    views each is proposed with the next, and only the first with others; and where more than 32 hashes agree
    on three blocks, each is compared with the next 32.

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
    first_rows, chain = _distinct(views)
    hashes, owners = _single(views[first_rows])
    owners, blocks, found = first_rows[owners], _dealt(hashes), chain
    with ThreadPoolExecutor(_THREADS) as pool:  # numpy sorts and compares without holding the interpreter
        for pairs in pool.map(
            lambda kept: _near(hashes, owners, _ordered(kept), len(views)), combinations(blocks, _AGREEING)
        ):
            found = _once(np.concatenate([found, pairs]))
            told()
    return found // max(1, len(views)), found % max(1, len(views))


TABLES = len(list(combinations(range(_BLOCKS), _AGREEING)))


def _distinct(views: Views) -> tuple[Rows, Rows]:
    """The first row of each kind, and pairs that chain the rows equal to it, unless they are of one colour.

    Ten thousand copies of one placeholder would be fifty million pairs; the first speaks for all of them.
    """
    _, first, kind = np.unique(views, axis=0, return_index=True, return_inverse=True)
    order = np.argsort(kind.ravel(), kind="stable")
    equal = kind.ravel()[order[1:]] == kind.ravel()[order[:-1]]
    one, other = order[:-1][equal], order[1:][equal]
    telling = (bits_apart(views[one], np.zeros_like(views[one])) > _BLANK).any(axis=1)
    return np.sort(first), np.unique(one[telling] * len(views) + other[telling])


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
        block = np.zeros(len(hashes), np.uint64)
        for bit in by_frequency[start::_BLOCKS]:
            block = (block << np.uint64(1)) | ((hashes >> np.uint64(_BITS - 1 - bit)) & np.uint64(1))
        blocks.append(block.astype(np.uint8))
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
    return _once(np.concatenate(found))


def _once(numbers: Rows) -> Rows:
    """Ascending, each once; sorting is several times as fast as numpy's unique, which hashes."""
    numbers.sort()
    return numbers[np.flatnonzero(np.r_[len(numbers) > 0, numbers[1:] != numbers[:-1]])]


def _buckets(key: Views) -> tuple[Rows, Rows]:
    """Where equal keys follow, in ascending order, and how many of them."""
    starts = np.flatnonzero(np.r_[len(key) > 0, key[1:] != key[:-1]])
    sizes = np.diff(np.r_[starts, len(key)])
    left = np.repeat(starts + sizes - 1, sizes) - np.arange(len(key))
    at = np.flatnonzero(left)
    return at, left[at]
