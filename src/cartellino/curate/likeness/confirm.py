"""Whether two pictures show the same: one is laid over the other, and their detail compared place by place.

Hashes know only the largest shapes, which look-alikes share: a second portrait of one sitter, two clocks
before one grey wall. Laid over each other, true copies agree in their small shapes, and nearly everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, uniform_filter

from cartellino.curate.likeness.overlay import Array, Overlay, sampled
from cartellino.pictures.sketch import SIDE, Sketch

ENOUGH = 0.65  # agreement of two pictures that show the same; why: docs/decisions/near-duplicates.md
_POINTS = 32  # looked at along each side while one picture is laid over the other
_BLURS = ((2.0, 8), (1.0, 4))  # in pixels of half a sketch, and the steps taken at it: from afar, then closer
_DETAILS = 72  # points along each side where detail is compared
_WINDOW = 9  # points across a place
_SHARPEST, _SOFTEN = 0.6, 0.5  # blur of detail in points; and for pictures of few pixels, in their pixels
_NOISE, _TEXTURE = 1.0, 100.0  # variances in levels of 255: what is no shape at all, and what surely is one
_WORST = 0.15  # of the places, by texture, may agree less than the verdict says: stains, stamps, retouching
_PLACES = 10.0  # of full texture, below which two pictures have nothing to agree in
_OVERLAP = 0.6  # of the points that must lie on the other picture

Boxes = NDArray[np.float64]


def agreement(first: Sequence[Sketch], second: Sequence[Sketch]) -> Array:
    """How far pictures agree in detail once laid over each other, pair by pair.

    The overlay is begun from each way of laying the insides and the wholes over each other; the best counts.

    Returns
    -------
    ndarray (n,) of float32
        The correlation of small shapes that all but the worst 15 % of the places reach: 1 for the same, about
        0 for others.
    """
    best = np.zeros(len(first), np.float32)
    boxes = [_boxes(each) for each in (first, second)]
    for one, own in enumerate(boxes[0]):
        for other, its in enumerate(boxes[1]):
            fresh = _fresh(boxes[0], one) & _fresh(boxes[1], other)
            rows = np.flatnonzero(fresh).tolist()
            if rows:
                over, under = [first[row] for row in rows], [second[row] for row in rows]
                best[rows] = np.maximum(best[rows], _from(over, under, Overlay(own[rows], its[rows])))
    return best


def _boxes(sketches: Sequence[Sketch]) -> list[Boxes]:
    insides = np.array([each.inside for each in sketches], dtype=np.float64).reshape(-1, 4)
    return [insides, np.tile((0.0, 0.0, 1.0, 1.0), (len(sketches), 1))]


def _fresh(boxes: list[Boxes], number: int) -> NDArray[np.bool_]:
    """Where the whole is not the inside once more."""
    return np.asarray((boxes[number] != boxes[0]).any(axis=1) | (number == 0))


def _from(first: Sequence[Sketch], second: Sequence[Sketch], overlay: Overlay) -> Array:
    """How far pictures agree, from where the overlay begins."""
    full = [np.stack([each.grey for each in side]).astype(np.float32) for side in (first, second)]
    half = [each.reshape(len(each), SIDE // 2, 2, SIDE // 2, 2).mean((2, 4)) for each in full]
    for blur, steps in _BLURS:
        soft = [gaussian_filter(each, (0, blur, blur)) for each in half]
        overlay.improve(soft[0], soft[1], _POINTS, steps)
    points = overlay.points(_DETAILS)
    moving, inside = sampled(full[1], overlay.places(points))
    fineness = np.minimum([each.fineness for each in first], [each.fineness for each in second])
    fixed, _ = sampled(full[0], points)
    enough = inside.mean((1, 2)) >= _OVERLAP
    details = _detail(fixed, inside, fineness), _detail(moving, inside, fineness)
    return np.where(enough, _agreeing(*details, inside), 0).astype(np.float32)


def _detail(values: Array, inside: Array, fineness: NDArray[np.float64]) -> Array:
    """What is smaller than a window, no finer than the poorer picture of the pair can show."""
    blurs = np.maximum(_SHARPEST, _SOFTEN * _DETAILS / np.maximum(fineness, 1))
    steps = np.round(2 * np.log2(blurs / _SHARPEST)).astype(np.int64)  # half octaves, to blur many at once
    soft = np.empty_like(values)
    for step in np.unique(steps):
        blur = _SHARPEST * 2 ** (step / 2)
        soft[steps == step] = gaussian_filter(values[steps == step], (0, blur, blur))
    around = _around(soft * inside) / np.maximum(_around(inside), 1e-3)
    return ((soft - around) * inside).astype(np.float32)


def _agreeing(first: Array, second: Array, inside: Array) -> Array:
    """The correlation that all but the worst of the places reach; places count by their texture."""
    powers = [_around(each * each) for each in (first, second)]
    close = _around(first * second) / np.sqrt((powers[0] + _NOISE) * (powers[1] + _NOISE))
    power = np.maximum(*powers)
    weight = power / (power + _TEXTURE) * (_around(inside) > 0.8)
    close, weight = (each.reshape(len(each), -1) for each in (close, weight))
    order = np.argsort(close, axis=1)
    below = np.cumsum(np.take_along_axis(weight, order, axis=1), axis=1)
    at = (below < _WORST * below[:, -1:]).sum(axis=1).clip(0, close.shape[1] - 1)
    reached = np.take_along_axis(close, order, axis=1)[np.arange(len(close)), at]
    return np.where(below[:, -1] >= _PLACES, reached, 0).astype(np.float32)


def _around(values: Array) -> Array:
    mean: Array = uniform_filter(values, (0, _WINDOW, _WINDOW), mode="nearest")
    return mean
