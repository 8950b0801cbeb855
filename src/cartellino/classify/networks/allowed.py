"""What a setting may be: in words, by a check, and in the form that it is kept in."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cartellino.errors import InputError

Allowed = tuple[str, Callable[[Any], bool], Callable[[Any], Any]]


def number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def same(value: Any) -> Any:
    return value


def frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def choice(*words: str) -> Allowed:
    return f"one of {', '.join(repr(word) for word in words)}", lambda value: value in words, str


def whole(least: int) -> Allowed:
    return f"a whole number from {least} up", lambda value: type(value) is int and value >= least, int


def reaching(least: float, most: float = math.inf) -> Allowed:
    words = f"a number from {least:g} up" if most == math.inf else f"a number from {least:g} to {most:g}"
    return words, lambda value: number(value) and least <= value <= most, float


def above_nothing() -> Allowed:
    return "a number above 0", lambda value: number(value) and value > 0, float


def either(word: str | None, kind: Allowed) -> Allowed:
    """The kind, or a word for 'not at all': in TOML, which has no null, 'none'."""
    told, fits, kept = kind
    return (
        f"{told}, or '{word or 'none'}'",
        lambda value: value is None or value == (word or "none") or fits(value),
        lambda value: word if value in (None, word or "none") else kept(value),
    )


def listed(words: str, fits: Callable[[Any], bool], many: int | None = None) -> Allowed:
    def all_fit(value: Any) -> bool:
        listed = isinstance(value, (list, tuple)) and (many is None or len(value) == many)
        return listed and all(fits(each) for each in value)

    return words, all_fit, tuple


def trained(value: Any) -> bool:
    return value in ("all", "head") or (number(value) and 0 < value <= 1)


def rate(value: Any) -> bool:
    pair = isinstance(value, (list, tuple)) and len(value) == 2 and all(number(each) for each in value)
    return value == "find" or (min(value) > 0 if pair else number(value) and value > 0)


def stage(value: Any) -> bool:
    checks = {
        "epochs": lambda told: type(told) is int and told >= 1,
        "trained": trained,
        "learning_rate": lambda told: told != "find" and rate(told),
        "head_rate": lambda told: number(told) and told > 0,
    }
    return isinstance(value, Mapping) and all(
        key in checks and checks[key](each) for key, each in value.items()
    )


def weights(value: Any) -> bool:
    if isinstance(value, Mapping):
        return all(number(factor) and factor > 0 for factor in value.values())
    return value is None or value in ("none", "balanced")


def augment(value: Any) -> bool:
    from cartellino.classify.networks.augmenting import named

    if not isinstance(value, (str, Mapping)):
        return False
    try:
        named(value)
    except InputError:
        return False
    return True


def text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def labels(value: Any) -> bool:
    return value in ("all", "rare") or (isinstance(value, Sequence) and not isinstance(value, str))


def side(value: Any) -> bool:
    return type(value) is int and value >= 8


BOOL = ("true or false", lambda value: isinstance(value, bool), bool)
SIDE = ("a whole number from 8 up", side, int)
VIEWS = ("whole", "mirror", "crops")

