"""Kernel ridge regression as scikit-learn estimators: one label a row, or several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.heads import teaching
from cartellino.classify.heads.head import Classifier, Head, Tagger
from cartellino.classify.heads.kernel.ground import Ground, Map
from cartellino.classify.heads.kernel.scorer import KernelScorer
from cartellino.classify.heads.material import Material
from cartellino.classify.heads.splits import Split
from cartellino.classify.heads.teaching import Answers, Candidate, Taught, Trial
from cartellino.classify.unseen import OutOfSample

Floats = NDArray[Any]

GAMMAS = (1.0,)
STRENGTHS = (1.0, 0.3, 0.1, 0.03, 0.01)
LANDMARKS = 4000
# What calibrated log loss may rise by, as a share of it.
_SLACK = 0.02


@dataclass(kw_only=True, eq=False, repr=False)
class Kernel(Head):
    """What `KernelClassifier` and `KernelTagger` share."""

    gammas: Sequence[float] = GAMMAS
    strengths: Sequence[float] = STRENGTHS
    landmarks: int = LANDMARKS
    cv: Any = 5
    class_weight: str | Mapping[Any, float] | None = None
    blocks: Sequence[int] = ()
    balance: float = 0.5
    random_state: int | np.random.RandomState | None = 0

    def _learn(self, material: Material, candidate: Candidate) -> KernelScorer:
        return self._built(self._ground(material).at(candidate["gamma"]), candidate["strength"])

    def _teach(self, material: Material, chosen: Sequence[Split], folded: Sequence[Split]) -> Taught:
        ground = self._ground(material)
        trial = self._chosen(ground, chosen)
        told = trial.told
        here = ground.at(trial.chosen["gamma"])
        if folded:
            told = teaching.try_out(material, folded, [trial.chosen], here.tried).told
        temperature = teaching.verdict(material, told)[1]
        choice = {**trial.chosen, "losses": list(trial.losses)}
        return Taught(self._built(here, trial.chosen["strength"]), told, temperature, choice)

    def _ground(self, material: Material) -> Ground:
        return Ground.laid(material, self.blocks, self.balance, self.landmarks)

    def _chosen(self, ground: Ground, splits: Sequence[Split]) -> Trial:
        """The best strength at the best gamma; one gamma after the other, for a map of all rows is large."""
        gammas = sorted(map(float, self.gammas))
        if not splits:  # too few rows to be split: the middle of what there is, unseen
            gammas = gammas[len(gammas) // 2 :][:1]
        trials = [self._tried_at(ground, gamma, splits) for gamma in gammas]
        best = min(trials, key=lambda trial: min(trial.losses, default=0.0))
        return replace(best, losses=tuple(loss for trial in trials for loss in trial.losses))

    def _tried_at(self, ground: Ground, gamma: float, splits: Sequence[Split]) -> Trial:
        strengths = sorted(map(float, self.strengths), reverse=True)
        candidates = [{"gamma": gamma, "strength": each} for each in strengths]
        tried = ground.at(gamma).tried if splits else _never
        answers = teaching.ask(ground.material, splits, candidates, tried)
        trial = teaching.judge(ground.material, answers)
        return trial if ground.material.several else _boldest(answers, trial)

    def _built(self, here: Map, strength: float) -> KernelScorer:
        coefficients, intercepts = here.learnt(strength)
        ground = here.ground
        return KernelScorer(
            ground.measure, ground.known, coefficients, intercepts, here.gamma, ground.material.several
        )


def _boldest(answers: Answers, trial: Trial) -> Trial:
    """The weakest of the strengths whose loss is hardly above the least: it is right more often.

    Log loss asks for caution beyond where the likeliest label is best known, which is all that one label a
    row needs (measured: docs/benchmarks/best.md).
    """
    if not trial.losses:
        return trial
    bound = min(trial.losses) * (1 + _SLACK)
    place = max(place for place, loss in enumerate(trial.losses) if loss <= bound)
    told = OutOfSample(answers.rows, answers.said[place])
    return replace(trial, chosen=answers.candidates[place], told=told)


def _never(*_: Any) -> list[Floats]:
    return []


class KernelClassifier(Kernel, Classifier):
    """Kernel ridge regression on one label a row, known as least-squares support vector machine.

    A Gaussian kernel of the distance in which every block of features has the same say; classes are
    regressed as 1 and -1, whose least squares tell shares (Suykens and Vandewalle, *Least Squares Support
    Vector Machine Classifiers*, 1999). Of more than `landmarks` rows as many stand for all (Williams and
    Seeger, *Using the Nyström Method to Speed Up Kernel Machines*, NIPS 2000): memory and work grow with the
    rows, no faster.

    Parameters
    ----------
    gammas : sequence of float
        How quickly likeness falls, to choose from, for rows that are 1 apart on average.
    strengths : sequence of float
        L2 penalties to choose from, against the summed squared error.
    landmarks : int
        Rows that others are compared with, at most.
    cv : int, splitter or iterable
        Folds by which gamma and strength are chosen and the probabilities are calibrated, where `fit` is
        given no validation rows.
    class_weight : 'balanced', mapping or None
        What a row of each class weighs; 'balanced' lets every class weigh the same.
    blocks : sequence of int
        Widths of the blocks of features, side by side, such as the stages of a network; none: all are one.
    balance : float
        What wide blocks give up to narrow ones: 0 nothing, 0.5 all that width gives them.
    random_state : int, RandomState or None
        For the folds, and for the landmarks where there are more rows.

    Attributes
    ----------
    classes_, scorer_, out_of_sample_, choice_, temperature_
        As of all heads.
    """


@dataclass(kw_only=True, eq=False, repr=False)
class KernelTagger(Kernel, Tagger):
    """Kernel ridge regression on several labels a row, all from one table of likeness.

    Parameters
    ----------
    gammas, strengths, landmarks, cv, class_weight, blocks, balance, random_state
        As of `KernelClassifier`.
    beta : float or None
        Thresholds are tuned for F-beta; None: one half for all.

    Attributes
    ----------
    classes_, thresholds_, scorer_, out_of_sample_, choice_, temperature_
        As of all heads.
    """

    beta: float | None = 2.0
