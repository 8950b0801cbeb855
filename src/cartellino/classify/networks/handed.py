"""What a network sees in pictures before it tells classes apart: the numbers that its head is handed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from numpy.typing import NDArray

from cartellino.classify.networks import looking
from cartellino.classify.networks.pictures import listed, squares
from cartellino.progress import Progress, Silent

if TYPE_CHECKING:
    from cartellino.classify.networks.scorer import NetworkScorer

_AT_ONCE = 64


def handed(scorer: NetworkScorer, X: Any, progress: Progress | None = None) -> NDArray[np.float32]:
    """What the head of a network is handed of pictures.

    Of a ResNet-50 these are its 2,048 pooled channels, whatever dense layers follow them.

    Parameters
    ----------
    scorer : NetworkScorer
        The network, and how it looks at pictures.
    X : array-like (n,)
        Names of files, paths or `Shown`.
    progress : Progress, optional
        Who is told how far it is.

    Returns
    -------
    ndarray (n, d) of float32
        Of several views their mean.

    Raises
    ------
    PictureError
        If one cannot be decoded.
    """
    pictures, told = listed(X), progress or Silent()
    look, found = scorer.look, []
    told.start("Looking at pictures once more", len(pictures), "pictures")
    for begun in range(0, len(pictures), _AT_ONCE):
        some = pictures[begun : begun + _AT_ONCE]
        held = squares(some, look.resize, scorer.wanted.channels)
        views = [_of(scorer, each) for each in looking.views(held, look.size, look.views)]
        found.append(torch.stack(views).mean(dim=0).cpu().numpy())
        told.advance(len(some))
    told.finish()
    return np.concatenate(found) if found else np.zeros((0, 0), np.float32)


def _of(scorer: NetworkScorer, pictures: torch.Tensor) -> torch.Tensor:
    """What the head is handed (n, d) of bytes (n, channels, size, size)."""
    caught: list[torch.Tensor] = []
    head = scorer.module.get_submodule(scorer.head)
    hook = head.register_forward_pre_hook(lambda _, given: caught.append(given[0]))
    device = next(scorer.module.parameters()).device
    try:
        with torch.inference_mode():
            scorer.module(looking.normalised(pictures, scorer.look.mean, scorer.look.deviation, device))
    finally:
        hook.remove()
    return caught[0].flatten(1).float()
