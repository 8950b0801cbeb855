"""From calibrated scores to labels, and from labels to targets: the same wherever classifiers learn."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.utils import Tags
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import column_or_1d

from cartellino.classify.heads.likelihood import sigmoid, softmax
from cartellino.classify.unseen import OutOfSample
from cartellino.metrics import thresholds

Floats = NDArray[Any]


def places(y: ArrayLike, weights: Floats) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """The labels (k,) of rows that count, sorted, and the place (n,) of each row's among them."""
    check_classification_targets(y)
    labels = column_or_1d(y, warn=True)
    classes = np.unique(labels[weights > 0])
    if len(classes) < 2:
        raise ValueError("there is only one class: a classifier needs samples of at least two")
    place = np.minimum(np.searchsorted(classes, labels), len(classes) - 1)
    return classes, place.astype(np.int64)


def table(y: ArrayLike) -> NDArray[np.uint8]:
    """Several labels a row (n, k), as they should be told."""
    target = np.asarray(y)
    if target.ndim != 2 or not np.isin(target, (0, 1)).all():
        raise ValueError(
            "several labels are given as a table of 0 and 1: see sklearn.preprocessing.MultiLabelBinarizer"
        )
    return np.asarray(target, np.uint8)


class Answering:
    """What answers, given calibrated scores."""

    classes_: NDArray[Any]
    temperature_: float
    out_of_sample_: OutOfSample

    @abstractmethod
    def _scores(self, X: Any) -> Floats:
        """Calibrated scores (n, k)."""


class OneLabel(Answering):
    """Answers with one label a row."""

    def decision_function(self, X: Any) -> Floats:
        """Calibrated scores (n, k): log probabilities but for a constant; of two classes log odds (n,)."""
        scores = self._scores(X)
        return scores[:, 1] - scores[:, 0] if len(self.classes_) == 2 else scores

    def predict_proba(self, X: Any) -> Floats:
        """Calibrated probabilities (n, k)."""
        return softmax(self._scores(X))

    def predict(self, X: Any) -> NDArray[Any]:
        """The likeliest label of each row, (n,)."""
        likeliest = self._scores(X).argmax(axis=1)
        labels: NDArray[Any] = self.classes_[likeliest]
        return labels


class SeveralLabels(Answering):
    """Answers with any number of labels a row."""

    beta: Any  # float, or None: one half for all
    thresholds_: Floats
    _alone = False  # whether several labels were told as the absence and presence of one

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()  # type: ignore[misc]
        tags.classifier_tags.multi_label = True
        tags.classifier_tags.multi_class = False
        tags.target_tags.multi_output = True
        return tags

    def decision_function(self, X: Any) -> Floats:
        """Calibrated log odds (n, k), or (n,) of a single label."""
        odds = self._scores(X)
        return odds[:, 0] if self._alone else odds

    def predict_proba(self, X: Any) -> Floats:
        """Calibrated probability (n, k) of each label; of a single one of absence and presence (n, 2)."""
        chances = sigmoid(self._scores(X))
        return np.hstack([1 - chances, chances]) if self._alone else chances

    def predict(self, X: Any) -> NDArray[Any]:
        """The labels of each row, (n, k) of 0 and 1; of a single label its value (n,)."""
        given = (sigmoid(self._scores(X)) >= self.thresholds_).astype(np.int64)
        labels: NDArray[Any] = self.classes_[given[:, 0]] if self._alone else given
        return labels

    def _tuned(self, target: Floats, weights: Floats) -> Floats:
        """Thresholds (k,) tuned on what was said out of sample; one half where nothing was."""
        rows, scores = self.out_of_sample_.rows, self.out_of_sample_.logits
        if len(rows) == 0 or self.beta is None:
            return np.full(target.shape[1], 0.5)
        return thresholds.tune(sigmoid(scores / self.temperature_), target[rows], self.beta, weights[rows])
