"""Near-duplicates among perceptual hashes: groups linked by small distances, without comparing all pairs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate, combinations
from math import comb

import numpy as np
from numpy.typing import NDArray

DISTANCE = 6
_BITS = 64
_CROWD = 128  # larger buckets are compared as blocks, smaller ones all together
_ROWS = 512  # of a crowd, compared with all of it at once
_MOST_AGREEING = 4
_SAMPLE = 20_000
_SORTING = 10  # what sorting one hash costs, in comparisons of a pair

Hashes = NDArray[np.uint64]
Places = NDArray[np.int64]
Pairs = tuple[Places, Places]
Block = tuple[int, int]


def near_groups(hashes: Hashes, distance: int = DISTANCE) -> Places:
    """Group 64-bit hashes so that two that differ in at most `distance` bits are in one group.

    Cut into ``distance + k`` blocks, two such hashes agree on at least k of them (pigeonhole; Manku, Jain and
    Das Sarma, WWW 2007): only hashes equal in some k blocks are compared, and none is missed. Bits are dealt
    to the blocks by how evenly they are set, since photographs on one background share half their hash.

    Parameters
    ----------
    hashes : ndarray (n,) of uint64
        Perceptual hashes; equal ones are in one group.
    distance : int
        Largest number of differing bits.

    Returns
    -------
    ndarray (n,) of int64
        A number for each hash, the same within a group.
    """
    single, place = np.unique(hashes, return_inverse=True)
    groups = np.arange(len(single), dtype=np.int64)
    agreeing = _agreeing(single, distance)
    dealt, blocks = _dealt(single, distance + agreeing)
    for kept in combinations(blocks, agreeing):
        pairs = list(_near(dealt, _keys(dealt, kept), groups, distance))
        if pairs:
            groups = united(groups, *(np.concatenate(side) for side in zip(*pairs, strict=True)))
    return groups[place]


def united(groups: Places, first: Places, second: Places) -> Places:
    """Groups after joining those of `first` and `second`, pair by pair; numbered by connected component."""
    if len(first) == 0:
        return groups
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    links = coo_array(
        (np.ones(len(first), np.int8), (groups[first], groups[second])),
        shape=(len(groups), len(groups)),
    )
    joined: Places = connected_components(links, directed=False)[1][groups].astype(np.int64)
    return joined


def bits_apart(a: Hashes, b: Hashes) -> NDArray[np.uint8]:
    """Hamming distance of 64-bit hashes, element by element."""
    differing = np.bitwise_xor(a, b)
    if hasattr(np, "bitwise_count"):
        counted: NDArray[np.uint8] = np.bitwise_count(differing)
        return counted
    as_bytes = np.ascontiguousarray(differing).view(np.uint8).reshape(*differing.shape, 8)
    summed: NDArray[np.uint8] = np.unpackbits(as_bytes, axis=-1).sum(axis=-1, dtype=np.uint8)
    return summed


def _agreeing(hashes: Hashes, distance: int) -> int:
    """How many blocks must agree for the least work on hashes like these, judged by a sample."""
    sample = hashes[:: max(1, len(hashes) // _SAMPLE)]
    more = len(hashes) / max(1, len(sample))
    work = []
    for k in range(1, _MOST_AGREEING + 1):
        dealt, blocks = _dealt(sample, distance + k)
        sizes = np.sort(_buckets(_keys(dealt, blocks[:k]))[2])[
            :-1
        ]  # the largest may be one crowd of blanks: cheap
        pairs = more**2 * float((sizes * (sizes - 1) / 2).sum())
        work.append(comb(distance + k, k) * (_SORTING * len(hashes) + pairs))
    return int(np.argmin(work)) + 1


def _dealt(hashes: Hashes, count: int) -> tuple[Hashes, list[Block]]:
    """The hashes with their bits in another order, and `count` blocks of it: first bit and width of each.

    Bits are dealt like cards, those first that are set in half of the hashes, so that each block gets its
    share of the telling ones.
    """
    shares = [
        ((hashes >> np.uint64(bit)) & np.uint64(1)).mean() if len(hashes) else 0.5 for bit in range(_BITS)
    ]
    evenest = np.argsort(np.abs(np.array(shares) - 0.5), kind="stable")
    order = np.concatenate([evenest[start::count] for start in range(count)])
    dealt = np.zeros_like(hashes)
    for place, bit in enumerate(order):
        dealt |= ((hashes >> np.uint64(bit)) & np.uint64(1)) << np.uint64(place)
    widths = [len(range(start, _BITS, count)) for start in range(count)]
    return dealt, list(zip(accumulate([0, *widths[:-1]]), widths, strict=True))


def _keys(hashes: Hashes, blocks: Iterable[Block]) -> NDArray[np.unsignedinteger]:
    """The bits of some blocks, side by side."""
    key, total = np.zeros(len(hashes), np.uint64), 0
    for first, width in blocks:
        key = (key << np.uint64(width)) | ((hashes >> np.uint64(first)) & np.uint64((1 << width) - 1))
        total += width
    return key.astype(np.uint16) if total <= 16 else key  # 16 bits are sorted by radix, in linear time


def _near(
    hashes: Hashes, keys: NDArray[np.unsignedinteger], groups: Places, distance: int
) -> Iterator[Pairs]:
    """Near pairs not yet in one group, among hashes with equal keys."""
    order, starts, sizes = _buckets(keys)
    arranged = hashes[order]
    small = sizes <= _CROWD
    for first, second in _all_pairs(starts[small], sizes[small]):
        near = np.flatnonzero(bits_apart(arranged[first], arranged[second]) <= distance)
        first, second = order[first[near]], order[second[near]]
        apart = groups[first] != groups[second]
        yield first[apart], second[apart]
    for start, size in zip(starts[~small], sizes[~small], strict=True):
        crowd = order[start : start + size]
        yield from _near_in_crowd(arranged[start : start + size], groups[crowd], crowd, distance)


def _near_in_crowd(hashes: Hashes, groups: Places, crowd: Places, distance: int) -> Iterator[Pairs]:
    """Near pairs of one large bucket.

    Whoever is near its centre is linked to that first and not compared again, so that ten thousand pictures
    of nearly nothing cost no more than ten thousand comparisons.
    """
    centre = int(np.argmin(bits_apart(hashes, _majority(hashes))))
    close = bits_apart(hashes, hashes[centre]) <= distance
    yield np.full(int(close.sum()), crowd[centre]), crowd[close]
    settled = close | (groups == groups[centre])
    order = np.argsort(settled, kind="stable")
    hashes, groups, crowd = hashes[order], groups[order], crowd[order]
    for start in range(0, int((~settled).sum()), _ROWS):
        rows = slice(start, start + _ROWS)
        near = bits_apart(hashes[rows, None], hashes[None, start:]) <= distance
        first, second = np.nonzero(near)
        first, second = first + start, second + start
        apart = groups[first] != groups[second]
        yield crowd[first[apart]], crowd[second[apart]]


def _majority(hashes: Hashes) -> Hashes:
    set_ = np.array(
        [2 * ((hashes >> np.uint64(bit)) & np.uint64(1)).sum() > len(hashes) for bit in range(_BITS)]
    )
    return np.bitwise_or.reduce(set_.astype(np.uint64) << np.arange(_BITS, dtype=np.uint64), keepdims=True)


def _buckets(keys: NDArray[np.unsignedinteger]) -> tuple[Places, Places, Places]:
    """Order that brings equal keys together, with start and size of each bucket of two or more."""
    order = np.argsort(keys, kind="stable").astype(np.int64)
    arranged = keys[order]
    starts = np.flatnonzero(np.r_[len(keys) > 0, arranged[1:] != arranged[:-1]]).astype(np.int64)
    sizes = np.diff(np.r_[starts, len(keys)])
    several = sizes > 1
    return order, starts[several], sizes[several]


def _all_pairs(starts: Places, sizes: Places) -> Iterator[Pairs]:
    """All pairs within each bucket: every member with its next neighbour, then with the one after."""
    ends = np.repeat(starts + sizes, sizes)
    place = np.arange(len(ends)) + np.repeat(starts - np.cumsum(sizes) + sizes, sizes)
    for step in range(1, int(sizes.max(initial=0))):
        within = place + step < ends
        place, ends = place[within], ends[within]
        yield place, place + step
