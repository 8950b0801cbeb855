"""Figures of a table’s label set, whatever learnt it: the way to its works, and first looks at them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cartellino.records import Part
from cartellino.show import figures, words
from cartellino.show.charts.hanging import Hung
from cartellino.show.drawing import Drawing
from cartellino.studies.drawn.chosen import drawn, seen

if TYPE_CHECKING:
    from cartellino.curate.labelset import LabelSet
    from cartellino.museum import Museum
    from cartellino.studies.run import Done, Tabled

_CLASSES, _EACH, _SIDE = 12, 6, 320
_SPARE = 2  # times as many are drawn as are hung, for pictures that can no longer be decoded
_SEED = 0


def funnel(museum: Museum, tabled: Tabled, done: Done) -> Drawing | None:
    """The way from all works of the collection to the parts, as the report of the label set draws it."""
    from cartellino.curate.looking import way

    return way.funnel(done.models[0].label_set)


def intensities(museum: Museum, tabled: Tabled, done: Done) -> Drawing | None:
    """Grey levels by class, as the report of the label set draws them."""
    from cartellino.curate.looking import light, pixels, sample
    from cartellino.curate.looking.looked import SHOWN

    label_set = done.models[0].label_set
    looked_at = sample.draw(museum.catalogue, label_set, _SEED)
    found = pixels.look(looked_at, museum.pictures, museum.progress)
    if not found.seen.any():
        return None
    return light.intensities(label_set, looked_at, found, sample.largest(label_set, SHOWN))


def samples(museum: Museum, tabled: Tabled, done: Done) -> Drawing | None:
    """Some works of each of the commonest classes, of those that are learnt from."""
    label_set = done.models[0].label_set
    hung = list(_hung(museum, label_set))
    if not hung:
        return None
    see = "What a class has in common should be plain to the eye, or a network will look for something else."
    every = len(hung) == len(label_set.classes)
    which = "class" if every else f"of the {len(hung)} commonest of {len(label_set.classes)} classes"
    told = (
        f"Works learnt from, drawn by the seed and not chosen, {_EACH} at most of each {which} as catalogued."
    )
    return Drawing("samples", figures.hangings(hung), see, told)


def _hung(museum: Museum, label_set: LabelSet) -> Iterator[Hung]:
    from cartellino.curate.looking.sample import largest

    learnt = label_set.of(Part.TRAIN)
    for place in largest(label_set, _CLASSES):
        has = label_set.has(place)
        works = label_set.works[drawn(learnt[has[learnt]], _EACH * _SPARE, (_SEED, place))].tolist()
        pictures = seen(museum, works, _SIDE)
        shown = [pictures[work] for work in works if work in pictures][:_EACH]
        if shown:
            yield Hung(label_set.classes[place], words.count(int(has.sum()), "work"), shown)
