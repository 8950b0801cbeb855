"""Whether two pictures show the same: one is laid over the other, and their detail compared.

Hashes know only the largest shapes, which look-alikes share: a second portrait of one sitter, the next scroll of
a series. Laid over each other as well as shift and scale allow, true copies agree in their small shapes too.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, uniform_filter

from cartellino.pictures.sketch import SIDE, Box, Sketch

ENOUGH = 0.6  # agreement of two pictures that show the same; measured: docs/decisions/near-duplicates.md
_POINTS = 32  # looked at along each side while one picture is laid over the other
_COARSE, _FINE = 2.0, 1.0  # blur in pixels of a sketch: from which the overlay is found, and where it ends
_STEPS = (8, 4)  # Gauss-Newton steps at each of them
_DETAIL = 7  # pixels: shapes larger than that are not detail
_OVERLAP = 0.6  # of the one picture that must lie on the other
_WHOLE = (0.0, 0.0, 1.0, 1.0)

Array = NDArray[np.float32]


def agreement(one: Sequence[Sketch], other: Sequence[Sketch]) -> Array:
    """How far pictures agree in detail once laid over each other, pair by pair.

    The overlay (a shift and a scale along each side) is found by Gauss-Newton steps on blurred copies, free of
    brightness and contrast (Lucas and Kanade, IJCAI 1981; Evangelidis and Psarakis, PAMI 2008), begun from
    each way of laying insides and wholes over each other; the best counts.

    Returns
    -------
    ndarray (n,) of float32
        Correlation of what is smaller than a ninth of a side, over the overlap: 1 for the same, about 0 for
        others.
    """
    best = np.zeros(len(one), np.float32)
    if len(one) == 0:
        return best
    flat = [np.stack([each.grey for each in side]).astype(np.float32) for side in (one, other)]
    boxes = [[np.array([each.inside for each in side]), np.tile(_WHOLE, (len(side), 1))] for side in (one, other)]
    for first in boxes[0]:
        for second in boxes[1]:
            laid = _Overlay(first, second)
            for blur, steps in zip((_COARSE, _FINE), _STEPS, strict=True):
                laid.improve(*(_blurred(each, blur) for each in flat), steps)
            best = np.maximum(best, laid.agreement(*flat))
    return best


class _Overlay:
    """Where the points of one picture lie on the other: ``place = scale * point + shift`` along each axis."""

    def __init__(self, first: NDArray[np.float64], second: NDArray[np.float64]) -> None:
        along = (np.arange(_POINTS) + 0.5) / _POINTS
        low, high = first[:, :2, None], first[:, 2:, None]
        self.points = (low + (high - low) * along).astype(np.float32)  # (n, 2, points): across, down
        self.scale = ((second[:, 2:] - second[:, :2]) / (first[:, 2:] - first[:, :2])).astype(np.float32)
        self.shift = (second[:, :2] - self.scale * first[:, :2]).astype(np.float32)

    def places(self) -> Array:
        return self.scale[:, :, None] * self.points + self.shift[:, :, None]

    def improve(self, one: Array, other: Array, steps: int) -> None:
        fixed, _ = _sampled(one, self.points)
        down, across = np.gradient(other, axis=(1, 2))
        for _ in range(steps):
            places = self.places()
            moving, inside = _sampled(other, places)
            wanted, got, spread = *_standard(fixed, moving, inside), _spread(moving, inside)
            slopes = [_sampled(each, places)[0] * inside * (SIDE / spread) for each in (across, down)]
            self._step(slopes, (wanted - got) * inside)

    def _step(self, slopes: list[Array], missing: Array) -> None:
        middle = self.points - 0.5
        columns = [
            slopes[0] * middle[:, 0, None, :], slopes[0], slopes[1] * middle[:, 1, :, None], slopes[1]
        ]
        flat = np.stack([each.reshape(len(each), -1) for each in columns], axis=1)
        square = flat @ flat.transpose(0, 2, 1)
        damped = square + np.eye(4, dtype=np.float32) * (1e-3 * np.trace(square, axis1=1, axis2=2) + 1e-6)[:, None, None]
        step = np.linalg.solve(damped, flat @ missing.reshape(len(missing), -1, 1))[:, :, 0]
        step = np.clip(step, -0.05, 0.05)
        self.scale = np.clip(self.scale + step[:, [0, 2]], 0.5, 2.0)
        self.shift += step[:, [1, 3]] - 0.5 * step[:, [0, 2]]

    def agreement(self, one: Array, other: Array) -> Array:
        """Correlation of detail over the overlap, 0 where that is too small."""
        fixed, _ = _sampled(_blurred(one, 0.5), self.points)
        moving, inside = _sampled(_blurred(other, 0.5), self.places())
        fixed, moving = _detail(fixed), _detail(moving)
        got = _standard(fixed, moving, inside)
        close = (got[0] * got[1] * inside).sum((1, 2)) / np.maximum(inside.sum((1, 2)), 1)
        return np.where(inside.mean((1, 2)) >= _OVERLAP, close, 0).astype(np.float32)


def _blurred(grey: Array, by: float) -> Array:
    blurred: Array = gaussian_filter(grey, (0, by, by), mode="nearest")
    return blurred


def _detail(sampled: Array) -> Array:
    detail: Array = sampled - uniform_filter(sampled, (0, _DETAIL, _DETAIL), mode="nearest")
    return detail


def _sampled(grey: Array, places: Array) -> tuple[Array, Array]:
    """Pixels between pixels, (n, points, points), and which of them lie on the picture."""
    at = places * SIDE - 0.5
    low = np.clip(np.floor(at), 0, SIDE - 2).astype(np.int64)
    part = np.clip(at - low, 0, 1)
    row = np.arange(len(grey))[:, None, None]
    x, y = low[:, 0, None, :], low[:, 1, :, None]
    px, py = part[:, 0, None, :], part[:, 1, :, None]
    upper = grey[row, y, x] * (1 - px) + grey[row, y, x + 1] * px
    lower = grey[row, y + 1, x] * (1 - px) + grey[row, y + 1, x + 1] * px
    on = (places >= 0) & (places <= 1)
    inside = on[:, 0, None, :] & on[:, 1, :, None]
    return upper * (1 - py) + lower * py, inside.astype(np.float32)


def _spread(values: Array, inside: Array) -> Array:
    count = np.maximum(inside.sum((1, 2), keepdims=True), 1)
    mean = (values * inside).sum((1, 2), keepdims=True) / count
    spread: Array = np.sqrt((((values - mean) ** 2) * inside).sum((1, 2), keepdims=True) / count) + 1e-3
    return spread


def _standard(fixed: Array, moving: Array, inside: Array) -> tuple[Array, Array]:
    """Both with mean 0 and variance 1 over the overlap."""
    count = np.maximum(inside.sum((1, 2), keepdims=True), 1)
    means = [(each * inside).sum((1, 2), keepdims=True) / count for each in (fixed, moving)]
    return (fixed - means[0]) / _spread(fixed, inside), (moving - means[1]) / _spread(moving, inside)
