"""The linear head as a family of recipes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from cartellino.classify import setting
from cartellino.classify.family import Estimator, Family, Lesson
from cartellino.classify.setting import Setting

if TYPE_CHECKING:
    from cartellino.classify.heads.linear.scorer import LinearScorer
    from cartellino.classify.recipe import Recipe
    from cartellino.classify.scorer import Tensors


class LinearFamily(Family):
    """A regularised linear classifier on standardised features.

    Settings: `strengths`, penalties to choose from, against the summed log loss of scaled features;
    `balance`, what the wide stages of a backbone give up to the narrow ones: 0 nothing, 0.5 all that width
    gives them.
    """

    settings: ClassVar[Mapping[str, Setting]] = {
        "strengths": setting.numbers((3000.0, 1000.0, 300.0, 100.0, 30.0)),
        "balance": setting.number(0.25, 0, 0.5),
    }

    def estimator(self, recipe: Recipe, lesson: Lesson) -> Estimator:
        """A `LinearClassifier`, or a `LinearTagger` for several labels a work."""
        from cartellino.classify.heads.linear.linear import LinearClassifier, LinearTagger

        options: dict[str, Any] = {
            **recipe.settings,
            "cv": recipe.folds,
            "class_weight": lesson.class_weight,
            "blocks": lesson.blocks,
            "random_state": lesson.seed,
        }
        if lesson.kind == "multi":
            return LinearTagger(**options, beta=recipe.beta)
        return LinearClassifier(**options)

    def restored(self, tensors: Tensors, about: Mapping[str, Any]) -> LinearScorer:
        """The scorer with these coefficients."""
        from cartellino.classify.heads.linear.scorer import LinearScorer

        return LinearScorer.restored(tensors, about)
