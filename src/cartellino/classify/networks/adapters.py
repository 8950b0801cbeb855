"""One adapter each over timm and torchvision: any network of theirs, for our classes and our pictures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import torch
from torch import nn

from cartellino.errors import InputError, ModelError

if TYPE_CHECKING:
    from cartellino.classify.networks.architectures import Wanted

Tensors = Mapping[str, torch.Tensor]
Made = tuple[nn.Module, int, tuple[Any, Any]]

_USUAL = 224
_IMAGENET = ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))
# What networks say when pictures or weights do not fit them.
_UNFIT = (RuntimeError, ValueError, TypeError, KeyError, AssertionError)


def timm(name: str, wanted: Wanted, size: int, weights: Tensors | None) -> Made:
    """A network of timm; its side, mean and deviation are those of its published weights."""
    import timm as library

    if not library.is_model(name):
        near = ", ".join(library.list_models(f"*{name[:6]}*")[:6])
        raise InputError(f"timm knows no network '{name}'", "", f"It has {near or 'others'}, for instance.")
    told: Any = library.get_pretrained_cfg(name)
    size = size or int(told.input_size[1])
    options: dict[str, Any] = {"num_classes": wanted.classes, "in_chans": wanted.channels}
    if wanted.dropout is not None:
        options["drop_rate"] = wanted.dropout
    if told.fixed_input_size:  # transformers lay out their positions for one size
        options["img_size"] = size
    if weights is not None:
        # For as many classes as they were learnt with timm takes them strictly; for others it would pass over
        # whatever does not fit.
        theirs = weights.get(f"{told.classifier}.weight")
        classes = 0 if theirs is None else len(theirs)
        overlay = {"state_dict": dict(weights), "num_classes": classes}
        options |= {"num_classes": classes, "pretrained": True, "pretrained_cfg_overlay": overlay}
    try:
        module: Any = library.create_model(name, **options)
        if weights is not None:
            module.reset_classifier(wanted.classes)
    except _UNFIT as error:
        raise _unfit(wanted.name, weights, error) from error
    return module, size, (told.mean, told.std)


def torchvision(name: str, wanted: Wanted, size: int, weights: Tensors | None) -> Made:
    """A network of torchvision, without the side branches that some train with."""
    from torchvision import models

    if name not in models.list_models(module=models):
        raise InputError(
            f"torchvision knows no classifier '{name}'", "", f"It has {', '.join(models.list_models()[:6])} …"
        )
    size = size or _USUAL
    options: dict[str, Any] = {"num_classes": wanted.classes}
    if name in ("inception_v3", "googlenet"):
        options |= {"aux_logits": False, "init_weights": True, "transform_input": False}
    if name.startswith(("vit_", "swin_v1")) and size != _USUAL:
        options["image_size"] = size
    try:
        module = models.get_model(name, weights=None, **options)
        _see(module, wanted.channels)
        if weights is not None:
            _load(module, weights)
    except _UNFIT as error:
        raise _unfit(wanted.name, weights, error) from error
    if wanted.dropout is not None:
        for layer in module.modules():
            if isinstance(layer, nn.Dropout):
                layer.p = wanted.dropout
    return module, size, _IMAGENET


def _see(module: nn.Module, channels: int) -> None:
    """Put a first convolution in place that takes as many channels."""
    if channels == 3:
        return
    name, first = next((name, each) for name, each in module.named_modules() if isinstance(each, nn.Conv2d))
    other = nn.Conv2d(
        channels,
        first.out_channels,
        first.kernel_size,  # type: ignore[arg-type]
        first.stride,  # type: ignore[arg-type]
        first.padding,  # type: ignore[arg-type]
        bias=first.bias is not None,
    )
    parent, _, leaf = name.rpartition(".")
    setattr(module.get_submodule(parent), leaf, other)


def _load(module: nn.Module, weights: Tensors) -> None:
    """Load all but what tells other classes apart; colours are summed for a network that sees grey."""
    own = module.state_dict()
    last = [name for name, each in module.named_modules() if isinstance(each, nn.Linear)][-1:]
    fitting = {}
    for name, tensor in weights.items():
        here = own.get(name)
        if here is not None and here.shape != tensor.shape:
            if name.rpartition(".")[0] in last:
                continue
            if here.ndim == 4 and here.shape[1] == 1:
                tensor = tensor.sum(1, keepdim=True)
        fitting[name] = tensor
    told = module.load_state_dict(fitting, strict=False)
    missing = [name for name in told.missing_keys if name.rpartition(".")[0] not in last]
    unknown = [name for name in told.unexpected_keys if not name.lower().startswith("aux")]
    if missing or unknown:
        raise ValueError(f"it has no {', '.join(missing[:3])}" if missing else f"{unknown[0]} is unknown")


def _unfit(name: str, weights: Tensors | None, error: Exception) -> InputError | ModelError:
    said = str(error).strip().splitlines() or [type(error).__name__]
    if weights is None:
        return InputError(f"this network cannot be built so ({said[0]})", name, "Change its size or options.")
    return ModelError(
        f"the weights are not those of this network ({' '.join(said[:2])})", name, "Name the right file."
    )
