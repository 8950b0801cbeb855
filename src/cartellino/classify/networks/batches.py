"""Which pictures make up each batch of an epoch, and what of them a network sees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch.utils.data import DataLoader, Dataset
from torchvision.transforms import v2

from cartellino.classify.networks import chance
from cartellino.classify.networks.augmentation import augmented
from cartellino.classify.networks.pictures import Pixels

Rows = NDArray[np.int64]


def order(n: int, shares: NDArray[Any] | None, seed: int, epoch: int) -> Rows:
    """The rows of an epoch in their order: all of them shuffled, or as many drawn by their shares."""
    random = chance.generator(seed, chance.ORDER, epoch)
    if shares is None:
        return random.permutation(n)
    return random.choice(n, size=n, p=shares)


def cut(rows: Rows, size: int) -> list[Rows]:
    """Batches of at most `size`, as even as can be: a last one of a single row would upset batch norm."""
    return np.array_split(rows, -(-len(rows) // size))


@dataclass(frozen=True)
class Looks(Dataset[tuple[torch.Tensor, int]]):
    """Pictures as a network is to see them in training.

    Parameters
    ----------
    squares : ndarray of uint8 (n, resize, resize, channels)
        Decoded pictures.
    size : int
        Side that the network looks at: a part of the square, drawn anew in each epoch, if that is larger.
    steps : sequence of Transform
        What augmentation does.
    asked : ndarray (n,) of bool
        The pictures that it is for.
    seed : int
        Where randomness comes from.
    """

    squares: Pixels
    size: int
    steps: Sequence[v2.Transform]
    asked: NDArray[np.bool_]
    seed: int

    def __getitem__(self, told: tuple[int, int]) -> tuple[torch.Tensor, int]:
        """The picture (channels, size, size) of bytes, and its row, for an epoch and a row."""
        epoch, row = told
        picture = torch.from_numpy(np.array(self.squares[row])).permute(2, 0, 1)
        steps = list(self.steps) if self.asked[row] else []
        if self.size < picture.shape[1]:
            steps = [*steps, v2.RandomCrop(self.size)]
        return augmented(picture, steps, self.seed, epoch, row) if steps else picture, row


def shown(looks: Looks, epoch: int, batches: Sequence[Rows], workers: int) -> Iterator[torch.Tensor]:
    """The pictures of each batch (n, channels, size, size), prepared by as many worker processes."""
    told = [[(epoch, int(row)) for row in rows] for rows in batches]
    loader: Any = DataLoader(
        looks,
        batch_sampler=told,
        num_workers=workers,
        generator=torch.Generator().manual_seed(0),  # left to itself it would take a number from torch's own
        persistent_workers=False,
    )
    for pictures, _ in loader:
        yield pictures


def middle(squares: Pixels, size: int) -> Pixels:
    """The middle part of squares (n, side, side, channels), of side `size`."""
    edge = (squares.shape[1] - size) // 2
    return squares[:, edge : edge + size, edge : edge + size] if edge > 0 else squares


def tensor(squares: Pixels) -> torch.Tensor:
    """Squares (n, size, size, channels) of bytes as torch lays them out, (n, channels, size, size)."""
    return torch.from_numpy(np.ascontiguousarray(squares)).permute(0, 3, 1, 2)
