"""How light and dark the pictures of a sample are, drawn class by class."""

from __future__ import annotations

from collections.abc import Sequence

from cartellino.curate.labelset import LabelSet
from cartellino.curate.looking.pixels import Pixels
from cartellino.curate.looking.sample import Sample
from cartellino.show import figures, words
from cartellino.show.drawing import Drawing


def intensities(label_set: LabelSet, sample: Sample, pixels: Pixels, shown: Sequence[int]) -> Drawing:
    """Histograms of grey levels.

    Parameters
    ----------
    label_set : LabelSet
        Whose classes.
    sample : Sample
        The works that stand for them.
    pixels : Pixels
        What their pictures look like; one of them at least could be decoded.
    shown : sequence of int
        Places of the classes that are drawn, in their order.
    """
    places = list(shown)
    figure = figures.intensities(
        [label_set.classes[place] for place in places],
        pixels.histograms[places],
        [int(pixels.seen[sample.drawn[place]].sum()) for place in places],
    )
    see = "A peak at the right end is a white backdrop, one at the left a dark ground."
    told = (
        f"Pixels by grey level, borders trimmed, {sampled(sample, pixels)}; dashed: the mean of these "
        "classes. Tall peaks are cut off."
    )
    return Drawing("intensities", figure, see, told)


def sampled(sample: Sample, pixels: Pixels) -> str:
    """Which works were looked at, as the end of a caption."""
    works = words.number(int(pixels.seen.sum()))
    most = max(map(len, sample.drawn))
    return f"on {works} works drawn by the seed, {words.number(most)} of a class at most"
