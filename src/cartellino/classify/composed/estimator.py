"""What all compositions share as scikit-learn estimators: rows, labels, calibrated scores."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils import Tags, check_random_state, get_tags
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import _check_sample_weight, check_is_fitted, validate_data

from cartellino.classify.calibrating import probabilities
from cartellino.classify.composed.part import Composite, log_chances
from cartellino.classify.composed.task import Task
from cartellino.classify.heads.answering import places
from cartellino.classify.unseen import OutOfSample
from cartellino.metrics import calibration, thresholds
from cartellino.progress import Progress

Floats = NDArray[Any]

_PRECISIONS = [np.float64, np.float32]


class Composition(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """The base of every classifier made of classifiers.

    Attributes
    ----------
    classes_ : ndarray (k,)
        Labels, sorted; of several labels a row their places.
    scorer_ : Scorer
        What was learnt, as plain numbers.
    out_of_sample_ : OutOfSample
        Rows and scores that calibrated it.
    temperature_ : float
        What scores are divided by.
    thresholds_ : ndarray (k,)
        Several labels a row: a label is given where its probability reaches its threshold.
    choice_ : dict
        What was chosen out of sample, as JSON's objects.
    """

    random_state: Any
    beta: float | None

    @abstractmethod
    def _made_of(self) -> list[Any]:
        """The estimators that it is made of."""

    @abstractmethod
    def _compose(self, task: Task) -> tuple[Composite, Floats, dict[str, Any]]:
        """What is learnt; what was said of all rows (n, k) out of sample, or NaN; and what was chosen."""

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        can = [get_tags(each).classifier_tags for each in self._made_of()]
        several = bool(can) and all(each.multi_label for each in can)
        tags.classifier_tags.multi_label = tags.target_tags.multi_output = several
        tags.classifier_tags.multi_class = not several or all(each.multi_class for each in can)
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
        """Learn from rows and labels.

        Parameters
        ----------
        X : array-like (n, d), or (n,) of object
            Features, or pictures where the members take those.
        y : array-like (n,), or (n, k) of 0 and 1
            One label a row; or which labels each row has.
        sample_weight : array-like (n,), optional
            Weight of each row; rows of weight 0 take no part.
        groups : array-like (n,), optional
            Rows of one group are never on two sides.
        validation : array-like, optional
            Rows (places, or a mask) that choose in the place of folds, where members choose.
        progress : Progress, optional
            Who is told.
        """
        task = self._task(X, y, sample_weight, groups, validation, progress)
        scorer, said, self.choice_ = self._compose(task)
        self.scorer_ = scorer
        rows = np.flatnonzero(~np.isnan(said).any(axis=1) & (task.weights > 0))
        self.out_of_sample_ = OutOfSample(rows, log_chances(task.kind, said[rows]))
        self._calibrate(task)
        return self

    def decision_function(self, X: ArrayLike) -> Floats:
        """Calibrated scores (n, k): log probabilities but for a constant, or log odds; (n,) of two."""
        scores = self._scores(X)
        if self._alone:
            return scores[:, 0]
        two = self.scorer_.kind == "single" and scores.shape[1] == 2
        return scores[:, 1] - scores[:, 0] if two else scores

    def predict_proba(self, X: ArrayLike) -> Floats:
        """Calibrated probabilities (n, k); of a single label of several its absence and presence (n, 2)."""
        scores = self._scores(X)
        chances = probabilities(self.scorer_.kind, scores)
        return np.hstack([1 - chances, chances]) if self._alone else chances

    def predict(self, X: ArrayLike) -> NDArray[Any]:
        """The likeliest label of each row (n,); or those that reach their thresholds, (n, k) of 0 and 1."""
        scores = self._scores(X)
        if self.scorer_.kind == "single":
            likeliest: NDArray[Any] = self.classes_[scores.argmax(axis=1)]
            return likeliest
        given = (probabilities("multi", scores) >= self.thresholds_).astype(int)
        labels: NDArray[Any] = self.classes_[given[:, 0]] if self._alone else given
        return labels

    def _scores(self, X: ArrayLike) -> Floats:
        check_is_fitted(self)
        rows: NDArray[Any] = (
            np.asarray(X) if _pictures(X) else validate_data(self, X, dtype=_PRECISIONS, reset=False)
        )
        scores: Floats = self.scorer_.scores(rows).astype(np.float64) / self.temperature_
        return scores

    def _task(self, X: Any, y: Any, sample_weight: Any, groups: Any, validation: Any, progress: Any) -> Task:
        if not self._made_of():
            raise ValueError("a composition needs at least one member")
        can = get_tags(self).classifier_tags
        several = bool(can.multi_label) and (_table(y) or not can.multi_class)
        if _pictures(X):
            rows, told = X, np.asarray(y)
        else:
            rows, told = validate_data(self, X, y, dtype=_PRECISIONS, order="C", multi_output=several)
        weights = _check_sample_weight(
            sample_weight, np.zeros(len(rows)), dtype=np.float64, ensure_non_negative=True
        )
        target = self._several(told, weights) if several else self._single(told, weights)
        return Task(
            X=rows,
            target=target,
            weights=weights,
            classes=tuple(range(target.shape[1])) if several else tuple(self.classes_.tolist()),
            groups=None if groups is None else np.unique(np.asarray(groups), return_inverse=True)[1],
            validation=None if validation is None else _mask(validation, len(rows)),
            cv=getattr(self, "cv", None),
            seed=int(check_random_state(self.random_state).randint(np.iinfo(np.int32).max)),
            progress=progress,
        ).weighing(weights)

    def _single(self, told: NDArray[Any], weights: Floats) -> NDArray[np.int64]:
        self._alone = False
        self.classes_, place = places(told, weights)
        return place

    def _several(self, told: NDArray[Any], weights: Floats) -> NDArray[np.uint8]:
        check_classification_targets(told)
        self._alone = told.ndim == 1
        self.classes_ = np.unique(told[weights > 0]) if self._alone else np.arange(told.shape[1])
        if self._alone and len(self.classes_) != 2:
            raise ValueError(
                "there is only one class: a label has to be absent somewhere and present somewhere"
                if len(self.classes_) < 2
                else "Only binary classification is supported: a single label is absent or present."
            )
        if not self._alone and not np.isin(told, (0, 1)).all():
            raise ValueError("several labels are given as a table of 0 and 1")
        table = (told == self.classes_[1])[:, None] if self._alone else told
        return np.asarray(table, np.uint8)

    def _calibrate(self, task: Task) -> None:
        rows, scores = self.out_of_sample_.rows, self.out_of_sample_.logits
        truth, weights = task.target[rows], task.weights[rows]
        if task.kind == "single":
            self.temperature_ = calibration.temperature(scores, truth, weights)
            return
        self.temperature_ = calibration.temperature_sigmoid(scores, truth, weights)
        self.thresholds_ = np.full(len(task.classes), 0.5)
        if len(rows) and self.beta is not None:
            chances = probabilities("multi", scores / self.temperature_)
            self.thresholds_ = thresholds.tune(chances, truth, self.beta, weights)


def _pictures(X: Any) -> bool:
    return isinstance(X, np.ndarray) and X.dtype == object and X.ndim == 1


def _table(y: Any) -> bool:
    """Whether labels are a table; asked without NumPy's functions, which not all containers let in."""
    return int(getattr(y, "ndim", None) or np.asarray(y).ndim) == 2


def _mask(validation: Any, n: int) -> NDArray[np.bool_]:
    mask = np.zeros(n, bool)
    mask[np.asarray(validation)] = True
    return mask
