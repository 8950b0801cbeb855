"""Networks as scikit-learn estimators over pictures: one label each, or several."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils import Tags, check_random_state
from sklearn.utils.validation import (
    _check_sample_weight,
    check_consistent_length,
    check_is_fitted,
)

from cartellino.classify.heads import splits, weighing
from cartellino.classify.heads.answering import Answering, OneLabel, SeveralLabels, places, table
from cartellino.classify.networks.settings import NetworkSettings
from cartellino.classify.unseen import OutOfSample
from cartellino.metrics import calibration, thresholds
from cartellino.progress import Progress, Silent

Floats = NDArray[Any]


class _Network(Answering, ClassifierMixin, BaseEstimator, NetworkSettings):  # type: ignore[misc]
    """What both share; settings are those of `NetworkSettings`."""

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        return tags

    def _scores(self, X: Any) -> Floats:
        """Calibrated scores (n, k) of pictures."""
        check_is_fitted(self)
        told: Floats = self.scorer_.scores(X).astype(np.float64) / self.temperature_
        return told

    def _learn(
        self,
        X: Any,
        told: tuple[Floats, Floats, Floats],
        readout: str,
        strata: Floats,
        asked: tuple[Any, Any],
        progress: Progress | None,
    ) -> None:
        """Learn from pictures, targets (n, k), weights and emphasis; keep what is found."""
        from cartellino.classify.networks.fitting import Task, fitted
        from cartellino.classify.networks.pictures import listed

        target, weights, emphasis = told
        kept = np.flatnonzero(weights > 0)
        seed = int(check_random_state(self.random_state).randint(np.iinfo(np.int32).max))
        learn, ask = self._parts(strata, *asked, kept, seed)
        pictures = listed(X)
        task = Task(
            pictures=tuple(pictures[row] for row in kept),
            target=target[kept].astype(np.float32),
            weights=weights[kept].astype(np.float32),
            emphasis=emphasis.astype(np.float32),
            learn=learn,
            ask=ask,
            classes=self.classes_,
            readout=readout,
            seed=seed,
        )
        found = fitted(self, task, progress or Silent())
        self.scorer_, self.history_, self.choice_ = found.scorer, found.history, found.choice
        self.out_of_sample_ = OutOfSample(kept[ask], found.logits)
        self.n_iter_ = found.choice["epochs"]

    def _parts(
        self, strata: Floats, groups: Any, validation: Any, kept: NDArray[np.int64], seed: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Places among kept rows to learn from, and to choose the epoch by; none where they are too few."""
        if validation is not None:
            return splits.held_out(len(strata), validation, kept)[0]
        dealt = splits.folds(self.holdout, strata, groups, kept, seed)
        return dealt[0] if dealt else (np.arange(len(kept)), np.arange(0))


class NetworkClassifier(OneLabel, _Network):
    """A network that gives each picture one label.

    Parameters
    ----------
    network, weights, size, … : see `NetworkSettings`
        What is built and how it is trained.

    Attributes
    ----------
    classes_ : ndarray (k,)
        Labels, sorted.
    scorer_ : NetworkScorer
        The trained network.
    history_ : list of dict
        For each epoch and part ('train' as it was seen while it was learnt from, 'validation'): loss,
        accuracy, top-3, top-5, macro-f1, learning rate, seconds.
    choice_ : dict
        The epoch whose weights were kept, and what led to it; its `history` is that above, rounded.
    out_of_sample_ : OutOfSample
        Rows that chose the epoch, and their scores.
    temperature_ : float
        What scores are divided by.
    """

    def fit(
        self,
        X: Any,
        y: ArrayLike,
        sample_weight: ArrayLike | None = None,
        groups: ArrayLike | None = None,
        validation: ArrayLike | None = None,
        progress: Progress | None = None,
    ) -> Self:
        """Learn from pictures (n,) and labels (n,).

        Parameters
        ----------
        X : array-like (n,) or (n, 1) of str, Path or Shown
            Pictures.
        y : array-like (n,)
            One label each.
        sample_weight : array-like (n,), optional
            Weight of each; rows of weight 0 take no part.
        groups : array-like (n,), optional
            Rows of one group are not both learnt from and asked about.
        validation : array-like, optional
            Rows (places, or a mask) that choose the epoch; a part is held out if not given.
        progress : Progress, optional
            Who is told of each batch.

        Raises
        ------
        PictureError
            If a picture cannot be decoded: none is left out or replaced.
        InputError
            If the settings do not fit one another.
        ModelError
            If weights cannot be had, or the loss is no longer a number.
        MissingExtraError
            If the [train] extra is not installed.
        """
        check_consistent_length(X, y)
        weights = _weights(sample_weight, len(np.asarray(y)))
        self.classes_, place = places(y, weights)
        emphasis = weighing.single(self.class_weight, self.classes_, place, weights)
        target = np.eye(len(self.classes_), dtype=np.float32)[place]
        self._learn(X, (target, weights, emphasis), "single", place, (groups, validation), progress)
        said = self.out_of_sample_
        counted = weights[said.rows]
        self.temperature_ = calibration.temperature(said.logits, place[said.rows], counted)
        return self


class NetworkTagger(SeveralLabels, _Network):
    """A network that gives each picture any number of labels.

    Parameters
    ----------
    network, weights, size, … : see `NetworkSettings`
        What is built and how it is trained.

    Attributes
    ----------
    thresholds_ : ndarray (k,)
        A label is given where its probability reaches its threshold.
    classes_ : ndarray (k,)
        Places of the labels.
    history_ : list of dict
        For each epoch and part: loss, accuracy label by label, macro-f1, f1, f2, learning rate, seconds.
    scorer_, choice_, out_of_sample_, temperature_
        As of `NetworkClassifier`; scores are log odds.
    """

    def fit(
        self,
        X: Any,
        y: ArrayLike,
        sample_weight: ArrayLike | None = None,
        groups: ArrayLike | None = None,
        validation: ArrayLike | None = None,
        progress: Progress | None = None,
    ) -> Self:
        """Learn from pictures (n,) and labels (n, k) of 0 and 1; the rest as of `NetworkClassifier.fit`."""
        target = table(y)
        check_consistent_length(X, target)
        weights = _weights(sample_weight, len(target))
        self.classes_ = np.arange(target.shape[1])
        emphasis = weighing.several(self.class_weight, self.classes_, target, weights)
        readout = "softmax" if self.loss == "softmax" else "sigmoid"
        self._learn(
            X, (target, weights, emphasis), readout, splits.rarest(target), (groups, validation), progress
        )
        said = self.out_of_sample_
        true, counted = target[said.rows], weights[said.rows]
        self.temperature_ = calibration.temperature_sigmoid(said.logits, true, counted)
        self.thresholds_ = self._tuned(target, weights)
        return self

    def _tuned(self, target: Floats, weights: Floats) -> Floats:
        if self.threshold is None:
            return super()._tuned(target, weights)
        # It was set for probabilities as the network gives them, before they are calibrated.
        return np.full(target.shape[1], thresholds.calibrated(self.threshold, self.temperature_))


def _weights(told: ArrayLike | None, n: int) -> Floats:
    weights: Floats = _check_sample_weight(told, np.zeros((n, 1)), dtype=np.float64, ensure_non_negative=True)
    return weights
