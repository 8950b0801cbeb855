"""Chains of classifiers as a family of recipes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from cartellino.classify import setting
from cartellino.classify.composed import told as telling
from cartellino.classify.composed.family import ComposedFamily
from cartellino.classify.families import family
from cartellino.classify.family import Estimator, Lesson
from cartellino.classify.setting import Setting
from cartellino.errors import InputError

if TYPE_CHECKING:
    from cartellino.classify.recipe import Recipe
    from cartellino.classify.scorer import Scorer, Tensors


class ChainFamily(ComposedFamily):
    """Several labels a work, each learnt from the features and from what is believed of labels before it.

    Settings: `member`, a table: the head that learns each label; `chains`, how many orders of the labels,
    by lot, whose probabilities are averaged.
    """

    settings: ClassVar[Mapping[str, Setting]] = {"member": telling.member(), "chains": setting.whole(5, 1)}

    def members(self, recipe: Recipe) -> list[Recipe]:
        """The recipe of its member."""
        found = telling.recipe_of(recipe.settings["member"], recipe)
        if isinstance(family(found.family), ComposedFamily) or found.looks_at_pictures:
            raise InputError(
                f"a chain adds labels to the features that its member sees, and '{found.family}' has no room",
                f"recipe '{recipe.name}'",
                'Name a head on features as its member: { recipe = "linear" }',
            )
        return [found]

    def estimator(self, recipe: Recipe, lesson: Lesson) -> Estimator:
        """A `ChainTagger`."""
        from cartellino.classify.composed.chain import ChainTagger

        (member,) = self.members(recipe)
        if lesson.kind == "single":
            raise InputError(
                "a chain is for works with several labels, and these have one each",
                f"recipe '{recipe.name}'",
                f"Train '{member.name}' itself, or a label set of several labels a work.",
            )
        made, _ = self.made(recipe, member, lesson)
        chains, seed = recipe.settings["chains"], lesson.seed
        return ChainTagger(made, chains=chains, cv=recipe.folds, beta=recipe.beta, random_state=seed)

    def restored(self, tensors: Tensors, about: Mapping[str, Any]) -> Scorer:
        """The chains of these links."""
        from cartellino.classify.composed.chain import ChainScorer

        return ChainScorer.restored(tensors, about)
