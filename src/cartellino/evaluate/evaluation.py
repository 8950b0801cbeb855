"""An evaluation: what was measured, on which works, and where it all came from."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cartellino.evaluate import summary
from cartellino.evaluate.measure import LEVEL, ROUNDS, measured

if TYPE_CHECKING:
    from cartellino.classify.trained import TrainedModel
    from cartellino.curate.labelset import LabelSet
    from cartellino.evaluate.said import Said

FORMAT = 1


class Evaluation(Mapping[str, Any]):
    """A mapping of plain values with stable keys, ready for JSON.

    Parameters
    ----------
    data : dict
        'kind', 'part', 'part_in_words', 'works', 'pictures', 'pictureless', 'figures', 'classes',
        'confusion', 'hardest', 'calibration', 'folds', 'label_set', 'model', 'provenance', 'seed', 'rounds',
        'level'; 'format', 'headline' and 'summary' are added.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        told = dict(data)
        told = {
            "format": FORMAT,
            "headline": summary.headline(told),
            "summary": summary.sentences(told),
        } | told
        self._data: dict[str, Any] = plain(told)

    def __getitem__(self, key: str) -> Any:
        return self._data[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def __len__(self) -> int:
        return len(self._data)

    @property
    def headline(self) -> str:
        """The sentence that says it all."""
        return str(self._data["headline"])

    def as_dict(self) -> dict[str, Any]:
        """The same as a dictionary."""
        return dict(self._data)


def assembled(
    label_set: LabelSet,
    said: Said,
    model: TrainedModel,
    *,
    part: str,
    pictures: int,
    pictureless: int,
    seed: int,
    thresholds: NDArray[np.floating] | None = None,
    folds: dict[str, Any] | None = None,
) -> Evaluation:
    """Measure what was said, and set beside it where everything came from.

    Parameters
    ----------
    label_set : LabelSet
        What was learnt.
    said : Said
        What was said of its works.
    model : TrainedModel
        Who said it; for folds, one of those that did.
    part : str
        The part that the works are of, or 'folds'.
    pictures, pictureless : int
        How many pictures the works have, and how many more works have none.
    seed : int
        For intervals by drawing.
    thresholds : ndarray (k,), optional
        From which probability each label was given.
    folds : dict, optional
        Figures fold by fold.
    """
    told = measured(said, seed)
    given = [None] * len(said.classes) if thresholds is None else np.asarray(thresholds).tolist()
    classes = [
        {**each, "threshold": threshold} for each, threshold in zip(told["classes"], given, strict=True)
    ]
    return Evaluation(
        {
            "kind": label_set.kind,
            "part": part,
            "part_in_words": summary.PARTS[part],
            "works": len(said),
            "pictures": pictures,
            "pictureless": pictureless,
            **told,
            "classes": classes,
            "folds": folds,
            "label_set": label_set_told(label_set),
            "model": _model(model, 0 if folds is None else folds["k"]),
            "provenance": asdict(model.provenance),
            "seed": seed,
            "rounds": ROUNDS,
            "level": LEVEL,
        }
    )


def label_set_told(label_set: LabelSet) -> dict[str, Any]:
    """What a report must say of the label set behind it."""
    counts = [label_set.counts(place) for place in range(len(label_set.classes))]
    parts = list(counts[0]) if counts else []
    return {
        "name": label_set.name,
        "version": label_set.version,
        "hash": label_set.hash,
        "kind": label_set.kind,
        "field": label_set.definition.field,
        "definition": label_set.definition.to_toml(),
        "classes": list(label_set.classes),
        "parts": {part: len(label_set.of(part)) for part in parts},
        "works": {part: [each[part] for each in counts] for part in parts},
    }


def _model(model: TrainedModel, folds: int) -> dict[str, Any]:
    """What a report must say of the model; of folds, what their models have in common."""
    recipe = model.recipe.name
    choice: Mapping[str, Any] = {} if folds else model.choice
    return {
        "name": f"{recipe} in {folds} folds" if folds else model.name,
        "recipe": recipe,
        "backbone": model.backbone_id,
        "backbone_hash": model.backbone_hash,
        "temperature": None if folds else model.temperature,
        "beta": model.recipe.beta if model.kind == "multi" and not model.recipe.threshold else None,
        "history": choice.get("history", []),
        "epoch": choice.get("epoch"),
    }


def plain(value: Any) -> Any:
    """JSON has no NaN, and numpy's numbers are not its own."""
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if hasattr(value, "item"):
        value = value.item()
    return None if isinstance(value, float) and not math.isfinite(value) else value
