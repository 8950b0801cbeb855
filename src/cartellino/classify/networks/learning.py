"""Which layers of a network learn, at which rates, by which rule."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import nn

from cartellino.classify.networks.stages import Stage

Named = tuple[str, nn.Module]

OPTIMISERS = ("sgd", "adam", "adamw")


def layers(module: nn.Module, head: str) -> tuple[list[Named], list[Named]]:
    """The layers that hold numbers, in their order: those before the head, and the head's."""
    holding = [(name, each) for name, each in module.named_modules() if list(each.parameters(recurse=False))]
    inside = [name == head or name.startswith(f"{head}.") for name, _ in holding]
    before = [each for each, yes in zip(holding, inside, strict=True) if not yes]
    return before, [each for each, yes in zip(holding, inside, strict=True) if yes]


def trainable(module: nn.Module, head: str, trained: str | float) -> list[Named]:
    """The layers that learn under a stage's `trained`; see `Stage`."""
    before, last = layers(module, head)
    if trained == "all":
        return before + last
    if trained == "head":
        return last
    every = before + last
    many = max(round(float(trained) * len(every)), len(last))
    return every[-many:]


def set_learning(module: nn.Module, chosen: Sequence[Named]) -> None:
    """Let these layers learn, and no others."""
    module.requires_grad_(False)
    for _, layer in chosen:
        for parameter in layer.parameters(recurse=False):
            parameter.requires_grad_(True)


def set_training(module: nn.Module, chosen: Sequence[Named]) -> None:
    """Put what lies before the first layer that learns into rest: its statistics and its dropout stand still.

    Statistics of batch norm that went on moving in a frozen part would change it without learning.
    """
    learning = {id(layer) for _, layer in chosen}
    begun = False
    for each in module.modules():
        begun = begun or id(each) in learning
        if any(True for _ in each.parameters(recurse=False)):
            each.training = id(each) in learning
        elif any(True for _ in each.parameters()):
            each.training = any(id(inner) in learning for inner in each.modules())
        else:
            each.training = begun


def rates(chosen: Sequence[Named], head: str, stage: Stage) -> list[float]:
    """The learning rate of each layer that learns: rising evenly to the last, and the head's own."""
    before = [name for name, _ in chosen if not _is_head(name, head)]
    first, last = stage.rate if isinstance(stage.rate, tuple) else (stage.rate, stage.rate)
    steps = max(len(before) - 1, 1)
    rising = iter([first * (last / first) ** (place / steps) for place in range(len(before))])
    own = last if stage.head_rate is None else stage.head_rate
    return [own if _is_head(name, head) else next(rising) for name, _ in chosen]


def optimiser(
    kind: str, chosen: Sequence[Named], told: Sequence[float], momentum: float, decay: float
) -> torch.optim.Optimizer:
    """Make an optimiser with one group for each layer; 'rate' in a group is its rate before any schedule."""
    groups = [
        {"params": list(layer.parameters(recurse=False)), "lr": rate, "rate": rate}
        for (_, layer), rate in zip(chosen, told, strict=True)
    ]
    if kind == "sgd":
        return torch.optim.SGD(groups, lr=told[0], momentum=momentum, weight_decay=decay)
    make = torch.optim.Adam if kind == "adam" else torch.optim.AdamW
    return make(groups, lr=told[0], weight_decay=decay)


def set_factor(optimiser: torch.optim.Optimizer, factor: float) -> float:
    """Multiply each group's own rate, and return the highest that results."""
    for group in optimiser.param_groups:
        group["lr"] = group["rate"] * factor
    return max(float(group["lr"]) for group in optimiser.param_groups)


def _is_head(name: str, head: str) -> bool:
    return name == head or name.startswith(f"{head}.")
