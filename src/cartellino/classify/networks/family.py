"""Networks as a family of recipes; torch is imported once one is trained or restored."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, ClassVar

from cartellino.classify.family import Estimator, Family, Lesson
from cartellino.classify.networks.settings import SETTINGS
from cartellino.classify.setting import Setting
from cartellino.errors import InputError, MissingExtraError

if TYPE_CHECKING:
    from cartellino.classify.networks.scorer import NetworkScorer
    from cartellino.classify.outline import Outline
    from cartellino.classify.recipe import Recipe
    from cartellino.classify.scorer import Tensors


class NetworkFamily(Family):
    """Networks that learn from pixels. Their settings are told in `NetworkSettings`."""

    sees: ClassVar[str] = "pictures"
    settings: ClassVar[Mapping[str, Setting]] = SETTINGS
    learns_validation: ClassVar[bool] = False

    def estimator(self, recipe: Recipe, lesson: Lesson) -> Estimator:
        """A `NetworkClassifier`, or a `NetworkTagger` for several labels a work."""
        from cartellino.classify.networks.estimator import NetworkClassifier, NetworkTagger

        kind = NetworkTagger if lesson.kind == "multi" else NetworkClassifier
        only = recipe.settings["augment_only"]
        return kind(
            **{**recipe.settings, "augment_only": _places(only, lesson.classes)},
            class_weight=lesson.class_weight,
            threshold=recipe.threshold or None,
            beta=recipe.beta,
            folder=None if lesson.folder is None else str(lesson.folder),
            random_state=lesson.seed,
        )

    def documented(self) -> object:
        """The settings, each with its sentence."""
        from cartellino.classify.networks.settings import NetworkSettings

        return NetworkSettings

    def outline(self, recipe: Recipe, width: int, classes: int) -> Outline:
        """Every layer of the network, its numbers and its products.

        Raises
        ------
        MissingExtraError
            If torch is not installed.
        """
        if find_spec("torch") is None:
            raise MissingExtraError(f"The recipe '{recipe.name}'", "train")
        from cartellino.classify.networks.fitting import wanted
        from cartellino.classify.networks.outline import outline
        from cartellino.classify.networks.settings import NetworkSettings

        return outline(wanted(NetworkSettings(**recipe.settings), classes))

    def restored(self, tensors: Tensors, about: Mapping[str, Any]) -> NetworkScorer:
        """The scorer with these weights."""
        from cartellino.classify.networks.scorer import NetworkScorer

        return NetworkScorer.restored(tensors, about)


def _places(only: str | tuple[str, ...], classes: tuple[str, ...]) -> str | tuple[int, ...]:
    """The labels that augmentation is for, as estimators know them."""
    if isinstance(only, str):
        return only
    for label in only:
        if label not in classes:
            raise InputError(
                f"no class is called '{label}'", "augment_only", f"There are: {', '.join(classes[:12])}."
            )
    return tuple(classes.index(label) for label in only)
