"""The figures of the report of a label set."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cartellino.curate.labelset import PARTS
from cartellino.curate.looking.light import intensities, sampled
from cartellino.curate.looking.looked import Looked
from cartellino.curate.looking.way import funnel
from cartellino.show import figures, words
from cartellino.show.drawing import Drawing


def drawings(found: Looked, data: Mapping[str, Any]) -> dict[str, Drawing]:
    """All figures that there is data for, by name."""
    made = [
        funnel(found.label_set),
        _counts(found),
        _coverage(data),
        _centuries(found),
        _together(found),
        *([_light(found), _shapes(found)] if found.pixels.seen.any() else []),
        _cues(data),
    ]
    return {drawing.name: drawing for drawing in made if drawing is not None}


def _counts(found: Looked) -> Drawing:
    of = found.label_set
    counts = [of.counts(place) for place in range(len(of.classes))]
    parts = {part: [each[part] for each in counts] for part in PARTS if len(of.of(part))}
    figure = figures.class_counts(of.classes, parts, unit="work" if of.kind == "single" else "label")
    see = "Classes with short bars are learnt from little, and measured on less."
    return Drawing(
        "counts", figure, see, f"Works by class and part, n = {words.count(len(of.works), 'work')}."
    )


def _coverage(data: Mapping[str, Any]) -> Drawing:
    of = data["works_in_catalogue"]
    filled = [each for each in data["fields"] if each["works"]]
    figure = figures.coverage(
        [each["field"] for each in filled],
        [min(1.0, each["works"] / max(1, of)) for each in filled],
        of,
        "share of all works with a value",
        data["label_set"]["fields"],
    )
    see = "Short bars are fields that few works could be told by; in blue, what this label set learns."
    empty = len(data["fields"]) - len(filled)
    besides = f" {words.count(empty, 'field')} without any value not drawn." if empty else ""
    told = f"Fields of the catalogue, n = {words.count(of, 'work')}.{besides}"
    return Drawing("coverage", figure, see, told)


def _centuries(found: Looked) -> Drawing | None:
    of = found.centuries
    if of is None:
        return None
    figure = figures.spread(found.label_set.classes, of.columns, of.counts)
    see = "A class in a column of its own can be told by its age alone."
    works = words.number(len(found.label_set.works))
    told = (
        f"Works by class and century, from {words.listing(of.fields, 'else')}, on the "
        f"{words.number(of.dated)} of {works} with a date"
    )
    return Drawing(
        "centuries", figure, see, f"{told}; a date that spans centuries counts where its middle lies."
    )


def _together(found: Looked) -> Drawing | None:
    of = found.together
    if of is None:
        return None
    figure = figures.together(found.label_set.classes, of.counts, of.beyond)
    see = (
        "Orange labels come together more often than chance has it, blue ones less often; labels that come "
        "together stand together."
    )
    works = words.count(len(found.label_set.works), "work")
    told = f"Works with both labels, n = {works}; grey: works with the label."
    return Drawing("together", figure, see, told)


def _light(found: Looked) -> Drawing:
    return intensities(found.label_set, found.sample, found.pixels, found.shown)


def _shapes(found: Looked) -> Drawing:
    told: list[Any] = [each["ratio"] for each in found.shapes]
    figure = figures.shapes(found.label_set.classes, told, [len(drawn) for drawn in found.sample.drawn])
    see = "Classes far apart on this scale can be told by their shape alone."
    which = sampled(found.sample, found.pixels)
    data = f"Width by height inside the border: middle, middle half and nine tenths, {which}."
    return Drawing("shapes", figure, see, data)


def _cues(data: Mapping[str, Any]) -> Drawing | None:
    told = data["cues"]
    if told is None:
        return None
    by_cue = told["by_cue"]
    figure = figures.beside_chance(
        [each["cue"] for each in by_cue],
        [(each["score"], each["low"], each["high"]) for each in by_cue],
        [each["chance"] for each in by_cue],
        told["measure"],
        [each["clear"] for each in by_cue],
    )
    see = "Orange: clearly better than chance, without a look at the work."
    said = (
        "Shallow trees, cross-validated with kin on one side, 95 % intervals, "
        f"n = {words.count(told['works'], 'work')}; chance: the better of the most frequent class and luck."
    )
    return Drawing("cues", figure, see, said)
