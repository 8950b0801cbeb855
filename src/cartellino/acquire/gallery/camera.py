"""How works reach the catalogue: photographed by many people, in many years, with more care or less."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageFilter, ImageOps

from cartellino.acquire.gallery.brush import Plane, array, grid, image, noise, tinted


def photographed(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    """An ordinary photograph: exposure, cast, focus, now and then a mount or a bed around it."""
    taken = _exposed(picture, rng.normal(1.0, 0.045), rng.normal(0, 0.014))
    if rng.random() < 0.10:
        taken = image(_faded(array(taken), rng))
    if rng.random() < 0.3:
        taken = taken.filter(ImageFilter.GaussianBlur(rng.uniform(0.4, 1.1)))
    if rng.random() < 0.05:
        taken = ImageOps.grayscale(taken).convert("RGB")
    return _mounted(taken, rng) if rng.random() < 0.12 else taken


def detail(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    """A part of it from nearer."""
    share = rng.uniform(0.45, 0.65)
    wide, high = picture.width * share, picture.height * share
    left, top = rng.random() * (picture.width - wide), rng.random() * (picture.height - high)
    return picture.resize(picture.size, Image.Resampling.BICUBIC, box=(left, top, left + wide, top + high))


def raking_light(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Lit from one side, so that the surface shows."""
    x, _ = grid(picture.size)
    slope = x / picture.width if rng.random() < 0.5 else 1 - x / picture.width
    relief = noise(rng, picture.size, 5, 2) - 0.5
    return image(array(picture) * (0.55 + 0.6 * slope + 0.25 * relief))


def archive(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    """An old photograph in black and white, from a glass plate."""
    grey = np.asarray(ImageOps.grayscale(picture), np.float32) / 255
    x, y = grid(picture.size)
    away = np.hypot(x / picture.width - 0.5, y / picture.height - 0.5)
    plate = np.clip(
        (grey - 0.5) * 1.15 + 0.5 - 0.35 * away**2 + 0.04 * (noise(rng, picture.size, 4, 2) - 0.5), 0, 1
    )
    return image(plate * np.array([1.0, 0.965, 0.89], np.float32)[:, None, None])


def again(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    """The same work, photographed a second time with nearly the same frame."""
    cut = picture.width * rng.uniform(0.004, 0.012), picture.height * rng.uniform(0.004, 0.012)
    box = (cut[0], cut[1] * rng.random(), picture.width - cut[0] * rng.random(), picture.height - cut[1])
    framed = picture.resize(
        (int(picture.width * 0.93), int(picture.height * 0.93)), Image.Resampling.BICUBIC, box=box
    )
    return _exposed(framed, rng.normal(1.0, 0.02), rng.normal(0, 0.008))


def _exposed(picture: Image.Image, gain: float, warmth: float) -> Image.Image:
    """Longer or shorter, under warmer or cooler lamps."""
    ramp = np.linspace(0, 1, 256, dtype=np.float32)[None, None] * gain
    curves = tinted(np.repeat(ramp, 3, axis=0), warmth)
    return picture.point(np.rint(curves * 255).astype(int).ravel().tolist())


def _faded(plane: Plane, rng: np.random.Generator) -> Plane:
    """Years of sun: towards the grey of its own tone, then towards straw."""
    tone = plane.mean(axis=0)
    left: Plane = tinted(tone + (plane - tone) * rng.uniform(0.4, 0.7) + 0.04, rng.uniform(0.0, 0.05))
    return left


def _mounted(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    colour = [(247, 246, 242), (12, 12, 12), (128, 127, 124), (238, 230, 212)][int(rng.integers(4))]
    border = int(min(picture.size) * rng.uniform(0.03, 0.09))
    return ImageOps.expand(picture, border, fill=colour)
