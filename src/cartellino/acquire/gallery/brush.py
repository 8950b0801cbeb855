"""What all the painters paint with: noise, edges, palettes, canvas and paper.

Pictures are planar while they are painted, (3, height, width): numpy works through three contiguous planes
several times as fast as through pixels of three numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

# Masks are (height, width), colours (3, 1, 1), pictures (3, height, width); values go from 0 to 1.
# Coordinates are (1, width) and (height, 1), so that what depends on one of them alone stays small.
Plane = NDArray[np.floating[Any]]
Size = tuple[int, int]  # width, height


@dataclass(frozen=True, slots=True)
class Hand:
    """What an artist's works share: the habits of a hand, each from 0 to 1."""

    palette: float
    weight: float
    scale: float
    warmth: float


@dataclass(frozen=True, slots=True)
class Painted:
    """A picture as it left the easel, and what is to be seen in it."""

    image: Image.Image
    tags: tuple[str, ...]


def grid(size: Size) -> tuple[Plane, Plane]:
    """Coordinates of the pixels: x as (1, width) and y as (height, 1)."""
    return np.arange(size[0], dtype=np.float32)[None], np.arange(size[1], dtype=np.float32)[:, None]


def noise(rng: np.random.Generator, size: Size, cell: float, octaves: int = 1) -> Plane:
    """Smooth noise from 0 to 1 whose largest features are `cell` pixels wide (value noise, cubic)."""
    total = np.zeros((size[1], size[0]), np.float32)
    for octave in range(octaves):
        pitch = cell / 2**octave
        cells = max(2, round(size[1] / pitch) + 1), max(2, round(size[0] / pitch) + 1)
        total += resized(rng.random(cells, np.float32) * np.float32(0.5**octave), size)
    total *= np.float32(1 / (2 - 0.5 ** (octaves - 1)))
    return np.clip(total, 0, 1, out=total)


def resized(mask: Plane, size: Size) -> Plane:
    """A mask at another size, by cubic interpolation in both directions."""
    down, across = _between(mask.shape[0], size[1]), _between(mask.shape[1], size[0])
    grown: Plane = down @ (mask.astype(np.float32, copy=False) @ across.T)
    return grown


@lru_cache(maxsize=128)
def _between(old: int, new: int) -> Plane:
    """Weights of `old` samples in `new` ones, (new, old): Catmull and Rom's cubic (1974), ends held."""
    place = (np.arange(new) + 0.5) * (old / new) - 0.5
    first = np.floor(place).astype(int)
    t = place - first
    taps = (((2 - t) * t - 1) * t, (3 * t - 5) * t * t + 2, ((4 - 3 * t) * t + 1) * t, (t - 1) * t * t)
    wide = np.zeros((new, old + 4), np.float32)
    for number, weight in enumerate(taps):
        wide[np.arange(new), first + number + 1] = weight / 2
    weights = wide[:, 2:-2].copy()
    weights[:, 0] += wide[:, :2].sum(axis=1)
    weights[:, -1] += wide[:, -2:].sum(axis=1)
    return weights


def ridge(rng: np.random.Generator, width: int, roughness: float = 0.5) -> Plane:
    """A skyline from -1 to 1, as (1, width): sums of waves whose height falls with their frequency."""
    x = np.linspace(0, 1, width, dtype=np.float32)
    line = np.zeros(width, np.float32)
    for octave in range(7):
        frequency = 2.0**octave * rng.uniform(0.7, 1.3)
        line += roughness**octave * np.sin(2 * np.pi * (frequency * x + rng.random()))
    return (line / max(1e-6, float(np.abs(line).max())))[None]


def step(distance: Plane, softness: float = 1.0) -> Plane:
    """1 where `distance` is positive, 0 where negative, with an edge `softness` pixels wide."""
    return clipped(distance * (1 / max(softness, 1e-3)) + 0.5)


def clipped(values: Plane) -> Plane:
    """What lies between 0 and 1, and 0 or 1 for the rest."""
    within: Plane = np.clip(values, 0, 1)
    return within


def over(ground: Plane, colour: Plane, mask: Plane) -> Plane:
    """`colour` laid over `ground` where `mask` is 1."""
    laid: Plane = np.subtract(colour, ground, dtype=np.float32)
    laid *= mask
    laid += ground
    return laid


def rgb(hexadecimal: str) -> Plane:
    """'b4402b' as a colour, (3, 1, 1)."""
    parts = [int(hexadecimal[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    return np.array(parts, np.float32)[:, None, None]


def palette(choices: Sequence[str], hand: Hand, rng: np.random.Generator) -> list[Plane]:
    """One of `choices` (colours in words of six digits), mostly the hand's own, mixed anew each time."""
    own = int(hand.palette * len(choices)) % len(choices)
    chosen = choices[own if rng.random() < 0.6 else int(rng.integers(len(choices)))]
    mixed = [varied(rgb(each), rng, 0.015) for each in chosen.split()]
    return [tinted(each, (hand.warmth - 0.5) * 0.07) for each in mixed]


def varied(colour: Plane, rng: np.random.Generator, amount: float) -> Plane:
    """A colour mixed again, and not quite the same."""
    return clipped(colour + rng.normal(0, amount, (3, 1, 1)).astype(np.float32))


def tinted(colour: Plane, warmth: float) -> Plane:
    """Warmer (towards yellow) or cooler (towards blue)."""
    return clipped(colour + np.array([warmth, warmth * 0.3, -warmth], np.float32)[:, None, None])


def canvas(picture: Plane, rng: np.random.Generator, strength: float = 0.03) -> Plane:
    """The weave of a canvas showing through, and paint that lies unevenly."""
    size = picture.shape[2], picture.shape[1]
    x, y = grid(size)
    pitch = 2 * np.pi / rng.uniform(2.2, 3.4)
    relief = np.sin(x * pitch) * np.sin(y * pitch) * (strength * 0.5)
    relief += (noise(rng, size, 60, 3) - 0.5) * (strength * 2)
    relief += rng.standard_normal(relief.shape, np.float32) * (strength * 0.35)
    return clipped(picture + relief)


def paper(size: Size, colour: Plane, rng: np.random.Generator, age: float = 0.5) -> Plane:
    """A sheet of paper: fibres, foxing and darker edges, more of each with `age`."""
    x, y = grid(size)
    edge = np.minimum(np.minimum(x, size[0] - x) / size[0], np.minimum(y, size[1] - y) / size[1])
    dark = np.exp(edge * -14) * (age * 0.1)
    dark += (noise(rng, size, 120, 4) - 0.5) * (age * 0.1)
    dark += (noise(rng, size, 3) - 0.5) * 0.035
    return clipped(colour - dark * np.array([0.8, 1.0, 1.3], np.float32)[:, None, None])


def flat(size: Size, colour: Plane) -> Plane:
    """A picture of one colour."""
    return np.broadcast_to(colour, (3, size[1], size[0]))


def array(image: Image.Image) -> Plane:
    """An image as planes."""
    pixels = np.asarray(image.convert("RGB"), np.float32) / 255
    return np.ascontiguousarray(np.moveaxis(pixels, 2, 0))


def image(picture: Plane) -> Image.Image:
    """Planes as an image."""
    levels = picture * np.float32(255)
    levels += 0.5
    np.clip(levels, 0, 255, out=levels)
    return Image.fromarray(np.ascontiguousarray(np.moveaxis(levels.astype(np.uint8), 0, 2)))


def ink(colour: Plane) -> tuple[int, int, int]:
    """A colour for Pillow's pencil."""
    red, green, blue = (round(float(part) * 255) for part in clipped(colour).ravel())
    return red, green, blue
