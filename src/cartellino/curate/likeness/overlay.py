"""One picture laid over another: the shift and scale along each side at which both agree best."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_BESIDE = 0.12  # of each side that is not looked at: there lies what a crop took or a border brought
_STEP = 0.05  # furthest that one step goes, in sides

Array = NDArray[np.float32]


class Overlay:
    """Where points of pictures lie on others: ``place = scale * point + shift`` along each axis.

    Parameters
    ----------
    first, second : ndarray (n, 4)
        Boxes (left, top, right, bottom, as shares of the sides) that are laid over each other to begin with.
    """

    def __init__(self, first: NDArray[np.float64], second: NDArray[np.float64]) -> None:
        self._low, self._span = first[:, :2, None], (first[:, 2:] - first[:, :2])[:, :, None]
        self._scale = ((second[:, 2:] - second[:, :2]) / (first[:, 2:] - first[:, :2])).astype(np.float32)
        self._shift = (second[:, :2] - self._scale * first[:, :2]).astype(np.float32)

    def points(self, count: int) -> Array:
        """Points of the first pictures' middle, (n, 2, count): across and down."""
        along = _BESIDE + (1 - 2 * _BESIDE) * (np.arange(count) + 0.5) / count
        points: Array = (self._low + self._span * along).astype(np.float32)
        return points

    def places(self, points: Array) -> Array:
        """Where they lie on the second pictures."""
        places: Array = self._scale[:, :, None] * points + self._shift[:, :, None]
        return places

    def improve(self, first: Array, second: Array, count: int, steps: int) -> None:
        """Gauss-Newton steps towards agreement, whatever the brightness and contrast of either.

        B. Lucas and T. Kanade, IJCAI 1981; standardised as in G. Evangelidis and E. Psarakis, PAMI 2008.

        Parameters
        ----------
        first, second : ndarray (n, side, side)
            Grey pictures, blurred enough that what belongs together overlaps.
        count : int
            Points along each side.
        steps : int
            How many.
        """
        points = self.points(count)
        fixed, _ = sampled(first, points)
        down, across = (np.asarray(each, np.float32) for each in np.gradient(second, axis=(1, 2)))
        for _ in range(steps):
            places = self.places(points)
            moving, inside = sampled(second, places)
            wanted, _ = _standard(fixed, inside)
            got, spread = _standard(moving, inside)
            strength = inside * (second.shape[1] / spread)
            slopes = sampled(across, places)[0] * strength, sampled(down, places)[0] * strength
            self._step(points - 0.5, slopes, (wanted - got) * inside)

    def _step(self, points: Array, slopes: tuple[Array, Array], missing: Array) -> None:
        across, down = slopes
        columns = [across * points[:, 0, None, :], across, down * points[:, 1, :, None], down]
        flat = np.stack([each.reshape(len(each), -1) for each in columns], axis=1)
        square = flat @ flat.transpose(0, 2, 1)
        damping = 1e-3 * np.trace(square, axis1=1, axis2=2) + 1e-6  # a blank picture leaves all as it is
        damped = square + np.eye(4, dtype=np.float32) * damping[:, None, None]
        step = np.linalg.solve(damped, flat @ missing.reshape(len(missing), -1, 1))[:, :, 0]
        step = np.clip(step, -_STEP, _STEP).astype(np.float32)
        self._scale = np.clip(self._scale + step[:, [0, 2]], 0.5, 2.0)
        self._shift = self._shift + step[:, [1, 3]] - step[:, [0, 2]] / 2


def sampled(grey: Array, places: Array) -> tuple[Array, Array]:
    """Values between pixels at `places`, (n, count, count), and 1 where these lie on the picture, else 0."""
    side = grey.shape[1]
    at = places * side - 0.5
    low = np.clip(np.floor(at), 0, side - 2).astype(np.int64)
    part = np.clip(at - low, 0, 1)
    row = np.arange(len(grey))[:, None, None]
    x, y = low[:, 0, None, :], low[:, 1, :, None]
    right, below = part[:, 0, None, :], part[:, 1, :, None]
    upper = grey[row, y, x] * (1 - right) + grey[row, y, x + 1] * right
    lower = grey[row, y + 1, x] * (1 - right) + grey[row, y + 1, x + 1] * right
    on = (places >= 0) & (places <= 1)
    inside = on[:, 0, None, :] & on[:, 1, :, None]
    return upper * (1 - below) + lower * below, inside.astype(np.float32)


def _standard(values: Array, inside: Array) -> tuple[Array, Array]:
    """With mean 0 and variance 1 over the overlap, and what the deviation was."""
    count = np.maximum(inside.sum((1, 2), keepdims=True), 1)
    mean = (values * inside).sum((1, 2), keepdims=True) / count
    spread = np.sqrt((((values - mean) ** 2) * inside).sum((1, 2), keepdims=True) / count) + 1e-3
    return (values - mean) / spread, spread
