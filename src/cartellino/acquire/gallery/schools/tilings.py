"""Geometric tiling: one figure repeated until the wall is full, in glazes that never quite match."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from cartellino.acquire.gallery.brush import (
    Hand,
    Painted,
    Plane,
    Size,
    array,
    grid,
    image,
    noise,
    over,
    palette,
    rgb,
    step,
)

PALETTES = (  # grout, then glazes
    "e8e0cc 1f4e79 2f8fa3 f2ead8 c98f2b",
    "d8d2c2 0f3d3e 3f7f6f efe6d0 b5482a",
    "efe9dc 23395b 8ea8c3 f6f1e5 d9b44a",
    "cfc6b4 5a2a27 b5651d f0e2c4 2e4a3f",
    "e6e1d6 2b2b2b 7d7d78 f4f0e6 a83a2a",
    "ddd5c5 3b2f5c 6f7fb5 f1e9da c98a9a",
)
_ROOT3 = math.sqrt(3.0)
_TAGS = {
    "Stars": "Stars",
    "Hexagons": "Hexagons",
    "Arcs": "Interlace",
    "Rosettes": "Rosettes",
    "Triangles": "Triangles",
}


def paint(rng: np.random.Generator, size: Size, hand: Hand) -> Painted:
    """Paint one."""
    grout, *glazes = palette(PALETTES, hand, rng)
    unit = min(size) / (2.5 + 5.0 * hand.scale) * rng.uniform(0.8, 1.2)
    x, y = _turned(rng, size)
    kinds = tuple(_KINDS)
    kind = kinds[
        int(hand.weight * len(kinds)) % len(kinds) if rng.random() < 0.5 else int(rng.integers(len(kinds)))
    ]
    unit *= 2.2 if kind == "Rosettes" else 1.0
    which, joint, cell = _KINDS[kind](x / unit, y / unit, rng)
    plane = _glazed(which, cell, [glazes[place] for place in rng.permutation(len(glazes))], rng, size)
    plane = over(plane, grout, step(0.035 - joint, 0.03))
    relief = np.clip(joint * 9, 0, 1) * 0.10 - 0.10
    crackle = (noise(rng, size, 4, 2) - 0.5) * 0.05
    light = (x - x.mean()) / size[0] * rng.uniform(-0.14, 0.14)
    return Painted(image(plane + (relief + crackle + light)), ("Ornament", _TAGS[kind]))


def manner(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Show another's picture as this school would: as a mosaic."""
    tile = rng.uniform(9, 16)
    few = max(4, round(picture.width / tile)), max(4, round(picture.height / tile))
    blocks = picture.resize(few, Image.Resampling.BOX).resize(picture.size, Image.Resampling.NEAREST)
    x, y = grid(picture.size)
    across, down = x / picture.width * few[0] % 1.0, y / picture.height * few[1] % 1.0
    joint = np.minimum(np.minimum(across, 1 - across), np.minimum(down, 1 - down))
    plane = array(blocks) + (noise(rng, picture.size, tile * 0.7) - 0.5) * 0.14
    return image(over(plane, rgb("dbd4c2"), step(0.07 - joint, 0.08)))


def _turned(rng: np.random.Generator, size: Size) -> tuple[Plane, Plane]:
    """Coordinates of a wall that was photographed from somewhere: shifted, now and then turned."""
    x, y = grid(size)
    angle = float(rng.choice([0.0, 0.0, math.pi / 4, math.pi / 6])) + rng.normal(0, 0.012)
    cosine, sine = math.cos(angle), math.sin(angle)
    x, y = x - size[0] * rng.random(), y - size[1] * rng.random()
    return x * cosine - y * sine, x * sine + y * cosine


def _glazed(
    which: NDArray[np.int64],
    cell: NDArray[np.int64],
    glazes: list[Plane],
    rng: np.random.Generator,
    size: Size,
) -> Plane:
    colours = np.concatenate(glazes, axis=2)[:, 0]
    plane = colours[:, which % len(glazes)]
    fired = rng.normal(0, 0.035, 1024).astype(np.float32)[cell]
    pooled = (noise(rng, size, 12, 2) - 0.5) * 0.10
    glazed: Plane = np.clip(plane + (fired + pooled), 0, 1)
    return glazed


Tiled = tuple[NDArray[np.int64], Plane, NDArray[np.int64]]  # which glaze, distance to the joint, which tile


def _cell(column: NDArray[Any], row: NDArray[Any]) -> NDArray[np.int64]:
    return (column.astype(np.int64) * 7919 + row.astype(np.int64) * 104729) & 0x3FF


def _square(x: Plane, y: Plane) -> tuple[Plane, Plane, Plane, Plane]:
    """Column, row, and place in the square from -0.5 to 0.5."""
    column, row = np.floor(x), np.floor(y)
    return column, row, x - column - 0.5, y - row - 0.5


def _stars(x: Plane, y: Plane, rng: np.random.Generator) -> Tiled:
    """Eight-pointed stars and the crosses between them."""
    column, row, across, down = _square(x, y)
    across, down = np.abs(across), np.abs(down)
    straight, tilted = np.maximum(across, down), (across + down) / math.sqrt(2.0)
    star = np.minimum(straight, tilted) - 0.36
    ring = np.maximum(straight, tilted)
    inner = rng.uniform(0.12, 0.24)
    which = np.where(star < 0, np.where(ring < inner, 2, 1), 0).astype(np.int64)
    which += np.where((star < 0) & ((column + row) % 2 == 0) & (rng.random() < 0.6), 2, 0)
    joint = np.minimum(
        np.abs(star), np.where(star < 0, np.abs(ring - inner), np.minimum(0.5 - across, 0.5 - down))
    )
    return which, joint, _cell(column, row)


def _hexagons(x: Plane, y: Plane, rng: np.random.Generator) -> Tiled:
    """Hexagons, coloured by a rule that comes back every few tiles."""
    q, r, away = _nearest_hexagon(x, y)
    rule = int(rng.choice([2, 3, 4, 7]))
    which = (q + 2 * r) % rule
    joint = 0.5 - away
    inset = rng.uniform(0.16, 0.32) if rng.random() < 0.6 else 0.0
    which = np.where(away < inset, which + 2, which)
    return which, np.minimum(joint, np.abs(away - inset) if inset else joint), _cell(q, r)


def _nearest_hexagon(x: Plane, y: Plane) -> tuple[NDArray[np.int64], NDArray[np.int64], Plane]:
    """Axial coordinates of the hexagon of width 1 at (x, y), and how far out in it: from 0 to 0.5."""
    q, r = x - y / _ROOT3, 2 * y / _ROOT3
    s = -q - r
    rounded = [np.rint(each) for each in (q, r, s)]
    off = [np.abs(one - other) for one, other in zip(rounded, (q, r, s), strict=True)]
    worst_q = (off[0] > off[1]) & (off[0] > off[2])
    column = np.where(worst_q, -rounded[1] - rounded[2], rounded[0])
    row = np.where(~worst_q & (off[1] > off[2]), -rounded[0] - rounded[2], rounded[1])
    dx, dy = x - (column + row / 2), y - row * _ROOT3 / 2
    away = np.maximum(
        np.abs(dx), np.maximum(np.abs(dx / 2 + dy * _ROOT3 / 2), np.abs(dx / 2 - dy * _ROOT3 / 2))
    )
    return column.astype(np.int64), row.astype(np.int64), away


def _arcs(x: Plane, y: Plane, rng: np.random.Generator) -> Tiled:
    """Quarter circles that find one another at the corners (S. Truchet, 1704; C. S. Smith, 1987)."""
    column, row, across, down = _square(x, y)
    cell = _cell(column, row)
    turned = rng.integers(0, 2, 1024)[cell] == 1
    across = np.where(turned, -across, across)
    near = np.minimum(np.hypot(across - 0.5, down - 0.5), np.hypot(across + 0.5, down + 0.5))
    band = np.abs(near - 0.5)
    wide = rng.uniform(0.13, 0.22)
    outside = np.where(near < 0.5, 0, 1)
    which = np.where(band < wide, 2, (outside + turned + (column + row).astype(np.int64)) % 2)
    if rng.random() < 0.5:
        which = np.where(band < wide * 0.4, 3, which)
    return which.astype(np.int64), np.abs(band - wide) + 0.02, cell


def _rosettes(x: Plane, y: Plane, rng: np.random.Generator) -> Tiled:
    """Waves from all sides of the square or the hexagon, cut at levels: what symmetry makes of chance."""
    fold = int(rng.choice([4, 6]))
    total = np.zeros_like(x)
    for _ in range(3):
        angle, phase = float(rng.choice([0.0, math.pi / fold])), float(rng.choice([0.0, math.pi]))
        frequency, weight = 2 * math.pi * float(rng.choice([1.0, 2.0, 3.0])), rng.uniform(0.4, 1.0)
        stretch = 1.0 if angle == 0.0 else math.sqrt(2.0 if fold == 4 else 3.0)
        for turn in range(fold // 2):
            way = angle + math.pi * 2 * turn / fold
            total += weight * np.cos(frequency * stretch * (x * math.cos(way) + y * math.sin(way)) + phase)
    cuts = np.quantile(total[::7, ::7], [0.3, 0.55, 0.8]).astype(np.float32)
    which = np.digitize(total, cuts)
    steep = np.hypot(*np.gradient(total)) + 1e-3
    joint = np.min(np.abs(total[..., None] - cuts), axis=2) / steep * 0.012
    return which, joint, _cell(np.floor(x), np.floor(y))


def _triangles(x: Plane, y: Plane, rng: np.random.Generator) -> Tiled:
    """Triangles up and down, some of them gathered into larger ones."""
    a, b = x - y / _ROOT3, 2 * y / _ROOT3
    column, row = np.floor(a), np.floor(b)
    inside, above = a - column, b - row
    up = inside + above < 1
    c = np.where(up, 1 - inside - above, inside + above - 1)
    joint = np.minimum(c, np.where(up, np.minimum(inside, above), np.minimum(1 - inside, 1 - above))) * 0.6
    rule = int(rng.choice([2, 3, 4]))
    which = (column + row * int(rng.choice([1, 2])) + up * int(rng.choice([1, 2]))).astype(np.int64) % rule
    return which, joint, _cell(column * 2 + up, row)


_KINDS = {
    "Stars": _stars,
    "Hexagons": _hexagons,
    "Arcs": _arcs,
    "Rosettes": _rosettes,
    "Triangles": _triangles,
}
