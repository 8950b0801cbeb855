"""The cascade as a family of recipes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from cartellino.classify import setting
from cartellino.classify.composed import told as telling
from cartellino.classify.composed.family import ComposedFamily
from cartellino.classify.family import Estimator, Lesson
from cartellino.classify.setting import Setting
from cartellino.classify.tree import Tree, parents_of
from cartellino.errors import InputError

if TYPE_CHECKING:
    from cartellino.classify.recipe import Recipe
    from cartellino.classify.scorer import Scorer, Tensors

FIRST, THEN = "first", "then"


class CascadeFamily(ComposedFamily):
    """A classifier of broad classes, and for each of them one of what lies within it: one label a work.

    Settings: `tree`, which classes lie in which broad one, to any depth; or `alone`, those that lie in none;
    `rest`, what all others lie in then; `first`, the first step's recipe; `then`, that of the steps after it
    (as the first, if not told); `nodes`, those of single steps by the name of the broad class. In a step's
    `class_weight` broad classes have their names.
    """

    settings: ClassVar[Mapping[str, Setting]] = {
        "tree": telling.tree(),
        "alone": setting.texts(),
        "rest": setting.text("other"),
        "first": telling.member(),
        "then": telling.member(),
        "nodes": telling.members_by_name(),
    }

    def members(self, recipe: Recipe) -> list[Recipe]:
        """The recipes of its steps."""
        return list(_steps(recipe).values())

    def estimator(self, recipe: Recipe, lesson: Lesson) -> Estimator:
        """A `CascadeClassifier`."""
        from cartellino.classify.composed.cascade import CascadeClassifier

        _refuse(recipe, lesson)
        parents = _parents(recipe, lesson.classes)
        tree = Tree.of(lesson.classes, parents)
        place = {label: number for number, label in enumerate(lesson.classes)}
        inner = {node.name for node in tree.nodes if node.inner and node.name is not None}
        known = {**place, **{name: name for name in inner}}
        members = [
            (name, *self._step(recipe, name, each, lesson, known)) for name, each in _steps(recipe).items()
        ]
        # Classes by their places and broad ones by their names; one that is both lies in itself.
        led = {place[label]: parents[label] for label in place if label in parents and label not in inner}
        own = {place[label]: label for label in place if label in inner}
        upward = {name: parents[name] for name in inner if name in parents}
        return CascadeClassifier(
            members, parents={**upward, **led, **own}, cv=recipe.folds, random_state=lesson.seed
        )

    def _step(
        self, recipe: Recipe, name: str, member: Recipe, lesson: Lesson, known: Mapping[Any, Any]
    ) -> tuple[Any, Any]:
        told = member.class_weight
        made, columns = self.made(recipe, replace(member, class_weight="none"), lesson, name)
        if isinstance(told, str):
            weight = lesson.class_weight if told == "none" else told
        else:
            for label in told:
                if label not in known:
                    listed = ", ".join(str(each) for each in list(known)[:12])
                    raise InputError(f"no class is called '{label}'", "class_weight", f"There are: {listed}.")
            weight = {known[label]: factor for label, factor in told.items()}
        settings: Any = made
        return settings.set_params(class_weight=weight) if weight is not None else made, columns

    def restored(self, tensors: Tensors, about: Mapping[str, Any]) -> Scorer:
        """The cascade of these parts."""
        from cartellino.classify.composed.cascade import CascadeScorer

        return CascadeScorer.restored(tensors, about)


def _steps(recipe: Recipe) -> dict[str, Recipe]:
    """The recipe of each step, by the step's name."""
    settings = recipe.settings
    told = {FIRST: settings["first"], **({THEN: settings["then"]} if settings["then"] else {})}
    return {name: telling.recipe_of(each, recipe) for name, each in {**told, **settings["nodes"]}.items()}


def _refuse(recipe: Recipe, lesson: Lesson) -> None:
    where = f"recipe '{recipe.name}'"
    if lesson.kind != "single":
        raise InputError(
            "a cascade gives a work one label, and this label set has several", where, "Take another recipe."
        )
    if isinstance(recipe.class_weight, Mapping):
        raise InputError(
            "what classes weigh is said of each step of a cascade",
            where,
            "Move class_weight into [first] or [then].",
        )


def _parents(recipe: Recipe, classes: tuple[str, ...]) -> dict[str, str]:
    """What each class, and each broad one, lies in directly."""
    from cartellino.curate.merges import Edge

    where, settings = f"recipe '{recipe.name}'", recipe.settings
    tree: Mapping[str, tuple[str, ...]] = settings["tree"]
    edges = [Edge(below, above) for above, within in tree.items() for below in within]
    if settings["alone"]:
        _known(settings["alone"], classes, where)
        named = {settings["rest"], *settings["alone"], *(edge.source for edge in edges)}
        edges += [Edge(label, settings["rest"]) for label in classes if label not in named]
    found = parents_of(classes, edges)
    unknown = [name for name in settings["nodes"] if name not in found.values()]
    if unknown:
        raise InputError(
            f"no step is called '{unknown[0]}'",
            where,
            f"There are: {', '.join(dict.fromkeys(found.values()))}.",
        )
    return found


def _known(names: tuple[str, ...], classes: tuple[str, ...], where: str) -> None:
    for name in names:
        if name not in classes:
            raise InputError(f"no class is called '{name}'", where, f"There are: {', '.join(classes[:12])}.")
