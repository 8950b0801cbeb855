"""Randomness that is counted, not consumed: from a seed and a place, the same numbers every time.

What an epoch, a batch or a picture draws follows from its own number and from nothing that was drawn before
it (Salmon et al., Parallel random numbers: as easy as 1, 2, 3, SC 2011). So a run that was killed goes on as
if it had not been, with no generator to restore, and worker processes cannot change what is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import torch

# What is drawn for: the same place draws other numbers for each.
BUILD, ORDER, AUGMENT, MIX, STEP, SWEEP = range(6)


def generator(seed: int, *place: int) -> np.random.Generator:
    """A generator of numpy's for one place."""
    return np.random.default_rng([seed, *place])


@contextmanager
def drawn(seed: int, *place: int, device: torch.device | None = None) -> Iterator[None]:
    """Let torch draw what belongs to one place, and give its generators back as they were.

    Parameters
    ----------
    seed : int
        Of the run.
    *place : int
        What is drawn for, and its numbers.
    device : device, optional
        A graphics card that draws too. Worker processes must not touch one, so it has to be named.
    """
    cards = [device] if device is not None and device.type == "cuda" else []
    (number,) = np.random.SeedSequence([seed, *place]).generate_state(1, np.uint64)
    with torch.random.fork_rng(cards):
        torch.default_generator.manual_seed(int(number >> np.uint64(1)))
        if cards:
            torch.cuda.manual_seed(int(number >> np.uint64(1)))
        yield
