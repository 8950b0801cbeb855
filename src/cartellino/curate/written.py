"""A definition as TOML, and back: short to write by hand, complete when kept."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import MISSING, fields
from typing import TYPE_CHECKING, Any

from cartellino.curate.merges import Edge
from cartellino.curate.rules import Exclude, Filter, Join, Rule, SplitAt
from cartellino.errors import LabelError

if TYPE_CHECKING:
    from cartellino.curate.definition import LabelDefinition

_TABLES: dict[str, type[Rule]] = {"join": Join, "split_at": SplitAt}
_ARRAYS: dict[str, type[Rule]] = {"where": Filter, "exclude": Exclude}
_MAPPINGS = ("ratios", "policies")
_EDGE_KEYS = {"source": "from", "target": "to", "reason": "reason"}


def written(definition: LabelDefinition) -> str:
    """The definition as TOML; rules at their default are left out, apart from the ratios."""
    lines = [*_plain(definition)]
    lines += ["", "[ratios]", *_entries(definition.ratios)]
    if definition.policies:
        lines += ["", "[policies]", *_entries(definition.policies)]
    for name in _TABLES:
        if rule := getattr(definition, name):
            lines += ["", f"[{name}]", *_entries(rule.told())]
    for name in _ARRAYS:
        for rule in getattr(definition, name):
            lines += ["", f"[[{name}]]", *_entries(rule.told())]
    for edge in definition.merges:
        told = {key: getattr(edge, part) for part, key in _EDGE_KEYS.items()}
        kind = {"kind": edge.kind} if edge.kind else {}
        lines += ["", "[[merges]]", *_entries(told | kind)]
    return "\n".join(lines) + "\n"


def rules_of(text: str, where: str) -> dict[str, Any]:
    """What a TOML file tells.

    Raises
    ------
    LabelError
        If it is not TOML.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LabelError(f"the definition cannot be read: {error}", where, "Mend that line.") from error


def refuse_unknown(told: Mapping[str, object], known: Collection[str], where: str) -> None:
    """Refuse rules that there are not, and a definition without what it needs.

    Raises
    ------
    LabelError
        With the rules there are.
    """
    for rule in told:
        if rule not in known:
            raise LabelError(f"there is no rule '{rule}'", where, f"There are: {', '.join(sorted(known))}.")
    for rule in ("name", "field"):
        if rule not in told:
            raise LabelError(f"the definition has no '{rule}'", where, f'Add a line: {rule} = "…"')


def read(told: Mapping[str, Any], where: str) -> dict[str, Any]:
    """What a definition is made of: tables become rules."""
    made = dict(told)
    for name, rule in _TABLES.items():
        if name in told:
            made[name] = rule.read(told[name], where)
    for name, rule in _ARRAYS.items():
        made[name] = tuple(rule.read(each, where) for each in told.get(name, ()))
    made["merges"] = tuple(_edge(each) for each in told.get("merges", ()))
    return made


def _plain(definition: LabelDefinition) -> Iterator[str]:
    """Rules that stand on a line each, where they differ from the default."""
    apart = {*_TABLES, *_ARRAYS, *_MAPPINGS, "merges"}
    for entry in fields(definition):
        value = getattr(definition, entry.name)
        if entry.name not in apart and (entry.default is MISSING or value != entry.default):
            yield f"{entry.name} = {_toml(value)}"


def _entries(told: Mapping[str, Any]) -> list[str]:
    return [f"{_key(key)} = {_toml(value)}" for key, value in told.items()]


def _edge(told: Mapping[str, str]) -> Edge:
    return Edge(told["from"], told["to"], told.get("reason", ""), told.get("kind", ""))


def _key(key: str) -> str:
    return key if key.isascii() and key.replace("_", "").isalnum() else _toml(key)


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return f"[{', '.join(_toml(each) for each in value)}]"
    if isinstance(value, str):
        # JSON's strings are TOML's basic strings but for DEL, which TOML wants escaped.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return repr(value)
