"""Scope: the works that a label set is about, whether they have a label or wait for one."""

from __future__ import annotations

import difflib
from array import array
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from cartellino.catalogue import Catalogue
from cartellino.catalogue.dates import years
from cartellino.curate.definition import LabelDefinition
from cartellino.curate.merges import tidy
from cartellino.curate.pairs import Column, Pairs, rows_of
from cartellino.curate.rules import Filter
from cartellino.errors import InputError, LabelError


@dataclass(frozen=True)
class Step:
    """What one rule left out.

    Parameters
    ----------
    kept : str
        What is true of the works that it kept, for a funnel.
    reason : str
        Why the others are left out.
    out : ndarray of int64
        Those, ascending.
    """

    kept: str
    reason: str
    out: Column


@dataclass(frozen=True)
class Scope:
    """The works that a label set is about.

    Parameters
    ----------
    works : ndarray (n,) of int64
        Their keys, ascending.
    steps : tuple of Step
        How it came to that: what each filter, and then the exclusions, left out.
    remarks : tuple of str
        Exclusions that met no work.
    """

    works: Column
    steps: tuple[Step, ...] = ()
    remarks: tuple[str, ...] = ()


def scope(catalogue: Catalogue, rules: LabelDefinition) -> Scope:
    """Follow the filters and exclusions of a definition.

    Raises
    ------
    LabelError
        If a filter leaves no work; the sentence names near values.
    InputError
        If there is no such field.
    """
    works = np.sort(np.array(array("q", catalogue.works.keys()), dtype=np.int64))
    steps: list[Step] = []
    for each in rules.where:
        held = rows_of(_holding(catalogue, each), works) >= 0
        if not held.any():
            raise _empty(catalogue, each, rules)
        steps.append(Step(str(each), f"the filter '{each}' leaves it out", works[~held]))
        works = works[held]
    excluded, remarks = _excluded(catalogue, rules)
    out = rows_of(excluded, works) >= 0
    steps.append(Step("not left out by hand", "it was left out by hand", works[out]))
    return Scope(works[~out], tuple(step for step in steps if len(step.out)), remarks)


def _holding(catalogue: Catalogue, rule: Filter) -> Column:
    """Works for which a filter holds, ascending; a work without a value fails all but `is_not`."""
    pairs = Pairs.of(catalogue.fields.values(rule.field))
    wanted = np.ones(len(pairs.works), bool)
    for test in _tests(rule):
        wanted &= pairs.holding(test)
    if rule.among or rule.containing or rule.since is not None or rule.until is not None:
        held = np.unique(pairs.works[wanted])
    else:
        held = np.sort(np.array(array("q", catalogue.works.keys()), dtype=np.int64))
    barred = {tidy(value) for value in rule.not_among}
    against = np.unique(pairs.works[pairs.holding(lambda value: tidy(value) in barred)])
    return held[rows_of(against, held) < 0]


def _tests(rule: Filter) -> list[Callable[[str], bool]]:
    tests: list[Callable[[str], bool]] = []
    if rule.among:
        among = {tidy(value) for value in rule.among}
        tests.append(lambda value: tidy(value) in among)
    if rule.containing:
        parts = [part.casefold() for part in rule.containing]
        tests.append(lambda value: any(part in value.casefold() for part in parts))
    if rule.since is not None or rule.until is not None:
        tests.append(lambda value: _reaches(value, rule.since, rule.until))
    return tests


def _reaches(value: str, since: int | None, until: int | None) -> bool:
    dated = years(value)
    if dated is None:
        return False
    return (since is None or dated[1] >= since) and (until is None or dated[0] <= until)


def _excluded(catalogue: Catalogue, rules: LabelDefinition) -> tuple[Column, tuple[str, ...]]:
    keys, remarks = [], []
    for each in rules.exclude:
        try:
            keys.append(catalogue.works.key(each.work))
        except InputError:
            remarks.append(f"There is no work '{each.work}' to leave out by hand.")
    return np.unique(np.array(keys, dtype=np.int64)), tuple(remarks)


def _empty(catalogue: Catalogue, rule: Filter, rules: LabelDefinition) -> LabelError:
    values = [value for value, _ in catalogue.fields.counts(rule.field, 2_000)]
    wanted = [*rule.among, *rule.containing]
    near = [found for each in wanted for found in difflib.get_close_matches(each, values, n=2, cutoff=0.5)]
    told = ", ".join(dict.fromkeys(near or values[:3]))
    do = f"There is {told}; see 'cartellino fields \"{rule.field}\"'." if told else "The field is empty."
    return LabelError(f"no work is left by the filter '{rule}'", rules.place, do)
