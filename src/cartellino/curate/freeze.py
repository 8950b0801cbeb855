"""Freezing: a definition becomes a label set, with its works, their labels and their parts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from cartellino.catalogue import Catalogue
from cartellino.curate import frozen
from cartellino.curate.choose import Labelled, choose, unnamed
from cartellino.curate.definition import LabelDefinition
from cartellino.curate.in_time import late_works
from cartellino.curate.kin import Shown, group_links, kin_of, shown
from cartellino.curate.labelset import PARTS, LabelSet
from cartellino.curate.likeness import known
from cartellino.curate.pairs import Column, distinct, rows_of
from cartellino.curate.rounds import rounds
from cartellino.curate.signed import signatures
from cartellino.curate.split import split
from cartellino.curate.strata import FREE
from cartellino.curate.values import Values, read
from cartellino.progress import Progress
from cartellino.records import Part

if TYPE_CHECKING:
    from cartellino.pictures.store import PictureStore

_CROWDED = 0.1  # kin of a larger share of all works deserve a remark


def freeze(
    catalogue: Catalogue,
    definition: LabelDefinition,
    progress: Progress,
    *,
    folder: Path | None = None,
    by: str = "",
    store: PictureStore | None = None,
) -> LabelSet:
    """Freeze a definition: its classes, works, labels, kin and parts.

    Frozen again when works or signatures have been added, it becomes a new version in which every work keeps
    its part; when nothing changed, it is the version there was. Other ratios, seed or kin rules split anew.

    Parameters
    ----------
    catalogue : Catalogue
        Where works stand and where it is kept.
    definition : LabelDefinition
        The rules.
    progress : Progress
        Who is told.
    folder : Path, optional
        Where a joined table lies.
    by : str
        Who is on record for policies that differ from the version before.
    store : PictureStore, optional
        Where pictures lie, to compare those that may show the same; without it their hashes decide alone.

    Raises
    ------
    InputError
        If there is no such field.
    LabelError
        If nothing can be learnt from it as it is defined; the sentence says why, and what would help.
    """
    same = None if store is None or not definition.duplicates else known.same(catalogue, store, progress)
    progress.start(f"Freezing {definition.name}", 4, "steps")
    pictures = shown(catalogue)
    signed = signatures(catalogue, definition.name)
    values = read(catalogue, definition, signed, distinct(pictures.works), folder)
    progress.advance()
    chosen = choose(values.labelled, definition)
    works, labelled = _kept(values.works, chosen)
    kin = kin_of(works, [pairs for _, pairs in links_of(catalogue, definition, works, pictures, same)])
    progress.advance()
    parts = split(labelled, kin, definition, _fixed(catalogue, definition, works))
    progress.advance()
    record = frozen.Record(
        labelled.left_out,
        (*values.remarks, *_absent(values, definition), *_crowds(kin, definition)),
        (*values.funnel, ("in one of the classes", len(works))),
    )
    held = np.union1d(values.held, values.works[chosen.held])
    result = frozen.save(catalogue, definition, frozen.Content(works, labelled, kin, parts, held), record, by)
    progress.advance()
    progress.finish()
    return result


def links_of(
    catalogue: Catalogue,
    definition: LabelDefinition,
    works: Column,
    pictures: Shown,
    same: tuple[Column, Column] | None = None,
) -> list[tuple[str, tuple[Column, Column]]]:
    """What ties `works` together under a definition: why, and works with what they share, pair by pair.

    Pairs of pictures that were confirmed to show the `same` take the place of hashes that are near.
    """
    links = pictures.links(works, same) if definition.duplicates else []
    told = list(zip(("the same picture", "nearly the same picture"), links, strict=False))
    return told + [(f"the same {field}", group_links(catalogue, field)) for field in definition.group_by]


def _kept(works: Column, labelled: Labelled) -> tuple[Column, Labelled]:
    """Only the works that keep a label."""
    kept = distinct(labelled.rows)
    rows = rows_of(kept, labelled.rows)
    return works[kept], Labelled(rows, labelled.values, labelled.names, len(kept), labelled.left_out)


def _fixed(catalogue: Catalogue, definition: LabelDefinition, works: Column) -> Column:
    """The parts that works must keep.

    That of the label set it is like, or of the version before; calibration for what was drawn in a round;
    test for what is too late to learn.
    """
    fixed = np.full(len(works), FREE, dtype=np.int64)
    if definition.like:
        keys, parts, _ = frozen.members(catalogue, catalogue.labels.find(definition.like).id)
        _place(fixed, works, keys, parts)
    versions = [row for row in catalogue.labels.list() if row.name == definition.name]
    if versions:
        drawn = [work for each in rounds(catalogue, versions[0].id) for work in each.works]
        _place(fixed, works, np.array(drawn, dtype=np.int64), PARTS.index(Part.CALIBRATION))
        if frozen.definition_of(versions[0]).splits_like(definition):
            keys, parts, _ = frozen.members(catalogue, versions[0].id)
            _place(fixed, works, keys, parts)
    if definition.split_at is not None:
        _place(fixed, works, late_works(catalogue, definition.split_at), PARTS.index(Part.TEST))
    return fixed


def _place(fixed: Column, works: Column, keys: Column, parts: Column | int) -> None:
    rows = rows_of(works, keys)
    fixed[rows[rows >= 0]] = parts if isinstance(parts, int) else parts[rows >= 0]


def _absent(values: Values, definition: LabelDefinition) -> Iterator[str]:
    for name in unnamed(values.labelled, definition):
        yield f"No work has '{name}', which the definition asks for."


def _crowds(kin: Column, definition: LabelDefinition) -> Iterator[str]:
    _, sizes = np.unique(kin, return_counts=True)
    largest = int(sizes.max())
    if largest > _CROWDED * len(kin) and largest > 1:
        shared = "' or '".join(definition.group_by)
        why = f"share '{shared}' or pictures" if shared else "show the same picture"
        yield (
            f"{largest:,} of {len(kin):,} works are kin because they {why}, and stand in one part: "
            "look at that value or picture."
        )
