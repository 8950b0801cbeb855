"""Colour fields: large soft planes that breathe, now and then split by one thin upright."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageFilter

from cartellino.acquire.gallery.brush import (
    Hand,
    Painted,
    Plane,
    Size,
    array,
    canvas,
    clipped,
    flat,
    grid,
    image,
    noise,
    over,
    palette,
    step,
    varied,
)

PALETTES = (
    "6e1f1a c8452b e58b3a 3a1212",
    "1f2a44 3e5c8a 8fa9c4 101525",
    "d9a03f efc97a b5521f f4e3b8",
    "2f3b2c 6b7f4f b9b46a 1b231b",
    "4a2545 91466e d98a9e 241226",
    "2b2b2b 6b6660 b8afa2 141414",
    "e8dccb c9a58c a4643f f5eee2",
    "0f4c4a 2e8b84 e3b23c 082c2c",
)


def paint(rng: np.random.Generator, size: Size, hand: Hand) -> Painted:
    """Paint one."""
    colours = palette(PALETTES, hand, rng)
    ground = colours[int(rng.choice([0, 3]))]
    plane = _veil(flat(size, ground), rng)
    way = rng.random()
    if way < 0.55:
        plane, tags = _stacked(plane, rng, size, colours), ("Abstract", "Stacked planes")
    elif way < 0.8:
        plane, tags = _poured(plane, rng, size, colours), ("Abstract", "Poured paint")
    else:
        plane, tags = _parted(plane, rng, size, colours), ("Abstract", "Upright")
    return Painted(image(canvas(plane, rng, 0.02 + 0.02 * rng.random())), tags)


def manner(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Show another's picture as this school would: what is left of it are its large colours."""
    soft = picture.filter(ImageFilter.GaussianBlur(min(picture.size) * rng.uniform(0.03, 0.06)))
    return image(canvas(_veil(array(soft), rng), rng, 0.03))


def _veil(plane: Plane, rng: np.random.Generator) -> Plane:
    """Thin layers, seen as slow changes of tone."""
    size = plane.shape[2], plane.shape[1]
    cloud = (noise(rng, size, max(size) / 2.5, 4) - 0.5) * 0.16
    tint = rng.normal(0, 0.06, (3, 1, 1)).astype(np.float32)
    return clipped(plane + cloud + tint * (noise(rng, size, max(size) / 1.5, 2) - 0.5))


def _stacked(plane: Plane, rng: np.random.Generator, size: Size, colours: list[Plane]) -> Plane:
    count = int(rng.choice([2, 2, 3, 3, 4]))
    margin = rng.uniform(0.05, 0.12)
    edges = np.linspace(margin, 1 - margin, count + 1)
    edges[1:-1] += rng.normal(0, 0.16 / count, count - 1)
    gap = rng.uniform(0.01, 0.035)
    order = rng.permutation(len(colours))
    for number in range(count):
        box = (margin, float(edges[number]) + gap, 1 - margin, float(edges[number + 1]) - gap)
        mask = _soft_box(rng, size, box, rng.uniform(0.012, 0.05))
        layer = _veil(flat(size, varied(colours[order[number % len(order)]], rng, 0.05)), rng)
        plane = over(plane, layer, mask * rng.uniform(0.8, 0.97))
    return plane


def _soft_box(rng: np.random.Generator, size: Size, box: tuple[float, ...], blur: float) -> Plane:
    x, y = grid(size)
    frayed = (noise(rng, size, 60, 4) - 0.5) * blur * 1.8
    x, y = x / size[0] + frayed, y / size[1] + frayed
    left, top, right, bottom = box
    inside = np.minimum(np.minimum(x - left, right - x), np.minimum(y - top, bottom - y))
    return step(inside, blur)


def _poured(plane: Plane, rng: np.random.Generator, size: Size, colours: list[Plane]) -> Plane:
    for number in range(int(rng.integers(3, 6))):
        shape = noise(rng, size, max(size) * rng.uniform(0.35, 0.6), 4)
        level = float(np.quantile(shape, rng.uniform(0.5, 0.8)))
        mask = step(shape - level, 0.02) * (0.65 + 0.35 * noise(rng, size, 40, 3))
        rim = np.exp(-(((shape - level) / 0.012) ** 2)) * 0.14
        plane = over(plane, colours[number % len(colours)], mask * 0.85)
        plane = np.clip(plane - rim, 0, 1)
    return plane


def _parted(plane: Plane, rng: np.random.Generator, size: Size, colours: list[Plane]) -> Plane:
    x, _ = grid(size)
    wavering = (noise(rng, size, 50, 2) - 0.5) * 3
    for number in range(int(rng.integers(1, 4))):
        at, thick = (
            rng.uniform(0.12, 0.88) * size[0],
            float(rng.choice([2.0, 4.0, 9.0, 30.0])) * rng.uniform(0.7, 1.3),
        )
        mask = step(thick - np.abs(x - at + wavering), 2.0)
        plane = over(plane, colours[1 + number % 2], mask * rng.uniform(0.75, 1.0))
    return plane
