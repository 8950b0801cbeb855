"""Fully connected layers as scikit-learn estimators: one label a row, or several."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.heads import teaching
from cartellino.classify.heads.head import Classifier, Tagger
from cartellino.classify.heads.likelihood import softmax
from cartellino.classify.heads.material import Material
from cartellino.classify.heads.mlp.network import Derive, Network, Pace, learn
from cartellino.classify.heads.mlp.scorer import MlpScorer
from cartellino.classify.heads.projected import Projected
from cartellino.classify.heads.splits import Split
from cartellino.classify.heads.tagging import LossSettings, TagLoss, straightened
from cartellino.classify.heads.teaching import Candidate, Taught

Floats = NDArray[Any]

WIDTHS = (512, 256)
EPOCHS = (2, 4, 6, 9, 13, 20, 30)
_PATIENCE = 2  # stops in a row that are worse than one before them


@dataclass(kw_only=True, eq=False, repr=False)
class Mlp(Projected):
    """The base of `MlpClassifier` and `MlpTagger`, whose parameters these are."""

    widths: Sequence[int] = WIDTHS
    epochs: Sequence[int] = EPOCHS
    rate: float = 1e-3
    batch: int = 128
    decay: float = 0.1
    members: int = 1
    components: int = 512
    cv: Any = 5
    class_weight: str | Mapping[Any, float] | None = None
    blocks: Sequence[int] = ()
    balance: float = 0.25
    random_state: int | np.random.RandomState | None = 0

    def _candidates(self, material: Material) -> Sequence[Candidate]:
        return [{"epochs": int(each)} for each in sorted(self.epochs)]

    def _loss(self) -> TagLoss:
        return TagLoss()

    def _learn(self, material: Material, candidate: Candidate) -> MlpScorer:
        flat, projection = self._flat(material)
        members = [self._drawn(flat, number) for number in range(self.members)]
        for _ in self._path(flat, members, int(candidate["epochs"])):
            pass
        return MlpScorer(projection, tuple(members), flat.several and self._loss().shared)

    def _tried(self, material: Material, split: Split, candidates: Sequence[Candidate]) -> Sequence[Floats]:
        """One path for all candidates, left early once rows that it has not seen lose and lose again."""
        stops = [int(candidate["epochs"]) for candidate in candidates]
        learn, asked = material.part(split[0]), material.X[split[1]]
        members = [self._drawn(learn, number) for number in range(self.members)]
        projection = material.projection
        if projection is None:
            raise RuntimeError("networks are tried on projected rows")
        scorer = MlpScorer(projection, tuple(members), learn.several and self._loss().shared)
        said: list[Floats] = []
        losses: list[float] = []
        for epoch in self._path(learn, members, max(stops)):
            if epoch in stops:
                said.append(scorer.within(asked))
                losses.append(float(material.log_losses(said[-1].astype(np.float64), split[1]).mean()))
            if len(losses) > _PATIENCE and min(losses[-_PATIENCE:]) > min(losses):
                break
        return said + [said[-1]] * (len(stops) - len(said))

    def _drawn(self, material: Material, number: int) -> Network:
        widths = [material.X.shape[1], *self.widths, material.columns]
        return Network.drawn(widths, material.seed + number, material.X.dtype)

    def _path(self, material: Material, members: Sequence[Network], epochs: int) -> Iterator[int]:
        """Let all members learn side by side; yields the epoch that is over."""
        from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

        pace = Pace(self.rate, self.batch, self.decay, epochs)
        derive = self._derive(material)
        paths = [
            learn(member, material.X, material.weights, derive, pace, material.seed + number)
            for number, member in enumerate(members)
        ]
        with threadpool_limits(1):  # products of a batch are too small to be shared among cores
            for done in zip(*paths, strict=True):
                material.progress.advance()
                yield done[0]

    def _derive(self, material: Material) -> Derive:
        weights = material.weights.astype(material.X.dtype)[:, None]
        emphasis = material.emphasis.astype(material.X.dtype)
        if material.several:
            loss = self._loss()
            return lambda scores, rows: loss.of(scores, material.target[rows], emphasis)[1] * weights[rows]
        classes = np.arange(material.columns)

        def one(scores: Floats, rows: NDArray[np.int64]) -> Floats:
            right = material.target[rows]
            turn = softmax(scores) - (right[:, None] == classes)
            turn *= weights[rows] * emphasis[right][:, None]
            return np.asarray(turn)

        return one

    def _teach(self, material: Material, chosen: Sequence[Split], folded: Sequence[Split]) -> Taught:
        taught = super()._teach(material, chosen, folded)
        if not (material.several and self._loss().skewed):
            return taught
        scorer, told = taught.scorer, taught.out_of_sample
        if not isinstance(scorer, MlpScorer) or not len(told.rows):
            return taught
        sigmoids, bent = straightened(material, told)
        return Taught(
            replace(scorer, sigmoids=sigmoids), bent, teaching.verdict(material, bent)[1], taught.choice
        )


class MlpClassifier(Mlp, Classifier):
    """Fully connected layers with ReLU between them, for one label a row.

    Parameters
    ----------
    widths : sequence of int
        Of the layers but the last, which has as many as there are classes: two make three layers.
    epochs : sequence of int
        Times that every row is seen, to choose from: where to stop.
    rate, batch, decay : float, int, float
        Adam's step, the rows of one, and what weights shrink by.
    members : int
        Networks, drawn and shuffled differently, whose scores are averaged.
    components : int
        Principal axes to keep of the standardised features; 0: all features.
    cv : int, splitter or iterable
        Folds by which choices are made and probabilities are calibrated, where `fit` is given no validation
        rows.
    class_weight : 'balanced', mapping or None
        What a row of each class weighs; 'balanced' lets every class weigh the same.
    blocks : sequence of int
        Widths of the blocks of features, side by side, such as the stages of a network; none: all are one.
    balance : float
        What wide blocks give up to narrow ones: 0 nothing, 0.5 all that width gives them.
    random_state : int, RandomState or None
        For the folds, the first guess and the order of the rows.

    Attributes
    ----------
    classes_, scorer_, out_of_sample_, choice_, temperature_
        As of all heads.
    """


@dataclass(kw_only=True, eq=False, repr=False)
class MlpTagger(LossSettings, Mlp, Tagger):
    """Fully connected layers with ReLU between them, for several labels a row.

    Parameters
    ----------
    widths, epochs, rate, batch, decay, members, components, cv, class_weight, blocks, balance, random_state
        As of `MlpClassifier`.
    beta : float or None
        Thresholds are tuned for F-beta; None: one half for all.
    loss, focus, focus_present, focus_absent, clip
        What is minimised, as of `TagLoss`.

    Attributes
    ----------
    classes_, thresholds_, scorer_, out_of_sample_, choice_, temperature_
        As of all heads.
    """

    beta: float | None = 2.0
