"""Rules of a label set that have parts of their own: filters, a joined table, exclusions, a year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

from cartellino.errors import LabelError

LEFT = ("drop", "other", "hold")
OTHER = "other"
READINGS = ("values", "centuries")
TAKES = ("all", "first")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that stands as a table of its own in the TOML; its keys are its names, or as in `written`."""

    @classmethod
    def written(cls) -> dict[str, str]:
        """Names of the parts whose key in the TOML is another word."""
        return {}

    @classmethod
    def keys(cls) -> dict[str, str]:
        """The key of each part in the TOML."""
        return {entry.name: cls.written().get(entry.name, entry.name) for entry in fields(cls)}

    @classmethod
    def read(cls, told: Mapping[str, Any], where: str) -> Self:
        """Make a rule of its table.

        Raises
        ------
        LabelError
            If a key is unknown or one that is needed is missing.
        """
        names = {key: name for name, key in cls.keys().items()}
        unknown = [key for key in told if key not in names]
        if unknown:
            raise LabelError(
                f"[{cls.__name__.casefold()}] has no key '{unknown[0]}'",
                where,
                f"There are: {', '.join(names)}.",
            )
        try:
            return cls(**{names[key]: _frozen(value) for key, value in told.items()})
        except TypeError as error:
            needed = ", ".join(names)
            raise LabelError(f"a rule is incomplete ({error})", where, f"Its keys are {needed}.") from error

    def told(self) -> dict[str, Any]:
        """Its table: what differs from the default, by key."""
        keys = self.keys()
        values = {entry.name: (getattr(self, entry.name), entry.default) for entry in fields(self)}
        return {keys[name]: value for name, (value, default) in values.items() if value != default}


@dataclass(frozen=True, slots=True)
class Filter(Rule):
    """Which works a label set is about, by one field.

    Parameters
    ----------
    field : str
        The field; 'public domain' and 'rights' mean the columns of that role.
    among : tuple of str
        One of the work's values is one of these (`is` in the TOML).
    not_among : tuple of str
        None of its values is one of these (`is_not`).
    containing : tuple of str
        One of its values contains one of these, in any case of letters (`contains`).
    since, until : int, optional
        One of its values is a date that reaches into these years, both included.
    """

    field: str
    among: tuple[str, ...] = ()
    not_among: tuple[str, ...] = ()
    containing: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None

    @classmethod
    def written(cls) -> dict[str, str]:
        """Its keys in the TOML."""
        return {"among": "is", "not_among": "is_not", "containing": "contains"}

    def __str__(self) -> str:
        clauses = [
            f"is {' or '.join(self.among)}" if self.among else "",
            f"is not {' or '.join(self.not_among)}" if self.not_among else "",
            f"contains {' or '.join(self.containing)}" if self.containing else "",
            f"from {self.since}" if self.since is not None else "",
            f"to {self.until}" if self.until is not None else "",
        ]
        return f"{self.field} {' and '.join(clause for clause in clauses if clause)}"


@dataclass(frozen=True, slots=True)
class Join(Rule):
    """Values replaced by what another table says of them, such as artists by their genres.

    Parameters
    ----------
    table : str
        A CSV file in UTF-8; as written, or beside the definition.
    key, value : str
        Its columns: what stands in the field, and what that stands for.
    separator : str
        Between several values in a cell; none if ''.
    """

    table: str
    key: str
    value: str
    separator: str = ""


@dataclass(frozen=True, slots=True)
class Exclude(Rule):
    """A work left out by hand, with the reason."""

    work: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SplitAt(Rule):
    """A split in time: works dated in `year` or later in `field` are the test part, the others learn."""

    field: str
    year: int


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
