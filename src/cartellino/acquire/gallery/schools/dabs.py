"""Pointillism: landscapes and tables in small dabs of colour, which the eye is left to mix."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from cartellino.acquire.gallery.brush import Hand, Painted, Plane, Size, array, clipped, image, over, palette
from cartellino.acquire.gallery.scenes import Light, landscape, still_life

PALETTES = (  # zenith, horizon, sun, far land, near land, water, shade
    "6fa3d8 f6e3b4 ffd35c 8a9bc4 8fa858 5f94c9 2f4a6b",
    "e39a6f ffe2a0 ffb347 9a7fb0 c9a24a 7f9fc7 4b3a6e",
    "9cc7e8 eef3e2 fff0a8 7fa09a a0b464 6fa9c9 34554f",
    "3a4f86 9aa9d4 f4e8b0 4f6596 5d7d6b 3f5f9a 1f2750",
    "d98fb0 ffe9d0 ffd98a a58fc4 8fb56f 9fb4e0 51406f",
    "86b5c0 f3ddc0 ff9f5a b7895f d8b45a 5fa0a8 3f4f5a",
)


def paint(rng: np.random.Generator, size: Size, hand: Hand) -> Painted:
    """Paint one."""
    light = Light(*palette(PALETTES, hand, rng))
    view = still_life if rng.random() < 0.2 else landscape
    scene = view(rng, size, light)
    pitch = (3.9 + 2.3 * hand.scale) * rng.uniform(0.9, 1.2)
    primed = np.clip(light.horizon + 0.05, 0, 1)
    return Painted(_dabbed(scene.colour, rng, pitch, 0.25 + 0.45 * hand.weight, primed), tuple(scene.tags))


def manner(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Show another's picture as this school would."""
    colours = array(picture)
    return _dabbed(
        colours, rng, rng.uniform(4.0, 7.5), 0.45, clipped(colours.mean(axis=(1, 2), keepdims=True) + 0.1)
    )


def _dabbed(
    colours: Plane, rng: np.random.Generator, pitch: float, vivid: float, primed: Plane
) -> Image.Image:
    height, width = colours.shape[1:]
    laid_in = image(over(colours, primed, np.full((height, width), 0.45, np.float32)))
    sheet = laid_in.resize((width * 2, height * 2), Image.Resampling.NEAREST)
    pencil = ImageDraw.Draw(sheet)
    places = _scattered(rng, width, height, pitch)
    mixed = _divided(colours[:, places[:, 1].astype(int), places[:, 0].astype(int)].T, rng, vivid)
    radii = pitch * rng.uniform(0.46, 0.76, (len(places), 1)) * rng.uniform(0.8, 1.2, (len(places), 2))
    boxes = np.concatenate([(places - radii) * 2, (places + radii) * 2], axis=1)
    for box, colour in zip(boxes.tolist(), mixed.tolist(), strict=True):
        pencil.ellipse(box, fill=tuple(colour))
    return sheet.resize((width, height), Image.Resampling.BOX)


def _scattered(rng: np.random.Generator, width: int, height: int, pitch: float) -> NDArray[np.float64]:
    x, y = np.meshgrid(np.arange(0, width, pitch), np.arange(0, height, pitch))
    places = np.stack([x.ravel(), y.ravel()], axis=1) + rng.normal(0, pitch * 0.3, (x.size, 2))
    kept: NDArray[np.float64] = np.clip(places, 0, (width - 1, height - 1))[rng.permutation(len(places))]
    return kept


def _divided(seen: Plane, rng: np.random.Generator, vivid: float) -> NDArray[np.uint8]:
    """Colours pulled apart: brighter and darker, warmer and cooler, now and then the opposite hue."""
    count = len(seen)
    value = rng.normal(0, 0.08 * vivid + 0.03, (count, 1))
    warm = rng.normal(0, 0.13 * vivid, (count, 1)) * np.array([1.0, 0.1, -1.0])
    grey = seen.mean(axis=1, keepdims=True)
    pure = grey + (seen - grey) * (1 + 0.45 * vivid)
    opposite = np.where(rng.random((count, 1)) < 0.07 * vivid + 0.02, 2 * grey - pure, pure)
    levels: NDArray[np.uint8] = (np.clip(opposite + value + warm, 0, 1) * 255).astype(np.uint8)
    return levels
