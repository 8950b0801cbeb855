"""A network of PyTorch that is ready to run, and its weights."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cartellino.errors import CartellinoError, FeatureError
from cartellino.files import readable

FILTERS = {"nearest": 0, "lanczos": 1, "bilinear": 2, "bicubic": 3}  # Pillow's numbers


@dataclass(frozen=True)
class Loaded:
    """A network and how it wants its pictures.

    Parameters
    ----------
    run : callable
        From pictures, a tensor of float32 (n, 3, size, size), to the parts of a feature, each (n, width).
    weights : str
        SHA-256 over its weights.
    size : int
        Side of the square that it was trained on.
    resample : int
        Filter of Pillow's, by number.
    mean, std : tuple of float
        Of the channels, from 0 to 1.
    """

    run: Callable[[Any], list[Any]]
    weights: str
    size: int
    resample: int
    mean: tuple[float, ...]
    std: tuple[float, ...]


def from_file(path: Path) -> dict[str, Any]:
    """Read weights from a local safetensors file; other forms may hold programs, and are refused.

    Raises
    ------
    FeatureError
        If there is no such file, or it is none of safetensors.
    """
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        state: dict[str, Any] = load_file(readable(path, "file of weights"))
    except CartellinoError as error:
        raise FeatureError(error.what, error.where, error.do) from error
    except SafetensorError as error:
        raise FeatureError(
            f"the weights cannot be read ({error})", str(path), "Save them as safetensors."
        ) from error
    return state


def filled(model: Any, state: Mapping[str, Any], unused: tuple[str, ...], name: str) -> Any:
    """Put weights into a network without its classifier, ready to run; no layer may stay without.

    Parameters
    ----------
    unused : tuple of str
        Beginnings of the names of weights that the network has no need of.

    Raises
    ------
    FeatureError
        If they are of another network.
    """
    import torch

    wanted = {key: value for key, value in state.items() if not key.startswith(unused)}
    try:
        model.load_state_dict(wanted, strict=True)
    except RuntimeError as error:
        reason = str(error).split("\n\t")[1:2] or [str(error)]
        raise FeatureError(
            f"these are the weights of another network ({reason[0].strip()})", name, "Name those of this one."
        ) from error
    return model.eval().requires_grad_(False).to(memory_format=torch.channels_last)


def digest(model: Any) -> str:
    """SHA-256 over a network's weights, by name."""
    told = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        told.update(name.encode())
        told.update(tensor.contiguous().numpy().tobytes())
    return told.hexdigest()
