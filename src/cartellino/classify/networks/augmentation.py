"""Pictures changed a little each time they are shown, by transforms of torchvision."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch.nn import functional
from torchvision.transforms import v2

from cartellino.classify.networks import chance
from cartellino.classify.networks.augmenting import Augmentation

Pixels = npt.NDArray[np.uint8]

_PADDING = {"nearest": "border", "reflect": "reflection", "black": "zeros"}


class Moved(v2.Transform):  # type: ignore[misc]
    """Rotation, shear, zoom, stretch, shift and mirror in one step, so that pixels are only once resampled.

    torchvision's own affine transform cannot fill with the nearest pixel, as the studies do.
    """

    def __init__(self, told: Augmentation) -> None:
        super().__init__()
        self.told = told

    def make_params(self, flat_inputs: list[Any]) -> dict[str, Any]:
        """Draw a matrix (2, 3) from the new picture's places to the old one's, in units of half a side."""
        told = self.told
        angle = math.radians(_within(told.rotation))
        slant = _within(told.shear)
        wide, high = (_share(told.zoom),) * 2
        wide, high = wide * _share(told.stretch), high * _share(told.stretch)
        mirror = -1.0 if _evenly(0, 1) < told.flip else 1.0
        across, down = (2 * _within(share) for share in told.shift)
        cosine, sine = math.cos(angle), math.sin(angle)
        turned = np.array([[cosine, -sine], [sine, cosine]]) @ np.array(
            [[1.0, -math.sin(slant)], [0.0, math.cos(slant)]]
        )
        scaled = turned @ np.diag([mirror / wide, 1 / high])
        return {"matrix": torch.tensor(np.column_stack([scaled, [across, down]]), dtype=torch.float32)}

    def transform(self, inpt: torch.Tensor, params: dict[str, Any]) -> torch.Tensor:
        """Sample a picture (channels, side, side) of bytes where the matrix points."""
        picture = inpt[None].float()
        grid = functional.affine_grid(params["matrix"][None], list(picture.shape), align_corners=False)
        padding = _PADDING[self.told.fill]
        moved = functional.grid_sample(picture, grid, "bilinear", padding, align_corners=False)
        return moved[0].round().clamp(0, 255).to(torch.uint8)


class Tinted(v2.Transform):  # type: ignore[misc]
    """A number of its own added to each colour (Keras's channel shift)."""

    def __init__(self, reach: float) -> None:
        super().__init__()
        self.reach = reach

    def make_params(self, flat_inputs: list[Any]) -> dict[str, Any]:
        """Draw what is added to each channel."""
        channels = flat_inputs[0].shape[0]
        return {"added": torch.tensor([_within(self.reach) for _ in range(channels)])[:, None, None]}

    def transform(self, inpt: torch.Tensor, params: dict[str, Any]) -> torch.Tensor:
        """Add it, within what a byte holds."""
        tinted: torch.Tensor = (inpt + params["added"]).round().clamp(0, 255).to(torch.uint8)
        return tinted


def transforms(told: Augmentation) -> list[v2.Transform]:
    """The steps that an augmentation asks for, none where it asks for nothing."""
    steps: list[v2.Transform] = []
    if any((told.rotation, told.flip, *told.shift, told.shear, told.zoom, told.stretch)):
        steps.append(Moved(told))
    if told.warp:
        steps.append(v2.RandomPerspective(distortion_scale=min(told.warp, 1.0), p=1.0))
    if told.lighting:
        steps.append(v2.ColorJitter(brightness=told.lighting, contrast=told.lighting))
    if told.channel_shift:
        steps.append(Tinted(told.channel_shift))
    if told.randaugment:
        steps.append(v2.RandAugment(num_ops=2, magnitude=told.randaugment))
    return steps


def augmented(
    picture: torch.Tensor, steps: Sequence[v2.Transform], seed: int, epoch: int, place: int
) -> torch.Tensor:
    """A picture as this epoch shows it: the same for the same seed, epoch and place of the picture.

    Parameters
    ----------
    picture : Tensor of uint8 (channels, side, side)
        As it was decoded.
    steps : sequence of Transform
        From `transforms`.
    seed, epoch, place : int
        What decides.
    """
    with _one_thread(), chance.drawn(seed, chance.AUGMENT, epoch, place):
        for step in steps:
            picture = step(picture)
    return picture


def sheet(pictures: Pixels, told: Augmentation, copies: int = 5, seed: int = 0) -> Pixels:
    """Originals beside what augmentation makes of them, for a figure.

    Parameters
    ----------
    pictures : ndarray of uint8 (n, side, side, channels)
        Decoded pictures.
    told : Augmentation
        What is done to them.
    copies : int
        How many epochs to show.
    seed : int
        Of the changes.

    Returns
    -------
    ndarray of uint8, shape (n, 1 + copies, side, side, channels)
        The first of each row as it is.
    """
    steps = transforms(told)
    rows = []
    for place, pixels in enumerate(pictures):
        picture = torch.from_numpy(np.ascontiguousarray(pixels)).permute(2, 0, 1)
        shown = [augmented(picture, steps, seed, epoch, place) for epoch in range(copies)]
        rows.append(torch.stack([picture, *shown]).permute(0, 2, 3, 1).numpy())
    return np.stack(rows)


@contextmanager
def _one_thread() -> Iterator[None]:
    """Threads that wait for one another cost more than a single picture's work."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)


def _evenly(low: float, high: float) -> float:
    return low + (high - low) * float(torch.rand(()))


def _within(reach: float) -> float:
    return _evenly(-reach, reach)


def _share(reach: float) -> float:
    return _evenly(1 - reach, 1 + reach)
