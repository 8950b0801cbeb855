"""What a bag of visual words is told and how it learns, whether a picture has one label or several."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils import Tags, check_random_state
from sklearn.utils.validation import check_is_fitted
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from cartellino.classify.heads import splits
from cartellino.classify.unseen import OutOfSample
from cartellino.classify.words import choosing
from cartellino.classify.words.choosing import Choice, Learnt, Lesson, Plan, Split, Trial
from cartellino.classify.words.describing import describe
from cartellino.classify.words.detectors import Detector
from cartellino.classify.words.histograms import Form
from cartellino.classify.words.scorer import WordsScorer
from cartellino.features.preprocessing import Shown
from cartellino.metrics.calibration import fitted_temperature
from cartellino.progress import Progress, Silent

Floats = NDArray[Any]

STRENGTHS = (1.0, 3.0, 10.0, 30.0)
GAMMAS = (0.5, 1.0, 2.0)
# Validation rows as many as these calibrate well enough by themselves; fewer are helped by folds of all.
_ENOUGH = 2000


class Words(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """The base of `WordsClassifier` and `WordsTagger`, whose parameters and attributes these are."""

    def __init__(
        self,
        *,
        detector: str = "kaze",
        side: int = 448,
        keypoints: int = 500,
        threshold: float = 0.0,
        words: int = 100,
        sampled: int = 200_000,
        levels: int = 1,
        tf_idf: bool = False,
        norm: str = "hellinger",
        kernel: str = "rbf",
        strengths: Sequence[float] = STRENGTHS,
        gammas: Sequence[float] = GAMMAS,
        cv: Any = 5,
        class_weight: str | Mapping[Any, float] | None = None,
        cache: str | PathLike[str] | None = None,
        random_state: int | np.random.RandomState | None = 0,
    ) -> None:
        self.detector = detector
        self.side = side
        self.keypoints = keypoints
        self.threshold = threshold
        self.words = words
        self.sampled = sampled
        self.levels = levels
        self.tf_idf = tf_idf
        self.norm = norm
        self.kernel = kernel
        self.strengths = strengths
        self.gammas = gammas
        self.cv = cv
        self.class_weight = class_weight
        self.cache = cache
        self.random_state = random_state

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.input_tags.one_d_array = tags.input_tags.string = True
        return tags

    def decision_function(self, X: Any) -> Floats:
        """Calibrated scores (n, k), float: log probabilities but for a constant a row, or log odds."""
        check_is_fitted(self)
        scores: Floats = self.scorer_.scores(X).astype(np.float64) / self.temperature_
        return scores

    @staticmethod
    @abstractmethod
    def _losses(scores: Floats, truth: Floats) -> Floats:
        """Log loss (n,) of scores."""

    def _learn(
        self,
        told: tuple[Sequence[Shown], Floats, Floats],
        weights: Floats,
        classes: int,
        strata: Floats,
        asked: tuple[Any, Any],
        progress: Progress | None,
    ) -> None:
        """Learn from pictures, targets and what they weigh, `told`, of those rows whose weight is above 0."""
        kept = np.flatnonzero(weights > 0)
        shown, target, weighed = told
        seed = int(check_random_state(self.random_state).randint(np.iinfo(np.int32).max))
        chosen, folded = self._splits(strata, *asked, kept, seed)
        progress = progress or Silent()
        found = describe(
            [shown[place] for place in kept.tolist()], self._detector(), self._folder(), progress
        )
        lesson = Lesson(found, target[kept], weighed[kept], classes, self._plan(seed), progress)
        progress.start("Learning words", len(chosen) + len(folded) + 1, "vocabulary")
        with threadpool_limits(1):  # our threads take a machine each; libraries' own would fight over cores
            self._choose(lesson, chosen, folded, kept, weights[kept])
        progress.finish()

    def _choose(
        self, lesson: Lesson, chosen: list[Split], folded: list[Split], kept: Floats, weights: Floats
    ) -> None:
        choices = lesson.plan.choices()
        trial = choosing.try_out(lesson, chosen, choices)
        losses = [self._verdict(lesson, trial, choice, weights)[0] for choice in choices]
        best = choices[int(np.argmin(losses)) if chosen else len(choices) // 2]
        heard = choosing.try_out(lesson, folded, [best]) if folded else trial
        self.temperature_ = self._verdict(lesson, heard, best, weights)[1]
        self.out_of_sample_ = OutOfSample(kept[heard.rows], heard.scores[best])
        learnt = choosing.final(lesson, best)
        self.scorer_ = self._scorer(learnt)
        self.choice_ = _told(lesson, learnt, best, choices, losses if chosen else [])

    def _verdict(self, lesson: Lesson, trial: Trial, choice: Choice, weights: Floats) -> tuple[float, float]:
        """Mean log loss out of sample once it is calibrated, and the temperature that does it."""
        truth, weighed, scores = lesson.target[trial.rows], weights[trial.rows], trial.scores[choice]
        temperature = fitted_temperature(lambda divisor: self._losses(scores / divisor, truth), weighed)
        lost = float(weighed @ self._losses(scores / temperature, truth))
        return lost / max(float(weighed.sum()), 1e-300), temperature

    def _scorer(self, learnt: Learnt) -> WordsScorer:
        return WordsScorer(
            self._detector(),
            learnt.lexicon,
            learnt.kernel,
            learnt.support,
            learnt.machine.coefficients.astype(np.float32),
            learnt.machine.intercepts.astype(np.float32),
            self._folder(),
        )

    def _detector(self) -> Detector:
        return Detector(self.detector, self.side, self.keypoints, self.threshold)

    def _folder(self) -> Path | None:
        return None if self.cache is None else Path(self.cache)

    def _plan(self, seed: int) -> Plan:
        form = Form(self.levels, self.tf_idf, self.norm)
        strengths, gammas = tuple(self.strengths), tuple(self.gammas)
        return Plan(self.words, self.sampled, form, self.kernel, strengths, gammas, seed)

    def _splits(
        self, strata: Floats, groups: Any, validation: Any, kept: NDArray[np.int64], seed: int
    ) -> tuple[list[Split], list[Split]]:
        """What makes the choices; and what calibrates, where that is something else."""
        if validation is None:
            return splits.folds(self.cv, strata, groups, kept, seed), []
        chosen = splits.held_out(len(strata), validation, kept)
        enough = len(chosen[0][1]) >= _ENOUGH
        return chosen, [] if enough else splits.folds(self.cv, strata, groups, kept, seed)


def _told(
    lesson: Lesson, learnt: Learnt, best: Choice, choices: Sequence[Choice], losses: Sequence[float]
) -> dict[str, Any]:
    """What was chosen, and what it was learnt from, for the card."""
    counts = [len(local) for local in lesson.described]
    return {
        "strength": best[0],
        "gamma": best[1],
        "tried": [list(choice) for choice in choices],
        "losses": list(losses),
        "words": len(learnt.lexicon.words),
        "keypoints": float(np.mean(counts)),
        "without_keypoints": int(np.sum(np.array(counts) == 0)),
        "support": len(learnt.support),
    }
