"""Bags of visual words as a family of recipes."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, ClassVar

from cartellino.classify.family import Estimator, Family, Lesson
from cartellino.classify.setting import Setting
from cartellino.classify.words.settings import SETTINGS
from cartellino.errors import MissingExtraError

if TYPE_CHECKING:
    from cartellino.classify.recipe import Recipe
    from cartellino.classify.scorer import Tensors
    from cartellino.classify.words.scorer import WordsScorer


class WordsFamily(Family):
    """A bag of visual words and a support vector machine, over the pictures themselves.

    Settings: those of `cartellino.classify.words.classifier.WordsClassifier`, by the same names.
    """

    sees: ClassVar[str] = "pictures"
    settings: ClassVar[Mapping[str, Setting]] = SETTINGS

    def estimator(self, recipe: Recipe, lesson: Lesson) -> Estimator:
        """A `WordsClassifier`, or a `WordsTagger` for several labels a work.

        Raises
        ------
        MissingExtraError
            If OpenCV is not installed: said now, and not once pictures were fetched and decoded.
        """
        if find_spec("cv2") is None:
            raise MissingExtraError(f"The recipe '{recipe.name}'", "classical")
        from cartellino.classify.words.classifier import WordsClassifier
        from cartellino.classify.words.tagger import WordsTagger

        options: dict[str, Any] = {
            **recipe.settings,
            "cv": recipe.folds,
            "class_weight": lesson.class_weight,
            "cache": lesson.cache,
            "random_state": lesson.seed,
        }
        if lesson.kind == "multi":
            return WordsTagger(**options, beta=recipe.beta)
        return WordsClassifier(**options)

    def restored(self, tensors: Tensors, about: Mapping[str, Any]) -> WordsScorer:
        """The scorer with this vocabulary and these margins."""
        from cartellino.classify.words.scorer import WordsScorer

        return WordsScorer.restored(tensors, about)
