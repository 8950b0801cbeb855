"""What a recipe may be told: each setting with its default, and what it can be, in words."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from cartellino.errors import InputError


@dataclass(frozen=True)
class Setting:
    """A setting of a recipe.

    Parameters
    ----------
    default : JSON value
        What it is if nothing is said.
    wanted : str
        What it should be, in words.
    fits : callable
        Whether a value is that.
    settled : callable
        From a fitting value to the form it is kept in.
    """

    default: Any
    wanted: str
    fits: Callable[[Any], bool]
    settled: Callable[[Any], Any] = lambda value: value

    def checked(self, key: str, value: Any, where: str) -> Any:
        """The value in the form it is kept in.

        Raises
        ------
        InputError
            If it does not fit.
        """
        if not self.fits(value):
            raise InputError(f"'{key}' should be {self.wanted}, not {value!r}", where, "Correct it.")
        return self.settled(value)


def checked(table: Mapping[str, Setting], told: Mapping[str, Any], where: str) -> dict[str, Any]:
    """Every setting that was told, checked.

    Raises
    ------
    InputError
        If there is no such setting, or a value does not fit.
    """
    for key in told:
        if key not in table:
            raise InputError(f"there is no setting '{key}'", where, f"There are: {', '.join(sorted(table))}.")
    return {key: table[key].checked(key, value, where) for key, value in told.items()}


def is_number(value: Any) -> bool:
    """Whether a value is a finite number, and not a truth value."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def text(default: str = "") -> Setting:
    """A text."""
    return Setting(default, "a text in quotes", lambda value: isinstance(value, str), str)


def texts(default: Collection[str] = ()) -> Setting:
    """A list of texts."""
    return Setting(
        tuple(default),
        "a list of texts in quotes",
        lambda value: isinstance(value, (list, tuple)) and all(isinstance(each, str) for each in value),
        tuple,
    )


def number(default: float | None, low: float, high: float = math.inf, *, above: bool = False) -> Setting:
    """A number from `low` (or `above` it) to `high`."""
    start = f"above {low:g}" if above else f"from {low:g}"
    wanted = f"a number {start}" + ("" if high == math.inf else f" to {high:g}")
    if not above and high == math.inf:
        wanted += " up"
    return Setting(
        default,
        wanted,
        lambda value: is_number(value) and (low < value if above else low <= value) and value <= high,
        float,
    )


def numbers(default: Collection[float]) -> Setting:
    """A list of numbers above 0."""
    return Setting(
        tuple(default),
        "a list of numbers above 0",
        lambda value: (
            isinstance(value, (list, tuple))
            and bool(value)
            and all(is_number(each) and each > 0 for each in value)
        ),
        lambda value: tuple(float(each) for each in value),
    )


def whole(default: int, low: int) -> Setting:
    """A whole number from `low` up."""
    return Setting(
        default, f"a whole number from {low} up", lambda value: type(value) is int and value >= low, int
    )


def wholes(default: Collection[int], low: int) -> Setting:
    """A list of whole numbers from `low` up."""
    return Setting(
        tuple(default),
        f"a list of whole numbers from {low} up",
        lambda value: (
            isinstance(value, (list, tuple))
            and bool(value)
            and all(type(each) is int and each >= low for each in value)
        ),
        tuple,
    )


def yes_or_no(default: bool) -> Setting:
    """A truth value."""
    return Setting(default, "true or false", lambda value: isinstance(value, bool), bool)


def table(entries: str, fits: Callable[[Any], bool]) -> Setting:
    """A table by names, empty by default; `entries` says in words what its entries are."""
    return Setting(
        {},
        f"a table of {entries}",
        lambda value: isinstance(value, dict) and all(map(fits, value.values())),
        dict,
    )


def one_of(default: str, *others: str) -> Setting:
    """One of some words."""
    words = (default, *others)
    told = " or ".join([", ".join(f"'{each}'" for each in words[:-1]), f"'{words[-1]}'"])
    return Setting(default, told, lambda value: value in words, str)
