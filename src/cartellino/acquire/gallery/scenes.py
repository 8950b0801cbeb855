"""What there is to be seen from the invented town of the painters: its river, hills, orchards and tables.

Scenes are sketched at half the size of the picture, which is all that dabs and hatching need of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from cartellino.acquire.gallery.brush import (
    Plane,
    Size,
    flat,
    grid,
    noise,
    over,
    resized,
    rgb,
    ridge,
    step,
    varied,
)


@dataclass(slots=True)
class Scene:
    """A view as it is built up from the back to the front.

    Parameters
    ----------
    colour : ndarray, shape (3, height, width)
        What is seen.
    across : ndarray, shape (height, width)
        A coordinate in pixels that grows across the form, so that lines of equal value follow it.
    tags : list of str
        What it shows.
    """

    colour: Plane
    across: Plane
    tags: list[str] = field(default_factory=list)

    def lay(self, colour: Plane, mask: Plane, across: Plane, tag: str = "") -> None:
        """Put something in front of what is there."""
        self.colour = over(self.colour, colour, mask)
        self.across = np.where(mask > 0.5, across, self.across)
        if tag and tag not in self.tags:
            self.tags.append(tag)

    def enlarged(self, size: Size) -> Scene:
        """The sketch squared up to the size of the picture."""
        colour = np.stack([resized(plane, size) for plane in self.colour])
        return Scene(colour, resized(self.across * 2, size), self.tags)


@dataclass(frozen=True, slots=True)
class Light:
    """The colours of an hour: sky above and at the horizon, sun, land far and near, water, shade."""

    zenith: Plane
    horizon: Plane
    sun: Plane
    far: Plane
    near: Plane
    water: Plane
    shade: Plane


def landscape(rng: np.random.Generator, whole: Size, light: Light) -> Scene:
    """A sky with sun or moon, hills behind hills, water or a field, trees, now and then a sail or a house."""
    size = whole[0] // 2, whole[1] // 2
    x, y = grid(size)
    horizon = size[1] * rng.uniform(0.35, 0.6)
    scene = _sky(rng, size, light, horizon)
    _hills(scene, rng, light, horizon, int(rng.integers(1, 4)))
    if rng.random() < 0.55:
        _water(scene, rng, light, horizon)
        for _ in range(int(rng.integers(0, 4))):
            _sail(scene, rng, light, horizon)
    else:
        _field(scene, rng, light, horizon)
        if rng.random() < 0.4:
            _house(scene, rng, light, horizon)
    _trees(scene, rng, light, horizon, int(rng.integers(1, 7)))
    if rng.random() < 0.35:
        bank = size[1] * 0.96 - (ridge(rng, size[0]) * 0.03 + 0.03) * size[1]
        scene.lay(light.shade, step(y - bank, 2), x * 0.7 + y * 0.7)
    return scene.enlarged(whole)


def still_life(rng: np.random.Generator, whole: Size, light: Light) -> Scene:
    """Fruit on a table before a wall, with a jar or a bottle."""
    size = whole[0] // 2, whole[1] // 2
    x, y = grid(size)
    edge = size[1] * rng.uniform(0.5, 0.62)
    wall = light.horizon + (light.zenith - light.horizon) * noise(rng, size, 75, 3)
    scene = Scene(wall, x * 0.8 + y * 0.6, ["Still life"])
    table = light.near + (light.far - light.near) * ((y - edge) / size[1])
    scene.lay(table, step(y - edge + x * rng.uniform(-0.06, 0.06), 2), y)
    _vessel(scene, rng, light, edge)
    unit = min(size)
    red = rgb("b03a2e")
    fruits = (light.sun, light.sun * 0.55 + red * 0.45, light.near, red * 0.75 + light.shade * 0.25)
    for place in np.sort(rng.uniform(0.35, 1.0, int(rng.integers(3, 8)))).tolist():
        radius = unit * rng.uniform(0.075, 0.12)
        centre = rng.uniform(0.12, 0.88) * size[0], edge + (size[1] - edge) * 0.75 * place - radius * 0.6
        _ball(scene, rng, centre, radius, fruits[int(rng.integers(len(fruits)))], light)
    scene.tags.append("Fruit")
    return scene.enlarged(whole)


def _sky(rng: np.random.Generator, size: Size, light: Light, horizon: float) -> Scene:
    x, y = grid(size)
    height = np.clip(y / horizon, 0, 1)
    colour = flat(size, light.zenith + (light.horizon - light.zenith) * height**1.3)
    clouds = noise(rng, (size[0], size[1] * 2), 65, 3)[::2]
    colour = over(colour, np.clip(light.horizon + 0.12, 0, 1), np.clip((clouds - 0.52) * 3.2, 0, 0.7))
    scene = Scene(colour, y + 3 * np.sin(x / 30), ["Sky"])
    if rng.random() < 0.7:
        radius = min(size) * rng.uniform(0.035, 0.085)
        away = np.hypot(x - size[0] * rng.uniform(0.15, 0.85), y - horizon * rng.uniform(0.2, 0.85))
        glow = np.exp(-away / (radius * 3.5)) * 0.75
        scene.colour = over(scene.colour, light.sun, glow)
        scene.across = np.where(away < radius * 7, away, scene.across)
        low = float(light.zenith.mean()) < 0.35
        scene.lay(np.clip(light.sun + 0.2, 0, 1), step(radius - away, 1.5), away, "Moon" if low else "Sun")
    return scene


def _hills(scene: Scene, rng: np.random.Generator, light: Light, horizon: float, count: int) -> None:
    size = scene.across.shape[1], scene.across.shape[0]
    x, y = grid(size)
    for number in range(count):
        near = (number + 1) / count
        line = horizon - size[1] * (0.10 * (1.2 - near) + 0.07 * (ridge(rng, size[0], 0.45) + 0.3))
        slope = y - line
        colour = light.horizon * (1 - near) * 0.6 + light.far * (0.4 + 0.6 * near)
        shaded = colour - 0.18 * np.clip(slope / size[1] * 5, 0, 1)
        scene.lay(shaded, step(slope, 1.5) * step(horizon + 1 - y, 2), slope * 0.8 + x * 0.25, "Hills")


def _water(scene: Scene, rng: np.random.Generator, light: Light, horizon: float) -> None:
    height, width = scene.across.shape
    x, y = grid((width, height))
    depth = np.clip((y - horizon) / (height - horizon), 0, 1)
    mirrored = np.clip(2 * horizon - y, 0, height - 1).astype(int)
    wobble = (noise(rng, (width, height), 13, 2) - 0.5) * (2 + 15 * depth)
    columns = np.clip(x + wobble, 0, width - 1).astype(int)
    seen = scene.colour[:, mirrored, columns]
    ripples = 0.5 + 0.5 * np.sin(y * (1.8 - 1.0 * depth) + 3 * np.sin(x / 18) + 8 * (wobble / 15))
    colour = seen * 0.62 + light.water * 0.38 + (ripples - 0.5) * 0.10
    scene.lay(colour, step(y - horizon, 1.5), y + 1.3 * np.sin(x / 12) + wobble * 0.4, "Water")


def _field(scene: Scene, rng: np.random.Generator, light: Light, horizon: float) -> None:
    height, width = scene.across.shape
    x, y = grid((width, height))
    depth = np.clip((y - horizon) / (height - horizon), 1e-3, 1)
    vanishing = width * rng.uniform(0.2, 0.8)
    rows = np.sin((x - vanishing) / depth * rng.uniform(0.10, 0.18))
    patches = noise(rng, (width, height), 55, 3)
    colour = light.near * patches + (light.near * 0.5 + light.sun * 0.5) * (1 - patches)
    colour = colour + 0.07 * rows * np.clip(depth * 3, 0, 1)
    scene.lay(colour, step(y - horizon, 1.5), (x - vanishing) / (0.25 + depth) * 0.9 + y * 0.3, "Field")


def _trees(scene: Scene, rng: np.random.Generator, light: Light, horizon: float, count: int) -> None:
    height, width = scene.across.shape
    x, y = grid((width, height))
    slender = rng.random() < 0.4
    for place in np.sort(rng.uniform(0, 1, count)).tolist():
        foot = horizon + (height - horizon) * (0.05 + 0.5 * place)
        tall = height * (0.12 + 0.30 * place) * rng.uniform(0.8, 1.3)
        at, wide = rng.uniform(0, 1) * width, tall * (0.13 if slender else rng.uniform(0.3, 0.42))
        trunk = (
            step(max(1.5, tall * 0.025) - np.abs(x - at), 1)
            * step(y - foot + tall * 0.6, 1)
            * step(foot - y, 1)
        )
        scene.lay(light.shade * 0.7, trunk, x)
        away = np.hypot((x - at) / wide, (y - foot + tall * 0.62) / (tall * 0.42))
        leafy = noise(rng, (width, height), max(3.0, wide * 0.45), 3) - 0.5
        lit = np.clip(
            0.55 - (y - foot + tall * 0.62) / tall + leafy + 0.25 * float(np.sign(light.sun[0] - 0.5).item()),
            0,
            1,
        )
        crown = light.shade + (light.near * 0.75 + light.sun * 0.25 - light.shade) * lit
        scene.lay(crown, step(1 - away + leafy * 0.55, 0.06), away * wide, "Poplars" if slender else "Trees")


def _sail(scene: Scene, rng: np.random.Generator, light: Light, horizon: float) -> None:
    height, width = scene.across.shape
    x, y = grid((width, height))
    near = rng.uniform(0.03, 0.6)
    foot = horizon + (height - horizon) * near
    tall, at = height * (0.05 + 0.22 * near), rng.uniform(0.08, 0.92) * width
    rising = np.clip((foot - y) / tall, 0, 1)
    half = tall * 0.3 * (1 - rising)
    sail = (
        step(half - np.abs(x - at - half * 0.35), 1)
        * step(foot - tall * 0.06 - y, 1)
        * step(y - foot + tall, 1)
    )
    scene.lay(np.clip(light.horizon + 0.18, 0, 1), sail, x)
    hull = step(tall * 0.34 - np.abs(x - at) - (y - foot) * 1.6, 1) * step(y - foot + tall * 0.05, 1)
    scene.lay(light.shade * 0.6, hull * step(foot + tall * 0.09 - y, 1), y, "Boats")


def _house(scene: Scene, rng: np.random.Generator, light: Light, horizon: float) -> None:
    height, width = scene.across.shape
    x, y = grid((width, height))
    foot, tall = horizon + height * rng.uniform(0.04, 0.14), height * rng.uniform(0.07, 0.13)
    at, half = rng.uniform(0.15, 0.85) * width, tall * rng.uniform(0.7, 1.1)
    wall = step(half - np.abs(x - at), 1) * step(y - foot + tall, 1) * step(foot - y, 1)
    scene.lay(np.clip(light.horizon + 0.1, 0, 1), wall, y)
    roof = step(y - foot + tall * 1.75, 1) * step(foot - tall * 0.98 - y, 1)
    slope = step(half * 1.2 - np.abs(x - at) - (foot - tall - y) * half / tall * 1.3, 1)
    scene.lay(light.sun * 0.7 + light.shade * 0.3, roof * slope, x * 0.7 + y, "House")
    for side in (-0.45, 0.3):
        window = step(tall * 0.11 - np.abs(x - at - side * half), 1) * step(
            tall * 0.14 - np.abs(y - foot + tall * 0.55), 1
        )
        scene.lay(light.shade, window, y)


def _ball(
    scene: Scene,
    rng: np.random.Generator,
    centre: tuple[float, float],
    radius: float,
    colour: Plane,
    light: Light,
) -> None:
    height, width = scene.across.shape
    x, y = grid((width, height))
    dx, dy = (x - centre[0]) / radius, (y - centre[1]) / (radius * rng.uniform(0.86, 1.05))
    shadow = np.exp(-((dx - 0.45) ** 2 / 1.6 + (dy - 0.95) ** 2 / 0.09)) * 0.6
    scene.colour = over(scene.colour, light.shade, shadow)
    inside = 1 - dx**2 - dy**2
    lit = np.clip(0.42 - 0.5 * dx - 0.55 * dy + 0.35 * np.sqrt(np.clip(inside, 0, 1)), 0, 1)
    mixed = varied(colour, rng, 0.06)
    ball = (
        light.shade * 0.5
        + mixed * 0.5
        + (np.clip(mixed + 0.18, 0, 1) - light.shade * 0.5 - mixed * 0.5) * lit
    )
    scene.lay(ball, step(inside, 0.05), np.hypot(dx + 0.35, dy + 0.4) * radius)


def _vessel(scene: Scene, rng: np.random.Generator, light: Light, edge: float) -> None:
    height, width = scene.across.shape
    x, y = grid((width, height))
    foot, tall = edge + height * 0.1, height * rng.uniform(0.3, 0.45)
    at, wide = rng.uniform(0.2, 0.8) * width, tall * rng.uniform(0.2, 0.32)
    up = np.clip((foot - y) / tall, 0, 1)
    belly = np.sin(np.clip(up / rng.uniform(0.62, 0.8), 0, 1) * np.pi)
    lip = np.exp(-(((up - 0.97) / 0.035) ** 2))
    profile = wide * (rng.uniform(0.3, 0.5) + 0.6 * belly + 0.16 * lip)
    mask = step(profile - np.abs(x - at), 1.2) * step(foot - y, 1) * step(y - foot + tall, 1)
    round_ = np.clip(0.6 - (x - at) / (profile * 2 + 1), 0, 1)
    scene.lay(
        light.shade + (light.water * 0.8 + 0.2 * light.horizon - light.shade) * round_,
        mask,
        (x - at) * 0.9,
        "Jar",
    )
