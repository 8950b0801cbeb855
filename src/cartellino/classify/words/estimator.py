"""What a bag of visual words is told and how it learns, whether a picture has one label or several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils import Tags, check_random_state
from sklearn.utils.validation import _check_sample_weight, check_is_fitted
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from cartellino.classify.heads import splits, teaching
from cartellino.classify.heads.answering import Answering
from cartellino.classify.heads.material import Material
from cartellino.classify.heads.splits import Rows, Split
from cartellino.classify.unseen import OutOfSample
from cartellino.classify.words.choosing import Bench, Learnt, Plan
from cartellino.classify.words.describing import describe
from cartellino.classify.words.detectors import Detector, Local
from cartellino.classify.words.histograms import Form
from cartellino.classify.words.scorer import WordsScorer
from cartellino.features.preprocessing import Shown
from cartellino.progress import Progress, Silent

Floats = NDArray[Any]

STRENGTHS = (1.0, 3.0, 10.0, 30.0)
GAMMAS = (0.5, 1.0, 2.0)


@dataclass(kw_only=True, eq=False, repr=False)
class Words(Answering, ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """The base of `WordsClassifier` and `WordsTagger`, whose parameters and attributes these are."""

    detector: str = "kaze"
    side: int = 448
    keypoints: int = 500
    weakest: float = 0.0
    words: int = 100
    sampled: int = 200_000
    levels: int = 1
    tf_idf: bool = False
    norm: str = "hellinger"
    kernel: str = "rbf"
    strengths: Sequence[float] = STRENGTHS
    gammas: Sequence[float] = GAMMAS
    cv: Any = 5
    class_weight: str | Mapping[Any, float] | None = None
    cache: str | PathLike[str] | None = None
    random_state: int | np.random.RandomState | None = 0

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.input_tags.one_d_array = tags.input_tags.string = True
        return tags

    def _scores(self, X: Any) -> Floats:
        """Calibrated scores (n, k), float: log probabilities but for a constant a row, or log odds."""
        check_is_fitted(self)
        scores: Floats = self.scorer_.scores(X).astype(np.float64) / self.temperature_
        return scores

    def _taught(
        self,
        told: tuple[Sequence[Shown], Floats, Floats],
        emphasis: Floats,
        strata: Rows,
        asked: tuple[Any, Any, Progress | None],
    ) -> None:
        """Learn from pictures, targets and weights; keep what is found under scikit-learn's names."""
        groups, validation, progress = asked
        shown, target, weights = told
        kept = np.flatnonzero(weights > 0)
        seed = int(check_random_state(self.random_state).randint(np.iinfo(np.int32).max))
        chosen, folded = splits.asked(self.cv, strata, groups, validation, kept, seed)
        progress = progress or Silent()
        found = describe(
            [shown[place] for place in kept.tolist()], self._detector(), self._folder(), progress
        )
        material = Material(
            np.empty((len(kept), 0)),  # what is learnt from is `found`, and of another form
            target[kept],
            weights[kept],
            emphasis,
            target.ndim == 2,
            seed,
            progress=progress,
        )
        progress.start("Learning words", len(chosen) + len(folded) + 1, "vocabulary")
        with threadpool_limits(1):  # our threads take a machine each; libraries' own would fight over cores
            heard = self._teach(Bench(found, self._plan()), material, chosen, folded)
        self.out_of_sample_ = OutOfSample(kept[heard.rows], heard.logits)
        progress.finish()

    def _teach(
        self, bench: Bench, material: Material, chosen: Sequence[Split], folded: Sequence[Split]
    ) -> OutOfSample:
        """Choose, calibrate, learn from everything; what was said out of sample."""
        candidates = bench.plan.candidates()
        trial = teaching.try_out(material, chosen, candidates, bench.tried)
        heard = trial.told
        if folded:
            heard = teaching.try_out(material, folded, [trial.chosen], bench.tried).told
        self.temperature_ = teaching.verdict(material, heard)[1]
        learnt = bench.final(material, trial.chosen)
        self.scorer_ = self._scorer(learnt)
        self.choice_ = {
            **trial.chosen,
            "losses": list(trial.losses),
            "words": len(learnt.lexicon.words),
            "support": len(learnt.support),
            **_found(bench.described),
        }
        return heard

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
        return Detector(self.detector, self.side, self.keypoints, self.weakest)

    def _folder(self) -> Path | None:
        return None if self.cache is None else Path(self.cache)

    def _plan(self) -> Plan:
        form = Form(self.levels, self.tf_idf, self.norm)
        strengths, gammas = tuple(self.strengths), tuple(self.gammas)
        return Plan(self.words, self.sampled, form, self.kernel, strengths, gammas)


def _found(described: Sequence[Local]) -> dict[str, Any]:
    """How much there was to learn words from, for the card."""
    counts = np.array([len(local) for local in described])
    return {"keypoints": float(counts.mean()), "pictures_without_keypoints": int((counts == 0).sum())}


def weights_of(told: Any, n: int) -> Floats:
    """Weights (n,) of pictures; scikit-learn wants something that has as many rows to check them by."""
    weights: Floats = _check_sample_weight(told, np.zeros((n, 1)), dtype=np.float64, ensure_non_negative=True)
    return weights
