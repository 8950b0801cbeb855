"""Woodcut: light cut out of a black block, line beside line along the form."""

from __future__ import annotations

import math

import numpy as np
from PIL import Image

from cartellino.acquire.gallery.brush import (
    Hand,
    Painted,
    Plane,
    Size,
    array,
    clipped,
    grid,
    image,
    noise,
    over,
    palette,
    paper,
    rgb,
    step,
)
from cartellino.acquire.gallery.scenes import Light, landscape, still_life

PALETTES = (  # paper, ink, second block
    "efe6d2 1b1815 b33a24",
    "f3eee0 22201e d08a2e",
    "e4d8bd 2a1c14 7d2a1c",
    "e9e6dc 1c2430 3f6a86",
    "d9cfb4 141414 5d6b3a",
)
_LIGHTS = (
    "8c8c8c f2f2f2 ffffff b0b0b0 707070 9a9a9a 181818",
    "303030 a8a8a8 ffffff 787878 505050 606060 060606",
    "d0d0d0 ffffff ffffff a0a0a0 c4c4c4 d8d8d8 282828",
)


def paint(rng: np.random.Generator, size: Size, hand: Hand) -> Painted:
    """Paint one."""
    sheet, ink, second = palette(PALETTES, hand, rng)
    light = Light(*(rgb(each) for each in _LIGHTS[int(rng.integers(len(_LIGHTS)))].split()))
    view = still_life if rng.random() < 0.2 else landscape
    scene = view(rng, size, light)
    tone = _contrast(scene.colour.mean(axis=0))
    pitch = (4.5 + 3.5 * hand.scale) * rng.uniform(0.85, 1.2)
    black = _cut(tone, scene.across, rng, pitch, 0.7 + 0.5 * hand.weight)
    ground = paper(size, sheet, rng, rng.uniform(0.2, 1.0))
    colour = _second_block(tone, rng, size) * 0.85 if rng.random() < 0.4 else None
    return Painted(image(_printed(ground, ink, black, rng, (colour, second))), (*scene.tags, "Print"))


def manner(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Show another's picture as this school would."""
    tone = _contrast(array(picture).mean(axis=0))
    x, y = grid(picture.size)
    angle = rng.uniform(0, np.pi)
    across = x * math.cos(angle) + y * math.sin(angle) + 18 * (noise(rng, picture.size, 90, 2) - 0.5)
    black = _cut(tone, across, rng, rng.uniform(5, 8), 0.9)
    ground = paper(picture.size, rgb("ece2cc"), rng, 0.6)
    return image(_printed(ground, rgb("1d1a17"), black, rng))


def _contrast(tone: Plane) -> Plane:
    low, high = np.quantile(tone[::3, ::3], (0.03, 0.97)).tolist()
    return clipped((tone - low) * (1 / max(high - low, 0.05)))


def _cut(tone: Plane, across: Plane, rng: np.random.Generator, pitch: float, heavy: float) -> Plane:
    """Ink left standing: wide lines where it is dark, thin ones where it is light, none in the highlights."""
    size = tone.shape[1], tone.shape[0]
    unsteady = (noise(rng, size, 14, 2) - 0.5) * pitch * 0.9
    wave = np.abs(((across + unsteady) / pitch) % 1.0 - 0.5) * 2  # 0 in the middle of a line, 1 between lines
    dark = np.clip((1 - tone) * heavy, 0, 1)
    chatter = (noise(rng, size, 5, 2) - 0.5) * 0.35
    lines = step(dark + chatter * (dark > 0.06) - wave * 0.92, 0.28)
    rows, columns = np.gradient(across)
    between_forms = np.hypot(rows, columns) > 2.5  # where lines would collide, the knife takes all or nothing
    lines = np.where(between_forms, step(dark - 0.45, 0.2), lines)
    rows, columns = np.gradient(tone)
    outline = step(np.hypot(rows, columns) - 0.09, 0.06)
    return np.maximum(np.where(dark < 0.1, 0, lines), outline)


def _second_block(tone: Plane, rng: np.random.Generator, size: Size) -> Plane:
    """A block of one colour, cut for the middle tones and never quite in register."""
    shift = rng.integers(-3, 4, 2)
    moved = np.roll(tone, tuple(shift.tolist()), axis=(0, 1))
    low = rng.uniform(0.2, 0.5)
    middle = step(moved - low, 0.06) * step(low + rng.uniform(0.2, 0.35) - moved, 0.06)
    return middle * (0.8 + 0.2 * noise(rng, size, 4, 2))


def _printed(
    ground: Plane,
    ink: Plane,
    black: Plane,
    rng: np.random.Generator,
    second: tuple[Plane | None, Plane] = (None, np.zeros((3, 1, 1), np.float32)),
) -> Plane:
    size = black.shape[1], black.shape[0]
    x, y = grid(size)
    edge = np.minimum(np.minimum(x, size[0] - x), np.minimum(y, size[1] - y))
    margin = min(size) * float(rng.choice([0.0, 0.035, 0.06]))
    ragged = (noise(rng, size, 30, 3) - 0.5) * 5
    block = step(edge - margin + (ragged if margin else 9), 1.5)
    if second[0] is not None:
        ground = over(ground, second[1], second[0] * block)
    pressed = block * (0.86 + 0.14 * noise(rng, size, 6, 2))
    frame = step(margin + 4 - edge, 1.0) if margin and rng.random() < 0.7 else np.zeros_like(black)
    return over(ground, ink, np.maximum(black, frame) * pressed)
