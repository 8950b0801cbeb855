"""What can be minimised where a row may have several labels: losses of scores and their derivatives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.heads.likelihood import sigmoid, softmax
from cartellino.classify.heads.material import Material
from cartellino.classify.heads.sigmoids import Sigmoids
from cartellino.classify.unseen import OutOfSample

Floats = NDArray[Any]

LOSSES = ("bce", "focal", "asymmetric", "softmax")
_TINY = 1e-7


@dataclass(frozen=True)
class TagLoss:
    """A loss for several labels a row.

    Parameters
    ----------
    name : str
        'bce': the log loss of each label. 'focal': what is known already counts less (Lin et al., ICCV 2017).
        'asymmetric': of labels that are absent above all, and not at all below `clip` (Ridnik et al., ICCV
        2021). 'softmax': labels compete, and those of a row share it.
    focus : float
        Focal: by which power of what is missing to certainty a label counts.
    focus_present, focus_absent : float
        Asymmetric: the same, of labels that a row has, and of those that it has not.
    clip : float
        Asymmetric: what is taken from the probability of a label that is absent.
    """

    name: str = "bce"
    focus: float = 2.0
    focus_present: float = 0.0
    focus_absent: float = 4.0
    clip: float = 0.05

    def __post_init__(self) -> None:
        if self.name not in LOSSES:
            raise ValueError(f"loss should be {' or '.join(map(repr, LOSSES))}, not {self.name!r}")

    @property
    def shared(self) -> bool:
        """Whether labels compete, so that their scores are those of a softmax."""
        return self.name == "softmax"

    @property
    def skewed(self) -> bool:
        """Whether its scores are no log odds, and have to be made so."""
        return self.name in ("focal", "asymmetric")

    def of(self, scores: Floats, target: NDArray[Any], emphasis: Floats) -> tuple[Floats, Floats]:
        """Loss (n,) of each row, and its derivative (n, k) in the scores.

        Parameters
        ----------
        scores : ndarray (n, k)
            Of each label.
        target : ndarray (n, k) of 0 and 1
            Which labels each row has.
        emphasis : ndarray (k,)
            What a label that is there counts.
        """
        if self.shared:
            return _shared(scores, target * emphasis)
        if self.name == "focal":
            return _focused(scores, target, emphasis, (self.focus, self.focus, 0.0))
        if self.name == "asymmetric":
            return _focused(scores, target, emphasis, (self.focus_present, self.focus_absent, self.clip))
        return _plain(scores, target, emphasis)


@dataclass(kw_only=True, eq=False, repr=False)
class LossSettings:
    """What heads for several labels may be told of their loss: as of `TagLoss`, by its name and numbers."""

    loss: str = "bce"
    focus: float = 2.0
    focus_present: float = 0.0
    focus_absent: float = 4.0
    clip: float = 0.05

    def _loss(self) -> TagLoss:
        return TagLoss(self.loss, self.focus, self.focus_present, self.focus_absent, self.clip)


def straightened(material: Material, told: OutOfSample) -> tuple[Sigmoids, OutOfSample]:
    """What makes log odds of scores that are none, by what came true out of sample; and these made so."""
    truth, weights = material.table[told.rows], material.stressed[told.rows]
    sigmoids = Sigmoids.learn(told.logits, truth, weights, slope=1.0)
    return sigmoids, OutOfSample(told.rows, sigmoids.odds(told.logits))


def _plain(scores: Floats, target: NDArray[Any], emphasis: Floats) -> tuple[Floats, Floats]:
    stress = np.where(target, emphasis, scores.dtype.type(1))
    lost = (np.logaddexp(0, np.where(target, -scores, scores)) * stress).sum(axis=1)
    return lost, (sigmoid(scores) - target) * stress


def _shared(scores: Floats, mass: Floats) -> tuple[Floats, Floats]:
    """Cross-entropy to a row's mass in equal shares; the more labels it has, the more it counts."""
    mass = mass.astype(scores.dtype, copy=False)
    all_of_it = mass.sum(axis=1, keepdims=True)
    raised = scores - scores.max(axis=1, keepdims=True)
    log_shares = raised - np.log(np.exp(raised).sum(axis=1, keepdims=True))
    return -(mass * log_shares).sum(axis=1), softmax(scores) * all_of_it - mass


def _focused(
    scores: Floats, target: NDArray[Any], emphasis: Floats, focus: tuple[float, float, float]
) -> tuple[Floats, Floats]:
    present, absent, clip = focus
    chances = np.clip(sigmoid(scores), _TINY, 1 - _TINY)
    logs, missing = np.log(chances), 1 - chances
    there = missing**present
    lost_there, turn_there = -there * logs, present * there * chances * logs - there * missing
    kept = np.maximum(chances - clip, 0)
    here, against = kept**absent, -np.log1p(-kept)
    ratio = np.divide(against, kept, out=np.ones_like(kept), where=kept > _TINY)
    steep = here * (absent * ratio + 1 / (1 - kept)) * (kept > 0)
    lost = np.where(target, emphasis * lost_there, here * against).sum(axis=1)
    turn = np.where(target, emphasis * turn_there, steep * chances * missing)
    return lost, turn.astype(scores.dtype, copy=False)
