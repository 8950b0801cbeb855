"""Settings of networks that are more than a number or a word."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cartellino.classify.networks.augmenting import named
from cartellino.classify.setting import Setting, is_number
from cartellino.errors import InputError

_VIEWS = ("whole", "mirror", "crops")
_NONE = "none"


def perhaps(kind: Setting, default: Any = None) -> Setting:
    """Such a setting, or 'none': TOML has no word for nothing."""
    return Setting(
        default,
        f"{kind.wanted}, or 'none'",
        lambda value: value in (None, _NONE) or kind.fits(value),
        lambda value: None if value in (None, _NONE) else kind.settled(value),
    )


def side(default: int | None) -> Setting:
    """The side of a square, or 'none' for the network's own."""
    wanted = "a whole number from 8 up"
    return perhaps(Setting(8, wanted, lambda value: type(value) is int and value >= 8), default)


def widths(default: tuple[int, ...]) -> Setting:
    """Widths of dense layers."""
    return _listed(default, "a list of whole numbers above 0", lambda each: type(each) is int and each > 0)


def views(default: tuple[str, ...]) -> Setting:
    """What is looked at in testing."""
    return _listed(default, "a list of 'whole', 'mirror', 'crops'", lambda each: each in _VIEWS, least=1)


def asymmetry(default: tuple[float, ...]) -> Setting:
    """Two focuses and a margin."""
    wanted = "a list of three numbers from 0 up"
    return _listed(default, wanted, lambda each: is_number(each) and each >= 0, least=3, most=3)


def stages(default: tuple[Any, ...]) -> Setting:
    """Stages of training."""
    wanted = "a list of tables with 'epochs', 'trained', 'learning_rate' and 'head_rate'"
    return _listed(default, wanted, _is_stage)


def trained(default: str | float) -> Setting:
    """How much of a network learns."""
    return Setting(default, "'all', 'head' or a share of the layers above 0 and up to 1", _is_share)


def rate(default: Any) -> Setting:
    """A learning rate."""
    wanted = "a number above 0, a list of two (first layer, last layer), or 'find'"
    return Setting(default, wanted, lambda value: value == "find" or _is_rate(value), _frozen)


def labels(default: Any) -> Setting:
    """The labels that something is for."""
    return Setting(
        default,
        "'all', 'rare' or a list of labels",
        lambda value: value in ("all", "rare") or (_is_list(value) and bool(value)),
        _frozen,
    )


def augment(default: Any) -> Setting:
    """An augmentation."""
    return Setting(default, "the name of an augmentation, or a table of its numbers", _is_augmentation)


def _listed(
    default: Any, wanted: str, fits: Callable[[Any], bool], least: int = 0, most: int | None = None
) -> Setting:
    def all_fit(value: Any) -> bool:
        many = _is_list(value) and least <= len(value) <= (len(value) if most is None else most)
        return many and all(fits(each) for each in value)

    return Setting(default, wanted, all_fit, tuple)


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _is_share(value: Any) -> bool:
    return value in ("all", "head") or (is_number(value) and 0 < value <= 1)


def _is_rate(value: Any) -> bool:
    each = value if _is_list(value) and len(value) == 2 else (value,)
    return all(is_number(told) and told > 0 for told in each)


def _is_stage(value: Any) -> bool:
    checks: dict[str, Callable[[Any], bool]] = {
        "epochs": lambda told: type(told) is int and told >= 1,
        "trained": _is_share,
        "learning_rate": _is_rate,
        "head_rate": lambda told: is_number(told) and told > 0,
    }
    known = isinstance(value, Mapping) and all(key in checks for key in value)
    return known and all(checks[key](each) for key, each in value.items())


def _is_augmentation(value: Any) -> bool:
    if not isinstance(value, (str, Mapping)):
        return False
    try:
        named(value)
    except InputError:
        return False
    return True
