"""Where to look for a recipe's settings: read from a line or from a TOML file."""

from __future__ import annotations

import itertools
import math
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cartellino.classify.families import family
from cartellino.errors import InputError
from cartellino.files import readable

if TYPE_CHECKING:
    from cartellino.classify.recipe import Recipe

_POINTS = 4
_RANGE = re.compile(r"(?:(log|int|logint):)?([-+.\deE]+?)\.\.([-+.\deE]+?)(?:/(\d+))?")
_FIXED = ("name", "family", "summary")
_FORMS = "Say a range (C=log:0.1..100, components=int:64..512, balance=0..0.5) or values (kernel=rbf|linear)."


@dataclass(frozen=True)
class Dimension:
    """Where to look for one setting.

    Parameters
    ----------
    name : str
        The setting.
    choices : tuple
        Its values, if they are told one by one.
    low, high : float
        Else the ends of its range, both included.
    log, whole : bool
        Whether steps are factors, and whether only whole numbers will do.
    points : int
        Into how many values a grid cuts the range.
    """

    name: str
    choices: tuple[Any, ...] = ()
    low: float = 0.0
    high: float = 0.0
    log: bool = False
    whole: bool = False
    points: int = _POINTS

    @property
    def told(self) -> str:
        """It in words, the same for the same dimension."""
        if self.choices:
            return f"{self.name}: {' | '.join(map(str, self.choices))}"
        scale = {(True, True): "logint:", (True, False): "log:", (False, True): "int:"}
        return (
            f"{self.name}: {scale.get((self.log, self.whole), '')}{self.low:g}..{self.high:g}/{self.points}"
        )

    def grid(self) -> tuple[Any, ...]:
        """Its values, or so many across the range, both ends among them."""
        if self.choices:
            return self.choices
        shares = [place / max(1, self.points - 1) for place in range(self.points)]
        found = [self._at(share) for share in shares]
        return tuple(dict.fromkeys(round(each) if self.whole else each for each in found))

    def _at(self, share: float) -> float:
        if share in (0, 1):
            return self.high if share else self.low
        if self.log:
            return float(math.exp(math.log(self.low) + share * math.log(self.high / self.low)))
        return self.low + share * (self.high - self.low)


Space = tuple[Dimension, ...]


def read_space(told: str, recipe: Recipe) -> Space:
    """Read where to look for the settings of a recipe.

    Parameters
    ----------
    told : str
        ``C=log:0.1..100,components=int:64..512,kernel=rbf|linear``; the name of a TOML file with the same,
        values as lists or such texts; or 'auto': what the recipe's family says is worth a search.
    recipe : Recipe
        Whose settings.

    Raises
    ------
    InputError
        If there is no such setting, or it cannot have such a value.
    """
    entries, where = _entries(told, recipe)
    space = tuple(_dimension(name, value, where) for name, value in entries.items())
    if not space:
        raise InputError("there is nothing to search", where, _FORMS)
    for dimension in space:
        for value in (dimension.grid()[0], dimension.grid()[-1], *dimension.choices):
            applied(recipe, {dimension.name: value})
    return space


def applied(recipe: Recipe, settings: Mapping[str, Any]) -> Recipe:
    """The recipe with these settings; a single value will do for a list.

    Raises
    ------
    InputError
        If there is no such setting, or it cannot have such a value.
    """
    known = recipe.to_dict()
    return recipe.changed(
        {
            name: [value] if isinstance(known.get(name), tuple) and not isinstance(value, list) else value
            for name, value in settings.items()
        }
    )


def views(recipe: Recipe, space: Space) -> list[Recipe]:
    """The recipe, once for each of the views that a search may let it see."""
    seen = next((each.choices for each in space if each.name == "sees"), ())
    return [recipe, *(applied(recipe, {"sees": value}) for value in seen)]


def combinations(space: Space) -> list[dict[str, Any]]:
    """Every combination of the values of a grid, the last setting changing fastest."""
    names = [dimension.name for dimension in space]
    values = itertools.product(*(dimension.grid() for dimension in space))
    return [dict(zip(names, each, strict=True)) for each in values]


def _entries(told: str, recipe: Recipe) -> tuple[Mapping[str, Any], str]:
    """Settings with what is said of each, and where it was said."""
    if told == "auto":
        own = family(recipe.family).space
        if not own:
            raise InputError(f"the family '{recipe.family}' names nothing worth a search", "--search", _FORMS)
        return own, f"family '{recipe.family}'"
    if told.endswith(".toml"):
        path = readable(Path(told), "search space")
        try:
            return tomllib.loads(path.read_text(encoding="utf-8")), told
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise InputError(f"the search space cannot be read: {error}", told, "Mend that line.") from error
    return dict(_parted(told)), "--search"


def _parted(told: str) -> Iterator[tuple[str, str]]:
    """Settings of a line, at commas that stand in no bracket."""
    for part in re.split(r",(?![^\[]*\])", told):
        name, separator, value = part.partition("=")
        if not separator or not name.strip() or not value.strip():
            raise InputError(f"'{part.strip()}' does not say where to look", "--search", _FORMS)
        yield name.strip(), value.strip()


def _dimension(name: str, value: Any, where: str) -> Dimension:
    if name in _FIXED:
        raise InputError(
            f"'{name}' is not searched", where, "Search settings of one recipe, or compare recipes."
        )
    if isinstance(value, list):
        return Dimension(name, tuple(value))
    if not isinstance(value, str):
        return Dimension(name, (value,))
    found = _RANGE.fullmatch(value.strip())
    return _range(name, found, where) if found else Dimension(name, _choices(value))


def _range(name: str, found: re.Match[str], where: str) -> Dimension:
    scale, points = found[1] or "", int(found[4] or _POINTS)
    try:
        low, high = float(found[2]), float(found[3])
    except ValueError as error:
        raise InputError(f"'{found[0]}' is not a range of numbers", where, _FORMS) from error
    log, whole = scale.startswith("log"), scale.endswith("int")
    if not low < high or (log and low <= 0) or (whole and not (low.is_integer() and high.is_integer())):
        raise InputError(
            f"'{name}' cannot run from {found[2]} to {found[3]}",
            where,
            "Ranges rise; those by factors begin above 0; those of whole numbers end at whole numbers.",
        )
    return Dimension(name, (), low, high, log, whole, max(2, points))


def _choices(value: str) -> tuple[Any, ...]:
    return tuple(_value(each.strip()) for each in value.split("|"))


def _value(told: str) -> Any:
    """As TOML reads it; what is no TOML is a text."""
    try:
        return tomllib.loads(f"value = {told}")["value"]
    except tomllib.TOMLDecodeError:
        return told


def described(space: Sequence[Dimension]) -> list[str]:
    """Every dimension in words."""
    return [dimension.told for dimension in space]
