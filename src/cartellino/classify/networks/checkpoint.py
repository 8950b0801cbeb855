"""A run that can be gone on with: one file that holds all of it, and one with the best weights so far.

Both are safetensors with JSON in their heads, so nothing of them is ever run; both are written whole.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import nn

from cartellino.errors import ModelError
from cartellino.files import write_bytes

Tensors = dict[str, torch.Tensor]

FORMAT = 1
RUN, BEST = "run.safetensors", "best.safetensors"
_NETWORK, _OPTIMISER = "network/", "optimiser/"


def write(path: Path, tensors: Mapping[str, torch.Tensor], about: Mapping[str, Any]) -> None:
    """Write tensors and what they are about to one file, whole.

    Raises
    ------
    StorageError
        If the disk is full or the folder cannot be written.
    """
    from safetensors.torch import save

    plain = {name: each.detach().cpu().contiguous() for name, each in tensors.items()}
    write_bytes(path, save(plain, {"about": json.dumps({"format": FORMAT, **about})}))


def read(path: Path) -> tuple[Tensors, dict[str, Any]] | None:
    """Read what `write` wrote, or None where there is nothing.

    Raises
    ------
    ModelError
        If it is of another format or broken.
    """
    from safetensors import SafetensorError, safe_open

    if not path.exists():
        return None
    try:
        with safe_open(path, framework="pt") as stored:
            about = json.loads(stored.metadata()["about"])
            if about.pop("format") != FORMAT:
                raise ValueError("another format")
            return {name: stored.get_tensor(name) for name in stored.keys()}, about  # noqa: SIM118
    except (SafetensorError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"this checkpoint cannot be gone on with ({error})", str(path), "Remove its folder to train anew."
        ) from error


def of_network(module: nn.Module) -> Tensors:
    """The weights and statistics of a network, as they go into a checkpoint."""
    return {_NETWORK + name: each for name, each in module.state_dict().items()}


def into_network(module: nn.Module, tensors: Mapping[str, torch.Tensor]) -> None:
    """Put weights and statistics of a checkpoint into a network."""
    module.load_state_dict(_under(tensors, _NETWORK))


def of_optimiser(module: nn.Module, optimiser: torch.optim.Optimizer) -> Tensors:
    """What an optimiser remembers of each parameter, by the parameter's name."""
    names = {id(each): name for name, each in module.named_parameters()}
    return {
        f"{_OPTIMISER}{names[id(parameter)]}/{what}": value
        for parameter, state in optimiser.state.items()
        for what, value in state.items()
        if isinstance(value, torch.Tensor)
    }


def into_optimiser(
    module: nn.Module, optimiser: torch.optim.Optimizer, tensors: Mapping[str, torch.Tensor]
) -> None:
    """Give an optimiser back what it remembered, laid out as its parameters are."""
    parameters = dict(module.named_parameters())
    for name, value in _under(tensors, _OPTIMISER).items():
        parameter = parameters[name.rpartition("/")[0]]
        like = torch.empty_like(parameter).copy_(value) if value.shape == parameter.shape else value
        optimiser.state[parameter][name.rpartition("/")[2]] = like


def _under(tensors: Mapping[str, torch.Tensor], prefix: str) -> Tensors:
    return {name.removeprefix(prefix): each for name, each in tensors.items() if name.startswith(prefix)}
