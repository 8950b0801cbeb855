"""A bag of visual words as a scikit-learn estimator over pictures: several labels a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.utils import check_consistent_length

from cartellino.classify.heads import splits, weighing
from cartellino.classify.heads.answering import SeveralLabels, table
from cartellino.classify.words.describing import pictures
from cartellino.classify.words.estimator import Words, weights_of
from cartellino.progress import Progress

Floats = NDArray[Any]


@dataclass(kw_only=True, eq=False, repr=False)
class WordsTagger(SeveralLabels, Words):
    """A bag of visual words and one support vector machine for each of several labels.

    Parameters
    ----------
    detector, side, keypoints, weakest, words, sampled, levels, tf_idf, norm, kernel, strengths, gammas, cv
        As of `WordsClassifier`; one choice and one temperature for all labels.
    class_weight : 'balanced', mapping or None
        What a picture that has a label weighs in its machine, by the place of the label; 'balanced': as
        much as those without.
    beta : float or None
        Thresholds are tuned for F-beta; None: one half for all.
    cache, random_state
        As of `WordsClassifier`.

    Attributes
    ----------
    thresholds_ : ndarray (k,)
        A label is given where its probability reaches its threshold.
    classes_ : ndarray (k,)
        Places of the labels.
    scorer_, temperature_, out_of_sample_, choice_
        As of `WordsClassifier`.
    """

    beta: float | None = 2.0

    def fit(
        self,
        X: ArrayLike,
        y: ArrayLike,
        sample_weight: ArrayLike | None = None,
        groups: ArrayLike | None = None,
        validation: ArrayLike | None = None,
        progress: Progress | None = None,
    ) -> Self:
        """Learn from pictures (n,) and labels (n, k) of 0 and 1; the rest as of `WordsClassifier.fit`."""
        shown, target = pictures(X), table(y)
        check_consistent_length(shown, target)
        weights = weights_of(sample_weight, len(shown))
        self.classes_ = np.arange(target.shape[1])
        emphasis = weighing.several(self.class_weight, self.classes_, target, weights)
        strata = splits.rarest(target)
        self._taught((shown, target, weights), emphasis, strata, (groups, validation, progress))
        self.thresholds_ = self._tuned(target, weights)
        return self
