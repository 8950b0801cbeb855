"""The small networks of the studies, which are trained from nothing.

What the papers leave open (kernels, padding, P4's widths) is as in the tutorials of their libraries.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import torch
from torch import nn

from cartellino.errors import InputError, ModelError

if TYPE_CHECKING:
    from cartellino.classify.networks.architectures import Wanted


@dataclass(frozen=True)
class Plan:
    """Convolutions, each with ReLU and perhaps max-pooling by two, then dense layers with ReLU.

    Parameters
    ----------
    filters : tuple of int
        Of each convolution.
    kernel : int
        Side of all of them.
    padding : int
        Around all of them.
    pooled : int
        How many of them, from the first, are followed by a max-pool.
    dense : tuple of int
        Widths of the dense layers before the last one.
    dropout : float
        Before the last one.
    """

    filters: tuple[int, ...]
    kernel: int
    padding: int
    pooled: int
    dense: tuple[int, ...]
    dropout: float = 0.0


PLANS = {
    "p3-cnn": Plan((32, 64, 128), kernel=3, padding=0, pooled=3, dense=(128,), dropout=0.4),
    "p4-baseline": Plan((6, 16), kernel=5, padding=0, pooled=2, dense=(120, 84)),
    "p4-tuned": Plan((6, 16, 32), kernel=5, padding=0, pooled=2, dense=(120, 84, 42)),
    "tiny": Plan((8, 16), kernel=3, padding=1, pooled=2, dense=(16,)),
}


def built(
    name: str, wanted: Wanted, size: int, weights: Mapping[str, torch.Tensor] | None
) -> tuple[nn.Module, int, tuple[Any, Any]]:
    """A small network, its side, and no mean and deviation of its own.

    Raises
    ------
    InputError
        If pictures of this size vanish before the dense layers.
    ModelError
        If the weights are not those of such a network.
    """
    plan = PLANS[name]
    side = _side_left(plan, size)
    if side < 1:
        raise InputError(f"pictures of {size} pixels are too small for '{name}'", "size", "Take larger ones.")
    seeing = _convolutions(plan, wanted.channels, wanted.batch_norm)
    width = plan.filters[-1] * side**2
    dropout = plan.dropout if wanted.dropout is None else wanted.dropout
    module = nn.Sequential(
        *seeing, nn.Flatten(), *_dense(width, plan.dense), nn.Dropout(dropout), _last(plan, wanted)
    )
    if weights is not None:
        try:
            module.load_state_dict(dict(weights))
        except RuntimeError as error:
            raise ModelError(
                "the weights are not those of this network", wanted.name, "Name the right file."
            ) from error
    return module, size, (None, None)


def _side_left(plan: Plan, size: int) -> int:
    for place in range(len(plan.filters)):
        size += 2 * plan.padding - plan.kernel + 1
        size = size // 2 if place < plan.pooled else size
    return size


def _convolutions(plan: Plan, channels: int, batch_norm: bool) -> list[nn.Module]:
    layers: list[nn.Module] = []
    for place, (before, after) in enumerate(pairwise((channels, *plan.filters))):
        layers.append(nn.Conv2d(before, after, plan.kernel, padding=plan.padding))
        layers += [nn.BatchNorm2d(after)] if batch_norm else []
        layers.append(nn.ReLU())
        layers += [nn.MaxPool2d(2)] if place < plan.pooled else []
    return layers


def _dense(width: int, widths: tuple[int, ...]) -> list[nn.Module]:
    layers: list[nn.Module] = []
    for before, after in pairwise((width, *widths)):
        layers += [nn.Linear(before, after), nn.ReLU()]
    return layers


def _last(plan: Plan, wanted: Wanted) -> nn.Module:
    return nn.Linear(plan.dense[-1], wanted.classes)
