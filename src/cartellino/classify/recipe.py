"""How a classifier is built and trained: a TOML file, read into something frozen."""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from cartellino.errors import InputError
from cartellino.files import readable, shipped
from cartellino.registry import Registry

# A family learns from arrays: a mapping from kind ('single', 'multi') to an estimator of scikit-learn's
# manner.
RECIPES = Registry(
    "family of recipes", {"linear": "cartellino.classify.linear:ESTIMATORS"}, group="cartellino.recipes"
)

_CHOOSERS = ("validation", "folds")


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
    strengths : tuple of float
        Penalties to choose from, against the summed log loss of scaled features.
    balance : float
        What the wide stages of a backbone give up to the narrow ones: 0 nothing, 0.5 all that width
        gives them.
    choose_on : str
        'validation': the validation part chooses the strength; 'folds': folds of train and validation
        together do.
    folds : int
        Folds, kin together, for what is said out of sample.
    class_weight : str or mapping
        'none'; 'balanced'; or what a work of each class weighs, by label.
    beta : float
        For several labels a work: thresholds are tuned for F-beta.
    """

    name: str
    family: str = "linear"
    summary: str = ""
    strengths: tuple[float, ...] = (3000.0, 1000.0, 300.0, 100.0, 30.0)
    balance: float = 0.25
    choose_on: str = "validation"
    folds: int = 5
    class_weight: str | Mapping[str, float] = "none"
    beta: float = 2.0

    def changed(self, options: Mapping[str, Any]) -> Recipe:
        """The same recipe with other settings.

        Raises
        ------
        InputError
            If there is no such setting, or a value that it cannot have.
        """
        return replace(self, **_checked(dict(options), f"recipe '{self.name}'"))

    def to_json(self) -> str:
        """The recipe in one line that is the same for the same recipe."""
        return json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)

    @classmethod
    def from_dict(cls, told: Mapping[str, Any], where: str) -> Recipe:
        """Build a recipe from the keys of a file.

        Raises
        ------
        InputError
            If a setting is unknown, missing, or has a value that it cannot have.
        """
        checked = _checked(dict(told), where)
        if not checked.get("name"):
            raise InputError("the recipe has no name", where, 'Give it one: name = "mine"')
        return cls(**checked)


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


def _checked(told: dict[str, Any], where: str) -> dict[str, Any]:
    known = {entry.name for entry in fields(Recipe)}
    for key in told:
        if key not in known:
            raise InputError(f"there is no setting '{key}'", where, f"There are: {', '.join(sorted(known))}.")
    return {key: _fitting(key, value, where) for key, value in told.items()}


def _fitting(key: str, value: Any, where: str) -> Any:
    wanted, fits, settled = _WANTED[key]
    if not fits(value):
        raise InputError(f"'{key}' should be {wanted}, not {value!r}", where, "Correct it.")
    return settled(value)


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _weights(value: Any) -> bool:
    if isinstance(value, dict):
        return all(_number(factor) and factor > 0 for factor in value.values())
    return value in ("none", "balanced")


def _penalties(value: Any) -> bool:
    return (
        isinstance(value, (list, tuple)) and bool(value) and all(_number(each) and each > 0 for each in value)
    )


# For each setting: what it should be in words, whether a value is that, and the form it is kept in.
_WANTED: dict[str, tuple[str, Callable[[Any], bool], Callable[[Any], Any]]] = {
    "name": ("a text in quotes", _text, str),
    "family": ("a text in quotes", _text, str),
    "summary": ("a text in quotes", _text, str),
    "strengths": (
        "a list of numbers above 0",
        _penalties,
        lambda value: tuple(float(each) for each in value),
    ),
    "balance": ("a number from 0 to 0.5", lambda value: _number(value) and 0 <= value <= 0.5, float),
    "choose_on": ("'validation' or 'folds'", lambda value: value in _CHOOSERS, str),
    "folds": ("a whole number from 2 up", lambda value: type(value) is int and value >= 2, int),
    "class_weight": ("'none', 'balanced' or a table of numbers above 0", _weights, lambda value: value),
    "beta": ("a number above 0", lambda value: _number(value) and value > 0, float),
}
