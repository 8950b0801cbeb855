"""How a network looks at pictures that it does not learn from, and what it then says of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from cartellino.classify.networks.batches import middle, tensor
from cartellino.classify.networks.pictures import Pixels

Floats = NDArray[Any]

VIEWS = ("whole", "mirror", "crops")
_CROP = 0.875  # the usual share of a side that crops for testing keep (Krizhevsky et al., NeurIPS 2012)
_TINY = 1e-12


def normalised(
    pictures: torch.Tensor, mean: Sequence[float], deviation: Sequence[float], device: torch.device
) -> torch.Tensor:
    """Bytes (n, channels, size, size) as the numbers that a network takes."""
    held = pictures.to(device).float().div_(255)
    scale = [
        torch.tensor(each, dtype=torch.float32, device=device)[:, None, None] for each in (mean, deviation)
    ]
    return held.sub_(scale[0]).div_(scale[1]).contiguous(memory_format=torch.channels_last)


def views(squares: Pixels, size: int, asked: Sequence[str]) -> list[torch.Tensor]:
    """What is looked at: for each view the pictures (n, channels, size, size) of bytes."""
    whole = tensor(middle(squares, size))
    made: list[torch.Tensor] = []
    for name in asked:
        if name == "whole":
            made.append(whole)
        elif name == "mirror":
            made.append(whole.flip(3))
        else:
            made += _crops(tensor(squares), size)
    return made


def _crops(squares: torch.Tensor, size: int) -> list[torch.Tensor]:
    """The four corners, each a part of the square brought to the size that the network looks at."""
    from torchvision.transforms.v2 import functional

    side = round(squares.shape[2] * _CROP)
    ends = (0, squares.shape[2] - side)
    return [
        functional.resized_crop(squares, top, left, side, side, [size, size], antialias=True)
        for top in ends
        for left in ends
    ]


def scores(
    look: Callable[[torch.Tensor], torch.Tensor], shown: Sequence[torch.Tensor], readout: str
) -> NDArray[np.float32]:
    """Scores (n, k) of pictures: of several views, those of the mean of their probabilities.

    Parameters
    ----------
    look : callable
        From bytes (n, channels, size, size) to a network's scores (n, k).
    shown : sequence of Tensor
        The same pictures in each view.
    readout : str
        'single'; 'sigmoid'; or 'softmax', of several labels, whose log odds are given.
    """
    told = [look(each).cpu().double().numpy() for each in shown]
    if len(told) == 1 and readout != "softmax":
        return told[0].astype(np.float32)
    chances = np.mean([believed(each, readout) for each in told], axis=0)
    logs = np.log(chances) if readout == "single" else np.log(chances) - np.log1p(-chances)
    odds: NDArray[np.float32] = logs.astype(np.float32)
    return odds


def believed(told: Floats, readout: str) -> Floats:
    """Probabilities (n, k) of a network's raw scores, off 0 and 1."""
    from scipy.special import expit, softmax

    chances: Floats = expit(told) if readout == "sigmoid" else softmax(told, axis=1)
    return np.clip(chances, _TINY, 1 - _TINY)
