"""How a recipe tells of its members: tables that name a recipe and what is changed in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from cartellino.classify import recipe as recipes
from cartellino.classify.recipe import Recipe
from cartellino.classify.setting import Setting, is_number
from cartellino.errors import InputError

# What holds for all members alike, and is therefore said of the whole.
_OF_THE_WHOLE = ("choose_on", "folds", "beta")
_A_MEMBER = 'a table such as { recipe = "linear", strengths = [100, 10] }'
_WHERE = "a member of the recipe"


def member() -> Setting:
    """A table that tells of a member."""
    return Setting({}, _A_MEMBER, _is_table, _settled)


def members() -> Setting:
    """Tables that tell of members."""
    return Setting(
        (),
        f"a list of tables, each {_A_MEMBER}",
        lambda value: isinstance(value, (list, tuple)) and all(_is_table(each) for each in value),
        lambda value: tuple(_settled(each) for each in value),
    )


def members_by_name() -> Setting:
    """A table of tables, each of which tells of a member."""
    return Setting(
        {},
        f"a table of tables, each {_A_MEMBER}",
        lambda value: _is_table(value) and all(_is_table(each) for each in value.values()),
        lambda value: {str(name): _settled(each) for name, each in value.items()},
    )


def shares() -> Setting:
    """What members count."""
    return Setting(
        "equal",
        "'equal', 'chosen', or a list of numbers from 0 up",
        lambda value: value in ("equal", "chosen") if isinstance(value, str) else _is_shares(value),
        lambda value: value if isinstance(value, str) else tuple(float(each) for each in value),
    )


def tree() -> Setting:
    """What lies within what: a table of lists, or a file of merges, whose lines are kept in its place."""
    return Setting(
        {},
        'a table such as { Other = ["a", "b"] }, or the name of a file of merges',
        lambda value: isinstance(value, str) or (isinstance(value, Mapping) and _of_texts(value)),
        _tree,
    )


def recipe_of(told: Mapping[str, Any], whole: Recipe) -> Recipe:
    """The recipe of a member; it sees what the whole is said to see unless it says so itself.

    Raises
    ------
    InputError
        If nothing tells of it, or something is wrong.
    """
    if not told:
        raise InputError(
            "a recipe that is made of others has to tell of them",
            f"recipe '{whole.name}'",
            f"Give it what its family asks for: {_A_MEMBER}.",
        )
    found = Recipe.from_dict(_settled(told), _WHERE)
    return replace(
        found,
        sees=found.sees or whole.sees,
        choose_on=whole.choose_on,
        folds=whole.folds,
        beta=whole.beta,
    )


def named(found: Sequence[Recipe]) -> list[str]:
    """A name for each member, no two alike."""
    return [f"{each.name} {place}" for place, each in enumerate(found, 1)]


def _settled(told: Mapping[str, Any]) -> dict[str, Any]:
    """A member in full, so that it stays what it is when a shipped recipe changes; nothing if not told."""
    if not told:
        return {}
    for key in _OF_THE_WHOLE:
        if key in told:
            raise InputError(f"'{key}' holds for all members", _WHERE, "Say it of the whole recipe.")
    rest = {key: value for key, value in told.items() if key != "recipe"}
    if "recipe" in told:
        if not isinstance(told["recipe"], str):
            raise InputError(
                f"'recipe' should be a name in quotes, not {told['recipe']!r}", _WHERE, "Correct it."
            )
        found = recipes.load(told["recipe"]).changed(rest)
    else:
        found = Recipe.from_dict({"name": told.get("family", "linear"), **rest}, _WHERE)
    return {key: value for key, value in found.to_dict().items() if key not in (*_OF_THE_WHOLE, "summary")}


def _is_table(value: Any) -> bool:
    return isinstance(value, Mapping)


def _is_shares(value: Any) -> bool:
    return (
        isinstance(value, (list, tuple))
        and all(is_number(each) and each >= 0 for each in value)
        and sum(value) > 0
    )


def _of_texts(value: Mapping[Any, Any]) -> bool:
    lists = all(isinstance(each, (list, tuple)) for each in value.values())
    return lists and all(isinstance(text, str) for each in value.values() for text in each)


def _tree(value: str | Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, str):
        return {str(name): tuple(within) for name, within in value.items()}
    from cartellino.curate.merges import read_merges

    found: dict[str, list[str]] = {}
    for edge in read_merges(Path(value)):
        found.setdefault(edge.target, []).append(edge.source)
    return {name: tuple(within) for name, within in found.items()}
