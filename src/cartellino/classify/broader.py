"""A model of fine classes answers with broad ones, without learning anew: probabilities add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from cartellino.curate.grouping import grouping
from cartellino.errors import LabelError
from cartellino.version import VERSION

if TYPE_CHECKING:
    from cartellino.classify.trained import TrainedModel
    from cartellino.curate.definition import LabelDefinition
    from cartellino.curate.labelset import LabelSet
    from cartellino.curate.merges import Edge


def broader_definition(fine: LabelSet, name: str, edges: Sequence[Edge]) -> LabelDefinition:
    """The definition of the broad label set: that of the fine one, merged further, its works' parts kept.

    Raises
    ------
    LabelError
        If a work may have several labels, of which probabilities do not add up; or the edges lead nowhere.
    """
    if fine.kind != "single":
        raise LabelError(
            "probabilities of several labels a work do not add up",
            fine.title,
            "Define a label set with these merges, and train it.",
        )
    broad, _ = grouping(fine.classes, edges)
    if set(broad) == set(fine.classes):
        raise LabelError(
            "none of these merges leaves a class of it",
            fine.title,
            f"Its classes: {', '.join(fine.classes[:12])}.",
        )
    return replace(
        fine.definition,
        name=name,
        merges=(*fine.definition.merges, *edges),
        only=tuple(broad),
        min_works=1,
        top=None,
        like=fine.title,
    )


def broader(model: TrainedModel, fine: LabelSet, broad: LabelSet, edges: Sequence[Edge]) -> TrainedModel:
    """The model of `fine`, answering with the classes of `broad`.

    Parameters
    ----------
    model : TrainedModel
        Trained on `fine`; it may itself be a broader one.
    fine, broad : LabelSet
        What it learnt, and what it is to answer with; see `broader_definition`.
    edges : sequence of Edge
        What lies within what.

    Raises
    ------
    LabelError
        If a broad class has no work, so that nothing could be measured of it.
    """
    names, matrix = grouping(fine.classes, edges)
    lacking = [name for name in names if name not in broad.classes]
    if lacking:
        raise LabelError(f"no work of it has '{lacking[0]}'", broad.title, "Take that merge out.")
    order = [names.index(label) for label in broad.classes]
    groups = matrix[:, order] if model.groups is None else model.groups @ matrix[:, order]
    provenance = replace(model.provenance, version=VERSION, label_set=broad.title, label_set_hash=broad.hash)
    return replace(
        model,
        classes=tuple(broad.classes),
        groups=np.ascontiguousarray(groups),
        provenance=provenance,
        choice={**model.choice, "grouped": f"from {model.name}, trained on {fine.title}"},
    )
