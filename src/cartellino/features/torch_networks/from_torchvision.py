"""Networks of torchvision; weights come from PyTorch's own server, or from a local file."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from cartellino.errors import FeatureError
from cartellino.features.torch_networks.loaded import FILTERS, Loaded, digest, filled, from_file

# What the published weights of these were trained with, and their builders set only beside the weights.
_TRAINED_WITH = {"inception_v3": {"transform_input": True}, "googlenet": {"transform_input": True}}
_AUXILIARY = ("AuxLogits.", "aux1.", "aux2.")  # classifiers that are of use in training alone


def load(name: str, layout: str, weights: Path | None) -> Loaded:
    """Load a network of torchvision without its last layer; see `from_timm.load`.

    Raises
    ------
    FeatureError
        If there is no such network, or its weights cannot be had.
    """
    from torchvision import models

    try:
        published = models.get_model_weights(name).DEFAULT
        model = models.get_model(name, weights=None, **_TRAINED_WITH.get(name, {}))
        told = published.transforms()
        size, mean, std, filter_ = told.crop_size[0], told.mean, told.std, told.interpolation.value
    except (ValueError, AttributeError) as error:
        raise FeatureError(
            f"torchvision has no network of pictures called '{name}'",
            "",
            "See torchvision.models.list_models().",
        ) from error
    classifier = _beheaded(model, name)
    for part in _AUXILIARY:
        if hasattr(model, part.rstrip(".")):
            setattr(model, part.rstrip("."), None)
    state = from_file(weights) if weights else _fetched(name, published)
    filled(model, state, (f"{classifier}.", *_AUXILIARY), name)
    run = _Stages(model) if layout == "stages" else lambda pictures: [model(pictures)]
    return Loaded(
        run, digest(model), size, FILTERS.get(filter_, FILTERS["bilinear"]), tuple(mean), tuple(std)
    )


def _beheaded(model: Any, name: str) -> str:
    """Let the last linear layer hand on what it is given, and tell what it is called."""
    from torch import nn

    linear: list[str] = [path for path, layer in model.named_modules() if isinstance(layer, nn.Linear)]
    linear = [path for path in linear if not path.startswith(_AUXILIARY)]
    if not linear:
        raise FeatureError(f"torchvision's {name} has no linear last layer", "", "Take the one of timm.")
    parent, _, last = linear[-1].rpartition(".")
    setattr(model.get_submodule(parent), last, nn.Identity())
    return linear[-1]


class _Stages:
    """The spatial mean of the last layer at each resolution, and the features after them."""

    def __init__(self, model: Any) -> None:
        self._model, self._own = model, threading.local()
        for layer in _layers(model):
            layer.register_forward_hook(lambda _layer, _given, found: self._note(found))

    def __call__(self, pictures: Any) -> list[Any]:
        self._own.found = {}
        last = self._model(pictures)
        found = self._own.found.values()
        return [*(maps.mean((2, 3)) for maps in found), last]

    def _note(self, found: Any) -> None:
        # Maps of a square picture are square; Swin's, with the channels last, are none of (n, c, h, w).
        if getattr(found, "ndim", 0) == 4 and found.shape[2] == found.shape[3] > 1:
            self._own.found[tuple(found.shape[2:])] = found


def _layers(model: Any) -> list[Any]:
    """The network's parts, and those of its trunk where that is one part."""
    trunk = getattr(model, "features", None)
    return [*model.children(), *(trunk.children() if trunk is not None else ())]


def _fetched(name: str, published: Any) -> dict[str, Any]:
    from torch import hub

    try:
        state: dict[str, Any] = hub.load_state_dict_from_url(
            published.url, map_location="cpu", progress=False, check_hash=True, weights_only=True
        )
    except OSError as error:
        raise FeatureError(
            f"the weights of torchvision's {name} cannot be fetched ({error})",
            published.url,
            f"Fetch them elsewhere, save them as safetensors, and name the file: torchvision:{name}#FILE",
        ) from error
    return state
