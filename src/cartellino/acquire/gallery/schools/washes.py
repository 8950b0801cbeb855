"""Ink wash: mountains that come out of the mist and go back into it, on paper or silk."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

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
    paper,
    resized,
    rgb,
    ridge,
    step,
)
from cartellino.acquire.gallery.brush import ink as pencil_ink

PALETTES = (  # paper, ink, a second tone, the seal
    "efe7d3 24211f 5b6a6c b23a28",
    "e3d5b4 2b241c 7a6a4a a8321f",
    "f4f1e8 1d2024 6f7f8a c0402c",
    "d2c09a 261d15 4f5f4f 9a2c1c",
    "e9e4da 28252b 8a6f7a b5443a",
)


def paint(rng: np.random.Generator, size: Size, hand: Hand) -> Painted:
    """Paint one."""
    sheet, ink, second, seal = palette(PALETTES, hand, rng)
    plane = paper(size, sheet, rng, rng.uniform(0.3, 1.1))
    tags = ["Mountains", "Mist"]
    plane = _moon(plane, rng, size, tags)
    count = int(rng.integers(2, 7))
    base = size[1] * rng.uniform(0.25, 0.5)
    for number in range(count):
        near = (number + 1) / count
        top = base + (size[1] * 0.82 - base) * (near - 1 / count) * rng.uniform(0.85, 1.1)
        colour = ink * (0.25 + 0.75 * near) + second * (0.75 - 0.75 * near)
        plane = _range(plane, rng, size, top, near, colour, 0.35 + 0.5 * hand.weight)
    plane = _foreground(plane, rng, size, ink, hand, tags)
    drawn = _written(image(plane), rng, size, ink, seal, tags)
    return Painted(drawn, tuple(tags))


def manner(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Show another's picture as this school would: tones of ink, bled into paper."""
    soft = picture.convert("L").filter(ImageFilter.GaussianBlur(rng.uniform(1.5, 3.0)))
    tone = np.asarray(soft, np.float32) / 255
    tone = np.clip((tone - tone.min()) / max(float(np.ptp(tone)), 0.1), 0, 1)
    ground = paper(picture.size, rgb("e8dfc8"), rng, 0.8)
    pooled = (1 - tone) ** 1.3 * (0.75 + 0.5 * (noise(rng, picture.size, 30, 3) - 0.5))
    return image(over(ground, rgb("26231f"), np.clip(pooled, 0, 0.95)))


def _moon(plane: Plane, rng: np.random.Generator, size: Size, tags: list[str]) -> Plane:
    if rng.random() > 0.4:
        return plane
    x, y = grid(size)
    radius = min(size) * rng.uniform(0.05, 0.10)
    away = np.hypot(x - size[0] * rng.uniform(0.15, 0.85), y - size[1] * rng.uniform(0.08, 0.25))
    if rng.random() < 0.3:
        tags.append("Sun")
        return over(plane, rgb("b8452f"), step(radius - away, 2.5) * 0.8)
    tags.append("Moon")  # left bare, with a breath of ink around it
    return over(
        plane, rgb("6a655c"), np.exp(-np.abs(away - radius * 1.25) / radius) * step(away - radius, 2) * 0.35
    )


def _range(
    plane: Plane,
    rng: np.random.Generator,
    size: Size,
    top: float,
    near: float,
    colour: Plane,
    strength: float,
) -> Plane:
    """One range: its ridge dark, its foot lost in mist, its slopes modelled by dry strokes."""
    _, y = grid(size)
    tall = size[1] * (0.30 - 0.14 * near) * rng.uniform(0.7, 1.2)
    peaks = np.abs(ridge(rng, size[0], 0.52)) ** 0.8
    depth = y - (top - tall * (peaks - 0.4))
    inside = step(depth, 2.0)
    mist = np.exp(-np.clip(depth, 0, None) / (size[1] * rng.uniform(0.08, 0.2)))
    slope = noise(rng, size, 46, 4)
    strokes = noise(rng, (size[0], max(8, size[1] // 5)), 5, 2)
    dry = resized(strokes, size)
    edge = np.exp(-((depth - 1.5) ** 2) / 9) * 0.5
    tone = (0.30 + 0.70 * near) * strength * (mist * (0.75 + 0.5 * (slope - 0.5)) + edge)
    texture = np.clip(dry - 0.52, 0, 1) * 2.2 * mist * near
    return over(plane, colour, np.clip(inside * (tone + texture * strength), 0, 0.95))


def _foreground(
    plane: Plane, rng: np.random.Generator, size: Size, ink: Plane, hand: Hand, tags: list[str]
) -> Plane:
    sheet = Image.new("L", (size[0] * 2, size[1] * 2), 0)
    pencil = ImageDraw.Draw(sheet)
    left = rng.random() < 0.5
    if rng.random() < 0.75:
        tags.append("Pines")
        for _ in range(int(rng.integers(1, 5))):
            at = size[0] * (rng.uniform(0.04, 0.34) if left else rng.uniform(0.66, 0.96))
            _pine(
                pencil,
                rng,
                at * 2,
                size[1] * rng.uniform(0.88, 1.0) * 2,
                size[1] * rng.uniform(0.2, 0.42) * 2,
            )
    if rng.random() < 0.45:
        tags.append("Boats")
        _boat(
            pencil,
            rng,
            size[0] * (rng.uniform(0.55, 0.85) if left else rng.uniform(0.15, 0.45)) * 2,
            size[1] * 1.76,
        )
    if rng.random() < 0.35:
        tags.append("Birds")
        for _ in range(int(rng.integers(3, 9))):
            _bird(pencil, rng, size)
    mask = np.asarray(sheet.resize(size, Image.Resampling.BOX), np.float32) / 255
    wet = mask * (0.72 + 0.5 * (noise(rng, size, 18, 2) - 0.3)) * (0.75 + 0.3 * hand.weight)
    _, y = grid(size)
    rock = (
        size[1] * 0.97
        - size[1]
        * 0.1
        * np.abs(ridge(rng, size[0], 0.55))
        * np.linspace(1.6, 0.2, size[0], dtype=np.float32)[:: 1 if left else -1]
    )
    ground = step(y - rock, 3) * (0.45 + 0.6 * (noise(rng, size, 9, 3) - 0.2))
    return over(over(plane, ink, np.clip(ground, 0, 0.9)), ink, np.clip(wet, 0, 0.95))


def _pine(pencil: ImageDraw.ImageDraw, rng: np.random.Generator, at: float, foot: float, tall: float) -> None:
    lean = rng.normal(0, 0.12)
    trunk = [
        (at + lean * tall * share + rng.normal(0, tall * 0.012), foot - tall * share)
        for share in np.linspace(0, 1, 9)
    ]
    for place, (one, other) in enumerate(pairwise(trunk)):
        pencil.line((*one, *other), fill=230, width=max(2, int(tall * 0.035 * (1 - place / 10))))
    for share in np.linspace(0.35, 1.0, int(rng.integers(6, 11))):
        x, y = at + lean * tall * share, foot - tall * share
        reach = tall * (0.32 * (1.15 - share) + 0.07) * rng.uniform(0.7, 1.3)
        side = rng.choice([-1, 1])
        rise = reach * rng.uniform(-0.25, 0.15)
        pencil.line((x, y, x + side * reach, y - rise), fill=205, width=3)
        for out in rng.uniform(0.3, 1.0, 4):  # clouds of needles along the branch, flat below and round above
            cx, cy, half = x + side * reach * out, y - rise * out, reach * rng.uniform(0.22, 0.34)
            for angle in rng.uniform(0.05, 0.95, 12) * np.pi:
                tip = cx + half * np.cos(angle), cy - half * 0.55 * np.sin(angle)
                pencil.line((cx, cy, *tip), fill=185, width=2)


def _boat(pencil: ImageDraw.ImageDraw, rng: np.random.Generator, at: float, line: float) -> None:
    long = rng.uniform(36, 64)
    pencil.chord((at - long, line - long * 0.5, at + long, line + long * 0.22), 20, 160, fill=215)
    pencil.arc(
        (at - long * 0.45, line - long * 0.42, at + long * 0.25, line + long * 0.3),
        190,
        350,
        fill=200,
        width=5,
    )
    pencil.line((at + long * 0.5, line, at + long * 0.9, line - long * 1.1), fill=170, width=2)


def _bird(pencil: ImageDraw.ImageDraw, rng: np.random.Generator, size: Size) -> None:
    x, y, wing = rng.uniform(0.2, 0.8) * size[0] * 2, rng.uniform(0.1, 0.35) * size[1] * 2, rng.uniform(6, 13)
    lift = wing * rng.uniform(0.2, 0.6)
    pencil.line((x - wing, y - lift, x, y, x + wing, y - lift), fill=180, width=2)


def _written(
    picture: Image.Image,
    rng: np.random.Generator,
    size: Size,
    ink: Plane,
    seal: Plane,
    tags: list[str],
) -> Image.Image:
    """A column or two of strokes that mean nothing, and a seal."""
    way = rng.random()
    if way < 0.25:
        return picture
    unit = min(size) * rng.uniform(0.022, 0.032)
    x0, y0 = (size[0] * rng.choice([0.05, 0.86]), size[1] * rng.uniform(0.05, 0.1))
    mask = Image.new("L", (size[0] * 2, size[1] * 2), 0)
    pencil = ImageDraw.Draw(mask)
    columns, rows = (int(rng.integers(1, 4)), int(rng.integers(4, 9))) if way < 0.7 else (0, 0)
    for column in range(columns):
        for row in range(rows - int(rng.integers(0, 2)) * column):
            _sign(pencil, rng, (x0 + column * unit * 1.5) * 2, (y0 + row * unit * 1.35) * 2, unit * 2)
    plane = over(
        array(picture), ink, np.asarray(mask.resize(size, Image.Resampling.BOX), np.float32) / 255 * 0.85
    )
    done = image(plane)
    stamp = ImageDraw.Draw(done)
    top = y0 + rows * unit * 1.4
    stamp.rectangle((x0, top, x0 + unit * 1.3, top + unit * 1.3), fill=pencil_ink(seal))
    for place in (0.35, 0.7):
        stamp.line(
            (x0 + 2, top + unit * 1.3 * place, x0 + unit * 1.3 - 2, top + unit * 1.3 * place),
            fill=(236, 220, 200),
        )
    tags.append("Inscription")
    return done


def _sign(pencil: ImageDraw.ImageDraw, rng: np.random.Generator, x: float, y: float, unit: float) -> None:
    for _ in range(int(rng.integers(3, 6))):
        across = rng.random() < 0.5
        start = x + rng.uniform(0, 0.6) * unit, y + rng.uniform(0, 0.8) * unit
        end = (
            (start[0] + unit * 0.6, start[1] - 1)
            if across
            else (start[0] + rng.normal(0, 2), start[1] + unit * 0.5)
        )
        pencil.line((*start, *end), fill=220, width=max(2, int(unit * 0.12)))
