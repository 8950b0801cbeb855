"""What linear estimators share: settings, and their own way of learning, which is the quickest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.heads import teaching
from cartellino.classify.heads.head import Head
from cartellino.classify.heads.linear.learning import Learnt, Lesson, learn
from cartellino.classify.heads.linear.losses import SoftmaxLoss, tags_loss
from cartellino.classify.heads.linear.scaling import say_of
from cartellino.classify.heads.linear.scorer import LinearScorer
from cartellino.classify.heads.linear.solver import Effort
from cartellino.classify.heads.material import Material
from cartellino.classify.heads.splits import Split
from cartellino.classify.heads.tagging import TagLoss, straightened
from cartellino.classify.heads.teaching import Candidate, Taught

Floats = NDArray[Any]

STRENGTHS = (3000.0, 1000.0, 300.0, 100.0, 30.0, 10.0)


@dataclass(kw_only=True, eq=False, repr=False)
class Linear(Head):
    """The base of `LinearClassifier` and `LinearTagger`, whose parameters and attributes these are."""

    strengths: Sequence[float] = STRENGTHS
    cv: Any = 5
    class_weight: str | Mapping[Any, float] | None = None
    tolerance: float = 1e-4
    max_passes: int = 300
    blocks: Sequence[int] = ()
    balance: float = 0.25
    random_state: int | np.random.RandomState | None = 0

    def _loss(self) -> TagLoss:
        """What is minimised where a row may have several labels."""
        return TagLoss()

    def _learn(self, material: Material, candidate: Candidate) -> LinearScorer:
        coefficients = self._solved(material, [candidate["strength"]]).coefficients
        return LinearScorer(coefficients, material.several and self._loss().shared)

    def _teach(self, material: Material, chosen: Sequence[Split], folded: Sequence[Split]) -> Taught:
        """As of all heads; every strength begins where the last one ended."""
        learnt = self._solved(material, self.strengths, chosen, folded)
        if material.several and self._loss().skewed and len(learnt.out_of_sample.rows):
            learnt = _straight(material, learnt)
        self.coefficients_ = learnt.coefficients
        self.coef_, self.intercept_ = learnt.coefficients[:-1].T, learnt.coefficients[-1]
        self.strength_, self.losses_, self.n_iter_ = learnt.strength, learnt.losses, learnt.passes
        choice = {
            "strength": learnt.strength,
            "losses": list(learnt.losses),
            "passes": learnt.passes,
        }
        scorer = LinearScorer(learnt.coefficients, material.several and self._loss().shared)
        return Taught(scorer, learnt.out_of_sample, learnt.temperature, choice)

    def _solved(
        self,
        material: Material,
        strengths: Sequence[float],
        chosen: Sequence[Split] = (),
        folded: Sequence[Split] = (),
    ) -> Learnt:
        say = say_of(self.blocks, material.X.shape[1], self.balance)
        loss = tags_loss(self._loss()) if material.several else SoftmaxLoss
        told = (material.X, material.target, material.weights, material.emphasis)
        # What counts less what is known already is a small number: the same step gains less of it.
        fine = 0.1 if material.several and self._loss().skewed else 1.0
        effort = Effort(self.tolerance * fine, self.max_passes, material.progress)
        return learn(Lesson(*told, loss, say, chosen, folded), strengths, effort, material.seed)


def _straight(material: Material, learnt: Learnt) -> Learnt:
    """The same with log odds for scores, as what was said out of sample tells."""
    sigmoids, told = straightened(material, learnt.out_of_sample)
    coefficients = learnt.coefficients * sigmoids.slopes
    coefficients[-1] += sigmoids.offsets
    return replace(
        learnt,
        coefficients=coefficients.astype(learnt.coefficients.dtype),
        out_of_sample=told,
        temperature=teaching.verdict(material, told)[1],
    )
