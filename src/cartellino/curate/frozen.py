"""What was frozen, on record: written whole with the definition it came from, and read back."""

from __future__ import annotations

import json
import tomllib
from array import array
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from cartellino.catalogue import Catalogue
from cartellino.catalogue.labels import LabelSetRow
from cartellino.curate.choose import Labelled
from cartellino.curate.definition import LabelDefinition
from cartellino.curate.labelset import PARTS, LabelSet, frozen_hash, truth_of
from cartellino.curate.pairs import Column, rows_of
from cartellino.curate.sensitive import AUDIT_ONLY, FILE, policy_of

_RECORD = "frozen"  # the section of the stored TOML that says what came of the rules


@dataclass(frozen=True)
class Record:
    """What came of the rules: works left out by reason, remarks, and the funnel from all works to these."""

    left_out: dict[str, int]
    remarks: tuple[str, ...]
    funnel: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Content:
    """What is frozen: keys of works, their labels, kin and places of parts; and the works kept aside."""

    works: Column
    labelled: Labelled
    kin: Column
    parts: Column
    held: Column


def save(
    catalogue: Catalogue, definition: LabelDefinition, content: Content, record: Record, by: str
) -> LabelSet:
    """Keep it as the next version of its name; the version there is, if nothing in it differs."""
    labelled = content.labelled
    policies = {
        label: policy_of(label, definition.sensitive, definition.policies) for label in labelled.names
    }
    sensitive = frozenset(label for label, policy in policies.items() if policy != FILE)
    hashed = frozen_hash(_said(definition, policies), *_columns(content))
    before = next((row for row in catalogue.labels.list() if row.name == definition.name), None)
    with catalogue.transaction():
        row = catalogue.labels.save(
            definition.name,
            definition.kind,
            definition.to_toml() + _toml(record),
            hashed,
            [(name, name in sensitive) for name in labelled.names],
            _rows(content),
            policies=policies,
            held=content.held.tolist(),
        )
        if before is None or row.id != before.id:
            earlier = None if before is None else definition_of(before)
            catalogue.policies.changed(row.id, _changes(definition, earlier, labelled.names), by)
    kept = content.works, content.parts, content.kin
    return _assembled(catalogue, row, kept, (labelled.rows, labelled.values), content.held)


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


def definition_of(row: LabelSetRow) -> LabelDefinition:
    """The definition that a version was frozen from."""
    return _told(row)[0]


def members(catalogue: Catalogue, key: int) -> tuple[Column, Column, Column]:
    """Works, places of their parts, and kin."""
    told = np.dtype([("work", "i8"), ("part", f"U{max(map(len, PARTS))}"), ("kin", "i8")])
    rows = np.fromiter(catalogue.labels.members(key), dtype=told)
    parts = np.zeros(len(rows), np.int64)
    for place, part in enumerate(PARTS):
        parts[rows["part"] == part] = place
    return np.ascontiguousarray(rows["work"]), parts, np.ascontiguousarray(rows["kin"])


def _said(definition: LabelDefinition, policies: dict[str, str]) -> list[Any]:
    """What enters the hash beside numbers; rules that are not used leave it as it always was."""
    said: list[Any] = [definition.kind, list(policies), [policy != FILE for policy in policies.values()]]
    audited = [label for label, policy in policies.items() if policy == AUDIT_ONLY]
    scope: list[Any] = [rule.told() for rule in (*definition.where, *definition.exclude)]
    scope += definition.otherwise
    return [*said, *([audited, scope] if audited or scope else [])]


def _columns(content: Content) -> list[Column]:
    labelled = content.labelled
    columns = [content.works, labelled.rows, labelled.values, content.parts, content.kin]
    return [*columns, *([content.held] if len(content.held) else [])]


def _changes(
    definition: LabelDefinition, before: LabelDefinition | None, classes: tuple[str, ...]
) -> Iterator[tuple[str, str, str]]:
    """Labels with another policy than in the version before; in the first, than in the shipped list."""
    told = {} if before is None else before.policies
    for label in sorted({*classes, *definition.policies, *told}):
        now = policy_of(label, definition.sensitive, definition.policies)
        then = policy_of(label) if before is None else policy_of(label, before.sensitive, before.policies)
        if now != then:
            yield label, then, now


def _rows(content: Content) -> Iterator[tuple[int, str, int, tuple[int, ...]]]:
    labelled = content.labelled
    starts = np.searchsorted(labelled.rows, np.arange(len(content.works) + 1)).tolist()
    values = labelled.values.tolist()
    columns = zip(
        content.works.tolist(), content.parts.tolist(), content.kin.tolist(), starts, starts[1:], strict=False
    )
    return ((work, PARTS[part], of, tuple(values[start:end])) for work, part, of, start, end in columns)


def _toml(record: Record) -> str:
    """A TOML section beside the rules (JSON's strings and lists are TOML's)."""
    told = asdict(record)
    lines = ["", f"[{_RECORD}]"]
    lines += [f"{name} = {json.dumps(told[name], ensure_ascii=False)}" for name in ("remarks", "funnel")]
    lines += ["", f"[{_RECORD}.left_out]"]
    lines += [f"{json.dumps(reason, ensure_ascii=False)} = {n}" for reason, n in record.left_out.items()]
    return "\n".join(lines) + "\n"


def _told(row: LabelSetRow) -> tuple[LabelDefinition, dict[str, Any]]:
    rules = tomllib.loads(row.definition)
    record = rules.pop(_RECORD, {})
    return LabelDefinition.from_rules(rules, f"label set '{row.name}'"), record


def _loaded(catalogue: Catalogue, row: LabelSetRow) -> LabelSet:
    kept = members(catalogue, row.id)
    given = np.fromiter(catalogue.labels.given(row.id), dtype=np.dtype([("work", "i8"), ("place", "i8")]))
    held = np.array(array("q", catalogue.labels.held(row.id)), dtype=np.int64)
    return _assembled(catalogue, row, kept, (rows_of(kept[0], given["work"]), given["place"]), held)


def _assembled(
    catalogue: Catalogue,
    row: LabelSetRow,
    kept: tuple[Column, Column, Column],
    pairs: tuple[Column, Column],
    held: Column,
) -> LabelSet:
    works, parts, kin = kept
    classes = catalogue.labels.classes(row.id)
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
        funnel=tuple((step, count) for step, count in record.get("funnel", ())),
        policies=catalogue.labels.policies(row.id),
        held=held,
    )
