"""The base of all classifiers on features: estimators of scikit-learn's manner that believe nothing unseen.

A head says how it learns (`_learn`), and what there is to choose from (`_candidates`); everything else is
done here, the same for all: rows are checked, weighed and split, choices are made out of sample by calibrated
log loss, scores are calibrated by one temperature, and the scorer that is saved is what predicts.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils import check_random_state
from sklearn.utils.multiclass import check_classification_targets, type_of_target
from sklearn.utils.validation import _check_sample_weight, check_is_fitted, validate_data

from cartellino.classify.heads import splits, teaching, weighing
from cartellino.classify.heads.answering import Answering, OneLabel, SeveralLabels, places, table
from cartellino.classify.heads.material import Material
from cartellino.classify.heads.scorer import HeadScorer
from cartellino.classify.heads.splits import Rows, Split
from cartellino.classify.heads.teaching import Candidate, Taught
from cartellino.classify.unseen import OutOfSample
from cartellino.progress import Progress, Silent

Floats = NDArray[Any]

PRECISIONS = [np.float64, np.float32]


class Head(Answering, ClassifierMixin, BaseEstimator, ABC):  # type: ignore[misc]
    """What all heads share; a head is this with `Classifier` or `Tagger`.

    Parameters
    ----------
    cv : int, splitter or iterable
        Folds by which choices are made and probabilities are calibrated, where `fit` is given no
        validation rows.
    class_weight : 'balanced', mapping or None
        What a row of each class weighs; 'balanced' lets every class weigh the same.
    random_state : int, RandomState or None
        Where randomness comes from.

    Attributes
    ----------
    scorer_ : HeadScorer
        What was learnt, as plain numbers.
    out_of_sample_ : OutOfSample
        Rows and scores that calibrated it.
    choice_ : dict
        What was chosen out of sample, as JSON's objects.
    temperature_ : float
        What scores are divided by (Guo et al., ICML 2017).
    """

    cv: Any
    class_weight: str | Mapping[Any, float] | None
    random_state: int | np.random.RandomState | None

    @abstractmethod
    def fit(
        self,
        X: ArrayLike,
        y: ArrayLike,
        sample_weight: ArrayLike | None = None,
        groups: ArrayLike | None = None,
        validation: ArrayLike | None = None,
        progress: Progress | None = None,
    ) -> Self:
        """Learn from rows."""

    @abstractmethod
    def _learn(self, material: Material, candidate: Candidate) -> HeadScorer:
        """Learn from all rows of the material, as the candidate says."""

    def _candidates(self, material: Material) -> Sequence[Candidate]:
        """What to choose from, most cautious first: words for `_learn`, as JSON's objects."""
        return [{}]

    def _tried(self, material: Material, split: Split, candidates: Sequence[Candidate]) -> Sequence[Floats]:
        """Scores of the rows that the split keeps out, by every candidate; to be done quicker together."""
        learn, asked = material.part(split[0]), material.X[split[1]]
        return [self._learn(learn, candidate).reckon(asked) for candidate in candidates]

    def _teach(self, material: Material, chosen: Sequence[Split], folded: Sequence[Split]) -> Taught:
        """Choose by the splits `chosen`, calibrate by `folded` where there are any, learn from everything."""
        trial = teaching.try_out(material, chosen, self._candidates(material), self._tried)
        told = trial.told
        if folded:
            told = teaching.try_out(material, folded, [trial.chosen], self._tried).told
        temperature = teaching.verdict(material, told)[1]
        return Taught(self._learn(material, trial.chosen), told, temperature, trial.choice)

    def _taught(
        self,
        told: tuple[Floats, NDArray[Any], Floats],
        emphasis: Floats,
        strata: Rows,
        asked: tuple[Any, ...],
    ) -> None:
        """Learn from rows, targets and weights; keep what is found under scikit-learn's names."""
        groups, validation, progress = asked
        kept = np.flatnonzero(told[2] > 0)
        X, target, weights = told if len(kept) == len(told[2]) else (part[kept] for part in told)
        seed = int(check_random_state(self.random_state).randint(np.iinfo(np.int32).max))
        chosen, folded = self._splits(strata, groups, validation, kept, seed)
        kin = None if groups is None else np.asarray(groups)[kept]
        several = isinstance(self, Tagger)
        material = Material(X, target, weights, emphasis, several, seed, kin, progress or Silent())
        taught = self._teach(material, chosen, folded)
        self.scorer_, self.choice_, self.temperature_ = taught.scorer, taught.choice, taught.temperature
        self.out_of_sample_ = OutOfSample(kept[taught.out_of_sample.rows], taught.out_of_sample.logits)

    def _splits(
        self, strata: Rows, groups: Any, validation: Any, kept: Rows, seed: int
    ) -> tuple[list[Split], list[Split]]:
        """What chooses; and what calibrates, where that is something else."""
        return splits.asked(self.cv, strata, groups, validation, kept, seed)

    def _scores(self, X: ArrayLike) -> Floats:
        """Calibrated scores (n, k)."""
        check_is_fitted(self)
        checked = validate_data(self, X, dtype=PRECISIONS, order="C", reset=False)
        scores: Floats = self.scorer_.reckon(checked) / self.temperature_
        return scores


class Classifier(OneLabel, Head):
    """A head that gives every row one label.

    Attributes
    ----------
    classes_ : ndarray (k,)
        Labels, sorted.
    """

    def fit(
        self,
        X: ArrayLike,
        y: ArrayLike,
        sample_weight: ArrayLike | None = None,
        groups: ArrayLike | None = None,
        validation: ArrayLike | None = None,
        progress: Progress | None = None,
    ) -> Self:
        """Learn from features (n, d) and labels (n,).

        Parameters
        ----------
        X : array-like (n, d)
            Features; float32 stays float32.
        y : array-like (n,)
            One label a row.
        sample_weight : array-like (n,), optional
            Weight of each row; rows of weight 0 take no part.
        groups : array-like (n,), optional
            Rows of one group share a fold.
        validation : array-like, optional
            Rows (places, or a mask) that choose in the place of folds, and are learnt from once the
            choice is made. Where they are few, folds still calibrate.
        progress : Progress, optional
            Who is told how far it is.
        """
        features, told = validate_data(self, X, y, dtype=PRECISIONS, order="C")
        weights = _check_sample_weight(sample_weight, features, dtype=np.float64, ensure_non_negative=True)
        self.classes_, place = places(told, weights)
        emphasis = weighing.single(self.class_weight, self.classes_, place, weights)
        self._taught((features, place, weights), emphasis, place, (groups, validation, progress))
        return self


class Tagger(SeveralLabels, Head):
    """A head that gives a row any number of labels.

    Parameters
    ----------
    beta : float or None
        Thresholds are tuned for F-beta; 2 counts a missed label four times as much as one too many.
        None: one half for all.

    Attributes
    ----------
    thresholds_ : ndarray (k,)
        A label is given where its probability reaches its threshold.
    classes_ : ndarray (k,)
        Places of the labels; of a single label its absence and its presence, as `fit` was given them.
    """

    def fit(
        self,
        X: ArrayLike,
        y: ArrayLike,
        sample_weight: ArrayLike | None = None,
        groups: ArrayLike | None = None,
        validation: ArrayLike | None = None,
        progress: Progress | None = None,
    ) -> Self:
        """Learn from features (n, d) and labels; the rest as of `Classifier.fit`.

        Parameters
        ----------
        X : array-like (n, d)
            Features.
        y : array-like (n, k) of 0 and 1, or (n,)
            Which labels each row has; or a single label's absence and presence, as two values.
        sample_weight, groups, validation, progress
            As of `Classifier.fit`.
        """
        features, told = validate_data(self, X, y, dtype=PRECISIONS, order="C", multi_output=True)
        weights = _check_sample_weight(sample_weight, features, dtype=np.float64, ensure_non_negative=True)
        self._alone = told.ndim == 1
        target = self._presence(told, weights) if self._alone else table(told)
        if not self._alone:
            self.classes_ = np.arange(target.shape[1])
        emphasis = weighing.several(self.class_weight, self.classes_, target, weights)
        strata = splits.rarest(target)
        self._taught((features, target, weights), emphasis, strata, (groups, validation, progress))
        self.thresholds_ = self._tuned(target, weights)
        return self

    def _presence(self, y: NDArray[Any], weights: Floats) -> NDArray[np.uint8]:
        check_classification_targets(y)
        self.classes_ = np.unique(y[weights > 0])
        if len(self.classes_) > 2:
            raise ValueError(
                f"Only binary classification is supported. The type of the target is {type_of_target(y)}."
            )
        if len(self.classes_) < 2:
            raise ValueError(
                "there is only one class: a label has to be absent somewhere and present somewhere"
            )
        there = (y == self.classes_[1]).astype(np.uint8)
        column: NDArray[np.uint8] = there[:, None]
        return column
