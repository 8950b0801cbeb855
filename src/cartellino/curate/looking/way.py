"""The way from all works of a collection to the parts of a label set, drawn."""

from __future__ import annotations

from itertools import pairwise

from cartellino.curate.labelset import PARTS, LabelSet
from cartellino.show import figures, words
from cartellino.show.drawing import Drawing


def funnel(label_set: LabelSet) -> Drawing | None:
    """What each step kept, and how many works it lost; None for sets frozen before steps were kept."""
    steps = list(label_set.funnel)
    if not steps:
        return None
    parts = {part: len(label_set.of(part)) for part in PARTS}
    figure = figures.funnel(steps, {part: works for part, works in parts.items() if works})
    lost, step = max(
        ((before - after, step) for (_, before), (step, after) in pairwise(steps)),
        key=lambda each: each[0],
        default=(0, ""),
    )
    see = "No work is lost on the way."
    if lost:
        see = f"Most, {words.count(lost, 'work')}, are lost on the way to ‘{step}’."
    return Drawing("funnel", figure, see, f"All {words.count(steps[0][1], 'work')}, step by step.")
