"""A model as people hold it: its weights when they are needed, and its report at hand."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from cartellino.catalogue.models import ModelRow
    from cartellino.classify.recipe import Recipe
    from cartellino.classify.saved import TrainedModel
    from cartellino.curate.labelset import LabelSet
    from cartellino.features.backbone import Backbone

_HASH_LENGTH = 8


@dataclass(frozen=True)
class Page:
    """A written page for people, the same as JSON for machines beside it.

    Parameters
    ----------
    file : Path
        The page.
    """

    file: Path

    @cached_property
    def data(self) -> dict[str, Any]:
        """What the page says, as JSON's objects."""
        found: dict[str, Any] = json.loads(self.file.with_suffix(".json").read_text(encoding="utf-8"))
        return found

    def show(self) -> Self:
        """Show the page where one is shown: in a notebook, by being the last value of a cell."""
        return self

    def _repr_html_(self) -> str:
        import html

        page = html.escape(self.file.read_text(encoding="utf-8"), quote=True)
        return f'<iframe srcdoc="{page}" style="width:100%;height:48rem;border:0"></iframe>'


class Report(Page):
    """The report of an evaluation."""

    def rows(self) -> list[list[str]]:
        """The headline figures: name, value and interval, ready to print."""
        from cartellino.evaluate.summary import headline_rows

        return headline_rows(self.data)


@dataclass(frozen=True)
class Model:
    """A trained recipe on a label set.

    Parameters
    ----------
    row : ModelRow
        Its entry in the catalogue.
    folder : Path
        Where its weights and card lie.
    report : Report
        What was measured after training.
    label_set : LabelSet
        What it learnt.
    backbone : Backbone
        What its features must come from.
    """

    row: ModelRow
    folder: Path
    report: Report
    label_set: LabelSet
    backbone: Backbone

    @property
    def name(self) -> str:
        """Its name, which is that of its folder."""
        return self.row.name

    @cached_property
    def trained(self) -> TrainedModel:
        """The classifier itself, read from its folder.

        Raises
        ------
        ModelError
            If it was trained on other features, or its files were changed.
        """
        from cartellino.classify.saved import load

        return load(self.folder, self.backbone)


def name_of(label_set: LabelSet, recipe: Recipe, seen: str, seed: int) -> str:
    """The name of the model that these make; `seen` is the hash of what it sees.

    Two trainings that differ in anything that matters get two folders, and none is done twice.
    """
    makings = "\n".join((label_set.hash, recipe.to_json(), seen, str(seed)))
    return f"{label_set.name}-{recipe.name}-{hashlib.sha256(makings.encode()).hexdigest()[:_HASH_LENGTH]}"
