"""Averages, bags, folds, stacks and views as families of recipes."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from cartellino.classify import setting
from cartellino.classify.composed import told as telling
from cartellino.classify.composed.seeing import columns_of, lesson_of, seen_by, taken_by
from cartellino.classify.families import family
from cartellino.classify.family import Estimator, Family, Lesson
from cartellino.classify.setting import Setting
from cartellino.errors import InputError

if TYPE_CHECKING:
    from cartellino.classify.recipe import Recipe
    from cartellino.classify.scorer import Scorer, Tensors


class ComposedFamily(Family):
    """What all families share whose members are other recipes."""

    @abstractmethod
    def members(self, recipe: Recipe) -> list[Recipe]:
        """The recipes that a recipe is made of.

        Raises
        ------
        InputError
            If it does not tell of them.
        """

    def takes(self, recipe: Recipe) -> str:
        """What its members take for rows."""
        return taken_by(self.members(recipe), f"recipe '{recipe.name}'")

    def seen(self, recipe: Recipe) -> tuple[str, ...]:
        """The views that its members see, each once."""
        return seen_by(self.members(recipe), f"recipe '{recipe.name}'")

    def made(self, recipe: Recipe, member: Recipe, lesson: Lesson, folder: str = "") -> tuple[Estimator, Any]:
        """A member's estimator, and the columns that it sees."""
        seen = self.seen(recipe)
        columns = columns_of(member.views, seen, lesson, f"recipe '{recipe.name}'")
        taught = lesson_of(member, lesson, seen, columns, folder)
        return family(member.family).estimator(member, taught), columns


class AverageFamily(ComposedFamily):
    """The mean of the calibrated probabilities of members.

    Settings: `members`, a list of tables; `weights`, what each counts: 'equal', a number for each, or
    'chosen' by the log loss out of sample.
    """

    settings: ClassVar[Mapping[str, Setting]] = {"members": telling.members(), "weights": telling.shares()}

    def members(self, recipe: Recipe) -> list[Recipe]:
        """The recipes of its members."""
        return _several(recipe)

    def estimator(self, recipe: Recipe, lesson: Lesson) -> Estimator:
        """An `AveragedClassifier`."""
        from cartellino.classify.composed.average import AveragedClassifier

        members, weights = self.members(recipe), recipe.settings["weights"]
        if not isinstance(weights, str) and len(weights) != len(members):
            raise InputError(
                f"there are {len(members)} members and {len(weights)} weights",
                f"recipe '{recipe.name}'",
                "Give each member one.",
            )
        names = telling.named(members)
        made = [
            (name, *self.made(recipe, each, lesson, name)) for name, each in zip(names, members, strict=True)
        ]
        return AveragedClassifier(
            made, weights=weights, cv=recipe.folds, beta=recipe.beta, random_state=lesson.seed
        )

    def restored(self, tensors: Tensors, about: Mapping[str, Any]) -> Scorer:
        """The mean of these parts."""
        return _mean(tensors, about)


class BaggingFamily(ComposedFamily):
    """The mean of copies of one member, each learnt from another draw of the works.

    Settings: `member`, a table; `bags`, how many.
    """

    settings: ClassVar[Mapping[str, Setting]] = {"member": telling.member(), "bags": setting.whole(10, 2)}

    def members(self, recipe: Recipe) -> list[Recipe]:
        """The recipe of its member."""
        return [telling.recipe_of(recipe.settings["member"], recipe)]

    def estimator(self, recipe: Recipe, lesson: Lesson) -> Estimator:
        """A `BaggedClassifier`."""
        from cartellino.classify.composed.bagging import BaggedClassifier

        (member,) = self.members(recipe)
        made, _ = self.made(recipe, member, lesson)
        bags, seed = recipe.settings["bags"], lesson.seed
        return BaggedClassifier(made, bags=bags, cv=recipe.folds, beta=recipe.beta, random_state=seed)

    def restored(self, tensors: Tensors, about: Mapping[str, Any]) -> Scorer:
        """The mean of these bags."""
        return _mean(tensors, about)


class FoldsFamily(ComposedFamily):
    """The mean of copies of one member, each learnt without one of the recipe's `folds`.

    Settings: `member`, a table.
    """

    settings: ClassVar[Mapping[str, Setting]] = {"member": telling.member()}

    def members(self, recipe: Recipe) -> list[Recipe]:
        """The recipe of its member."""
        return [telling.recipe_of(recipe.settings["member"], recipe)]

    def estimator(self, recipe: Recipe, lesson: Lesson) -> Estimator:
        """A `FoldedClassifier`."""
        from cartellino.classify.composed.folded import FoldedClassifier

        (member,) = self.members(recipe)
        made, _ = self.made(recipe, member, lesson)
        return FoldedClassifier(made, cv=recipe.folds, beta=recipe.beta, random_state=lesson.seed)

    def restored(self, tensors: Tensors, about: Mapping[str, Any]) -> Scorer:
        """The mean of these fold models."""
        return _mean(tensors, about)


class StackingFamily(ComposedFamily):
    """A linear head that learns from what members say out of sample.

    Settings: `members`, a list of tables; `with_features`, whether the head sees the features too;
    `strengths`, penalties of the head to choose from, as of the linear family.
    """

    settings: ClassVar[Mapping[str, Setting]] = {
        "members": telling.members(),
        "with_features": setting.yes_or_no(False),
        "strengths": setting.numbers((1000.0, 300.0, 100.0, 30.0, 10.0)),
    }

    def members(self, recipe: Recipe) -> list[Recipe]:
        """The recipes of its members."""
        return _several(recipe)

    def takes(self, recipe: Recipe) -> str:
        """What its members take for rows."""
        found = super().takes(recipe)
        if found == "pictures" and recipe.settings["with_features"]:
            raise InputError(
                "its members look at pictures, so there are no features for the head to see",
                f"recipe '{recipe.name}'",
                "Set with_features to false.",
            )
        return found

    def estimator(self, recipe: Recipe, lesson: Lesson) -> Estimator:
        """A `StackedClassifier`."""
        from cartellino.classify.composed.stacking import StackedClassifier

        members = self.members(recipe)
        names = telling.named(members)
        made = [(name, *self.made(recipe, each, lesson)) for name, each in zip(names, members, strict=True)]
        return StackedClassifier(
            made,
            head=self._head(recipe, lesson, len(members)),
            with_features=recipe.settings["with_features"],
            cv=recipe.folds,
            beta=recipe.beta,
            random_state=lesson.seed,
        )

    def _head(self, recipe: Recipe, lesson: Lesson, members: int) -> Any:
        from cartellino.classify.heads.linear.linear import LinearClassifier, LinearTagger

        beliefs = members * len(lesson.classes)
        told: dict[str, Any] = {
            "strengths": recipe.settings["strengths"],
            "class_weight": lesson.class_weight,
            "blocks": (beliefs, *lesson.blocks) if recipe.settings["with_features"] and lesson.blocks else (),
        }
        return LinearTagger(**told, beta=None) if lesson.kind == "multi" else LinearClassifier(**told)

    def restored(self, tensors: Tensors, about: Mapping[str, Any]) -> Scorer:
        """The stack of these parts and this head."""
        from cartellino.classify.composed.stacking import StackedScorer

        return StackedScorer.restored(tensors, about)


class ViewsFamily(ComposedFamily):
    """One member asked about several views of a picture, all of one layout; their mean is believed.

    Settings: `member`, a table; `learn_from`, whether it learns from the 'first' view of the recipe's
    `sees` only, or from 'all' of them, each as a row of its own.
    """

    settings: ClassVar[Mapping[str, Setting]] = {
        "member": telling.member(),
        "learn_from": setting.one_of("first", "all"),
    }

    def members(self, recipe: Recipe) -> list[Recipe]:
        """The recipe of its member."""
        return [telling.recipe_of(recipe.settings["member"], recipe)]

    def seen(self, recipe: Recipe) -> tuple[str, ...]:
        """The views that its member is asked about."""
        where = f"recipe '{recipe.name}'"
        if recipe.settings["member"].get("sees"):
            raise InputError(
                "its member sees each of the recipe's views by itself", where, 'Say "sees" of the whole.'
            )
        if len(set(recipe.sees)) < 2:
            raise InputError(
                "it takes the mean over several views, and is told of fewer than two",
                where,
                'Name them: sees = ["lite2:all", "lite2:all@mirror"]',
            )
        return recipe.sees

    def takes(self, recipe: Recipe) -> str:
        """Features; views are features."""
        if super().takes(recipe) == "pictures":
            raise InputError(
                "its member looks at pictures, which have no views",
                f"recipe '{recipe.name}'",
                "Name a member that looks at features.",
            )
        return "features"

    def estimator(self, recipe: Recipe, lesson: Lesson) -> Estimator:
        """A `ViewsClassifier`."""
        from cartellino.classify.composed.views import ViewsClassifier

        (member,) = self.members(recipe)
        where, seen = f"recipe '{recipe.name}'", self.seen(recipe)
        columns = [columns_of((view,), seen, lesson, where) for view in seen]
        if len({width for _, width in lesson.views}) != 1:
            raise InputError("its views are of unlike width", where, "Name views of one layout.")
        taught = lesson_of(member, lesson, seen, columns[0])
        return ViewsClassifier(
            family(member.family).estimator(member, taught),
            views=columns,
            learn_from=recipe.settings["learn_from"],
            cv=recipe.folds,
            beta=recipe.beta,
            random_state=lesson.seed,
        )

    def restored(self, tensors: Tensors, about: Mapping[str, Any]) -> Scorer:
        """The scorer of these views."""
        from cartellino.classify.composed.views import ViewsScorer

        return ViewsScorer.restored(tensors, about)


def _several(recipe: Recipe) -> list[Recipe]:
    found: Sequence[Mapping[str, Any]] = recipe.settings["members"]
    return [telling.recipe_of(each, recipe) for each in (found or ({},))]


def _mean(tensors: Tensors, about: Mapping[str, Any]) -> Scorer:
    from cartellino.classify.composed.mean import MeanScorer

    return MeanScorer.restored(tensors, about)
