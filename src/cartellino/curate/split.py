"""The split: kin to parts, every class in every part, each part like the whole."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cartellino.curate.choose import Labelled
from cartellino.curate.definition import LabelDefinition
from cartellino.curate.labelset import PARTS
from cartellino.curate.repair import repair
from cartellino.curate.strata import FREE, Column, Units, units_of
from cartellino.errors import LabelError
from cartellino.records import Part

Wishes = NDArray[np.float64]
_TEST = PARTS.index(Part.TEST)
_NAMED = 5  # classes that a refusal names before it counts the rest


def split(labelled: Labelled, kin: Column, rules: LabelDefinition, fixed: Column) -> Column:
    """Give every work a part.

    Iterative stratification (Sechidis, Tsoumakas and Vlahavas, ECML PKDD 2011), with kin in the place of
    examples and alike kin dealt together: the class with the fewest kin left is dealt first, each of them to
    the part that still wishes for most of it.

    Parameters
    ----------
    labelled : Labelled
        What works hold; every work holds something.
    kin : ndarray (n,) of int64
        Works with the same number go to one part.
    rules : LabelDefinition
        Ratios and seed.
    fixed : ndarray (n,) of int64
        Where in `PARTS` a work must stay, or `FREE`.

    Returns
    -------
    ndarray (n,) of int64
        Places in `PARTS`.

    Raises
    ------
    LabelError
        If a class has too few works to appear in every part; the sentence names those, and what would help.
    """
    if rules.split_at is None:
        return _dealt(labelled, kin, rules, fixed)
    late = np.isin(kin, kin[fixed == _TEST])
    parts = np.full(len(kin), _TEST, dtype=np.int64)
    parts[~late] = _dealt(labelled.among(~late), kin[~late], rules, fixed[~late])
    return parts


def _dealt(labelled: Labelled, kin: Column, rules: LabelDefinition, fixed: Column) -> Column:
    units = units_of(labelled, kin, fixed)
    ratios = _free_ratios(rules)
    small = np.flatnonzero(units.holders(len(labelled.names)) < (ratios > 0).sum())
    if len(small):
        raise _too_small(labelled, small, rules)
    dealt = _Dealer(units, labelled, ratios, rules.seed).deal()
    lacking = repair(units, dealt, len(labelled.names), np.flatnonzero(ratios))
    if lacking:
        raise _too_small(labelled, np.array(sorted(lacking)), rules, kept=bool((fixed != FREE).any()))
    return dealt[units.of]


def _free_ratios(rules: LabelDefinition) -> Wishes:
    """Share of each part among the works that no rule binds to one; (parts,).

    Where a year parts the test part from the others, that is filled already.
    """
    ratios: Wishes = np.array([rules.ratios[part] for part in PARTS])
    if rules.split_at is not None:
        ratios[_TEST] = 0
        ratios /= ratios.sum()
    return ratios


@dataclass
class _Dealer:
    """What each part still wishes for, and the dealing."""

    units: Units
    labelled: Labelled
    ratios: Wishes
    seed: int

    def deal(self) -> Column:
        units, values = self.units, len(self.labelled.names)
        self.random = np.random.default_rng(self.seed)
        self.wishes = _wishes(self.labelled.per_value(), units.holders(values), self.ratios)
        self.room = self.ratios * units.sizes.sum()
        self.parts = units.fixed.copy()
        self._charge_fixed()
        self._gather()
        left = np.bincount(units.value, weights=(self.parts == FREE)[units.unit], minlength=values)
        open_ = left > 0
        while open_.any():
            value = int(np.argmin(np.where(open_, left, np.inf)))
            open_[value] = False
            for alike in self.alikes[value]:
                if not self.done[alike]:
                    self.done[alike] = True
                    held, _ = self._held(alike)
                    left[held] -= self.starts[alike + 1] - self.starts[alike]
                    self._deal_alike(alike, value)
        return self.parts

    def _charge_fixed(self) -> None:
        units, bound = self.units, self.units.fixed != FREE
        np.subtract.at(self.room, units.fixed[bound], units.sizes[bound])
        pairs = bound[units.unit]
        where = (units.value[pairs], units.fixed[units.unit[pairs]])
        np.subtract.at(self.wishes, where, units.count[pairs])

    def _gather(self) -> None:
        """Bring alike units together, in random order; `alikes` lists them by value, the largest first."""
        units = self.units
        shuffled = self.random.permutation(np.flatnonzero(self.parts == FREE))
        numbers = np.unique(units.likenesses()[shuffled], return_inverse=True)[1]
        order = np.argsort(numbers, kind="stable")
        self.order = shuffled[order]
        self.starts = np.r_[0, np.cumsum(np.bincount(numbers))] if len(shuffled) else np.zeros(1, np.int64)
        self.first_pair = np.searchsorted(units.unit, np.arange(len(units.sizes) + 1))
        self.done = np.zeros(len(self.starts) - 1, bool)
        self.alikes: list[list[int]] = [[] for _ in self.labelled.names]
        by_size = np.argsort(-units.sizes[self.order[self.starts[:-1]]], kind="stable")
        for alike in by_size.tolist():
            for value in self._held(alike)[0].tolist():
                self.alikes[value].append(alike)

    def _held(self, alike: int) -> tuple[Column, Column]:
        unit = self.order[self.starts[alike]]
        pairs = slice(self.first_pair[unit], self.first_pair[unit + 1])
        return self.units.value[pairs], self.units.count[pairs]

    def _deal_alike(self, alike: int, value: int) -> None:
        members = self.order[self.starts[alike] : self.starts[alike + 1]]
        values, counts = self._held(alike)
        size = self.units.sizes[members[0]]
        weight = counts[values == value][0]
        shares = _filled(self.wishes[value], self.room, weight, size, len(members), self.ratios, self.random)
        self.parts[members] = np.repeat(np.arange(len(PARTS)), shares)
        self.wishes[values] -= counts[:, None] * shares
        self.room -= size * shares


def _wishes(works: Column, holders: Column, ratios: Wishes) -> Wishes:
    """Works of each class that each part wishes for, (k, parts): its ratio, and at least those of a unit."""
    wishes = works[:, None] * ratios
    least = np.where(ratios > 0, np.minimum(1.0, works / np.maximum(holders, 1))[:, None], 0.0)
    short = np.maximum(least - wishes, 0)
    wishes += short
    wishes[np.arange(len(works)), wishes.argmax(axis=1)] -= short.sum(axis=1)
    return wishes


def _filled(
    wishes: Wishes,
    room: Wishes,
    weight: int,
    size: int,
    members: int,
    ratios: Wishes,
    random: np.random.Generator,
) -> Column:
    """How many of `members` alike units each part takes, each going to the part that then wishes most.

    All at once: the t-th unit that a part takes finds it wishing for t weights less; the `members` greatest
    wishes are granted. Ties go to the part with more room, then by chance.
    """
    chance = random.random(len(ratios))
    allowed = np.where(ratios > 0, wishes, -np.inf)
    if members == 1:
        shares = np.zeros(len(ratios), dtype=np.int64)
        shares[np.lexsort((chance, room, allowed))[-1]] = 1
        return shares
    taken = np.arange(members)
    level = allowed[:, None] - weight * taken
    roomy = room[:, None] - size * taken
    chances = np.broadcast_to(chance[:, None], level.shape)
    granted = np.lexsort((chances.ravel(), roomy.ravel(), level.ravel()))[-members:]
    return np.bincount(granted // members, minlength=len(ratios))


def _too_small(labelled: Labelled, small: Column, rules: LabelDefinition, kept: bool = False) -> LabelError:
    counts = labelled.per_value()
    told = [f"{labelled.names[place]} ({counts[place]:,})" for place in small[:_NAMED]]
    more = f" and {len(small) - _NAMED:,} more" if len(small) > _NAMED else ""
    parts = int((_free_ratios(rules) > 0).sum())
    anew = "Works keep the parts of the version before; another --seed splits anew. " if kept else ""
    return LabelError(
        f"too few works, or too many of them kin, to appear in all {parts} parts: {', '.join(told)}{more}",
        rules.place,
        f"{anew}Ask for more works a class (--min-works {int(counts[small].max()) + 1}), "
        "or merge these values into others.",
    )
