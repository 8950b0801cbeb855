"""Pictures of a batch mixed with one another, and their labels likewise."""

from __future__ import annotations

import torch
from torchvision.transforms import v2

from cartellino.classify.networks import chance


def mixed(
    pictures: torch.Tensor, target: torch.Tensor, mixup: float, cutmix: float, place: tuple[int, int, int]
) -> tuple[torch.Tensor, torch.Tensor]:
    """Blend pictures (mixup: Zhang et al., ICLR 2018) or paste parts of them (cutmix: Yun et al., ICCV 2019).

    Parameters
    ----------
    pictures : Tensor of float (n, channels, size, size)
        A batch.
    target : Tensor of float (n, k)
        Its labels.
    mixup, cutmix : float
        Parameter of the Beta distribution that shares are drawn from; 0: not at all. Where both are asked
        for, each batch gets one of them, by lot.
    place : tuple of int
        Seed, epoch and batch, which decide what is drawn.
    """
    asked: list[v2.Transform] = [v2.MixUp(alpha=mixup)] if mixup else []
    asked += [v2.CutMix(alpha=cutmix)] if cutmix else []
    if not asked or len(pictures) < 2:
        return pictures, target
    seed, epoch, batch = place
    with chance.drawn(seed, chance.MIX, epoch, batch):
        pictures, target = asked[int(torch.randint(len(asked), ()))](pictures, target)
    return pictures, target
