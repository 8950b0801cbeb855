"""Works of no school: what every store has and nobody knows where to put."""

from __future__ import annotations

import math

import numpy as np
from PIL import Image, ImageDraw

from cartellino.acquire.gallery.brush import (
    Hand,
    Painted,
    Size,
    array,
    canvas,
    flat,
    grid,
    image,
    noise,
    over,
    paper,
    rgb,
    step,
)


def paint(rng: np.random.Generator, size: Size, hand: Hand) -> Painted:
    """Make one: a scribble, a sheet that is all but empty, or the shadow of leaves."""
    way = _WAYS[int(rng.integers(len(_WAYS)))]
    return way(rng, size, hand)


def _scribble(rng: np.random.Generator, size: Size, hand: Hand) -> Painted:
    sheet = image(paper(size, rgb("f2efe6"), rng, 0.3))
    pencil = ImageDraw.Draw(sheet)
    for _ in range(int(rng.integers(3, 7))):
        steps = rng.normal(0, min(size) * 0.07, (int(rng.integers(30, 90)), 2)).cumsum(axis=0) * 0.6
        line = steps - steps.mean(axis=0) + np.array(size) * rng.uniform(0.3, 0.7, 2)
        colour = tuple(int(part) for part in rng.integers(20, 210, 3))
        pencil.line(
            [tuple(point) for point in line.tolist()],
            fill=colour,
            width=2 + int(3 * hand.weight),
            joint="curve",
        )
    return Painted(sheet, ("Scribble",))


def _empty_sheet(rng: np.random.Generator, size: Size, hand: Hand) -> Painted:
    sheet = image(paper(size, rgb("d9ccb0"), rng, 1.2))
    pencil = ImageDraw.Draw(sheet)
    left, top = size[0] * rng.uniform(0.2, 0.7), size[1] * rng.uniform(0.6, 0.85)
    radius = min(size) * 0.07
    pencil.ellipse((left, top, left + 2 * radius, top + radius * 1.4), outline=(92, 70, 120), width=2)
    pencil.line(
        (left + radius * 0.4, top + radius * 0.7, left + radius * 1.6, top + radius * 0.7), fill=(92, 70, 120)
    )
    return Painted(sheet, ("Inscription",))


def _shadow_of_leaves(rng: np.random.Generator, size: Size, hand: Hand) -> Painted:
    x, y = grid(size)
    plane = flat(size, rgb("1f3f6f")) + (noise(rng, size, 80, 3) - 0.5) * 0.2
    for _ in range(int(rng.integers(5, 12))):
        at, angle = (rng.uniform(0.1, 0.9, 2) * size).tolist(), rng.uniform(0, np.pi)
        along = (x - at[0]) * math.cos(angle) + (y - at[1]) * math.sin(angle)
        beside = -(x - at[0]) * math.sin(angle) + (y - at[1]) * math.cos(angle)
        long = min(size) * rng.uniform(0.12, 0.25)
        leaf = step(1 - (along / long) ** 2 - np.abs(beside) / (long * 0.28), 0.08)
        vein = 1 - 0.35 * step(2.0 - np.abs(beside), 1.5)
        plane = over(plane, rgb("e6eef2"), leaf * vein * 0.8)
    return Painted(image(canvas(plane, rng, 0.02)), ("Leaves", "Photogram"))


_WAYS = (_scribble, _empty_sheet, _shadow_of_leaves)


def reverse(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    """The back of a picture: a stretcher, bare linen, an old label."""
    size = picture.size
    linen = flat(size, rgb("baa480"))
    back = image(canvas(linen, rng, 0.08))
    pencil = ImageDraw.Draw(back)
    bar = min(size) * 0.09
    for box in (
        (0, 0, size[0], bar),
        (0, size[1] - bar, size[0], size[1]),
        (0, 0, bar, size[1]),
        (size[0] - bar, 0, *size),
    ):
        pencil.rectangle(box, fill=(128, 92, 58), outline=(98, 68, 42))
    pencil.rectangle((size[0] * 0.55, size[1] * 0.2, size[0] * 0.8, size[1] * 0.34), fill=(236, 226, 200))
    return image(canvas(array(back), rng, 0.03))
