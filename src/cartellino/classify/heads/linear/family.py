"""The linear head as a family of recipes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from cartellino.classify import setting
from cartellino.classify.heads.families import TAG_LOSS, HeadFamily
from cartellino.classify.outline import Layer, Outline
from cartellino.classify.setting import Setting

if TYPE_CHECKING:
    from cartellino.classify.recipe import Recipe


class LinearFamily(HeadFamily):
    """A regularised linear classifier on standardised features.

    Settings: `strengths`, penalties to choose from, against the summed log loss of scaled features;
    `balance`, what the wide stages of a backbone give up to the narrow ones: 0 nothing, 0.5 all that width
    gives them; `loss`, for several labels a work: 'bce', 'focal', 'asymmetric' or 'softmax'; `focus`, how far
    'focal' turns from what is easy; `focus_present`, that of 'asymmetric' for labels that a work has;
    `focus_absent`, the same for those that it has not; `clip`, the chance below which 'asymmetric' forgives a
    label that a work has not.
    """

    one, several = "linear.linear:LinearClassifier", "linear.linear:LinearTagger"
    scorer = "linear.scorer:LinearScorer"
    settings: ClassVar[Mapping[str, Setting]] = {
        "strengths": setting.numbers((3000.0, 1000.0, 300.0, 100.0, 30.0, 10.0)),
        "balance": setting.number(0.25, 0, 0.5),
        **TAG_LOSS,
    }
    space: ClassVar[Mapping[str, str]] = {"strengths": "log:10..10000", "balance": "0..0.5"}

    def outline(self, recipe: Recipe, width: int, classes: int) -> Outline:
        """One layer; standardising is folded into it once it has learnt."""
        return Outline.of(
            Layer("features", "of a picture", (width,)),
            Layer("linear", "weights and intercepts", (classes,), (width + 1) * classes, width * classes),
        )
