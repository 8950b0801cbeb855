"""The figures of a study: those that its tables ask for, of every run that was made."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from cartellino.evaluate import drawings as evaluated
from cartellino.show.drawing import Drawing
from cartellino.studies.drawn import augmented, labelled, layers, likeness, maps, spoken
from cartellino.studies.drawn.pairs import pairs
from cartellino.studies.run import Done, Tabled

if TYPE_CHECKING:
    from cartellino.museum import Museum

Drawer = Callable[["Museum", Tabled, Done], Drawing | None]


def drawings(museum: Museum, tabled: Sequence[Tabled]) -> dict[str, list[Drawing]]:
    """The figures of each table, by its title, in the order in which it asks for them.

    Parameters
    ----------
    museum : Museum
        The collection that it was carried out on, for its pictures.
    tabled : sequence of Tabled
        What was carried out.
    """
    return {each.table.title: list(_of(museum, each)) for each in tabled}


def _of(museum: Museum, tabled: Tabled) -> Iterator[Drawing]:
    for kind in tabled.table.figures:
        for place, done in enumerate(tabled.rows):
            drawn = DRAWERS[kind](museum, tabled, done) if done.models else None
            if drawn is not None:
                named = _word(f"{tabled.table.title}-{place + 1}-{kind}")
                of_the_labels = kind in _OF_THE_LABELS
                see = drawn.see if of_the_labels else f"{done.run.called}. {drawn.see}"
                yield replace(drawn, name=named, see=see)
                if of_the_labels:
                    break


def _measured(kind: str) -> Drawer:
    """A figure that the report of the run's model has too."""

    def drawn(museum: Museum, tabled: Tabled, done: Done) -> Drawing | None:
        return evaluated.drawing(kind, done.models[0].report.data)

    return drawn


def _word(told: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", told.lower()).strip("-")


# What a table may ask for; those of the labels are the same for every run.
_OF_THE_LABELS = ("data", "funnel", "samples", "intensities")
DRAWERS: dict[str, Drawer] = {
    **{kind: _measured(kind) for kind in evaluated.DRAWERS},
    "architecture": layers.architecture,
    "augmentation": augmented.augmentation,
    "words": spoken.word_histograms,
    "keypoints": spoken.keypoints,
    "funnel": labelled.funnel,
    "samples": labelled.samples,
    "intensities": labelled.intensities,
    "pairs": pairs,
    "distances": likeness.distances,
    "chord": likeness.chord,
    "heat": maps.heat,
    "feature-maps": maps.feature_maps,
}
