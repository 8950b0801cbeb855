"""An evaluation: what was measured, on which works, and where it all came from."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from cartellino.evaluate import summary

if TYPE_CHECKING:
    from cartellino.curate.labelset import LabelSet

FORMAT = 1


class Evaluation(Mapping[str, Any]):
    """A mapping of plain values with stable keys, ready for JSON.

    Parameters
    ----------
    data : dict
        'kind', 'part', 'part_in_words', 'works', 'pictures', 'figures', 'classes', 'confusion', 'hardest',
        'calibration', 'folds', 'label_set', 'model', 'provenance', 'seed', 'rounds', 'level'; 'format',
        'headline' and 'summary' are added.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        told = dict(data)
        told = {
            "format": FORMAT,
            "headline": summary.headline(told),
            "summary": summary.sentences(told),
        } | told
        self._data: dict[str, Any] = _plain(told)

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


def described(label_set: LabelSet) -> dict[str, Any]:
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


def model_described(model: Any) -> dict[str, Any]:
    """What a report must say of the model."""
    recipe = getattr(model, "recipe", None)
    return {
        "name": model.name,
        "recipe": getattr(recipe, "name", ""),
        "backbone": model.backbone_id,
        "backbone_hash": model.backbone_hash,
        "temperature": model.temperature,
    }


def provenance(model: Any) -> dict[str, Any]:
    """Where the model came from."""
    return asdict(model.provenance)


def _plain(value: Any) -> Any:
    """JSON has no NaN, and numpy's numbers are not its own."""
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if hasattr(value, "item"):
        value = value.item()
    return None if isinstance(value, float) and not math.isfinite(value) else value
