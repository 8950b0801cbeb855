"""What a linear classifier minimises, evaluated in one pass over the features."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.heads import likelihood
from cartellino.classify.heads.linear.parallel import blocks, in_parallel, shards
from cartellino.classify.heads.tagging import TagLoss
from cartellino.metrics import calibration

Floats = NDArray[Any]

# A class that no row has in this part is taken to be this rare.
_RARE = 1e-6


class Loss(ABC):
    """The weighted log loss of a linear classifier and its gradient.

    Parameters
    ----------
    X : ndarray (n, d) of float32 or float64, C-contiguous
        Features, ready as they are; never copied.
    target : ndarray
        What came true (see the subclasses).
    weights : ndarray (n,)
        Weight of each row; rows of weight 0 take no part, and stay out of sample.
    emphasis : ndarray (k,)
        What a row of each class weighs besides; 1 for all where classes count as often as they occur.

    Notes
    -----
    Coefficients are one array (d + 1, k) whose last row holds the intercepts. Products run in the
    features' precision, sums over rows in float64.
    """

    def __init__(self, X: Floats, target: Floats, weights: Floats, emphasis: Floats) -> None:
        self.X, self.target, self.classes = X, target, len(emphasis)
        self.weights, self.emphasis = np.asarray(weights, X.dtype), np.asarray(emphasis, X.dtype)
        self.total = float(np.sum(self.weights, dtype=np.float64))

    def logits(self, coefficients: Floats) -> Floats:
        """Scores (n, k) of every row, of weight 0 or not."""
        parts = in_parallel(lambda rows: logits(self.X[rows], coefficients), shards(len(self.X)))
        return np.concatenate(list(parts))

    def value_and_gradient(self, coefficients: Floats) -> tuple[float, Floats]:
        """Mean loss a unit of weight, and its gradient (d + 1, k)."""
        parts = list(in_parallel(lambda rows: self._part(coefficients, rows), shards(len(self.X))))
        gradient = sum((part[1] for part in parts[1:]), start=parts[0][1])
        gradient /= self.total
        return sum(part[0] for part in parts) / self.total, gradient

    def _part(self, coefficients: Floats, shard: slice) -> tuple[float, Floats]:
        gradient = np.zeros_like(coefficients)
        value = 0.0
        for rows in blocks(shard):
            block, weights = self.X[rows], self.weights[rows]
            scores = logits(block, coefficients)
            value += float(np.dot(weights, self._lose(scores, rows)))
            scores *= weights[:, None]
            gradient[:-1] += block.T @ scores
            gradient[-1] += scores.sum(axis=0)
        return value, gradient

    def curvature(self, coefficients: Floats) -> Floats:
        """Mean second derivative (k,) of the loss in each class's own score."""
        chances = self.probabilities(self.logits(coefficients))
        spread: Floats = (self.weights @ (chances * (1 - chances))) / self.total
        return spread

    @abstractmethod
    def _lose(self, scores: Floats, rows: slice) -> Floats:
        """Turn scores into their derivatives of the loss, in place, and return the loss of each row."""

    @staticmethod
    @abstractmethod
    def probabilities(scores: Floats) -> Floats:
        """Probabilities (n, k) that scores stand for."""

    @staticmethod
    @abstractmethod
    def log_losses(scores: Floats, target: Floats) -> Floats:
        """Log loss (n,) of scores, every class weighing the same."""

    @classmethod
    def odds(cls, scores: Floats) -> Floats:
        """What scores (n, k) are to others: themselves, unless classes compete where several may be true."""
        return scores

    @abstractmethod
    def base(self) -> Floats:
        """Scores (k,) that stand for no more than how frequent each class is."""


class SoftmaxLoss(Loss):
    """One label a row: `target` holds the place of its class, (n,)."""

    def __init__(self, X: Floats, target: Floats, weights: Floats, emphasis: Floats) -> None:
        super().__init__(X, target, weights * emphasis[target], emphasis)

    def _lose(self, scores: Floats, rows: slice) -> Floats:
        target = self.target[rows]
        places = np.arange(len(target))
        scores -= scores.max(axis=1, keepdims=True)
        right = scores[places, target]
        np.exp(scores, out=scores)
        sums = scores.sum(axis=1, keepdims=True)
        scores /= sums
        scores[places, target] -= 1
        lost: Floats = np.log(sums[:, 0]) - right
        return lost

    @staticmethod
    def probabilities(scores: Floats) -> Floats:
        """Softmax of each row."""
        return likelihood.softmax(scores)

    @staticmethod
    def log_losses(scores: Floats, target: Floats) -> Floats:
        """Log loss (n,) of the right class."""
        return calibration.log_losses(scores, target)

    def base(self) -> Floats:
        """Logarithm of each class's share of the weight."""
        counts = np.bincount(self.target, weights=self.weights, minlength=self.classes)
        scores: Floats = np.log(np.clip(counts / self.total, _RARE, 1))
        return scores


class SigmoidLoss(Loss):
    """Several labels a row: `target` (n, k) holds 1 for each class it has."""

    def _lose(self, scores: Floats, rows: slice) -> Floats:
        target = self.target[rows]
        stress = 1 + target * (self.emphasis - 1)
        lost: Floats = (np.logaddexp(0, np.where(target, -scores, scores)) * stress).sum(axis=1)
        scores[:] = self.probabilities(scores)
        scores -= target
        scores *= stress
        return lost

    @staticmethod
    def probabilities(scores: Floats) -> Floats:
        """Sigmoid of each score."""
        return likelihood.sigmoid(scores)

    @staticmethod
    def log_losses(scores: Floats, target: Floats) -> Floats:
        """Log loss (n,), summed over the classes."""
        return calibration.log_losses_sigmoid(scores, target)

    def base(self) -> Floats:
        """Log odds of each class's share of the weight."""
        from scipy.special import logit

        scores: Floats = logit(np.clip(self.weights @ self.target / self.total, _RARE, 1 - _RARE))
        return scores


class TagsLoss(SigmoidLoss):
    """Several labels a row, by any loss for them."""

    asked: ClassVar[TagLoss] = TagLoss()

    def _lose(self, scores: Floats, rows: slice) -> Floats:
        lost, turn = self.asked.of(scores, self.target[rows], self.emphasis)
        scores[:] = turn
        return lost

    @classmethod
    def odds(cls, scores: Floats) -> Floats:
        """Log odds of shares, where labels compete."""
        return likelihood.odds_of_shares(scores) if cls.asked.shared else scores


def tags_loss(asked: TagLoss) -> type[SigmoidLoss]:
    """The loss over rows that minimises what is asked."""
    if asked.name == "bce":
        return SigmoidLoss
    return type("AskedLoss", (TagsLoss,), {"asked": asked})


def logits(X: Floats, coefficients: Floats) -> Floats:
    """Scores (n, k) of features (n, d) under coefficients (d + 1, k)."""
    scores: Floats = X @ coefficients[:-1]
    scores += coefficients[-1]
    return scores
