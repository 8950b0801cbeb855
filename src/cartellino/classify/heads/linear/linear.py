"""Linear classifiers as scikit-learn estimators: one label a row, or several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.utils import Tags
from sklearn.utils.multiclass import check_classification_targets, type_of_target
from sklearn.utils.validation import _check_sample_weight, column_or_1d, validate_data

from cartellino.classify.heads import weighing
from cartellino.classify.heads.linear.estimator import PRECISIONS, STRENGTHS, Linear
from cartellino.classify.heads.linear.losses import SigmoidLoss, SoftmaxLoss
from cartellino.metrics import thresholds
from cartellino.progress import Progress

Floats = NDArray[Any]


class LinearClassifier(Linear):
    """Regularised multinomial logistic regression on standardised features.

    Parameters
    ----------
    strengths : sequence of float
        L2 penalties to choose from, against the summed log loss (scikit-learn's ``1 / C``).
    cv : int, splitter or iterable
        Folds by which the strength is chosen and the probabilities are calibrated, where `fit` is given
        no validation rows.
    class_weight : 'balanced', mapping or None
        What a row of each class weighs; 'balanced' lets every class weigh the same.
    tolerance : float
        The solver stops once the next step promises to lower the mean log loss by less than this, in nats.
    max_passes : int
        Passes over the features for one strength at most.
    blocks : sequence of int
        Widths of the blocks of features, side by side, such as the stages of a network; none: all are one.
    balance : float
        What wide blocks give up to narrow ones: 0 nothing, 0.5 all that width gives them.
    random_state : int, RandomState or None
        For the folds and the solver's first guess.

    Attributes
    ----------
    classes_ : ndarray (k,)
        Labels, sorted.
    coef_, intercept_ : ndarray (k, d), ndarray (k,)
        For features as they come.
    strength_ : float
        The penalty chosen.
    losses_ : tuple of float
        Calibrated log loss out of sample for each strength, strongest first.
    temperature_ : float
        What scores are divided by (Guo et al., ICML 2017).
    out_of_sample_ : OutOfSample
        Rows and scores that calibrated it.
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
            Weight of each row.
        groups : array-like (n,), optional
            Rows of one group share a fold.
        validation : array-like, optional
            Rows (places, or a mask) that choose the strength in the place of folds, and are learnt from
            once it is chosen. Where they are few, folds still calibrate.
        progress : Progress, optional
            Who is told of each pass over the features.
        """
        features, told = validate_data(self, X, y, dtype=PRECISIONS, order="C")
        check_classification_targets(told)
        labels = column_or_1d(told, warn=True)
        weights = _check_sample_weight(sample_weight, features, dtype=np.float64, ensure_non_negative=True)
        self.classes_ = np.unique(labels[weights > 0])
        if len(self.classes_) < 2:
            raise ValueError("there is only one class: a classifier needs samples of at least two")
        place = np.minimum(np.searchsorted(self.classes_, labels), len(self.classes_) - 1)
        emphasis = weighing.single(self.class_weight, self.classes_, place, weights)
        self._learn((features, place, weights), SoftmaxLoss, emphasis, place, (groups, validation), progress)
        return self

    def decision_function(self, X: ArrayLike) -> Floats:
        """Calibrated scores (n, k): log probabilities but for a constant; of two classes log odds (n,)."""
        scores = super().decision_function(X)
        return scores[:, 1] - scores[:, 0] if len(self.classes_) == 2 else scores

    def predict_proba(self, X: ArrayLike) -> Floats:
        """Calibrated probabilities (n, k)."""
        return SoftmaxLoss.probabilities(super().decision_function(X))

    def predict(self, X: ArrayLike) -> NDArray[Any]:
        """The likeliest label of each row, (n,)."""
        likeliest = super().decision_function(X).argmax(axis=1)
        labels: NDArray[Any] = self.classes_[likeliest]
        return labels


class LinearTagger(Linear):
    """Independent regularised logistic regressions on standardised features, for several labels a row.

    Parameters
    ----------
    strengths, cv, tolerance, max_passes, blocks, balance, random_state
        As of `LinearClassifier`; one strength and one temperature for all labels.
    class_weight : 'balanced', mapping or None
        What a row that has a label weighs in its regression, by the place of the label; 'balanced': as
        much as those without.
    beta : float or None
        Thresholds are tuned for F-beta; 2 counts a missed label four times as much as one too many.
        None: one half for all.

    Attributes
    ----------
    thresholds_ : ndarray (k,)
        A label is given where its probability reaches its threshold.
    classes_ : ndarray (k,)
        Places of the labels; of a single label its absence and its presence, as `fit` was given them.
    coef_, intercept_, strength_, losses_, temperature_, out_of_sample_
        As of `LinearClassifier`.
    """

    def __init__(
        self,
        *,
        strengths: Sequence[float] = STRENGTHS,
        cv: Any = 5,
        class_weight: str | Mapping[Any, float] | None = None,
        beta: float | None = 2.0,
        tolerance: float = 1e-4,
        max_passes: int = 300,
        blocks: Sequence[int] = (),
        balance: float = 0.25,
        random_state: int | np.random.RandomState | None = 0,
    ) -> None:
        super().__init__(
            strengths=strengths,
            cv=cv,
            class_weight=class_weight,
            tolerance=tolerance,
            max_passes=max_passes,
            blocks=blocks,
            balance=balance,
            random_state=random_state,
        )
        self.beta = beta

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_label = True
        tags.classifier_tags.multi_class = False
        tags.target_tags.multi_output = True
        return tags

    def fit(
        self,
        X: ArrayLike,
        y: ArrayLike,
        sample_weight: ArrayLike | None = None,
        groups: ArrayLike | None = None,
        validation: ArrayLike | None = None,
        progress: Progress | None = None,
    ) -> Self:
        """Learn from features (n, d) and labels; the rest as of `LinearClassifier.fit`.

        Parameters
        ----------
        X : array-like (n, d)
            Features.
        y : array-like (n, k) of 0 and 1, or (n,)
            Which labels each row has; or a single label's absence and presence, as two values.
        sample_weight, groups, validation, progress
            As of `LinearClassifier.fit`.
        """
        features, told = validate_data(self, X, y, dtype=PRECISIONS, order="C", multi_output=True)
        weights = _check_sample_weight(sample_weight, features, dtype=np.float64, ensure_non_negative=True)
        self._alone = told.ndim == 1
        target = self._presence(told, weights) if self._alone else _table(told)
        if not self._alone:
            self.classes_ = np.arange(target.shape[1])
        emphasis = weighing.several(self.class_weight, self.classes_, target, weights)
        self._learn(
            (features, target, weights), SigmoidLoss, emphasis, rarest(target), (groups, validation), progress
        )
        self.thresholds_ = self._thresholds(target, weights)
        return self

    def decision_function(self, X: ArrayLike) -> Floats:
        """Calibrated log odds (n, k), or (n,) of a single label."""
        odds = super().decision_function(X)
        return odds[:, 0] if self._alone else odds

    def predict_proba(self, X: ArrayLike) -> Floats:
        """Calibrated probability (n, k) of each label; of a single one of absence and presence (n, 2)."""
        chances = SigmoidLoss.probabilities(super().decision_function(X))
        return np.hstack([1 - chances, chances]) if self._alone else chances

    def predict(self, X: ArrayLike) -> NDArray[Any]:
        """The labels of each row, (n, k) of 0 and 1; of a single label its value (n,)."""
        given = SigmoidLoss.probabilities(super().decision_function(X)) >= self.thresholds_
        labels: NDArray[Any] = self.classes_[given[:, 0].astype(int)] if self._alone else given.astype(int)
        return labels

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

    def _thresholds(self, target: Floats, weights: Floats) -> Floats:
        rows, scores = self.out_of_sample_.rows, self.out_of_sample_.logits
        if len(rows) == 0 or self.beta is None:
            return np.full(target.shape[1], 0.5)
        chances = SigmoidLoss.probabilities(scores / self.temperature_)
        return thresholds.tune(chances, target[rows], self.beta, weights[rows])


def _table(y: NDArray[Any]) -> NDArray[np.uint8]:
    if not np.isin(y, (0, 1)).all():
        raise ValueError(
            "several labels are given as a table of 0 and 1: see sklearn.preprocessing.MultiLabelBinarizer"
        )
    return np.asarray(y, np.uint8)


def rarest(target: NDArray[Any]) -> NDArray[np.int64]:
    """Stratum (n,) of each row: the rarest label it has, by place; k where it has none."""
    counts = np.where(target > 0, target.sum(axis=0, dtype=np.int64), len(target) + 1)
    found: NDArray[np.int64] = np.where(target.any(axis=1), counts.argmin(axis=1), target.shape[1])
    return found
