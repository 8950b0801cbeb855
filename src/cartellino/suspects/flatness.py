"""Flat colour: blanks, bare boards, colour charts, grey scales and empty frames."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.float32]
Grey = NDArray[np.float32]

_CELLS = 24  # the picture as so many squares on each side
_FLAT = 4.0  # standard deviation (levels) up to which a square is of one colour
_SAME = 14.0  # levels between colours that the eye takes for one
_MOST = 64  # colours that are told apart; a chart has fewer
_RIM = 0.16  # of each side, where a frame would be


def flat(pixels: Pixels, grey: Grey) -> dict[str, float]:
    """Measure where a picture is of one colour.

    Parameters
    ----------
    pixels : ndarray (h, w, 3)
        sRGB, 0 to 255.
    grey : ndarray (h, w)
        Luminance.

    Returns
    -------
    dict of str to float
        ``flat``: share of squares of one colour; ``ground``: share of squares of the most frequent flat
        colour; ``patches``: how many other flat colours there are, each in a block of its own;
        ``patched``: share of squares in those; ``spread``: standard deviation of the luminance;
        ``middle``: that of the middle of the picture; ``rim``: that of its rim.
    """
    means, spreads = _squares(pixels)
    smooth = spreads <= _FLAT
    colours = _colours(means[smooth])
    sizes = np.bincount(colours[colours >= 0], minlength=1)
    ground = int(sizes.argmax())
    patches = [
        colour for colour in range(len(sizes)) if colour != ground and _is_block(smooth, colours, colour)
    ]
    middle, rim = _middle_and_rim(grey)
    return {
        "flat": float(smooth.mean()),
        "ground": float(sizes[ground] / smooth.size),
        "patches": float(len(patches)),
        "patched": float(sizes[patches].sum() / smooth.size),
        "spread": float(grey.std()),
        "middle": middle,
        "rim": rim,
    }


def _squares(pixels: Pixels) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Mean colour and largest deviation of each square; (cells, cells, 3) and (cells, cells)."""
    rows = np.linspace(0, pixels.shape[0], min(_CELLS, pixels.shape[0]) + 1).astype(int)
    columns = np.linspace(0, pixels.shape[1], min(_CELLS, pixels.shape[1]) + 1).astype(int)
    areas = (np.diff(rows)[:, None] * np.diff(columns)[None])[..., None].astype(np.float32)

    def sums(values: Pixels) -> Pixels:
        summed: Pixels = np.add.reduceat(np.add.reduceat(values, rows[:-1], axis=0), columns[:-1], axis=1)
        return summed

    means = sums(pixels) / areas
    variances = np.maximum(sums(pixels**2) / areas - means**2, 0)
    return means, np.sqrt(variances).max(axis=2)


def _colours(means: NDArray[np.float32]) -> NDArray[np.int64]:
    """A number for the colour of each flat square: near ones share it; -1 once there are too many."""
    numbers = np.full(len(means), -1, np.int64)
    for number in range(_MOST):
        left = np.flatnonzero(numbers < 0)
        if not len(left):
            break
        near = np.abs(means[left] - means[left[0]]).max(axis=1) <= _SAME
        numbers[left[near]] = number
    return numbers


def _is_block(smooth: NDArray[np.bool_], colours: NDArray[np.int64], colour: int) -> bool:
    """Whether a colour fills most of the rectangle that holds it, as a painted patch does."""
    grid = np.full(smooth.shape, -1, np.int64)
    grid[smooth] = colours
    rows, columns = np.nonzero(grid == colour)
    area = (np.ptp(rows) + 1) * (np.ptp(columns) + 1)
    return bool(2 <= len(rows) >= 0.6 * area)


def _middle_and_rim(grey: Grey) -> tuple[float, float]:
    top, left = (max(1, round(side * _RIM)) for side in grey.shape)
    inside = np.zeros(grey.shape, bool)
    inside[2 * top : -2 * top or None, 2 * left : -2 * left or None] = True
    outside = np.ones(grey.shape, bool)
    outside[top:-top, left:-left] = False
    return float(grey[inside].std()) if inside.any() else 0.0, float(grey[outside].std())
