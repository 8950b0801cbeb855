"""The cells of records whose keys are documented: the same columns always, and nothing lost of the rest."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

from cartellino.acquire.flatten import Shape
from cartellino.acquire.tables.several import Several

OTHER = "other"


class FixedShape:
    """Columns for the keys that a museum documents, and a last one for whatever else a record holds.

    Columns are made as `cartellino.acquire.flatten.Shape` makes them; what does not fit into them as the
    documentation says stands in 'other', as JSON.

    Parameters
    ----------
    keys : mapping of str to sequence of str
        The documented keys in order, each with the parts of its entries if it is a list of them, else ().
    """

    def __init__(self, keys: Mapping[str, Sequence[str]]) -> None:
        self._keys = keys
        self._shape = Shape()
        self._shape.learn({key: [dict.fromkeys(parts)] if parts else "" for key, parts in keys.items()})

    def header(self) -> list[str]:
        """Names of the columns."""
        return [*self._shape.header(), OTHER]

    def cells(self, record: Mapping[str, Any]) -> tuple[tuple[str | None, ...], Several]:
        """The cells of a record, and those that hold several values."""
        fitting = {key: value for key, value in record.items() if self._has_place(key, value)}
        other = {key: value for key, value in record.items() if not self._says_all(key, value)}
        cells, several = self._shape.cells(fitting)
        return (*cells, json.dumps(other, ensure_ascii=False) if other else ""), several

    def _has_place(self, key: str, value: object) -> bool:
        return key in self._keys and (not self._keys[key] or value is None or _is_entries(value))

    def _says_all(self, key: str, value: Any) -> bool:
        """Whether the columns of a key hold all of its value."""
        if not self._has_place(key, value):
            return False
        parts = self._keys[key]
        return not parts or all(part in parts for entry in value or () for part in entry)


@cache
def documented(museum: str) -> FixedShape:
    """The columns of a museum's records, as ``documented.toml`` has them."""
    told = (
        resources.files("cartellino.acquire.museums").joinpath("documented.toml").read_text(encoding="utf-8")
    )
    keys = tomllib.loads(told)[museum]
    entries = keys.get("entries", {})
    return FixedShape({key: entries.get(key, ()) for key in keys["keys"]})


def _is_entries(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(entry, dict) for entry in value)
