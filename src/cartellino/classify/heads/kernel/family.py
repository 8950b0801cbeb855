"""The kernel head as a family of recipes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from cartellino.classify import setting
from cartellino.classify.family import Estimator, Family, Lesson
from cartellino.classify.setting import Setting

if TYPE_CHECKING:
    from cartellino.classify.heads.kernel.scorer import KernelScorer
    from cartellino.classify.recipe import Recipe
    from cartellino.classify.scorer import Tensors


class KernelFamily(Family):
    """Kernel ridge regression: what is alike is labelled alike.

    Settings: `gammas`, how quickly likeness falls with the distance, to choose from, for works that are 1
    apart on average; `strengths`, penalties to choose from, against the summed squared error; `landmarks`,
    works that others are compared with, at most; `balance`, what wide blocks of features give up to narrow
    ones: 0 nothing, 0.5 all that width gives them.
    """

    settings: ClassVar[Mapping[str, Setting]] = {
        "gammas": setting.numbers((1.0,)),
        "strengths": setting.numbers((0.3, 0.1, 0.03, 0.01)),
        "landmarks": setting.whole(4000, 2),
        "balance": setting.number(0.5, 0, 0.5),
    }

    def estimator(self, recipe: Recipe, lesson: Lesson) -> Estimator:
        """A `KernelClassifier`, or a `KernelTagger` for several labels a work."""
        from cartellino.classify.heads.kernel.kernel import KernelClassifier, KernelTagger

        options: dict[str, Any] = {
            **recipe.settings,
            "cv": recipe.folds,
            "class_weight": lesson.class_weight,
            "blocks": lesson.blocks,
            "random_state": lesson.seed,
        }
        if lesson.kind == "multi":
            return KernelTagger(**options, beta=recipe.beta)
        return KernelClassifier(**options)

    def restored(self, tensors: Tensors, about: Mapping[str, Any]) -> KernelScorer:
        """The scorer of these numbers."""
        from cartellino.classify.heads.kernel.scorer import KernelScorer

        return KernelScorer.restored(tensors, about)
