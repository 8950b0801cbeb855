"""What a network is made of: its layers, what they give, what they weigh and what they cost."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import nn

from cartellino.classify.networks.architectures import Wanted, built
from cartellino.classify.outline import Layer, Outline


def outline(wanted: Wanted) -> Outline:
    """Describe a network without giving it weights or pictures (on torch's 'meta' device).

    Raises
    ------
    InputError
        If there is no such network.
    MissingExtraError
        If the [train] extra is not installed.
    """
    from torch.utils.flop_counter import FlopCounterMode

    with torch.device("meta"):
        network = built(wanted)
        picture = torch.zeros(1, wanted.channels, network.size, network.size)
    module = network.module.eval()
    seen: list[tuple[str, nn.Module, Any]] = []
    hooks = [
        layer.register_forward_hook(lambda _, __, given, here=(name, layer): seen.append((*here, given)))
        for name, layer in module.named_modules()
        if _counts(name, layer)
    ]
    counter = FlopCounterMode(display=False)
    with counter, torch.no_grad():
        module(picture)
    for hook in hooks:
        hook.remove()
    looked_at = Layer("picture", "pixels", (wanted.channels, network.size, network.size))
    return Outline(
        (looked_at, *(_layer(*each) for each in seen)),
        sum(each.numel() for each in module.parameters()),
        counter.get_total_flops() // 2,
    )


def _counts(name: str, layer: nn.Module) -> bool:
    if not name or isinstance(layer, nn.Identity):
        return False
    return _own(layer) > 0 or not any(layer.children())


def _layer(name: str, layer: nn.Module, given: torch.Tensor) -> Layer:
    shape = tuple(given.shape[1:])
    return Layer(name, type(layer).__name__, shape, _own(layer), _multiply_adds(layer, shape))


def _own(layer: nn.Module) -> int:
    return sum(each.numel() for each in layer.parameters(recurse=False))


def _multiply_adds(layer: nn.Module, shape: tuple[int, ...]) -> int:
    if isinstance(layer, nn.Conv2d):
        return math.prod(shape) * layer.weight[0].numel()
    if isinstance(layer, nn.Linear):
        return math.prod(shape) * layer.in_features
    return 0
