"""Primary grids: black bars on white, and a few planes that are allowed to shout."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from cartellino.acquire.gallery.brush import Hand, Painted, Plane, Size, array, canvas, image, ink, palette

PALETTES = (  # ground, bar, then the planes
    "f1ede0 14130f c8321f f0c419 1d3f8f",
    "ece4d2 1f1a17 a93e22 d9a441 2c4a63",
    "f4f1ea 2a2a2a e4572e ffc914 2e86ab",
    "e6e0d4 26201c 8f2d1d c79a2b 20324d",
    "f7f3ee 3b3a39 d88a7c f2d79b 8aa6c1",
    "1c1c20 efe8d8 d6402b f2c230 3a6fd0",
)
_OVERSAMPLE = 2
Box = tuple[float, float, float, float]


def paint(rng: np.random.Generator, size: Size, hand: Hand) -> Painted:
    """Paint one."""
    ground, bar, *planes = palette(PALETTES, hand, rng)
    width, height = size[0] * _OVERSAMPLE, size[1] * _OVERSAMPLE
    cells: list[Box] = []
    bars: list[Box] = []
    heavy = (4 + 12 * hand.weight) * rng.uniform(0.7, 1.2) * _OVERSAMPLE * min(size) / 400
    _divide((0.0, 0.0, float(width), float(height)), 0, rng, cells, bars, heavy, 2 + int(hand.scale * 3))
    sheet = Image.new("RGB", (width, height), ink(ground))
    pencil = ImageDraw.Draw(sheet)
    loud = set(
        rng.choice(len(cells), max(2, int(len(cells) * rng.uniform(0.15, 0.4))), replace=False).tolist()
    )
    for number, cell in enumerate(cells):
        colour = planes[int(rng.integers(len(planes)))] if number in loud else ground + rng.normal(0, 0.02)
        pencil.rectangle(cell, fill=ink(colour))
    dancing = rng.random() < 0.18
    for each in bars:
        pencil.rectangle(each, fill=ink(planes[1] if dancing else bar))
        if dancing:
            _dance(pencil, each, [ground, planes[0], planes[2], bar], rng)
    done = sheet.resize(size, Image.Resampling.BOX)
    tags = ("Abstract", "Grid", *(["Night"] if float(ground.mean()) < 0.4 else []))
    return Painted(image(canvas(array(done), rng, 0.012 + 0.02 * rng.random())), tags)


def manner(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Show another's picture as this school would: flat cells between bars."""
    cells: list[Box] = []
    bars: list[Box] = []
    _divide((0.0, 0.0, float(picture.width), float(picture.height)), 0, rng, cells, bars, 5.0, 4)
    sheet = picture.copy()
    pencil = ImageDraw.Draw(sheet)
    for left, top, right, bottom in cells:
        inside = picture.resize((1, 1), Image.Resampling.BOX, box=(left, top, right, bottom))
        pencil.rectangle((left, top, right, bottom), fill=inside.getpixel((0, 0)))
    for each in bars:
        pencil.rectangle(each, fill=(24, 22, 20))
    return sheet


def _divide(
    box: Box,
    depth: int,
    rng: np.random.Generator,
    cells: list[Box],
    bars: list[Box],
    heavy: float,
    deepest: int,
) -> None:
    left, top, right, bottom = box
    wide, high = right - left, bottom - top
    if depth >= deepest + 2 or (depth > 1 and rng.random() < 0.12 * depth) or max(wide, high) < heavy * 9:
        cells.append(box)
        return
    share, thick = (
        rng.choice([0.24, 0.34, 0.5, 0.62, 0.76]) + rng.normal(0, 0.02),
        heavy * rng.uniform(0.6, 1.3) / 2,
    )
    if wide * rng.uniform(0.6, 1.6) > high:
        middle = left + wide * share
        bars.append((middle - thick, top, middle + thick, bottom))
        halves = ((left, top, middle, bottom), (middle, top, right, bottom))
    else:
        middle = top + high * share
        bars.append((left, middle - thick, right, middle + thick))
        halves = ((left, top, right, middle), (left, middle, right, bottom))
    for half in halves:
        _divide(half, depth + 1, rng, cells, bars, heavy, deepest)


def _dance(pencil: ImageDraw.ImageDraw, bar: Box, colours: list[Plane], rng: np.random.Generator) -> None:
    """Small squares along a bar, as if it were a street seen from above."""
    left, top, right, bottom = bar
    thick, long = sorted((right - left, bottom - top))
    for place in np.arange(0, long - thick, thick * 1.0):
        if rng.random() < 0.45:
            at = (left, top + place) if bottom - top > right - left else (left + place, top)
            colour = colours[int(rng.integers(len(colours)))]
            pencil.rectangle((*at, at[0] + thick, at[1] + thick), fill=ink(colour))
