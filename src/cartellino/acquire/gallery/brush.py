"""What all the painters paint with: noise, edges, palettes, canvas and paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Plane = NDArray[np.float32]  # (height, width), or (height, width, 3) with values from 0 to 1
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
    """Coordinates of all pixels, (x, y), in pixels."""
    y, x = np.mgrid[: size[1], : size[0]].astype(np.float32)
    return x, y


def noise(rng: np.random.Generator, size: Size, cell: float, octaves: int = 1) -> Plane:
    """Smooth noise from 0 to 1 whose largest features are `cell` pixels wide (value noise, bicubic)."""
    fewer = max(1, int(cell / 2 ** (octaves - 1) / 3))  # smooth at three pixels a cell, so it may grow afterwards
    small = max(2, size[0] // fewer), max(2, size[1] // fewer)
    total = np.zeros((small[1], small[0]), np.float32)
    for octave in range(octaves):
        pitch = cell / 2**octave
        cells = max(2, round(size[0] / pitch) + 1), max(2, round(size[1] / pitch) + 1)
        dots = Image.fromarray(rng.random((cells[1], cells[0]), np.float32))
        total += np.asarray(dots.resize(small, Image.Resampling.BICUBIC)) / 2**octave
    total /= 2 - 2.0 ** (1 - octaves)
    grown = Image.fromarray(total).resize(size, Image.Resampling.BICUBIC) if fewer > 1 else total
    return np.clip(np.asarray(grown), 0, 1)


def ridge(rng: np.random.Generator, width: int, roughness: float = 0.5) -> NDArray[np.float32]:
    """A skyline from -1 to 1: sums of waves whose height falls with their frequency."""
    x = np.linspace(0, 1, width, dtype=np.float32)
    line = np.zeros(width, np.float32)
    for octave in range(7):
        frequency = 2.0**octave * rng.uniform(0.7, 1.3)
        line += roughness**octave * np.sin(2 * np.pi * (frequency * x + rng.random()))
    return line / max(1e-6, float(np.abs(line).max()))


def step(distance: Plane, softness: float = 1.0) -> Plane:
    """1 where `distance` is positive, 0 where negative, with an edge `softness` pixels wide."""
    return np.clip(distance / max(softness, 1e-3) + 0.5, 0, 1)


def over(ground: Plane, colour: Plane | Sequence[float], mask: Plane) -> Plane:
    """`colour` laid over `ground` where `mask` is 1."""
    laid: Plane = ground + (np.asarray(colour, np.float32) - ground) * mask[..., None]
    return laid


def rgb(hexadecimal: str) -> NDArray[np.float32]:
    """'b4402b' as three numbers from 0 to 1."""
    return np.array([int(hexadecimal[place : place + 2], 16) / 255 for place in (0, 2, 4)], np.float32)


def palette(choices: Sequence[str], hand: Hand, rng: np.random.Generator) -> list[NDArray[np.float32]]:
    """One of `choices` (colours in words of six digits), mostly the hand's own, mixed anew each time."""
    own = int(hand.palette * len(choices)) % len(choices)
    chosen = choices[own if rng.random() < 0.6 else int(rng.integers(len(choices)))]
    mixed = [np.clip(rgb(each) + rng.normal(0, 0.025, 3), 0, 1).astype(np.float32) for each in chosen.split()]
    return [tinted(each, (hand.warmth - 0.5) * 0.1) for each in mixed]


def tinted(colour: Plane, warmth: float) -> Plane:
    """Warmer (towards yellow) or cooler (towards blue)."""
    shifted: Plane = np.clip(colour + np.array([warmth, warmth * 0.3, -warmth], np.float32), 0, 1)
    return shifted


def canvas(image: Plane, rng: np.random.Generator, strength: float = 0.03) -> Plane:
    """The weave of a canvas showing through, and paint that lies unevenly."""
    height, width = image.shape[:2]
    x, y = grid((width, height))
    pitch = rng.uniform(2.2, 3.4)
    weave = np.sin(2 * np.pi * x / pitch) * np.sin(2 * np.pi * y / pitch)
    uneven = noise(rng, (width, height), 60, 3) - 0.5
    grain = rng.standard_normal((height, width), np.float32)
    relief = strength * (0.5 * weave + 2.0 * uneven + 0.35 * grain)
    return np.clip(image + relief[..., None].astype(np.float32), 0, 1)


def paper(size: Size, colour: NDArray[np.float32], rng: np.random.Generator, age: float = 0.5) -> Plane:
    """A sheet of paper: fibres, foxing and darker edges, more of each with `age`."""
    x, y = grid(size)
    edge = np.minimum(np.minimum(x, size[0] - x) / size[0], np.minimum(y, size[1] - y) / size[1])
    stain = noise(rng, size, 120, 4) - 0.5
    fibres = noise(rng, size, 3) - 0.5
    dark = age * (0.10 * np.exp(-edge * 14) + 0.10 * stain) + 0.035 * fibres
    sheet = colour[None, None] - dark[..., None] * np.array([0.8, 1.0, 1.3], np.float32)
    return np.clip(sheet, 0, 1).astype(np.float32)


def array(image: Image.Image) -> Plane:
    """An image as numbers from 0 to 1."""
    return np.asarray(image.convert("RGB"), np.float32) / 255


def image(plane: Plane) -> Image.Image:
    """Numbers from 0 to 1 as an image."""
    return Image.fromarray((np.clip(plane, 0, 1) * 255 + 0.5).astype(np.uint8))


def levels(colour: NDArray[np.float32]) -> tuple[int, int, int]:
    """A colour for Pillow's pencil."""
    red, green, blue = (int(round(float(part) * 255)) for part in np.clip(colour, 0, 1))
    return red, green, blue
