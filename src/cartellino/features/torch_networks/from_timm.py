"""Networks of timm; weights come from its repositories on the hub, checked like all that comes from there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cartellino.errors import FeatureError
from cartellino.features.hub.fetch import Repository, sound_digest
from cartellino.features.torch_networks.loaded import FILTERS, Loaded, digest, filled, from_file

_WEIGHTS = "model.safetensors"


def load(name: str, layout: str, weights: Path | None) -> Loaded:
    """Load a network of timm without its classifier.

    Parameters
    ----------
    name : str
        As ``timm.list_models(pretrained=True)`` has it (``resnet18.a1_in1k``).
    layout : str
        ``'last'``: the pooled features; ``'stages'``: the spatial mean of every stage before them too.
    weights : Path, optional
        A safetensors file; those of the hub, if not given.

    Raises
    ------
    FeatureError
        If there is no such network, or its weights cannot be had.
    """
    import timm

    try:
        model = timm.create_model(name, pretrained=False, num_classes=0)
    except RuntimeError as error:
        raise FeatureError(f"timm has no network called '{name}'", "", "See timm.list_models().") from error
    data: Any = timm.data
    config = data.resolve_model_data_config(model)
    state = from_file(weights or _fetched(name, model))
    filled(model, state, _classifier(model), name)
    return Loaded(
        _stages(model, name) if layout == "stages" else lambda pictures: [model(pictures)],
        digest(model),
        config["input_size"][1],
        FILTERS.get(config["interpolation"], FILTERS["bicubic"]),
        tuple(config["mean"]),
        tuple(config["std"]),
    )


def _stages(model: Any, name: str) -> Any:
    if not hasattr(model, "forward_intermediates"):
        raise FeatureError(f"timm's {name} does not give its stages", "", f"Take timm:{name}:last.")

    def run(pictures: Any) -> list[Any]:
        last, stages = model.forward_intermediates(pictures, output_fmt="NCHW")
        return [*(stage.mean((2, 3)) for stage in stages), model.forward_head(last)]

    return run


def _classifier(model: Any) -> tuple[str, ...]:
    told = model.pretrained_cfg.get("classifier") or ()
    return tuple(f"{each}." for each in ((told,) if isinstance(told, str) else told))


def _fetched(name: str, model: Any) -> Path:
    repository = model.pretrained_cfg.get("hf_hub_id")
    if not repository:
        raise FeatureError(
            f"the hub has no weights for timm's {name}", "", f"Name a file: timm:{name}#weights.safetensors"
        )
    told = Repository(repository)
    path = told.cached(_WEIGHTS)
    if path is None:
        otherwise = (
            f"Where the hub can be reached: {told.command(_WEIGHTS)}; "
            f"then name the file: timm:{name}#{told.folder}/{_WEIGHTS}"
        )
        (path,) = told.fetched(lambda _: [_WEIGHTS], otherwise)
    sound_digest(path)
    return path
