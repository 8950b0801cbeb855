"""What a network minimises: for one label a picture and for several, soft labels too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch.nn import functional

Each = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]

SINGLE = ("cross-entropy", "focal")
SEVERAL = ("bce", "focal", "asymmetric", "softmax")


@dataclass(frozen=True)
class Loss:
    """The weighted mean loss of a batch.

    Parameters
    ----------
    kind : str
        One label: 'cross-entropy' or 'focal'. Several: 'bce', 'focal', 'asymmetric' or 'softmax'.
    several : bool
        Whether a picture may have several labels.
    emphasis : Tensor (k,)
        What a row weighs that has the label; of several labels, against those that have it not.
    smoothing : float
        Share of the belief that is spread over all labels (Szegedy et al., CVPR 2016).
    focus : float
        How much focal loss turns from what is known already (Lin et al., ICCV 2017).
    asymmetry : tuple of (float, float, float)
        Focus on labels a picture has, on those it has not, and the probability below which the latter count
        for nothing (Ridnik et al., ICCV 2021).
    """

    kind: str
    several: bool
    emphasis: torch.Tensor
    smoothing: float = 0.0
    focus: float = 2.0
    asymmetry: tuple[float, float, float] = (0.0, 4.0, 0.05)

    def __call__(self, scores: torch.Tensor, target: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
        """Loss of scores (n, k) for targets (n, k) from 0 to 1 and row weights (n,)."""
        scores = scores.float()  # half precision would lose small probabilities
        if self.several:
            return (self._labels(scores, target) * weights).sum() / weights.sum()
        weights = weights * (target @ self.emphasis.to(target))
        return (self._classes(scores, target) * weights).sum() / weights.sum()

    def _classes(self, scores: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        smooth = target * (1 - self.smoothing) + self.smoothing / target.shape[1]
        logs = functional.log_softmax(scores, dim=1)
        if self.kind == "focal":
            logs = logs * (1 - logs.exp()) ** self.focus
        return -(smooth * logs).sum(1)

    def _labels(self, scores: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        smooth = target * (1 - self.smoothing) + self.smoothing / 2
        stress = 1 + target * (self.emphasis.to(target) - 1)
        if self.kind == "softmax":
            return _softmax(scores, target * stress)
        if self.kind == "asymmetric":
            return (self._asymmetric(scores, smooth) * stress).sum(1)
        lost = functional.binary_cross_entropy_with_logits(scores, smooth, reduction="none")
        if self.kind == "focal":
            chance = torch.sigmoid(scores)
            lost = lost * (smooth * (1 - chance) + (1 - smooth) * chance) ** self.focus
        return (lost * stress).mean(1)

    def _asymmetric(self, scores: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        present, absent, margin = self.asymmetry
        chance = torch.sigmoid(scores)
        shifted = (chance - margin).clamp(min=0)
        had = target * (1 - chance) ** present * functional.logsigmoid(scores)
        had_not = (1 - target) * shifted**absent * torch.log1p(-shifted.clamp(max=1 - 1e-7))
        return -(had + had_not)


def _softmax(scores: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """Cross-entropy against the row's labels in equal shares, as P1 trained; a row without any counts 0."""
    shares = target / target.sum(1, keepdim=True).clamp(min=1e-12)
    return -(shares * functional.log_softmax(scores, dim=1)).sum(1)
