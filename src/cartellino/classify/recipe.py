"""How a classifier is built and trained: a TOML file, read into something frozen."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cartellino.classify import setting
from cartellino.classify.families import family
from cartellino.classify.setting import Setting, is_number
from cartellino.errors import InputError
from cartellino.files import readable, shipped


@dataclass(frozen=True)
class Recipe:
    """A recipe.

    Parameters
    ----------
    name : str
        Its name.
    family : str
        A registered family of classifiers.
    summary : str
        What it is, in a sentence.
    sees : tuple of str
        The views that it sees, side by side (``lite2:all``, ``lite2:all@quarters``); none: the
        collection's backbone.
    choose_on : str
        'validation': the validation part makes the choices; 'folds': folds of train and validation
        together do.
    folds : int
        Folds, kin together, for what is said out of sample.
    class_weight : str or mapping
        'none'; 'balanced'; or what a work of each class weighs, by label.
    beta : float
        For several labels a work: thresholds are tuned for F-beta.
    tune_for : str
        'labels': each label's own F-beta; 'works': the mean over works of theirs.
    threshold : float
        For several labels a work: a label is given from this probability on; 0: thresholds are tuned.
    threshold_of : str
        What thresholds that are told compare with: 'calibrated' probabilities, or those that the classifier
        gives 'before' they are calibrated.
    thresholds : mapping of str to float
        The same for kinds of label.
    most : mapping of str to int
        The most labels of a kind that a work is given: the likeliest of them.
    kinds : mapping of str to str
        The kind of each label; of those not named what stands before ``::`` in the label.
    at_least_one : bool
        Whether a work is given its likeliest label where none reaches its threshold.
    settings : mapping
        What its family may be told besides; the defaults where nothing is said.
    """

    name: str
    family: str = "linear"
    summary: str = ""
    sees: tuple[str, ...] = ()
    choose_on: str = "validation"
    folds: int = 5
    class_weight: str | Mapping[str, float] = "none"
    beta: float = 2.0
    tune_for: str = "labels"
    threshold: float = 0.0
    threshold_of: str = "calibrated"
    thresholds: Mapping[str, float] = field(default_factory=dict)
    most: Mapping[str, int] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    at_least_one: bool = False
    settings: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        defaults = {key: each.default for key, each in family(self.family).settings.items()}
        object.__setattr__(self, "settings", {**defaults, **self.settings})

    @property
    def looks_at_pictures(self) -> bool:
        """Whether it takes the pictures themselves, and not features of them."""
        return family(self.family).takes(self) == "pictures"

    @property
    def views(self) -> tuple[str, ...]:
        """The views that it sees side by side; none: those of the collection's backbone."""
        return family(self.family).seen(self)

    def changed(self, options: Mapping[str, Any]) -> Recipe:
        """The same recipe with other settings.

        Raises
        ------
        InputError
            If there is no such setting, or a value that it cannot have.
        """
        return Recipe.from_dict({**self.to_dict(), **options}, f"recipe '{self.name}'")

    def to_dict(self) -> dict[str, Any]:
        """The recipe as its file would say it, every default told."""
        return {key: getattr(self, key) for key in COMMON} | dict(self.settings)

    def to_json(self) -> str:
        """The recipe in one line that is the same for the same recipe."""
        return json.dumps(self.to_dict(), sort_keys=True, ensure_ascii=False)

    @classmethod
    def from_dict(cls, told: Mapping[str, Any], where: str) -> Recipe:
        """Build a recipe from the keys of a file.

        Raises
        ------
        InputError
            If a setting is unknown, missing, or has a value that it cannot have.
        """
        named = COMMON["family"].checked("family", told.get("family", "linear"), where)
        found = setting.checked({**COMMON, **family(named).settings}, told, where)
        if not found.get("name"):
            raise InputError("the recipe has no name", where, 'Give it one: name = "mine"')
        common = {key: found.pop(key) for key in COMMON if key in found}
        return cls(**common, settings=found)


def load(name: str) -> Recipe:
    """Load a shipped recipe by name, or any from its file.

    Raises
    ------
    InputError
        If there is none, it is not TOML, or a setting is wrong.
    """
    known = shipped("recipes")
    path = known.get(name)
    if path is None:
        if not name.endswith(".toml"):
            raise InputError(
                f"no recipe is called '{name}'",
                "",
                f"There are: {', '.join(known)}; or name a .toml file.",
            )
        path = readable(Path(name), "recipe")
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"the recipe cannot be read: {error}", str(path), "Mend that line.") from error
    return Recipe.from_dict(told, str(path))


def _weights(value: Any) -> bool:
    if isinstance(value, dict):
        return all(is_number(factor) and factor > 0 for factor in value.values())
    return value in ("none", "balanced")


# What every recipe may be told.
COMMON: dict[str, Setting] = {
    "name": setting.text(),
    "family": setting.text("linear"),
    "summary": setting.text(),
    "sees": setting.texts(),
    "choose_on": setting.one_of("validation", "folds"),
    "folds": setting.whole(5, 2),
    "class_weight": Setting("none", "'none', 'balanced' or a table of numbers above 0", _weights),
    "beta": setting.number(2.0, 0, above=True),
    "tune_for": setting.one_of("labels", "works"),
    "threshold": setting.number(0.0, 0, 1),
    "threshold_of": setting.one_of("calibrated", "before"),
    "thresholds": setting.table(
        "numbers above 0 up to 1 by kind of label", lambda value: is_number(value) and 0 < value <= 1
    ),
    "most": setting.table(
        "whole numbers from 1 up by kind of label", lambda value: type(value) is int and value > 0
    ),
    "kinds": setting.table("texts by label", lambda value: isinstance(value, str)),
    "at_least_one": setting.yes_or_no(False),
}
