"""Models as rows: what was trained on which label set, when. Their weights are in folders of their own."""

from __future__ import annotations

import difflib
import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cartellino.catalogue.clock import now
from cartellino.catalogue.database import Database
from cartellino.errors import ModelError

_COLUMNS = "id, name, label_set, recipe, backbone, card, trained_at"


@dataclass(frozen=True, slots=True)
class ModelRow:
    """A trained model: `name` is its folder below ``models/``, `card` its provenance and headline figures."""

    id: int
    name: str
    label_set: int
    recipe: str
    backbone: str
    card: dict[str, Any]
    trained_at: str


class Models:
    """The models of a catalogue; made by Catalogue."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, name: str, label_set: int, recipe: str, backbone: str, card: Mapping[str, Any]) -> int:
        """Note a model that was trained, and return its key.

        Raises
        ------
        ModelError
            If there is a model of this name.
        """
        try:
            return self._database.insert(
                "INSERT INTO model (name, label_set, recipe, backbone, card, trained_at) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (name, label_set, recipe, backbone, json.dumps(dict(card), ensure_ascii=False), now()),
            )
        except sqlite3.IntegrityError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_CONSTRAINT_UNIQUE:
                raise
            raise ModelError(
                f"there is a model called '{name}' already", "", "Choose another name."
            ) from error

    def find(self, name: str) -> ModelRow:
        """The model called `name`.

        Raises
        ------
        ModelError
            If there is none; the sentence names those there are.
        """
        row = self._database.one(f"SELECT {_COLUMNS} FROM model WHERE name = ?", (name,))
        if row is None:
            names = [model.name for model in self.list()]
            near = difflib.get_close_matches(name, names) or names
            do = f"There are: {', '.join(near)}." if near else "Train one with 'cartellino train'."
            raise ModelError(f"there is no model '{name}'", "", do)
        return _model(row)

    def list(self, label_set: int | None = None) -> list[ModelRow]:
        """All models, or those of one label set, the newest first."""
        rows = self._database.rows(
            f"SELECT {_COLUMNS} FROM model WHERE ?1 IS NULL OR label_set = ?1 ORDER BY id DESC", (label_set,)
        )
        return [_model(row) for row in rows]

    def newest(self, label_set: int) -> ModelRow:
        """The model of this label set that was trained last.

        Raises
        ------
        ModelError
            If none was trained.
        """
        models = self.list(label_set)
        if not models:
            name = self._database.value("SELECT name FROM label_set WHERE id = ?", (label_set,)) or label_set
            raise ModelError(
                f"no model has been trained on label set '{name}'", "", f"Train one: cartellino train {name}"
            )
        return models[0]


def _model(row: Sequence[Any]) -> ModelRow:
    key, name, label_set, recipe, backbone, card, trained_at = row
    return ModelRow(key, name, label_set, recipe, backbone, json.loads(card), trained_at)
