"""Heads as families of recipes."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from cartellino.classify import setting
from cartellino.classify.family import Estimator, Family, Lesson
from cartellino.classify.setting import Setting

if TYPE_CHECKING:
    from cartellino.classify.recipe import Recipe
    from cartellino.classify.scorer import Scorer, Tensors

# What is minimised where a work may have several labels: as of `heads.tagging.TagLoss`.
TAG_LOSS: Mapping[str, Setting] = {
    "loss": setting.one_of("bce", "focal", "asymmetric", "softmax"),
    "focus": setting.number(2.0, 0),
    "focus_present": setting.number(0.0, 0),
    "focus_absent": setting.number(4.0, 0),
    "clip": setting.number(0.05, 0, 0.5),
}
_HEADS = "cartellino.classify.heads"


class HeadFamily(Family):
    """A head whose settings are its estimators' parameters.

    Attributes
    ----------
    one, several, scorer : str
        'module:class' below this room: estimators for one label a work and for several; what they learn.
    """

    one: ClassVar[str]
    several: ClassVar[str]
    scorer: ClassVar[str]

    def estimator(self, recipe: Recipe, lesson: Lesson) -> Estimator:
        """The head with the recipe's settings."""
        options: dict[str, Any] = {
            **recipe.settings,
            "cv": recipe.folds,
            "class_weight": lesson.class_weight,
            "blocks": lesson.blocks,
            "random_state": lesson.seed,
        }
        if lesson.kind == "multi":
            found: Estimator = _class(self.several)(**options, beta=recipe.beta)
            return found
        alone: Estimator = _class(self.one)(**self.for_one(options))
        return alone

    def for_one(self, options: dict[str, Any]) -> dict[str, Any]:
        """The parameters that the estimator for one label a work takes."""
        return {key: value for key, value in options.items() if key not in TAG_LOSS}

    def restored(self, tensors: Tensors, about: Mapping[str, Any]) -> Scorer:
        """The scorer of which these are the numbers."""
        found: Scorer = _class(self.scorer).restored(tensors, about)
        return found


class KernelFamily(HeadFamily):
    """Kernel ridge regression: what is alike is labelled alike.

    Settings: `gammas`, how quickly likeness falls with the distance, to choose from, for works that are 1
    apart on average; `strengths`, penalties to choose from, against the summed squared error; `landmarks`,
    works that others are compared with, at most; `balance`, as of `linear`.
    """

    one, several = "kernel.kernel:KernelClassifier", "kernel.kernel:KernelTagger"
    scorer = "kernel.scorer:KernelScorer"
    settings: ClassVar[Mapping[str, Setting]] = {
        "gammas": setting.numbers((1.0,)),
        "strengths": setting.numbers((1.0, 0.3, 0.1, 0.03, 0.01)),
        "landmarks": setting.whole(4000, 2),
        "balance": setting.number(0.5, 0, 0.5),
    }


class KnnFamily(HeadFamily):
    """The nearest neighbours vote.

    Settings: `neighbours`, how many vote, to choose from; `metric`, 'cosine' or 'euclidean'; `components`,
    principal axes to measure distances in, 0 for all features; `balance`, as of `linear`.
    """

    one, several, scorer = "knn.knn:KnnClassifier", "knn.knn:KnnTagger", "knn.scorer:KnnScorer"
    settings: ClassVar[Mapping[str, Setting]] = {
        "neighbours": setting.wholes((5, 10, 20, 40), 1),
        "metric": setting.one_of("cosine", "euclidean"),
        "components": setting.whole(0, 0),
        "balance": setting.number(0.25, 0, 0.5),
    }


class MlpFamily(HeadFamily):
    """Fully connected layers with ReLU between them.

    Settings: `widths` of the layers but the last; `epochs`, how often every work is seen, to choose from;
    `rate`, the length of its steps; `batch`, works a step; `decay` of weights; `members`, networks that are
    averaged; `components`, principal axes to keep, 0 for all features; `balance`, as of `linear`;
    `loss`, for several labels a work: 'bce', 'focal', 'asymmetric' or 'softmax'; `focus`, how far
    'focal' turns from what is easy; `focus_present`, that of 'asymmetric' for labels that a work has;
    `focus_absent`, the same for those that it has not; `clip`, the chance below which 'asymmetric' forgives a
    label that a work has not.
    """

    one, several, scorer = "mlp.mlp:MlpClassifier", "mlp.mlp:MlpTagger", "mlp.scorer:MlpScorer"
    settings: ClassVar[Mapping[str, Setting]] = {
        "widths": setting.wholes((512, 256), 1),
        "epochs": setting.wholes((2, 4, 6, 9, 13, 20, 30), 1),
        "rate": setting.number(1e-3, 0, above=True),
        "batch": setting.whole(128, 1),
        "decay": setting.number(0.1, 0),
        "members": setting.whole(1, 1),
        "components": setting.whole(512, 0),
        "balance": setting.number(0.25, 0, 0.5),
        **TAG_LOSS,
    }


class SvmFamily(HeadFamily):
    """Support vector machines on principal components.

    Settings: `C`, what a work on the wrong side costs, to choose from; `gammas`, how quickly likeness falls,
    to choose from, in units of one by the features' variance; `kernel`, 'rbf' or 'linear'; `components`,
    principal axes to keep, 0 for all features; `balance`, as of `linear`.
    """

    one, several, scorer = "svm.svm:SvmClassifier", "svm.svm:SvmTagger", "svm.scorer:SvmScorer"
    settings: ClassVar[Mapping[str, Setting]] = {
        "C": setting.numbers((8.0,)),
        "gammas": setting.numbers((1.0,)),
        "kernel": setting.one_of("rbf", "linear"),
        "components": setting.whole(512, 0),
        "balance": setting.number(0.0, 0, 0.5),
    }


def _class(target: str) -> Any:
    module, _, name = target.partition(":")
    return getattr(importlib.import_module(f"{_HEADS}.{module}"), name)
