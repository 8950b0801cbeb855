"""How far the classes of a table lie apart in the eyes of its best run, after Chen and Chen 2020."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cartellino.metrics import distances as measuring
from cartellino.records import Part

if TYPE_CHECKING:
    from cartellino.curate.labelset import LabelSet
    from cartellino.museum import Museum
    from cartellino.studies.run import Done
    from cartellino.studies.study import Table

KINDS = ("distances", "chord")
_FEWEST_CLASSES = 3  # two have one distance, and nothing to compare it with
_FIGURES = ("distance", "corrected", "low", "high", "similarity")
_COLUMNS = ("table", "run", "class", "other", "works", "works_other", *_FIGURES)


@dataclass(frozen=True)
class Distances:
    """Distances between the classes of a label set.

    Parameters
    ----------
    done : Done
        The run in whose eyes they are.
    rivals : int
        The runs of which it is the best, itself among them.
    measure : str
        By which it is.
    classes : tuple of str
        The classes that could be measured.
    works : tuple of int
        Works of each that have a picture.
    unseen : int
        How many of them all the run had not learnt from.
    left_out : tuple of str
        Classes of too few works.
    apart : Apart
        How far they are apart.
    """

    done: Done
    rivals: int
    measure: str
    classes: tuple[str, ...]
    works: tuple[int, ...]
    unseen: int
    left_out: tuple[str, ...]
    apart: measuring.Apart

    @property
    def alike(self) -> NDArray[np.float64]:
        """Normalised similarity (k, k), by the corrected distances."""
        return measuring.similarity(self.apart.corrected)

    def told(self) -> dict[str, Any]:
        """All of it as JSON's objects; 'pairs' has every pair both ways, each class's nearest first."""
        return {
            "run": self.done.run.called,
            "model": self.done.models[0].name,
            "unseen": self.unseen,
            "left_out": list(self.left_out),
            "spread": self.apart.spread,
            "pairs": self._pairs(),
        }

    def _pairs(self) -> list[dict[str, Any]]:
        found, alike = self.apart, self.alike
        tables = (found.measured, found.corrected, found.low, found.high, alike)
        return [
            {
                "class": self.classes[one],
                "other": self.classes[other],
                "works": self.works[one],
                "works_other": self.works[other],
                **{name: float(each[one, other]) for name, each in zip(_FIGURES, tables, strict=True)},
            }
            for one, row in enumerate(found.corrected)
            for other in np.argsort(row, kind="stable").tolist()
            if one != other
        ]


def measured(museum: Museum, table: Table, label_set: LabelSet, rows: Sequence[Done]) -> Distances | None:
    """Measure the classes of a table in the eyes of its best run, where the table asks for it.

    As the study did, every picture is looked at, those among them that the run has learnt from. Works count
    once, however many pictures show them, and kin are one observation.

    Returns
    -------
    Distances or None
        None if works have several labels, if no run was made that has traits, or if fewer than three classes
        have works enough.

    Raises
    ------
    CartellinoError
        If a picture or a feature is gone.
    """
    from cartellino.classify.traits import traits

    asked = label_set.kind == "single" and set(KINDS) & set(table.figures)
    made = _ranked(table, rows) if asked else []
    if not made:
        return None
    model = made[0].models[0].trained
    dataset = museum.dataset(label_set, model.recipe)
    of_works = measuring.means(traits(model, dataset, museum.progress), dataset.owner, len(label_set.works))
    known = np.bincount(dataset.owner, minlength=len(label_set.works)) > 0
    return _between(table, made, label_set, of_works, known)


def _between(
    table: Table,
    made: Sequence[Done],
    label_set: LabelSet,
    of_works: NDArray[Any],
    known: NDArray[np.bool_],
) -> Distances | None:
    """Distances by the traits (n, d) of works, of which some have a picture and are `known`."""
    truth, kin = label_set.truth, label_set.kin
    able = measuring.measurable(truth[known], kin[known], len(label_set.classes))
    if able.sum() < _FEWEST_CLASSES:
        return None
    kept = np.flatnonzero(known & able[truth])
    places = (np.cumsum(able) - 1)[truth[kept]]
    return Distances(
        done=made[0],
        rivals=len(made),
        measure=_measure(table),
        classes=_of(label_set.classes, able),
        works=tuple(np.bincount(places).tolist()),
        unseen=int(np.isin(label_set.parts[kept], (Part.TEST.value, Part.CALIBRATION.value)).sum()),
        left_out=_of(label_set.classes, ~able),
        apart=measuring.apart(of_works[kept], places, kin[kept], int(able.sum())),
    )


def rows_as_csv(data: Mapping[str, Any]) -> str:
    """The distances of every table that has some; '' if none has."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    having = [table for table in data["tables"] if table["distances"]]
    for table in having:
        head = {"table": table["title"], "run": table["distances"]["run"]}
        for pair in table["distances"]["pairs"]:
            writer.writerow(head | pair | {name: f"{pair[name]:.5g}" for name in _FIGURES})
    return stream.getvalue() if having else ""


def _ranked(table: Table, rows: Sequence[Done]) -> list[Done]:
    """The runs that were made and have traits, the best first; of equals, the first of the table."""
    from cartellino.classify.traits import has_traits

    told = [[each["value"] for each in done.measured.get(_measure(table), [])] for done in rows]
    scored = [
        (float(np.mean(values)), done)
        for values, done in zip(told, rows, strict=True)
        if values and None not in values and has_traits(done.models[0].trained)
    ]
    return [done for _, done in sorted(scored, key=lambda each: -each[0])]


def _measure(table: Table) -> str:
    """The first measure of the test part, as every run has a figure of that; else the first of all."""
    return next((key for key in table.measures if "." not in key), table.measures[0])


def _of(classes: Sequence[str], chosen: NDArray[np.bool_]) -> tuple[str, ...]:
    return tuple(classes[place] for place in np.flatnonzero(chosen).tolist())
