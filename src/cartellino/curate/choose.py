"""Choosing: which values become classes, which works keep a label, and why the others are left out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from cartellino.curate.definition import LabelDefinition
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
    """

    rows: Column
    values: Column
    names: tuple[str, ...]
    works: int
    left_out: dict[str, int] = field(default_factory=dict)

    def per_work(self) -> Column:
        """How many values each work has; (works,)."""
        return np.bincount(self.rows, minlength=self.works)

    def per_value(self, usable: NDArray[np.bool_] | None = None) -> Column:
        """How many works each value has, among usable pairs if given."""
        values = self.values if usable is None else self.values[usable]
        return np.bincount(values, minlength=len(self.names))

    def kept(self, pairs: NDArray[np.bool_], reason: str) -> Labelled:
        """The pairs that stay; works that lose their last one are counted under `reason`."""
        left = replace(self, rows=self.rows[pairs], values=self.values[pairs])
        lost = int(((self.per_work() > 0) & (left.per_work() == 0)).sum())
        return (
            replace(left, left_out={**self.left_out, reason: self.left_out.get(reason, 0) + lost})
            if lost
            else left
        )


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
        labelled = labelled.kept(_named(labelled, rules), "none of its values is asked for")
    frequent = _frequent(labelled, rules)
    if rules.top is not None:
        wanted = _most(frequent, rules, rules.top)
        frequent = _frequent(
            frequent.kept(wanted, f"its value is not among the {rules.top} most frequent"), rules
        )
    if rules.kind == "single":
        frequent = frequent.kept(_usable(frequent, rules), "it has several of the classes")
    return _compact(frequent, labelled, rules)


def _refuse_ids(labelled: Labelled, rules: LabelDefinition) -> None:
    values, works = len(labelled.names), int((labelled.per_work() > 0).sum())
    if values > 0.9 * works and works >= 10:
        raise LabelError(
            f"nearly every work has a value of its own in '{rules.field}' "
            f"({values:,} values for {works:,} works), as ids and titles do",
            rules.where,
            "Choose a field whose values are shared; 'cartellino fields' lists them.",
        )


def _named(labelled: Labelled, rules: LabelDefinition) -> NDArray[np.bool_]:
    missing = [name for name in rules.only if name not in labelled.names]
    if missing:
        raise LabelError(
            f"no work has '{missing[0]}' in '{rules.field}'",
            rules.where,
            f"See its values with 'cartellino fields \"{rules.field}\"'; names are compared after merging.",
        )
    return np.isin(labelled.values, [labelled.names.index(name) for name in rules.only])


def _frequent(labelled: Labelled, rules: LabelDefinition) -> Labelled:
    """Drop rare values, repeatedly: without one, a work may have a single value left and count for that."""
    reason = f"its value has fewer than {rules.min_works} works"
    while True:
        counts = labelled.per_value(_usable(labelled, rules))
        rare = counts[labelled.values] < rules.min_works
        if not rare.any():
            return labelled
        labelled = labelled.kept(~rare, reason)


def _usable(labelled: Labelled, rules: LabelDefinition) -> NDArray[np.bool_]:
    if rules.kind == "multi":
        return np.ones(len(labelled.rows), bool)
    usable: NDArray[np.bool_] = labelled.per_work()[labelled.rows] == 1
    return usable


def _most(labelled: Labelled, rules: LabelDefinition, top: int) -> NDArray[np.bool_]:
    counts = labelled.per_value(_usable(labelled, rules))
    ranked = sorted(range(len(counts)), key=lambda place: (-counts[place], labelled.names[place]))
    return np.isin(labelled.values, ranked[:top])


def _compact(chosen: Labelled, before: Labelled, rules: LabelDefinition) -> Labelled:
    """The same with only the classes that are left as names, in alphabetical order."""
    left = np.unique(chosen.values)
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
        what, rules.where, do if told else f"No work with a kept picture has one value of '{rules.field}'."
    )
