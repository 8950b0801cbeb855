"""What a network ends in: one dense layer as it comes, or several with ReLU between them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from torch import nn

from cartellino.errors import InputError

if TYPE_CHECKING:
    from cartellino.classify.networks.architectures import Wanted


def replaced(module: nn.Module, wanted: Wanted) -> str:
    """Put the head in place that is asked for, and say where it is.

    Returns
    -------
    str
        The name of the head inside the network.

    Raises
    ------
    InputError
        If the network does not end in a dense layer.
    """
    name, last = _last(module, wanted)
    if wanted.head:
        parent, _, leaf = name.rpartition(".")
        setattr(module.get_submodule(parent), leaf, dense(last.in_features, wanted.head, wanted.classes))
    return name


def dense(width: int, hidden: tuple[int, ...], classes: int) -> nn.Sequential:
    """Dense layers with ReLU between them, as P2 has three of."""
    widths = (width, *hidden, classes)
    layers: list[nn.Module] = []
    for before, after in pairwise(widths):
        layers += [nn.Linear(before, after), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def _last(module: nn.Module, wanted: Wanted) -> tuple[str, nn.Linear]:
    found = [(name, each) for name, each in module.named_modules() if isinstance(each, nn.Linear)]
    if not found or found[-1][1].out_features != wanted.classes:
        raise InputError("this network does not end in a dense layer", wanted.name, "Take another network.")
    return found[-1]
