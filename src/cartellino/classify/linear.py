"""Linear classifiers as scikit-learn estimators: one label a row, or several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils import Tags, check_random_state
from sklearn.utils.multiclass import check_classification_targets, type_of_target
from sklearn.utils.validation import _check_sample_weight, check_is_fitted, column_or_1d, validate_data

from cartellino.classify import splits, weighing
from cartellino.classify.learning import Lesson, OutOfSample, learn
from cartellino.classify.losses import Loss, SigmoidLoss, SoftmaxLoss, logits
from cartellino.classify.solver import Effort
from cartellino.metrics import thresholds

Floats = NDArray[Any]

STRENGTHS = (3000.0, 1000.0, 300.0, 100.0, 30.0)
_PRECISIONS = [np.float64, np.float32]


class _Linear(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """What the two classifiers share."""

    def __init__(
        self,
        *,
        strengths: Sequence[float] = STRENGTHS,
        cv: Any = 5,
        class_weight: str | Mapping[Any, float] | None = None,
        tolerance: float = 1e-5,
        max_passes: int = 300,
        random_state: int | np.random.RandomState | None = 0,
    ) -> None:
        self.strengths = strengths
        self.cv = cv
        self.class_weight = class_weight
        self.tolerance = tolerance
        self.max_passes = max_passes
        self.random_state = random_state

    def decision_function(self, X: ArrayLike) -> Floats:
        """Calibrated scores (n, k), float: log probabilities but for a constant a row, or log odds."""
        check_is_fitted(self)
        checked = validate_data(self, X, dtype=_PRECISIONS, reset=False)
        return logits(checked, self.coefficients_.astype(checked.dtype, copy=False)) / self.temperature_

    def _learn(
        self,
        told: tuple[Floats, Floats, Floats],
        loss: type[Loss],
        emphasis: Floats,
        strata: Floats,
        asked: tuple[Any, Any],
    ) -> None:
        """Learn from rows, targets and weights; keep what is found under scikit-learn's names."""
        kept = np.flatnonzero(told[2] > 0)
        X, target, weights = told if len(kept) == len(told[2]) else (part[kept] for part in told)
        seed = int(check_random_state(self.random_state).randint(2**31))
        if asked[1] is not None:
            chosen = splits.held_out(len(told[2]), asked[1], kept)
        else:
            groups = None if asked[0] is None else np.asarray(asked[0])[kept]
            chosen = splits.folds(self.cv, strata[kept], groups, seed)
        effort = Effort(self.tolerance, self.max_passes)
        learnt = learn(Lesson(X, target, weights, emphasis, loss, chosen), self.strengths, effort, seed)
        self.coefficients_ = learnt.coefficients
        self.coef_, self.intercept_ = learnt.coefficients[:-1].T, learnt.coefficients[-1]
        self.strength_, self.losses_, self.temperature_ = learnt.strength, learnt.losses, learnt.temperature
        self.out_of_sample_ = OutOfSample(kept[learnt.out_of_sample.rows], learnt.out_of_sample.logits)
        self.n_iter_ = learnt.passes


class LinearClassifier(_Linear):
    """Regularised multinomial logistic regression on standardised features, its strength chosen out of sample.

    Parameters
    ----------
    strengths : sequence of float
        L2 penalties to choose from, against the summed log loss (scikit-learn's ``1 / C``).
    cv : int, splitter or iterable
        Folds by which the strength is chosen and the probabilities are calibrated, where `fit` is given no validation rows.
    class_weight : 'balanced', mapping or None
        What a row of each class weighs; 'balanced' lets every class weigh the same.
    tolerance : float
        The solver stops once the next step promises to lower the mean log loss by less than this, in nats.
    max_passes : int
        Passes over the features for one strength at most.
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
            Rows (places, or a mask) that choose the strength and calibrate; learnt from too once it is chosen.
        """
        X, y = validate_data(self, X, y, dtype=_PRECISIONS, order="C")
        check_classification_targets(y)
        y = column_or_1d(y, warn=True)
        weights = _check_sample_weight(sample_weight, X, dtype=np.float64, ensure_non_negative=True)
        self.classes_ = np.unique(y[weights > 0])
        if len(self.classes_) < 2:
            raise ValueError("there is only one class: a classifier needs samples of at least two")
        place = np.minimum(np.searchsorted(self.classes_, y), len(self.classes_) - 1)
        emphasis = weighing.single(self.class_weight, self.classes_, place, weights)
        self._learn((X, place, weights), SoftmaxLoss, emphasis, place, (groups, validation))
        return self

    def decision_function(self, X: ArrayLike) -> Floats:
        """Calibrated scores (n, k), log probabilities but for a constant a row; of two classes the log odds (n,) of the second."""
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


class LinearTagger(_Linear):
    """Independent regularised logistic regressions on standardised features, for several labels a row.

    Parameters
    ----------
    strengths, cv, tolerance, max_passes, random_state
        As of `LinearClassifier`; one strength and one temperature for all labels.
    class_weight : 'balanced', mapping or None
        What a row that has a label weighs in its regression, by the place of the label; 'balanced': as much as those without.
    beta : float
        Thresholds are tuned for F-beta; 2 counts a missed label four times as much as one too many.

    Attributes
    ----------
    thresholds_ : ndarray (k,)
        A label is given where its probability reaches its threshold.
    classes_ : ndarray (k,)
        Places of the labels.
    coef_, intercept_, strength_, losses_, temperature_, out_of_sample_
        As of `LinearClassifier`.
    """

    def __init__(
        self,
        *,
        strengths: Sequence[float] = STRENGTHS,
        cv: Any = 5,
        class_weight: str | Mapping[Any, float] | None = None,
        beta: float = 2.0,
        tolerance: float = 1e-5,
        max_passes: int = 300,
        random_state: int | np.random.RandomState | None = 0,
    ) -> None:
        super().__init__(
            strengths=strengths,
            cv=cv,
            class_weight=class_weight,
            tolerance=tolerance,
            max_passes=max_passes,
            random_state=random_state,
        )
        self.beta = beta

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_label = True
        tags.classifier_tags.multi_class = False
        tags.target_tags.multi_output = True
        tags.target_tags.single_output = False
        return tags

    def fit(
        self,
        X: ArrayLike,
        y: ArrayLike,
        sample_weight: ArrayLike | None = None,
        groups: ArrayLike | None = None,
        validation: ArrayLike | None = None,
    ) -> Self:
        """Learn from features (n, d) and labels (n, k) of 0 and 1; the rest as of `LinearClassifier.fit`."""
        X, y = validate_data(self, X, y, dtype=_PRECISIONS, order="C", multi_output=True)
        target = self._tags(y).astype(np.uint8)
        weights = _check_sample_weight(sample_weight, X, dtype=np.float64, ensure_non_negative=True)
        self.classes_ = np.arange(target.shape[1])
        emphasis = weighing.several(self.class_weight, target, weights)
        self._learn((X, target, weights), SigmoidLoss, emphasis, rarest(target), (groups, validation))
        self.thresholds_ = self._thresholds(target, weights)
        return self

    def predict_proba(self, X: ArrayLike) -> Floats:
        """Calibrated probability (n, k) that each row has each label."""
        return SigmoidLoss.probabilities(self.decision_function(X))

    def predict(self, X: ArrayLike) -> NDArray[np.int64]:
        """The labels of each row, (n, k) of 0 and 1."""
        given: NDArray[np.int64] = (self.predict_proba(X) >= self.thresholds_).astype(np.int64)
        return given

    def _thresholds(self, target: Floats, weights: Floats) -> Floats:
        rows, scores = self.out_of_sample_.rows, self.out_of_sample_.logits
        if len(rows) == 0:
            return np.full(target.shape[1], 0.5)
        chances = SigmoidLoss.probabilities(scores / self.temperature_)
        return thresholds.tune(chances, target[rows], self.beta, weights[rows])

    def _tags(self, y: NDArray[Any]) -> NDArray[Any]:
        if y.ndim != 2 or not np.isin(y, (0, 1)).all():
            raise ValueError(
                f"labels should be a table of 0 and 1, one column for each, not {type_of_target(y)}: "
                "see sklearn.preprocessing.MultiLabelBinarizer"
            )
        return y


def rarest(target: NDArray[Any]) -> NDArray[np.int64]:
    """Stratum (n,) of each row: the rarest label it has, by place; k where it has none."""
    counts = np.where(target > 0, target.sum(axis=0, dtype=np.int64), len(target) + 1)
    found: NDArray[np.int64] = np.where(target.any(axis=1), counts.argmin(axis=1), target.shape[1])
    return found
