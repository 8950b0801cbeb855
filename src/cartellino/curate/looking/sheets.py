"""Sample sheets: for each class a few works drawn by the seed, as they would hang side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cartellino.catalogue import Catalogue
from cartellino.curate.looking.sample import Sample
from cartellino.curate.looking.thumbs import inline, thumbnail
from cartellino.pictures.store import PictureStore
from cartellino.show.wall_label import WallLabel, wall_label

FEW_CLASSES = 12  # up to so many, two rows of larger pictures; beyond, one
_ROW = 6
_SIDES = (200, 144)  # pixels: a page of forty classes stays a few megabytes


@dataclass(frozen=True)
class Hung:
    """A work on a sheet: its label, its museum's id, and its picture as the address a page gives it."""

    label: WallLabel
    work_id: str
    address: str
    width: int
    height: int


def sheets(
    catalogue: Catalogue, sample: Sample, store: PictureStore, classes: Sequence[int]
) -> dict[int, list[Hung]]:
    """The works to hang for each of some classes, by its place."""
    few = len(classes) <= FEW_CLASSES
    most, side = (2 * _ROW, _SIDES[0]) if few else (_ROW, _SIDES[1])
    return {
        each: [
            hung
            for place in sample.drawn[each][:most].tolist()
            if (hung := hang(catalogue, sample, store, place, side)) is not None
        ]
        for each in classes
    }


def hang(catalogue: Catalogue, sample: Sample, store: PictureStore, place: int, side: int) -> Hung | None:
    """One work of the sample; None if its picture can no longer be decoded."""
    view = sample.views[place]
    small = thumbnail(view, store, side)
    if small is None:
        return None
    told = catalogue.works.entry(view.work)
    label = wall_label(told.columns, told.title, told.accession, told.work_id)
    return Hung(label, told.work_id, inline(small), *small.size)
