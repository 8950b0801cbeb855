"""What linear estimators share: settings, learning, calibrated scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils import check_random_state
from sklearn.utils.validation import check_is_fitted, validate_data

from cartellino.classify.heads import splits
from cartellino.classify.heads.linear.learning import Lesson, learn
from cartellino.classify.heads.linear.losses import Loss, logits
from cartellino.classify.heads.linear.scaling import say_of
from cartellino.classify.heads.linear.scorer import LinearScorer
from cartellino.classify.heads.linear.solver import Effort
from cartellino.classify.heads.splits import Split
from cartellino.classify.unseen import OutOfSample
from cartellino.progress import Progress, Silent

Floats = NDArray[Any]

STRENGTHS = (3000.0, 1000.0, 300.0, 100.0, 30.0)
PRECISIONS = [np.float64, np.float32]
# Validation rows as many as these calibrate well enough by themselves; fewer are helped by folds of all.
_ENOUGH = 2000


class Linear(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """The base of `LinearClassifier` and `LinearTagger`, whose parameters and attributes these are."""

    def __init__(
        self,
        *,
        strengths: Sequence[float] = STRENGTHS,
        cv: Any = 5,
        class_weight: str | Mapping[Any, float] | None = None,
        tolerance: float = 1e-4,
        max_passes: int = 300,
        blocks: Sequence[int] = (),
        balance: float = 0.25,
        random_state: int | np.random.RandomState | None = 0,
    ) -> None:
        self.strengths = strengths
        self.cv = cv
        self.class_weight = class_weight
        self.tolerance = tolerance
        self.max_passes = max_passes
        self.blocks = blocks
        self.balance = balance
        self.random_state = random_state

    def decision_function(self, X: ArrayLike) -> Floats:
        """Calibrated scores (n, k), float: log probabilities but for a constant a row, or log odds."""
        check_is_fitted(self)
        checked = validate_data(self, X, dtype=PRECISIONS, reset=False)
        return logits(checked, self.coefficients_.astype(checked.dtype, copy=False)) / self.temperature_

    def _learn(
        self,
        told: tuple[Floats, Floats, Floats],
        loss: type[Loss],
        emphasis: Floats,
        strata: Floats,
        asked: tuple[Any, Any],
        progress: Progress | None,
    ) -> None:
        """Learn from rows, targets and weights; keep what is found under scikit-learn's names."""
        kept = np.flatnonzero(told[2] > 0)
        X, target, weights = told if len(kept) == len(told[2]) else (part[kept] for part in told)
        seed = int(check_random_state(self.random_state).randint(np.iinfo(np.int32).max))
        chosen, folded = self._splits(strata, *asked, kept, seed)
        say = say_of(self.blocks, X.shape[1], self.balance)
        lesson = Lesson(X, target, weights, emphasis, loss, say, chosen, folded)
        learnt = learn(
            lesson, self.strengths, Effort(self.tolerance, self.max_passes, progress or Silent()), seed
        )
        self.coefficients_ = learnt.coefficients
        self.coef_, self.intercept_ = learnt.coefficients[:-1].T, learnt.coefficients[-1]
        self.strength_, self.losses_, self.temperature_ = learnt.strength, learnt.losses, learnt.temperature
        self.out_of_sample_ = OutOfSample(kept[learnt.out_of_sample.rows], learnt.out_of_sample.logits)
        self.n_iter_ = learnt.passes
        self.scorer_ = LinearScorer(np.asarray(learnt.coefficients, np.float32))
        self.choice_ = {
            "strength": learnt.strength,
            "losses": list(learnt.losses),
            "passes": learnt.passes,
        }

    def _splits(
        self, strata: Floats, groups: Any, validation: Any, kept: NDArray[np.int64], seed: int
    ) -> tuple[list[Split], list[Split]]:
        """What chooses the strength; and what calibrates, where that is something else."""
        if validation is None:
            return splits.folds(self.cv, strata, groups, kept, seed), []
        chosen = splits.held_out(len(strata), validation, kept)
        enough = len(chosen[0][1]) >= _ENOUGH
        return chosen, [] if enough else splits.folds(self.cv, strata, groups, kept, seed)
