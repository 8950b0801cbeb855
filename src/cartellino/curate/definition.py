"""The definition of a label set: which works, which of their values, merged how, split how; kept as TOML."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from dataclasses import field as standard

from cartellino.curate import written
from cartellino.curate.merges import Edge, check
from cartellino.curate.rules import LEFT, READINGS, TAKES, Exclude, Filter, Join, SplitAt
from cartellino.curate.sensitive import POLICIES
from cartellino.errors import LabelError
from cartellino.records import Part

DEFAULT_RATIOS: Mapping[str, float] = {
    Part.TRAIN: 0.6,
    Part.VALIDATION: 0.1,
    Part.CALIBRATION: 0.2,
    Part.TEST: 0.1,
}
_NAME = re.compile(r"[^\W_][\w .-]*")
_CHOICES = {
    "kind": ("single", "multi"),
    "read": READINGS,
    "take": TAKES,
    "rare": LEFT,
    "unknown": LEFT,
}
_LISTS = ("merges", "only", "otherwise", "stop", "stop_at", "where", "exclude", "unknown_values")


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
        Values with fewer works are rare.
    top : int, optional
        Only so many values are not rare, the most frequent.
    merges : tuple of Edge
        What stands for what; followed before anything is counted.
    only : tuple of str
        If given, every other (merged) value is rare.
    ratios : mapping of str to float
        Share of each part; they sum to 1, and validation and calibration may be 0.
    group_by : tuple of str
        Fields whose works never stand on two sides of the split, such as artist; one may be told as a str.
        'accession lot' is the accession number without its last component.
    duplicates : bool
        Whether works with the same or nearly the same picture stay on one side.
    seed : int
        Where the split's randomness comes from.
    sensitive : tuple of str, optional
        Labels that are never filed by rule; the shipped list if not given, none if empty.
    otherwise : tuple of str
        Fields that speak for works without a value in `field`, in this order.
    read : str
        'values', or 'centuries': each value is a date, and stands for the century it lies in.
    join : Join, optional
        Another table that says what values stand for.
    stop : tuple of str
        Values, as written or merged, that are passed over as if nobody had written them.
    take : str
        'all' values of a work, or the 'first' that is not passed over.
    one_value : bool
        Whether works with several (merged) values are left out.
    stop_at : tuple of str
        Values at which merging ends, though edges lead on (Gujarat to Indian, not to South Asian).
    where : tuple of Filter
        Which works it is about; all of them must hold.
    exclude : tuple of Exclude
        Works left out by hand.
    rare : str
        What becomes of rare values: 'drop' (works without another are left out), 'other' (they are a class of
        that name) or 'hold' (such works are kept aside to test that they are not taken for a class).
    unknown : str
        The same for works of which nothing but `unknown_values` is said; 'drop' leaves them in the backlog.
    unknown_values : tuple of str, optional
        Values that say that nothing is known, in any case of letters; the shipped ones if not given.
    split_at : SplitAt, optional
        A year that parts the test part from the others; `ratios` then hold among the others.
    like : str
        A label set (its newest version, or ``name@2``) whose parts its works keep, so that two steps of a
        cascade, or fine classes and broad ones, learn from the same works.
    policies : mapping of str to str
        What may be done with a label, where it differs from the shipped list: see
        `cartellino.curate.sensitive.POLICIES`.

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
    group_by: tuple[str, ...] = ()
    duplicates: bool = True
    seed: int = 0
    sensitive: tuple[str, ...] | None = None
    otherwise: tuple[str, ...] = ()
    read: str = "values"
    join: Join | None = None
    stop: tuple[str, ...] = ()
    take: str = "all"
    one_value: bool = False
    stop_at: tuple[str, ...] = ()
    where: tuple[Filter, ...] = ()
    exclude: tuple[Exclude, ...] = ()
    rare: str = "drop"
    unknown: str = "drop"
    unknown_values: tuple[str, ...] | None = None
    split_at: SplitAt | None = None
    like: str = ""
    policies: Mapping[str, str] = standard(default_factory=dict)

    def __post_init__(self) -> None:
        for name in (*_LISTS, "sensitive"):
            if getattr(self, name) is not None:
                object.__setattr__(self, name, tuple(getattr(self, name)))
        object.__setattr__(self, "group_by", _several(self.group_by))
        object.__setattr__(self, "ratios", _whole_ratios(self.ratios, self.split_at is not None, self.place))
        self._check_words()
        self._check_numbers()
        self._check_policies()
        check(self.merges, self.place)

    @property
    def place(self) -> str:
        """How messages name it."""
        return f"label set '{self.name}'"

    @property
    def all_fields(self) -> tuple[str, ...]:
        """The fields that speak, first the one that is asked first."""
        return (self.field, *self.otherwise)

    def splits_like(self, other: LabelDefinition) -> bool:
        """Whether works keep their parts from `other` to this one."""
        rules = ("ratios", "group_by", "duplicates", "seed", "split_at", "like")
        return all(getattr(self, rule) == getattr(other, rule) for rule in rules)

    def to_toml(self) -> str:
        """The definition as TOML; rules at their default are left out, apart from the ratios."""
        return written.written(self)

    @classmethod
    def from_toml(cls, text: str, where: str = "the definition") -> LabelDefinition:
        """Read a definition back.

        Raises
        ------
        LabelError
            If it is not TOML, a rule is unknown, of another type, or missing.
        """
        return cls.from_rules(written.rules_of(text, where), where)

    @classmethod
    def from_rules(cls, told: Mapping[str, object], where: str = "the definition") -> LabelDefinition:
        """Make a definition of what a TOML file tells.

        Raises
        ------
        LabelError
            As `from_toml`.
        """
        written.refuse_unknown(told, {entry.name for entry in fields(cls)}, where)
        try:
            return cls(**written.read(told, where))
        except (TypeError, AttributeError, KeyError) as error:
            raise LabelError(f"a rule is of the wrong type ({error})", where, "Correct it.") from error

    def _check_words(self) -> None:
        if not _NAME.fullmatch(self.name) or self.name != self.name.strip():
            raise LabelError(
                f"'{self.name}' cannot name a label set",
                "",
                "Use letters, digits, blanks, '.', '-' and '_', beginning with a letter or digit.",
            )
        for rule, choices in _CHOICES.items():
            told = getattr(self, rule)
            if told not in choices:
                raise LabelError(
                    f"{rule} cannot be '{told}'", self.place, f"It is {' or '.join(map(repr, choices))}."
                )

    def _check_numbers(self) -> None:
        if self.min_works < 1:
            raise LabelError(f"min_works is {self.min_works}", self.place, "It is at least 1.")
        if self.top is not None and self.top < 2:
            raise LabelError(
                f"top is {self.top}, and a choice needs two values", self.place, "It is at least 2."
            )

    def _check_policies(self) -> None:
        for label, policy in self.policies.items():
            if policy not in POLICIES:
                raise LabelError(
                    f"there is no policy '{policy}' (for '{label}')",
                    self.place,
                    f"There are: {', '.join(POLICIES)}.",
                )


def _several(told: str | Iterable[str] | None) -> tuple[str, ...]:
    if told is None:
        return ()
    return (told,) if isinstance(told, str) else tuple(told)


def _whole_ratios(told: Mapping[str, float], in_time: bool, where: str) -> dict[str, float]:
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
            "For example 60/10/20/10, 80/10/10 or 80/20.",
        )
    _refuse_empty(ratios, in_time, where)
    return ratios


def _refuse_empty(ratios: Mapping[str, float], in_time: bool, where: str) -> None:
    needed = (Part.TRAIN,) if in_time else (Part.TRAIN, Part.TEST)
    empty = [part.value for part in needed if not ratios[part]]
    if empty:
        raise LabelError(
            f"the {empty[0]} part is empty",
            where,
            "Only validation and calibration may be: without calibration nothing is promised.",
        )
