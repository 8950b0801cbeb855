"""The figures of a study: those that its tables ask for, of every run that was made."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from cartellino.evaluate import drawings as evaluated
from cartellino.show.drawing import Drawing
from cartellino.studies.run import Done, Tabled
from cartellino.studies.study import FIGURES

Drawer = Callable[[Tabled, Done], Drawing | None]


def drawings(tabled: Sequence[Tabled]) -> dict[str, list[Drawing]]:
    """The figures of each table, by its title, in the order in which it asks for them."""
    return {each.table.title: list(_of(each)) for each in tabled}


def _of(tabled: Tabled) -> Iterator[Drawing]:
    for kind in tabled.table.figures:
        for place, done in enumerate(tabled.rows):
            drawn = DRAWERS[kind](tabled, done) if done.models else None
            if drawn is not None:
                named = _word(f"{tabled.table.title}-{place + 1}-{kind}")
                of_the_labels = kind in _OF_THE_LABELS
                see = drawn.see if of_the_labels else f"{done.run.called}. {drawn.see}"
                yield replace(drawn, name=named, see=see)
                if of_the_labels:
                    break


def _measured(kind: str) -> Drawer:
    """A figure that the report of the run's model has too."""

    def drawn(tabled: Tabled, done: Done) -> Drawing | None:
        return evaluated.drawings(done.models[0].report.data).get(kind)

    return drawn


def _word(told: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", told.lower()).strip("-")


# What a table may ask for; those of the labels are the same for every run.
_OF_THE_LABELS = ("data",)
DRAWERS: dict[str, Drawer] = {kind: _measured(kind) for kind in FIGURES}
