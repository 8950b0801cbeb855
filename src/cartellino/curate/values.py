"""The values of works as a label set sees them: in scope, with a picture, merged, signatures heeded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from cartellino.catalogue import Catalogue
from cartellino.curate.choose import Labelled
from cartellino.curate.definition import LabelDefinition
from cartellino.curate.in_time import dated_works
from cartellino.curate.merges import apply, targets, tidy, unmatched
from cartellino.curate.pairs import Column, Pairs, distinct, rows_of
from cartellino.curate.reading import Written, written
from cartellino.curate.rules import OTHER
from cartellino.curate.scope import Scope, scope
from cartellino.curate.sensitive import LEAVE_OUT, policy_of
from cartellino.curate.signed import Signatures

_NO_PICTURE = "no picture of it is kept"
_NONE_OF_THESE = "it is signed as none of the classes"
_STOPPED = "none of its values is learnt"
_SEVERAL = "it has several values"


@dataclass(frozen=True)
class Values:
    """Works with a value and a picture, and how it came to them.

    Parameters
    ----------
    works : ndarray (n,) of int64
        Their keys, ascending.
    labelled : Labelled
        Their merged values, by place among `works`; those without a picture are counted as left out.
    held : ndarray of int64
        Works kept aside because nothing is known of them, ascending.
    remarks : tuple of str
        One sentence for each rule that met nothing.
    funnel : tuple of (str, int)
        From all works to these: what each step kept, and how many works it left.
    """

    works: Column
    labelled: Labelled
    held: Column
    remarks: tuple[str, ...]
    funnel: tuple[tuple[str, int], ...]


def read(
    catalogue: Catalogue,
    rules: LabelDefinition,
    signed: Signatures,
    pictured: Column,
    folder: Path | None = None,
) -> Values:
    """Read what works have.

    Parameters
    ----------
    catalogue : Catalogue
        Where the values stand.
    rules : LabelDefinition
        Which works and fields, merged how.
    signed : Signatures
        What people signed.
    pictured : ndarray of int64
        Keys of the works with a kept picture, ascending.
    folder : Path, optional
        Where a joined table lies.
    """
    about = scope(catalogue, rules)
    eligible = _among(about.works, pictured)
    told = written(catalogue, rules, folder)
    left_out = dict(_beside(told, about, pictured))
    if rules.split_at is not None:
        dated = _among(eligible, dated_works(catalogue, rules.split_at))
        undated = _among(_unlike(eligible, dated), distinct(told.pairs.works))
        left_out[f"it has no date in '{rules.split_at.field}'"] = len(undated)
        eligible = dated
    within = _within(told, eligible)
    read_, unknown = _of_unknown(within, rules)
    merged = _merged(read_, rules)
    pairs, none = _heed(merged.pairs, signed, rules, eligible)
    signers = np.array(sorted(signed.decisions), dtype=np.int64)
    left_out |= {reason: len(works) for reason, works in _unsigned(merged.left_out, signers)}
    left_out[_NONE_OF_THESE] = none
    works = distinct(pairs.works)
    labelled = Labelled(
        rows_of(works, pairs.works), pairs.codes, pairs.names, len(works), _counted(left_out)
    ).ordered()
    remarks = (*_unmet(read_.pairs, rules), *about.remarks)
    held = _unlike(unknown, works) if rules.unknown == "hold" else unknown[:0]
    return Values(works, labelled, held, remarks, _funnel(catalogue, about, eligible, works, rules))


def _beside(told: Written, about: Scope, pictured: Column) -> Iterator[tuple[str, int]]:
    """Works with a value that are not learnt from, because they have no picture or are outside the scope."""
    valued = distinct(told.pairs.works)
    yield _NO_PICTURE, int((rows_of(pictured, valued) < 0).sum())
    shown = valued[rows_of(pictured, valued) >= 0]
    for step in about.steps:
        yield step.reason, int((rows_of(shown, step.out) >= 0).sum())


def _within(told: Written, eligible: Column) -> Written:
    pairs = told.pairs.where(rows_of(eligible, told.pairs.works) >= 0).once()
    left_out = {reason: _among(works, eligible) for reason, works in told.left_out.items()}
    return Written(pairs, _among(told.unknown, eligible), left_out)


def _of_unknown(told: Written, rules: LabelDefinition) -> tuple[Written, Column]:
    """Works of which nothing is known join the class 'other' if asked; they are told beside, too."""
    if rules.unknown != "other":
        return told, told.unknown
    others = Pairs(told.unknown, np.zeros(len(told.unknown), np.int64), (OTHER,))
    return Written(told.pairs.and_(others), told.unknown, told.left_out), told.unknown


def _merged(told: Written, rules: LabelDefinition) -> Written:
    """Follow the merges, pass over what is stopped, and take as many values as are asked for."""
    ends = targets(rules.merges, rules.stop_at)
    stop = {tidy(value) for value in rules.stop}

    def what(value: str) -> Sequence[str]:
        if tidy(value) in stop:
            return ()
        return [end for end in apply([tidy(value)], ends) if end not in stop and _learnt(end, rules)]

    merged = told.followed(what, _STOPPED)
    if rules.take == "first":
        merged = Written(merged.pairs.first(), merged.unknown, merged.left_out)
    return _single(merged) if rules.one_value else merged


def _single(told: Written) -> Written:
    works, counts = np.unique(told.pairs.works, return_counts=True)
    several = works[counts > 1]
    kept = told.pairs.where(rows_of(several, told.pairs.works) < 0)
    return Written(kept, told.unknown, {**told.left_out, _SEVERAL: several})


def _learnt(label: str, rules: LabelDefinition) -> bool:
    return policy_of(label, rules.sensitive, rules.policies) != LEAVE_OUT


def _heed(pairs: Pairs, signed: Signatures, rules: LabelDefinition, eligible: Column) -> tuple[Pairs, int]:
    """Put signed values in the place of written ones; and count the works signed as none of the classes."""
    signers = _among(np.array(sorted(signed.decisions), dtype=np.int64), eligible)
    theirs = rows_of(signers, pairs.works) >= 0
    before: dict[int, list[str]] = {}
    for work, code in zip(pairs.works[theirs].tolist(), pairs.codes[theirs].tolist(), strict=True):
        before.setdefault(work, []).append(pairs.names[code])
    ends = targets(rules.merges, rules.stop_at)
    said = [
        (work, apply(signed.values(rules.kind, work, before.get(work, ())), ends))
        for work in signers.tolist()
    ]
    new = Pairs.of((work, value) for work, values in said for value in values)
    return pairs.where(~theirs).and_(new).once(), sum(not values for _, values in said)


def _unsigned(left_out: dict[str, Column], signers: Column) -> Iterator[tuple[str, Column]]:
    for reason, works in left_out.items():
        yield reason, _unlike(works, signers)


def _unmet(pairs: Pairs, rules: LabelDefinition) -> Iterable[str]:
    for edge in unmatched(rules.merges, pairs.names):
        yield f"The merge {edge} met no value of a work with a picture."


def _funnel(
    catalogue: Catalogue, about: Scope, eligible: Column, works: Column, rules: LabelDefinition
) -> tuple[tuple[str, int], ...]:
    left = catalogue.works.count()
    steps = [("works in the catalogue", left)]
    for step in about.steps:
        left -= len(step.out)
        steps.append((step.kept, left))
    steps.append(("with a kept picture", len(eligible)))
    steps.append((f"with a value of {' or '.join(rules.all_fields)}", len(works)))
    return tuple(steps)


def _among(works: Column, among: Column) -> Column:
    return works[rows_of(among, works) >= 0]


def _unlike(works: Column, those: Column) -> Column:
    return works[rows_of(those, works) < 0]


def _counted(left_out: dict[str, int]) -> dict[str, int]:
    return {reason: works for reason, works in left_out.items() if works}
