"""A model: what was learnt, how far to believe it, and where it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.recipe import Recipe
from cartellino.classify.scorer import Scorer
from cartellino.records import Provenance


@dataclass(frozen=True)
class TrainedModel:
    """A recipe trained on a label set.

    Parameters
    ----------
    name : str
        What people call it; the name of its folder, once it has one.
    kind : str
        'single' or 'multi'.
    classes : tuple of str
        The labels, in the order of the columns.
    scorer : Scorer
        From features or pictures to scores: one for each class, or for each finer class of `groups`.
    temperature : float
        What scores are divided by.
    thresholds : ndarray (k,) of float64, or None
        Multi: a label is given where its probability reaches its threshold.
    recipe : Recipe
        How it was trained.
    provenance : Provenance
        Where it came from.
    backbone_id, backbone_hash : str
        What its rows come from (see `Sight`); it takes no others.
    grid, grid_correct : ndarray
        What models that had not learnt from them said of the works that this one learnt from, and
        whether it came true: for planning only, never to promise by. Single: the likeliest label's
        probability (m,) and whether it was right. Multi: each label's probability and whether the work
        has it, (m, k).
    works : mapping of str to int
        Works in each part of the label set that have a picture.
    choice : mapping of str to value
        What was chosen out of sample, for the card.
    groups : ndarray (f, k) of float64, or None
        Where it learnt f finer classes than it answers with: the share of each in each of the k.
    """

    name: str
    kind: str
    classes: tuple[str, ...]
    scorer: Scorer
    temperature: float
    thresholds: NDArray[np.float64] | None
    recipe: Recipe
    provenance: Provenance
    backbone_id: str
    backbone_hash: str
    grid: NDArray[np.float32]
    grid_correct: NDArray[np.bool_]
    works: Mapping[str, int] = field(default_factory=dict)
    choice: Mapping[str, Any] = field(default_factory=dict)
    groups: NDArray[np.float64] | None = None

    @property
    def width(self) -> int:
        """Numbers in a feature; 0 where it takes pictures."""
        return self.scorer.width
