"""Support vector machines as scikit-learn estimators: one label a row, or several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.heads import teaching
from cartellino.classify.heads.head import Classifier, Tagger
from cartellino.classify.heads.material import Material
from cartellino.classify.heads.projected import Projected
from cartellino.classify.heads.sigmoids import Sigmoids, pairs
from cartellino.classify.heads.splits import Split
from cartellino.classify.heads.svm.kernel import Kernel
from cartellino.classify.heads.svm.machines import Machines, built
from cartellino.classify.heads.svm.scorer import SvmScorer, said
from cartellino.classify.heads.teaching import Answers, Candidate, Taught

Floats = NDArray[Any]

STRENGTHS = (8.0,)
GAMMAS = (1.0,)
COMPONENTS = 512


@dataclass(kw_only=True, eq=False, repr=False)
class Svm(Projected):
    """The base of `SvmClassifier` and `SvmTagger`, whose parameters these are."""

    C: Sequence[float] = STRENGTHS
    gammas: Sequence[float] = GAMMAS
    kernel: str = "rbf"
    components: int = COMPONENTS
    cv: Any = 5
    class_weight: str | Mapping[Any, float] | None = None
    tolerance: float = 1e-3
    blocks: Sequence[int] = ()
    balance: float = 0.0
    random_state: int | np.random.RandomState | None = 0

    def _candidates(self, material: Material) -> Sequence[Candidate]:
        widths = [1.0] if self.kernel == "linear" else [float(each) for each in self.gammas]
        return [
            {"gamma": width, "C": float(strength)} for width in sorted(widths) for strength in sorted(self.C)
        ]

    def _learn(self, material: Material, candidate: Candidate) -> SvmScorer:
        flat, projection = self._flat(material)
        (machines,) = self._machines(flat, [candidate])
        unlearnt = Sigmoids.unlearnt(len(machines.offsets))
        return SvmScorer(projection, machines, unlearnt, flat.columns, flat.several)

    def _machines(self, flat: Material, candidates: Sequence[Candidate]) -> list[Machines]:
        found: list[Machines] = []
        for width in dict.fromkeys(candidate["gamma"] for candidate in candidates):
            kernel = Kernel.of(self.kernel, width, flat.X, flat.weights)
            strengths = [each["C"] for each in candidates if each["gamma"] == width]
            found += built(flat, kernel, strengths, self.tolerance)
        return found

    def _tried(self, material: Material, split: Split, candidates: Sequence[Candidate]) -> Sequence[Floats]:
        """Decisions of the machines, which become scores once their sigmoids are known."""
        asked = material.X[split[1]]
        return [each.decisions(asked) for each in self._machines(material.part(split[0]), candidates)]

    def _teach(self, material: Material, chosen: Sequence[Split], folded: Sequence[Split]) -> Taught:
        flat, _ = self._flat(material)
        answers = teaching.ask(flat, chosen, self._candidates(flat), self._tried)
        trial = teaching.judge(flat, answers, lambda decided: self._crossed(flat, answers, decided))
        told = trial.told
        if folded:
            answers = teaching.ask(flat, folded, [trial.chosen], self._tried)
            told = teaching.judge(flat, answers, lambda decided: self._crossed(flat, answers, decided)).told
        scorer = self._learn(flat, trial.chosen)
        if len(answers.rows):
            place = [dict(each) for each in answers.candidates].index(dict(trial.chosen))
            scorer = replace(scorer, sigmoids=_sigmoids(flat, answers.rows, answers.said[place]))
        temperature = teaching.verdict(flat, told)[1]
        return Taught(scorer, told, temperature, trial.choice)

    def _crossed(self, material: Material, answers: Answers, decided: Floats) -> Floats:
        """Scores from decisions, each row's by sigmoids fitted to the rows of other splits."""
        scores = np.zeros((len(decided), material.columns), decided.dtype)
        for split in np.unique(answers.split):
            here = answers.split == split
            others = here if here.all() else ~here
            sigmoids = _sigmoids(material, answers.rows[others], decided[others])
            scores[here] = said(decided[here], sigmoids, material.columns, material.several)
        return scores


def _sigmoids(material: Material, rows: NDArray[np.int64], decided: Floats) -> Sigmoids:
    weights = material.stressed[rows]
    if material.several:
        return Sigmoids.learn(decided, material.table[rows], weights)
    first, second = pairs(material.columns)
    place = material.target[rows][:, None]
    asked = (place == first) | (place == second)
    return Sigmoids.learn(decided, place == first, weights[:, None] * asked)


class SvmClassifier(Svm, Classifier):
    """Support vector machines for every pair of classes, on principal components.

    Parameters
    ----------
    C : sequence of float
        What a row on the wrong side costs, to choose from.
    gammas : sequence of float
        How quickly likeness falls, to choose from, in units of scikit-learn's 'scale'; for 'rbf'.
    kernel : str
        'rbf' or 'linear'.
    components : int
        Principal axes to keep of the standardised features; 0: all features.
    cv : int, splitter or iterable
        Folds by which choices are made and probabilities are calibrated, where `fit` is given no validation
        rows.
    class_weight : 'balanced', mapping or None
        What a row of each class weighs; 'balanced' lets every class weigh the same.
    tolerance : float
        Of the solver.
    blocks : sequence of int
        Widths of the blocks of features, side by side, such as the stages of a network; none: all are one.
    balance : float
        What wide blocks give up to narrow ones: 0 nothing, 0.5 all that width gives them.
    random_state : int, RandomState or None
        For the folds.

    Attributes
    ----------
    classes_, scorer_, out_of_sample_, choice_, temperature_
        As of all heads.
    """


@dataclass(kw_only=True, eq=False, repr=False)
class SvmTagger(Svm, Tagger):
    """A support vector machine for each label, all on one table of likeness.

    Parameters
    ----------
    C, gammas, kernel, components, cv, class_weight, tolerance, blocks, balance, random_state
        As of `SvmClassifier`.
    beta : float or None
        Thresholds are tuned for F-beta; None: one half for all.

    Attributes
    ----------
    classes_, thresholds_, scorer_, out_of_sample_, choice_, temperature_
        As of all heads.
    """

    beta: float | None = 2.0
