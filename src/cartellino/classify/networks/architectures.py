"""Networks by name, each built for as many classes, such a size and so many channels as are asked for.

Names of ours stand for one network of timm or torchvision, or for a small one of the studies; any other
of theirs is reached as ``timm:NAME`` or ``torchvision:NAME``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cartellino.errors import InputError, MissingExtraError

if TYPE_CHECKING:
    import torch
    from torch import nn

    Tensors = Mapping[str, torch.Tensor]

# Name to where it comes from, what it is called there, and the side of the pictures it looks at (0: its own).
KNOWN: dict[str, tuple[str, str, int]] = {
    "resnet18": ("timm", "resnet18", 224),
    "resnet50": ("timm", "resnet50", 224),
    "resnet101": ("timm", "resnet101", 224),
    "inception-v3": ("timm", "inception_v3", 299),
    "inception-resnet-v2": ("timm", "inception_resnet_v2", 299),
    "vgg16-bn": ("timm", "vgg16_bn", 224),
    "alexnet": ("torchvision", "alexnet", 224),
    "lite0": ("timm", "tf_efficientnet_lite0", 224),
    "lite1": ("timm", "tf_efficientnet_lite1", 240),
    "lite2": ("timm", "tf_efficientnet_lite2", 260),
    **{f"efficientnet-b{step}": ("timm", f"efficientnet_b{step}", 0) for step in range(5)},
    "convnext-tiny": ("timm", "convnext_tiny", 224),
    "vit-b16": ("timm", "vit_base_patch16_224", 224),
    "vit-tiny": ("timm", "vit_tiny_patch16_224", 224),
    "p3-cnn": ("small", "p3-cnn", 200),
    "p4-baseline": ("small", "p4-baseline", 225),
    "p4-tuned": ("small", "p4-tuned", 225),
    "tiny": ("small", "tiny", 32),
}
_PLAIN = (0.5, 0.5, 0.5)


@dataclass(frozen=True)
class Wanted:
    """A network as it is asked for.

    Parameters
    ----------
    name : str
        One of `KNOWN`, ``timm:NAME`` or ``torchvision:NAME``.
    classes : int
        Scores it gives.
    size : int or None
        Side of the pictures it looks at; None: its own.
    channels : int
        3, or 1 for grey.
    head : tuple of int
        Widths of dense layers with ReLU before the last one; none: one dense layer, as it comes.
    dropout : float or None
        Share of numbers that dropout leaves out; None: the network's own.
    batch_norm : bool
        Small networks: batch norm after each convolution.
    """

    name: str
    classes: int
    size: int | None = None
    channels: int = 3
    head: tuple[int, ...] = ()
    dropout: float | None = None
    batch_norm: bool = False


@dataclass(frozen=True)
class Network:
    """A network that was built.

    Parameters
    ----------
    module : Module
        From (n, channels, size, size) of float32 to scores (n, classes).
    head : str
        Name of the module inside it that ends in the scores.
    size : int
        Side of the pictures it looks at.
    mean, deviation : tuple of float
        What its weights were learnt with, for values from 0 to 1: one for each channel.
    """

    module: nn.Module
    head: str
    size: int
    mean: tuple[float, ...]
    deviation: tuple[float, ...]


def resolved(name: str) -> tuple[str, str, int]:
    """Where a network comes from, its name there, and its size as far as this table knows it.

    Raises
    ------
    InputError
        If there is no such name.
    """
    if name in KNOWN:
        return KNOWN[name]
    source, colon, theirs = name.partition(":")
    if colon and source in ("timm", "torchvision"):
        return source, theirs, 0
    raise InputError(
        f"no network is called '{name}'", "", f"There are: {', '.join(KNOWN)}; timm:NAME; torchvision:NAME."
    )


def built(wanted: Wanted, weights: Tensors | None = None) -> Network:
    """Build a network, with weights or at random.

    Randomness comes from torch's own generator: seed it first.

    Parameters
    ----------
    wanted : Wanted
        Which one.
    weights : mapping of str to Tensor, optional
        What another training left; the head's are dropped where it told other classes apart.

    Raises
    ------
    InputError
        If there is no such network, or it cannot be had in this form.
    ModelError
        If the weights are not those of such a network.
    MissingExtraError
        If the [train] extra is not installed.
    """
    source, name, size = resolved(wanted.name)
    try:
        from cartellino.classify.networks import adapters, heads, small
    except ModuleNotFoundError as error:
        raise MissingExtraError(f"The network '{wanted.name}'", "train") from error
    if wanted.batch_norm and source != "small":
        raise InputError(
            f"'{wanted.name}' is built with or without batch norm once and for all",
            "batch_norm",
            "Leave batch_norm away, or take another network.",
        )
    make = {"timm": adapters.timm, "torchvision": adapters.torchvision, "small": small.built}[source]
    module, size, (mean, deviation) = make(name, wanted, wanted.size or size, weights)
    head = heads.replaced(module, wanted)
    return Network(module, head, size, *(_channels(each, wanted.channels) for each in (mean, deviation)))


def _channels(values: Any, channels: int) -> tuple[float, ...]:
    told = tuple(float(value) for value in values or _PLAIN)
    return told if len(told) == channels else (sum(told) / len(told),) * channels
