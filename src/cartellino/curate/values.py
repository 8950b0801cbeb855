"""The values of a field as a label set sees them: works with a picture, signatures heeded, values merged."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from cartellino.catalogue import Catalogue
from cartellino.curate.choose import Labelled
from cartellino.curate.definition import LabelDefinition
from cartellino.curate.kin import distinct, rows_of
from cartellino.curate.merges import apply, targets, tidy, unmatched
from cartellino.curate.signed import Signatures

Column = NDArray[np.int64]
_NO_PICTURE = "no picture of it could be kept"
_NONE_OF_THESE = "it is signed as none of the classes"


def read(
    catalogue: Catalogue, rules: LabelDefinition, signed: Signatures, pictured: Column
) -> tuple[Column, Labelled, tuple[str, ...]]:
    """Works with a value and a picture, what they have, and remarks on merges that met nothing.

    Parameters
    ----------
    catalogue : Catalogue
        Where the values stand.
    rules : LabelDefinition
        Which field, merged how.
    signed : Signatures
        What people signed.
    pictured : ndarray of int64
        Keys of the works with a kept picture, ascending.

    Returns
    -------
    works : ndarray (n,) of int64
        Their keys, ascending.
    labelled : Labelled
        Their merged values, by place among `works`; those without a picture are counted as left out.
    remarks : tuple of str
        One sentence for each merge whose value no work has.
    """
    works, codes, written = _pairs(catalogue.fields.values(rules.field))
    left_out = _left_out({_NO_PICTURE: len(distinct(works[rows_of(pictured, works) < 0]))})
    seen = rows_of(pictured, works) >= 0
    works, codes, none = _heed(works[seen], codes[seen], written, signed, rules.kind, pictured)
    remarks = tuple(
        f"The merge {edge} met no value of a work with a picture."
        for edge in unmatched(rules.merges, (written[c] for c in np.unique(codes)))
    )
    works, codes, names = _merged(works, codes, list(written), rules)
    works, codes = _by_work(works, codes)
    keys = distinct(works)
    rows = rows_of(keys, works)
    pairs = distinct(np.sort(rows * max(1, len(names)) + codes))
    labelled = Labelled(
        pairs // max(1, len(names)),
        pairs % max(1, len(names)),
        names,
        len(keys),
        left_out | _left_out({_NONE_OF_THESE: none}),
    )
    return keys, labelled, remarks


def _pairs(values: Iterable[tuple[int, str]]) -> tuple[Column, Column, list[str]]:
    works, codes, seen = array("q"), array("q"), dict[str, int]()
    for work, value in values:
        works.append(work)
        codes.append(seen.setdefault(value, len(seen)))
    return np.array(works, dtype=np.int64), np.array(codes, dtype=np.int64), list(seen)


def _heed(
    works: Column, codes: Column, written: list[str], signed: Signatures, kind: str, pictured: Column
) -> tuple[Column, Column, int]:
    """Put signed values in the place of written ones; `written` grows by labels that no cell holds."""
    signers = np.array(sorted(signed.decisions), dtype=np.int64)
    signers = signers[rows_of(pictured, signers) >= 0]
    theirs = rows_of(signers, works) >= 0
    before: dict[int, list[str]] = {}
    for work, code in zip(works[theirs].tolist(), codes[theirs].tolist(), strict=True):
        before.setdefault(work, []).append(written[code])
    told = [(work, signed.values(kind, work, before.get(work, ()))) for work in signers.tolist()]
    place = {value: code for code, value in enumerate(written)}
    for _, values in told:
        for value in values:
            place.setdefault(value, len(place))
    written[:] = place
    new = [(work, place[value]) for work, values in told for value in values]
    added = np.array(new, dtype=np.int64).reshape(-1, 2)
    none = sum(not values for _, values in told)
    return np.r_[works[~theirs], added[:, 0]], np.r_[codes[~theirs], added[:, 1]], none


def _merged(
    works: Column, codes: Column, written: list[str], rules: LabelDefinition
) -> tuple[Column, Column, tuple[str, ...]]:
    """Follow the merges; a value may become several, and then its pair does."""
    ends = targets(rules.merges)
    names: dict[str, int] = {}
    becomes = [
        [names.setdefault(name, len(names)) for name in apply([tidy(value)], ends)] for value in written
    ]
    counts = np.array([len(each) for each in becomes], dtype=np.int64)
    flat = np.array([name for each in becomes for name in each], dtype=np.int64)
    starts = np.cumsum(counts) - counts
    times = counts[codes]
    nth = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    merged = flat[np.repeat(starts[codes], times) + nth] if len(flat) else codes
    used, compact = np.unique(merged, return_inverse=True)
    all_names = list(names)
    return np.repeat(works, times), compact.astype(np.int64), tuple(all_names[place] for place in used)


def _by_work(works: Column, codes: Column) -> tuple[Column, Column]:
    """In the order of works, which the signed ones have left."""
    order = np.argsort(works, kind="stable")
    return works[order], codes[order]


def _left_out(counted: dict[str, int]) -> dict[str, int]:
    return {reason: works for reason, works in counted.items() if works}
