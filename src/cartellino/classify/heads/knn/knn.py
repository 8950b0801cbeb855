"""The nearest neighbours as scikit-learn estimators: one label a row, or several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from numbers import Integral
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.heads.head import Classifier, Tagger
from cartellino.classify.heads.knn.neighbours import METRICS, Neighbours, laid
from cartellino.classify.heads.knn.scorer import KnnScorer
from cartellino.classify.heads.material import Material
from cartellino.classify.heads.projected import Projected
from cartellino.classify.heads.splits import Rows, Split
from cartellino.classify.heads.teaching import Candidate

Floats = NDArray[Any]

NEIGHBOURS = (5, 10, 20, 40)


@dataclass(kw_only=True, eq=False, repr=False)
class Knn(Projected):
    """The base of `KnnClassifier` and `KnnTagger`, whose parameters these are."""

    neighbours: Sequence[int] = NEIGHBOURS
    metric: str = "cosine"
    components: int = 0
    cv: Any = 5
    class_weight: str | Mapping[Any, float] | None = None
    blocks: Sequence[int] = ()
    balance: float = 0.25
    random_state: int | np.random.RandomState | None = 0

    def _candidates(self, material: Material) -> Sequence[Candidate]:
        if self.metric not in METRICS:
            raise ValueError(f"metric should be {' or '.join(map(repr, METRICS))}, not {self.metric!r}")
        return [{"neighbours": int(each)} for each in sorted(self.neighbours, reverse=True)]

    def _learn(self, material: Material, candidate: Candidate) -> KnnScorer:
        flat, projection = self._flat(material)
        kin = np.arange(len(flat)) if flat.groups is None else flat.groups
        voters = Neighbours(laid(flat.X, self.metric), flat.weights, kin)
        target = np.asarray(flat.target, np.uint8 if flat.several else np.int32)
        emphasis = np.asarray(flat.emphasis, np.float64)
        return KnnScorer(projection, voters, target, emphasis, candidate["neighbours"], self.metric)

    def _tried(self, material: Material, split: Split, candidates: Sequence[Candidate]) -> Sequence[Floats]:
        """Scores by every number of neighbours; a row has no say about its kin, nor about itself."""
        groups = np.arange(len(material)) if material.groups is None else material.groups
        known = Material(**{**vars(material), "groups": groups})
        scorer = self._learn(known.part(split[0]), candidates[0])
        each = [candidate["neighbours"] for candidate in candidates]
        return scorer.at(material.X[split[1]], each, groups[split[1]])

    def _splits(
        self, strata: Rows, groups: Any, validation: Any, kept: Rows, seed: int
    ) -> tuple[list[Split], list[Split]]:
        """One group left out after the other in the place of folds: all at once, as nothing is learnt."""
        chosen, folded = super()._splits(strata, groups, validation, kept, seed)
        if not isinstance(self.cv, Integral):
            return chosen, folded
        everyone = [(np.arange(len(kept)), np.arange(len(kept)))]
        if validation is None:
            return (everyone if chosen else []), []
        return chosen, (everyone if folded else [])


class KnnClassifier(Knn, Classifier):
    """The nearest rows vote on one label, the nearer the louder.

    Parameters
    ----------
    neighbours : sequence of int
        Numbers of neighbours to choose from; rows of another weight than 1 count as many neighbours.
    metric : str
        'cosine': rows are near that point the same way from the mean; 'euclidean': that lie close.
    components : int
        Principal axes to measure distances in; 0: all features, standardised.
    cv : int, splitter or iterable
        A number: every row is judged by the rows of all groups but its own. Else the splits by which the
        number of neighbours is chosen and the probabilities are calibrated.
    class_weight : 'balanced', mapping or None
        What a vote for each class counts; 'balanced': the less, the more rows it has.
    blocks : sequence of int
        Widths of the blocks of features, side by side, such as the stages of a network; none: all are one.
    balance : float
        What wide blocks give up to narrow ones: 0 nothing, 0.5 all that width gives them.
    random_state : int, RandomState or None
        For the axes of wide features.

    Attributes
    ----------
    classes_, scorer_, out_of_sample_, choice_, temperature_
        As of all heads.
    """


@dataclass(kw_only=True, eq=False, repr=False)
class KnnTagger(Knn, Tagger):
    """The nearest rows vote on each of several labels.

    Parameters
    ----------
    neighbours, metric, components, cv, class_weight, blocks, balance, random_state
        As of `KnnClassifier`.
    beta : float or None
        Thresholds are tuned for F-beta; None: one half for all.

    Attributes
    ----------
    classes_, thresholds_, scorer_, out_of_sample_, choice_, temperature_
        As of all heads.
    """

    beta: float | None = 2.0
