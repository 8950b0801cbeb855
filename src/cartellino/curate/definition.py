"""The definition of a label set: which field, which of its values, merged how, split how; kept as TOML."""

from __future__ import annotations

import json
import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from dataclasses import field as standard
from typing import Any

from cartellino.curate.merges import Edge, check
from cartellino.errors import LabelError
from cartellino.records import Part

DEFAULT_RATIOS: Mapping[str, float] = {
    Part.TRAIN: 0.6,
    Part.VALIDATION: 0.1,
    Part.CALIBRATION: 0.2,
    Part.TEST: 0.1,
}
_NEEDED = (Part.TRAIN, Part.VALIDATION, Part.TEST)
_NAME = re.compile(r"[^\W_][\w .-]*")
_EDGE_KEYS = {"source": "from", "target": "to", "reason": "reason"}


@dataclass(frozen=True)
class LabelDefinition:
    """What a label set is made of.

    Parameters
    ----------
    name : str
        Its name: letters, digits, blanks, '.', '-' and '_'.
    field : str
        The field it learns.
    kind : str
        'single' (one label a work) or 'multi' (several).
    min_works : int
        Values with fewer works are left out.
    top : int, optional
        Keep only so many values, the most frequent.
    merges : tuple of Edge
        What stands for what; followed before anything is counted.
    only : tuple of str
        If given, no other (merged) value is kept.
    ratios : mapping of str to float
        Share of each part; they sum to 1, and calibration may be 0.
    group_by : str, optional
        Field whose works never stand on two sides of the split, such as artist.
    duplicates : bool
        Whether works with the same or nearly the same picture stay on one side.
    seed : int
        Where the split's randomness comes from.
    sensitive : tuple of str, optional
        Labels that are never filed by rule; the shipped list if not given, none if empty.

    Raises
    ------
    LabelError
        If the rules contradict each other or themselves; the sentence says which.
    """

    name: str
    field: str
    kind: str = "single"
    min_works: int = 1
    top: int | None = None
    merges: tuple[Edge, ...] = ()
    only: tuple[str, ...] = ()
    ratios: Mapping[str, float] = standard(default_factory=lambda: dict(DEFAULT_RATIOS))
    group_by: str | None = None
    duplicates: bool = True
    seed: int = 0
    sensitive: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        for name in ("merges", "only"):
            object.__setattr__(self, name, tuple(getattr(self, name)))
        if self.sensitive is not None:
            object.__setattr__(self, "sensitive", tuple(self.sensitive))
        object.__setattr__(self, "ratios", _whole_ratios(self.ratios, self.where))
        self._check_words()
        self._check_numbers()
        check(self.merges, self.where)

    @property
    def where(self) -> str:
        """How messages name it."""
        return f"label set '{self.name}'"

    def splits_like(self, other: LabelDefinition) -> bool:
        """Whether works keep their parts from `other` to this one."""
        rules = ("ratios", "group_by", "duplicates", "seed")
        return all(getattr(self, rule) == getattr(other, rule) for rule in rules)

    def to_toml(self) -> str:
        """The definition as TOML; rules at their default are left out, apart from the ratios."""
        plain = [entry for entry in fields(self) if entry.name not in ("ratios", "merges")]
        told = {entry.name: getattr(self, entry.name) for entry in plain}
        defaults = {entry.name: entry.default for entry in plain}
        lines = [f"{name} = {_toml(value)}" for name, value in told.items() if value != defaults[name]]
        lines += ["", "[ratios]", *(f"{part} = {share!r}" for part, share in self.ratios.items())]
        for edge in self.merges:
            sides = (f"{key} = {_toml(getattr(edge, name))}" for name, key in _EDGE_KEYS.items())
            lines += ["", "[[merges]]", *sides]
        return "\n".join(lines) + "\n"

    @classmethod
    def from_toml(cls, text: str, where: str = "the definition") -> LabelDefinition:
        """Read a definition back.

        Raises
        ------
        LabelError
            If it is not TOML, a rule is unknown, of another type, or missing.
        """
        try:
            told = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise LabelError(f"the definition cannot be read: {error}", where, "Mend that line.") from error
        return cls.from_rules(told, where)

    @classmethod
    def from_rules(cls, told: Mapping[str, Any], where: str = "the definition") -> LabelDefinition:
        """Make a definition of what a TOML file tells."""
        known = {entry.name for entry in fields(cls)}
        for rule in told:
            if rule not in known:
                raise LabelError(
                    f"there is no rule '{rule}'", where, f"There are: {', '.join(sorted(known))}."
                )
        for rule in ("name", "field"):
            if rule not in told:
                raise LabelError(f"the definition has no '{rule}'", where, f'Add a line: {rule} = "…"')
        try:
            edges = tuple(_edge(entry) for entry in told.get("merges", ()))
            return cls(**{**told, "merges": edges})
        except (TypeError, AttributeError, KeyError) as error:
            raise LabelError(f"a rule is of the wrong type ({error})", where, "Correct it.") from error

    def _check_words(self) -> None:
        if not _NAME.fullmatch(self.name) or self.name != self.name.strip():
            raise LabelError(
                f"'{self.name}' cannot name a label set",
                "",
                "Use letters, digits, blanks, '.', '-' and '_', beginning with a letter or digit.",
            )
        if self.kind not in ("single", "multi"):
            raise LabelError(
                f"a label set cannot be '{self.kind}'", self.where, "Its kind is 'single' or 'multi'."
            )

    def _check_numbers(self) -> None:
        if self.min_works < 1:
            raise LabelError(f"min_works is {self.min_works}", self.where, "It is at least 1.")
        if self.top is not None and self.top < 2:
            raise LabelError(
                f"top is {self.top}, and a choice needs two values", self.where, "It is at least 2."
            )


def _whole_ratios(told: Mapping[str, float], where: str) -> dict[str, float]:
    unknown = [str(part) for part in told if part not in set(Part)]
    if unknown:
        raise LabelError(f"there is no part '{unknown[0]}'", where, f"There are: {', '.join(Part)}.")
    ratios = {part.value: float(told.get(part, 0.0)) for part in Part}
    if not all(math.isfinite(share) and share >= 0 for share in ratios.values()):
        raise LabelError("a part cannot have a negative share", where, "Give each part 0 or more.")
    if abs(sum(ratios.values()) - 1) > 1e-6:
        shares = " + ".join(f"{share:.4g}" for share in ratios.values())
        raise LabelError(
            f"the parts sum to {sum(ratios.values()):.4g} ({shares}), not to 1",
            where,
            "For example 60/10/20/10.",
        )
    empty = [part.value for part in _NEEDED if not ratios[part]]
    if empty:
        raise LabelError(
            f"the {empty[0]} part is empty",
            where,
            "Only the calibration part may be: then nothing is promised.",
        )
    return ratios


def _edge(entry: Mapping[str, str]) -> Edge:
    return Edge(entry["from"], entry["to"], entry.get("reason", ""))


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return f"[{', '.join(_toml(each) for each in value)}]"
    if isinstance(value, str):
        # JSON's strings are TOML's basic strings but for DEL, which TOML wants escaped.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return repr(value)
