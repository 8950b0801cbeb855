"""Choosing: which values become classes, which works keep a label, and why the others are left out."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from cartellino.curate.definition import LabelDefinition
from cartellino.curate.pairs import distinct
from cartellino.curate.rules import OTHER
from cartellino.errors import LabelError

Column = NDArray[np.int64]


@dataclass(frozen=True)
class Labelled:
    """Works and the values they have, pair by pair.

    Parameters
    ----------
    rows : ndarray (m,) of int64
        Work of each pair, as a place among `works` of them; ascending.
    values : ndarray (m,) of int64
        Value of each pair, as a place in `names`; a work has a value once.
    names : tuple of str
        The values.
    works : int
        How many works there are.
    left_out : dict of str to int
        Works that lost their last value, by reason.
    held : ndarray of int64
        Rows of works whose rare values are kept aside; they have no pair.
    """

    rows: Column
    values: Column
    names: tuple[str, ...]
    works: int
    left_out: dict[str, int] = field(default_factory=dict)
    held: Column = field(default_factory=lambda: np.zeros(0, np.int64))

    def ordered(self) -> Labelled:
        """The same, ascending by row and then by value."""
        values = max(1, len(self.names))
        pairs = distinct(np.sort(self.rows * values + self.values))
        return replace(self, rows=pairs // values, values=pairs % values)

    def among(self, works: NDArray[np.bool_]) -> Labelled:
        """The same for some of the works, whose rows are numbered anew; (works,) of bool."""
        mine = works[self.rows]
        rows = (np.cumsum(works) - 1)[self.rows[mine]]
        return replace(self, rows=rows, values=self.values[mine], works=int(works.sum()))

    def per_work(self) -> Column:
        """How many values each work has; (works,)."""
        return np.bincount(self.rows, minlength=self.works)

    def per_value(self, usable: NDArray[np.bool_] | None = None) -> Column:
        """How many works each value has, among usable pairs if given."""
        values = self.values if usable is None else self.values[usable]
        return np.bincount(values, minlength=len(self.names))

    def kept(self, pairs: NDArray[np.bool_], reason: str, rare: str = "drop") -> Labelled:
        """The pairs that stay.

        Parameters
        ----------
        pairs : ndarray (m,) of bool
            Which stay.
        reason : str
            Under which works that lose their last pair are counted.
        rare : str
            'drop' the others; 'hold' such works besides; or make the others the class 'other'.
        """
        if rare == "other":
            return self._with_other(pairs)
        left = replace(self, rows=self.rows[pairs], values=self.values[pairs])
        lost = np.flatnonzero((self.per_work() > 0) & (left.per_work() == 0))
        if len(lost) == 0:
            return left
        held = np.union1d(self.held, lost) if rare == "hold" else self.held
        counted = {**self.left_out, reason: self.left_out.get(reason, 0) + len(lost)}
        return replace(left, left_out=counted, held=held)

    def _with_other(self, pairs: NDArray[np.bool_]) -> Labelled:
        names = self.names if OTHER in self.names else (*self.names, OTHER)
        values = np.where(pairs, self.values, names.index(OTHER))
        return replace(self, values=values, names=names).ordered()


def choose(labelled: Labelled, rules: LabelDefinition) -> Labelled:
    """Keep what the rules keep: named values, frequent ones, and for a single-label set works with one class.

    Raises
    ------
    LabelError
        If the field holds ids rather than labels, a named value is not there, or fewer than two classes
        remain.
    """
    _refuse_ids(labelled, rules)
    if rules.only:
        labelled = labelled.kept(_named(labelled, rules), "none of its values is asked for", rules.rare)
    frequent = _frequent(labelled, rules)
    if rules.top is not None:
        wanted = _most(frequent, rules, rules.top)
        reason = f"its value is not among the {rules.top} most frequent"
        frequent = _frequent(frequent.kept(wanted, reason, rules.rare), rules)
    if rules.kind == "single":
        frequent = frequent.kept(_usable(frequent, rules), "it has several of the classes")
    return _compact(frequent, labelled, rules)


def unnamed(labelled: Labelled, rules: LabelDefinition) -> list[str]:
    """Values that are asked for and that no work has, as in a smaller museum than the rules were made for."""
    return [name for name in rules.only if name not in labelled.names]


def _refuse_ids(labelled: Labelled, rules: LabelDefinition) -> None:
    values, works = len(labelled.names), int((labelled.per_work() > 0).sum())
    if values > 0.9 * works and works >= 10:
        raise LabelError(
            f"nearly every work has a value of its own in '{rules.field}' "
            f"({values:,} values for {works:,} works), as ids and titles do",
            rules.place,
            "Choose a field whose values are shared; 'cartellino fields' lists them.",
        )


def _named(labelled: Labelled, rules: LabelDefinition) -> NDArray[np.bool_]:
    _refuse_slips(labelled, rules)
    wanted = [labelled.names.index(name) for name in rules.only if name in labelled.names]
    return np.isin(labelled.values, wanted) | _other(labelled, rules)


def _refuse_slips(labelled: Labelled, rules: LabelDefinition) -> None:
    """Refuse a name that looks misspelt, or names none of which any work has."""
    for name in unnamed(labelled, rules):
        near = difflib.get_close_matches(name, set(labelled.names) - set(rules.only), n=1, cutoff=0.8)
        if near or not set(rules.only) & set(labelled.names):
            meant = f"Did you mean '{near[0]}'? " if near else ""
            see = f"{meant}See its values with 'cartellino fields \"{rules.field}\"'"
            raise LabelError(
                f"no work has '{name}' in '{rules.field}'",
                rules.place,
                f"{see}; names are compared after merging.",
            )


def _frequent(labelled: Labelled, rules: LabelDefinition) -> Labelled:
    """Drop rare values, repeatedly: without one, a work may have a single value left and count for that."""
    reason = f"its value has fewer than {rules.min_works} works"
    while True:
        counts = labelled.per_value(_usable(labelled, rules))
        rare = (counts[labelled.values] < rules.min_works) & ~_other(labelled, rules)
        if not rare.any():
            return labelled
        labelled = labelled.kept(~rare, reason, rules.rare)


def _other(labelled: Labelled, rules: LabelDefinition) -> NDArray[np.bool_]:
    """Pairs of the class 'other', if it was asked for: it is neither rare nor one of the most frequent."""
    if "other" not in (rules.rare, rules.unknown) or OTHER not in labelled.names:
        return np.zeros(len(labelled.values), bool)
    other: NDArray[np.bool_] = labelled.values == labelled.names.index(OTHER)
    return other


def _usable(labelled: Labelled, rules: LabelDefinition) -> NDArray[np.bool_]:
    if rules.kind == "multi":
        return np.ones(len(labelled.rows), bool)
    usable: NDArray[np.bool_] = labelled.per_work()[labelled.rows] == 1
    return usable


def _most(labelled: Labelled, rules: LabelDefinition, top: int) -> NDArray[np.bool_]:
    counts = labelled.per_value(_usable(labelled, rules))
    other = _other(labelled, rules)
    asked = [place for place in range(len(counts)) if place not in set(labelled.values[other].tolist())]
    ranked = sorted(asked, key=lambda place: (-counts[place], labelled.names[place]))
    return np.isin(labelled.values, ranked[:top]) | other


def _compact(chosen: Labelled, before: Labelled, rules: LabelDefinition) -> Labelled:
    """The same with only the classes that are left as names, in alphabetical order."""
    left = np.flatnonzero(chosen.per_value())
    if len(left) < 2:
        raise _too_few(chosen, before, rules)
    order = sorted(left.tolist(), key=lambda place: (chosen.names[place].casefold(), chosen.names[place]))
    place = np.full(len(chosen.names), -1, dtype=np.int64)
    place[order] = np.arange(len(order))
    ranked = np.lexsort((place[chosen.values], chosen.rows))
    names = tuple(chosen.names[each] for each in order)
    return replace(chosen, rows=chosen.rows[ranked], values=place[chosen.values][ranked], names=names)


def _too_few(chosen: Labelled, before: Labelled, rules: LabelDefinition) -> LabelError:
    if len(chosen.values):
        name = chosen.names[int(chosen.values[0])]
        what = f"only one class is left ('{name}'), so that there is nothing to tell apart"
    else:
        what = f"no class is left of '{rules.field}'"
    counts = before.per_value(_usable(before, rules))
    most = sorted(range(len(counts)), key=lambda place: -counts[place])[:3]
    told = ", ".join(f"{before.names[place]} ({counts[place]:,})" for place in most if counts[place])
    do = f"The most frequent values are {told}; lower --min-works (now {rules.min_works}) or merge values."
    return LabelError(
        what, rules.place, do if told else f"No work with a kept picture has one value of '{rules.field}'."
    )
