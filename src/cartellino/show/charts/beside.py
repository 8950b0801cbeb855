"""Names beside discs, where they cover neither each other nor a disc, and as few lines as may be."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_GAPS = (3.0, 8.0, 16.0, 28.0, 44.0, 64.0, 92.0)
_ANGLES = (0, 180, 90, 270, 45, 315, 135, 225, 20, 340, 160, 200, 68, 112, 248, 292)
_AIR = 3.0  # between two names
_COVERED = 1000.0  # what a pixel of a name or a disc costs, where one of a line costs 1


class Box(NamedTuple):
    """Left, top, right and bottom, in pixels."""

    left: float
    top: float
    right: float
    bottom: float


class Disc(NamedTuple):
    """Middle and radius, in pixels."""

    x: float
    y: float
    radius: float


def beside(
    discs: Sequence[Disc],
    sizes: Sequence[tuple[float, float]],
    lines: NDArray[np.floating],
    room: tuple[float, float],
) -> list[Box]:
    """Find a place for the name of each disc, those with the most neighbours first.

    Parameters
    ----------
    discs : sequence of Disc
        What is named.
    sizes : sequence of (float, float)
        Width and height of each name.
    lines : ndarray (m, 2) of float
        Points along the lines that had better stay uncovered.
    room : (float, float)
        Width and height of the sheet, which no name leaves.
    """
    found: dict[int, Box] = {}
    middles = np.array([each[:2] for each in discs]).reshape(-1, 2)
    crowd = [float(np.sort(np.hypot(*(middles - middle).T))[:4].sum()) for middle in middles]
    for place in sorted(range(len(discs)), key=lambda place: (crowd[place], place)):
        taken = list(found.values())
        tried = [
            (_cost(box, discs, taken, lines) + gap, order, box)
            for order, (gap, box) in enumerate(_tried(discs[place], sizes[place], room))
        ]
        found[place] = min(tried, key=lambda each: each[:2])[2]
    return [found[place] for place in range(len(discs))]


def _tried(disc: Disc, size: tuple[float, float], room: tuple[float, float]) -> Iterator[tuple[float, Box]]:
    """Boxes around a disc, near ones first, pushed onto the sheet where they would leave it."""
    wide, high = size
    for gap in _GAPS:
        for angle in _ANGLES:
            across, down = math.cos(math.radians(angle)), math.sin(math.radians(angle))
            reach = disc.radius + gap
            x = disc.x + across * reach + (across - 1) / 2 * wide
            y = disc.y + down * reach + (down - 1) / 2 * high
            left = min(max(x, 0.0), max(0.0, room[0] - wide))
            top = min(max(y, 0.0), max(0.0, room[1] - high))
            yield gap, Box(left, top, left + wide, top + high)


def _cost(box: Box, discs: Sequence[Disc], taken: Sequence[Box], lines: NDArray[np.floating]) -> float:
    covered = sum(_shared(box, each) for each in taken)
    covered += sum(_shared(box, Box(x - r, y - r, x + r, y + r)) for x, y, r in discs)
    within = (lines[:, 0] > box.left) & (lines[:, 0] < box.right)
    within &= (lines[:, 1] > box.top) & (lines[:, 1] < box.bottom)
    return _COVERED * covered + float(within.sum())


def _shared(one: Box, other: Box) -> float:
    """Area that two boxes share, in pixels, counting a little air between them."""
    wide = min(one.right, other.right) - max(one.left, other.left) + _AIR
    high = min(one.bottom, other.bottom) - max(one.top, other.top) + _AIR
    return max(0.0, wide) * max(0.0, high)
