"""A model in a folder: weights as safetensors, all else as JSON, a card for people; nothing of it is run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cartellino.classify.card import card
from cartellino.classify.families import family
from cartellino.classify.recipe import Recipe
from cartellino.classify.trained import TrainedModel
from cartellino.errors import ModelError
from cartellino.files import digest, readable, write_bytes, write_text
from cartellino.records import Provenance

if TYPE_CHECKING:
    from cartellino.curate.labelset import LabelSet
    from cartellino.features.backbone import Backbone

__all__ = ["FORMAT", "TrainedModel", "load", "save"]

FORMAT = 2
_READ = (1, FORMAT)  # 1 knew linear heads only, and called their tensor by its bare name
_LEARNT = "learnt/"
WEIGHTS, ABOUT, CARD = "weights.safetensors", "model.json", "card.md"
_AGAIN = "Train it again: cartellino train"


def save(model: TrainedModel, folder: Path) -> dict[str, Any]:
    """Write a model to a folder, `model.json` last, so that what can be loaded is complete.

    Returns
    -------
    dict
        What ``model.json`` says.
    """
    from safetensors.numpy import save as packed

    tensors = {
        **{_LEARNT + name: np.ascontiguousarray(each) for name, each in model.scorer.tensors().items()},
        "grid": np.ascontiguousarray(model.grid, np.float32),
        "grid_correct": np.ascontiguousarray(model.grid_correct, np.bool_),
    }
    if model.thresholds is not None:
        tensors["thresholds"] = np.ascontiguousarray(model.thresholds, np.float64)
    if model.groups is not None:
        tensors["groups"] = np.ascontiguousarray(model.groups, np.float64)
    weights = packed(tensors)
    about = _described(replace(model, name=folder.name), digest(weights))
    write_bytes(folder / WEIGHTS, weights)
    write_text(folder / CARD, card(about))
    write_text(folder / ABOUT, json.dumps(about, indent=2, ensure_ascii=False) + "\n")
    return about


def load(folder: Path, backbone: Backbone | None = None, label_set: LabelSet | None = None) -> TrainedModel:
    """Read a model, and refuse one that is not what it says or does not fit.

    Parameters
    ----------
    folder : Path
        Where it lies.
    backbone : Backbone, optional
        What its features will come from.
    label_set : LabelSet, optional
        What its labels should be.

    Raises
    ------
    ModelError
        If it is of another format, was changed, takes features of another backbone, or has other classes.
    InputError
        If a file is missing.
    """
    about = _about(folder)
    weights = readable(folder / WEIGHTS, "file of weights").read_bytes()
    if digest(weights) != about["weights"]:
        raise ModelError(
            "the weights were changed since they were saved", str(folder / WEIGHTS), f"{_AGAIN}."
        )
    model = _built(about, weights, folder)
    _refuse_other_features(model, backbone)
    if label_set is not None and tuple(label_set.classes) != model.classes:
        raise ModelError(
            f"this model knows other classes than {label_set.title}",
            model.name,
            f"{_AGAIN} {label_set.name}.",
        )
    return model


def _described(model: TrainedModel, weights: str) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "name": model.name,
        "kind": model.kind,
        "classes": list(model.classes),
        "temperature": model.temperature,
        "thresholds": None if model.thresholds is None else model.thresholds.tolist(),
        "recipe": model.recipe.to_dict(),
        "scorer": model.scorer.about(),
        "choice": dict(model.choice),
        "works": dict(model.works),
        "backbone": {"id": model.backbone_id, "hash": model.backbone_hash, "width": model.width},
        "provenance": asdict(model.provenance),
        "weights": weights,
    }


def _about(folder: Path) -> dict[str, Any]:
    path = readable(folder / ABOUT, "model")
    try:
        about: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        version = about["format"]
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError("this does not describe a model", str(path), f"{_AGAIN}.") from error
    if version not in _READ:
        raise ModelError(
            f"this model is of format {version}, and this version of Cartellino reads {_READ[0]} to {FORMAT}",
            str(path),
            f"Use the version of Cartellino that wrote it. {_AGAIN}.",
        )
    return about


def _built(about: Mapping[str, Any], weights: bytes, folder: Path) -> TrainedModel:
    from safetensors import SafetensorError
    from safetensors.numpy import load as unpacked

    try:
        tensors = unpacked(weights)
        recipe = Recipe.from_dict(about["recipe"], str(folder / ABOUT))
        model = TrainedModel(
            name=folder.name,
            kind=about["kind"],
            classes=tuple(about["classes"]),
            scorer=family(recipe.family).restored(_learnt(tensors, about), about.get("scorer", {})),
            temperature=float(about["temperature"]),
            thresholds=tensors.get("thresholds"),
            recipe=recipe,
            provenance=Provenance(**about["provenance"]),
            backbone_id=about["backbone"]["id"],
            backbone_hash=about["backbone"]["hash"],
            grid=tensors["grid"],
            grid_correct=tensors["grid_correct"],
            works=about["works"],
            choice=about["choice"],
            groups=tensors.get("groups"),
        )
    except (KeyError, TypeError, ValueError, SafetensorError) as error:
        raise ModelError(
            f"a part of the model is missing or broken ({error})", str(folder), f"{_AGAIN}."
        ) from error
    _refuse_other_shapes(model, about["backbone"]["width"], folder)
    return model


def _learnt(tensors: Mapping[str, Any], about: Mapping[str, Any]) -> dict[str, Any]:
    if about["format"] == 1:
        return {"coefficients": tensors["coefficients"]}
    return {name.removeprefix(_LEARNT): each for name, each in tensors.items() if name.startswith(_LEARNT)}


def _refuse_other_shapes(model: TrainedModel, width: int, folder: Path) -> None:
    k = len(model.classes)
    learnt = k if model.groups is None else len(model.groups)
    shapes: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {
        "scores": ((model.width, model.scorer.columns), (width, learnt)),
        "grid_correct": (model.grid_correct.shape, model.grid.shape),
    }
    if model.groups is not None:
        shapes["groups"] = (model.groups.shape, (learnt, k))
    if model.kind == "multi":
        found = () if model.thresholds is None else model.thresholds.shape
        shapes["thresholds"] = (found, (k,))
    for name, (found, wanted) in shapes.items():
        if found != wanted:
            raise ModelError(
                f"its {name} are {found}, and should be {wanted}", str(folder / WEIGHTS), f"{_AGAIN}."
            )
    if not model.temperature > 0:
        raise ModelError("its numbers are not those of a trained model", str(folder), f"{_AGAIN}.")


def _refuse_other_features(model: TrainedModel, backbone: Backbone | None) -> None:
    fixed = model.recipe.views or model.scorer.sees == "pictures"
    if backbone is not None and not fixed and backbone.hash != model.backbone_hash:
        learnt = model.provenance.label_set.partition("@")[0]
        raise ModelError(
            f"this model takes features of {model.backbone_id} ({model.backbone_hash[:12]}), "
            f"and the collection's are of {backbone.id} ({backbone.hash[:12]})",
            model.name,
            f"Set the backbone back, or train again: cartellino train {learnt}.",
        )
