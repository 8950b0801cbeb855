"""Freezing: a definition becomes a label set, on record with its works, labels and parts."""

from __future__ import annotations

import json
import tomllib
from array import array
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.catalogue import Catalogue
from cartellino.catalogue.labels import LabelSetRow
from cartellino.curate.choose import Labelled, choose
from cartellino.curate.definition import LabelDefinition
from cartellino.curate.kin import distinct, group_links, kin_of, rows_of, shown
from cartellino.curate.labelset import PARTS, LabelSet, frozen_hash, truth_of
from cartellino.curate.rounds import rounds
from cartellino.curate.sensitive import sensitive_among
from cartellino.curate.signed import signatures
from cartellino.curate.split import split
from cartellino.curate.strata import FREE
from cartellino.curate.values import read
from cartellino.progress import Progress
from cartellino.records import Part

Column = NDArray[np.int64]
_CROWDED = 0.1  # kin of a larger share of all works deserve a remark
_RECORD = "frozen"  # the section of the stored TOML that says what came of the rules


def freeze(catalogue: Catalogue, definition: LabelDefinition, progress: Progress) -> LabelSet:
    """Freeze a definition: its classes, works, labels, kin and parts.

    Frozen again when works or signatures have been added, it becomes a new version in which every work keeps
    its part; when nothing changed, it is the version there was. Other ratios, seed or kin rules split anew.

    Raises
    ------
    InputError
        If there is no such field.
    LabelError
        If nothing can be learnt from it as it is defined; the sentence says why, and what would help.
    """
    progress.start(f"Freezing {definition.name}", 4, "steps")
    pictures = shown(catalogue)
    works, labelled, remarks = read(
        catalogue, definition, signatures(catalogue, definition.name), distinct(pictures.works)
    )
    progress.advance()
    works, labelled = _held(works, choose(labelled, definition))
    links = pictures.links(works) if definition.duplicates else []
    if definition.group_by:
        links.append(group_links(catalogue, definition.group_by))
    kin = kin_of(works, links)
    progress.advance()
    parts = split(labelled, kin, definition, _fixed(catalogue, definition, works))
    progress.advance()
    noted = (*remarks, *_crowds(kin, definition))
    frozen = _save(catalogue, definition, works, labelled, kin, parts, noted)
    progress.advance()
    progress.finish()
    return frozen


def load(catalogue: Catalogue, name: str) -> LabelSet:
    """The newest label set called `name`, or the version that ``name@2`` asks for.

    Raises
    ------
    LabelError
        If there is none.
    """
    return _loaded(catalogue, catalogue.labels.find(name))


def load_by_key(catalogue: Catalogue, key: int) -> LabelSet:
    """The label set with this key in the catalogue."""
    return _loaded(catalogue, next(row for row in catalogue.labels.list() if row.id == key))


def _held(works: Column, labelled: Labelled) -> tuple[Column, Labelled]:
    """Only the works that keep a label."""
    held = distinct(labelled.rows)
    rows = rows_of(held, labelled.rows)
    return works[held], Labelled(rows, labelled.values, labelled.names, len(held), labelled.left_out)


def _fixed(catalogue: Catalogue, definition: LabelDefinition, works: Column) -> Column:
    """The parts that works must keep: that of the version before, and calibration for works of a round."""
    fixed = np.full(len(works), FREE, dtype=np.int64)
    versions = [row for row in catalogue.labels.list() if row.name == definition.name]
    if not versions:
        return fixed
    drawn = [work for each in rounds(catalogue, versions[0].id) for work in each.works]
    _place(fixed, works, np.array(drawn, dtype=np.int64), PARTS.index(Part.CALIBRATION))
    if _definition(versions[0]).splits_like(definition):
        keys, parts, _ = _members(catalogue, versions[0].id)
        _place(fixed, works, keys, parts)
    return fixed


def _place(fixed: Column, works: Column, keys: Column, parts: Column | int) -> None:
    rows = rows_of(works, keys)
    fixed[rows[rows >= 0]] = parts if isinstance(parts, int) else parts[rows >= 0]


def _crowds(kin: Column, definition: LabelDefinition) -> Iterator[str]:
    _, sizes = np.unique(kin, return_counts=True)
    largest = int(sizes.max())
    if largest > _CROWDED * len(kin) and largest > 1:
        why = f"share '{definition.group_by}' or pictures" if definition.group_by else "show the same picture"
        yield (
            f"{largest:,} of {len(kin):,} works are kin because they {why}, and stand in one part: "
            "look at that value or picture."
        )


def _save(
    catalogue: Catalogue,
    definition: LabelDefinition,
    works: Column,
    labelled: Labelled,
    kin: Column,
    parts: Column,
    remarks: tuple[str, ...],
) -> LabelSet:
    sensitive = sensitive_among(labelled.names, definition.sensitive)
    pairs = (labelled.rows, labelled.values)
    hashed = frozen_hash(definition.kind, labelled.names, sensitive, works, pairs, parts, kin)
    classes = [(name, name in sensitive) for name in labelled.names]
    told = definition.to_toml() + _record(labelled.left_out, remarks)
    members = _rows(works, labelled, kin, parts)
    row = catalogue.labels.save(definition.name, definition.kind, told, hashed, classes, members)
    return _assembled(row, classes, (works, parts, kin), pairs)


def _rows(
    works: Column, labelled: Labelled, kin: Column, parts: Column
) -> Iterator[tuple[int, str, int, tuple[int, ...]]]:
    starts = np.searchsorted(labelled.rows, np.arange(len(works) + 1)).tolist()
    values = labelled.values.tolist()
    columns = zip(works.tolist(), parts.tolist(), kin.tolist(), starts, starts[1:], strict=False)
    return ((work, PARTS[part], of, tuple(values[start:end])) for work, part, of, start, end in columns)


def _record(left_out: Mapping[str, int], remarks: tuple[str, ...]) -> str:
    """What came of the rules, as a TOML section beside them (JSON's strings are TOML's)."""
    lines = [
        "",
        f"[{_RECORD}]",
        f"remarks = {json.dumps(remarks, ensure_ascii=False)}",
        "",
        f"[{_RECORD}.left_out]",
    ]
    lines += [f"{json.dumps(reason, ensure_ascii=False)} = {works}" for reason, works in left_out.items()]
    return "\n".join(lines) + "\n"


def _told(row: LabelSetRow) -> tuple[LabelDefinition, dict[str, Any]]:
    rules = tomllib.loads(row.definition)
    record = rules.pop(_RECORD, {})
    return LabelDefinition.from_rules(rules, f"label set '{row.name}'"), record


def _definition(row: LabelSetRow) -> LabelDefinition:
    return _told(row)[0]


def _members(catalogue: Catalogue, key: int) -> tuple[Column, Column, Column]:
    """Works, places of their parts, and kin."""
    place = {part: number for number, part in enumerate(PARTS)}
    columns = array("q"), array("q"), array("q")
    for work, part, kin in catalogue.labels.members(key):
        for column, value in zip(columns, (work, place[part], kin), strict=True):
            column.append(value)
    works, parts, relatives = (np.array(column, dtype=np.int64) for column in columns)
    return works, parts, relatives


def _loaded(catalogue: Catalogue, row: LabelSetRow) -> LabelSet:
    members = _members(catalogue, row.id)
    given = np.fromiter((each for pair in catalogue.labels.given(row.id) for each in pair), dtype=np.int64)
    pairs = (rows_of(members[0], given[0::2]), given[1::2])
    return _assembled(row, catalogue.labels.classes(row.id), members, pairs)


def _assembled(
    row: LabelSetRow,
    classes: list[tuple[str, bool]],
    members: tuple[Column, Column, Column],
    pairs: tuple[Column, Column],
) -> LabelSet:
    works, parts, kin = members
    definition, record = _told(row)
    return LabelSet(
        id=row.id,
        name=row.name,
        version=row.version,
        kind=row.kind,
        classes=tuple(label for label, _ in classes),
        sensitive=frozenset(label for label, sensitive in classes if sensitive),
        definition=definition,
        hash=row.hash,
        works=works,
        truth=truth_of(row.kind, *pairs, len(works), len(classes)),
        parts=np.array(PARTS)[parts],
        kin=kin,
        left_out=record.get("left_out", {}),
        remarks=tuple(record.get("remarks", ())),
    )
