"""A trained network as plain arrays: what is saved of it, and what it says of pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Self

import numpy as np
import torch
from numpy.typing import NDArray

from cartellino.classify.networks import looking
from cartellino.classify.networks.architectures import Network, Wanted, built
from cartellino.classify.networks.pictures import Pixels, listed, squares
from cartellino.classify.scorer import Scorer, Tensors

_AT_ONCE = 64


@dataclass(frozen=True)
class Look:
    """How a network looks at pictures.

    Parameters
    ----------
    size, resize : int
        Side it looks at, and side to which pictures are squashed.
    mean, deviation : tuple of float
        By which bytes are normalised once they are from 0 to 1; one for each channel.
    views : tuple of str
        Whose probabilities are averaged.
    readout : str
        'single'; 'sigmoid' or 'softmax' for several labels.
    """

    size: int
    resize: int
    mean: tuple[float, ...]
    deviation: tuple[float, ...]
    views: tuple[str, ...]
    readout: str


class NetworkScorer(Scorer):
    """What gives scores.

    Parameters
    ----------
    network : Network
        Trained.
    wanted : Wanted
        How to build it again.
    look : Look
        How it looks at pictures.
    """

    family: ClassVar[str] = "network"

    sees = "pictures"

    def __init__(self, network: Network, wanted: Wanted, look: Look) -> None:
        self.wanted, self.look = wanted, look
        self.head = network.head
        self.module = network.module.eval()

    @property
    def width(self) -> int:
        """None: it takes pictures."""
        return 0

    @property
    def columns(self) -> int:
        """Scores that it gives a picture."""
        return self.wanted.classes

    def scores(self, X: Any) -> NDArray[np.float32]:
        """Scores (n, k) of pictures, before any temperature: logits, or log odds of several labels.

        Raises
        ------
        PictureError
            If one cannot be decoded.
        """
        pictures = listed(X)
        told = [np.zeros((0, self.wanted.classes), np.float32)]
        for begun in range(0, len(pictures), _AT_ONCE):
            some = pictures[begun : begun + _AT_ONCE]
            told.append(self.of_squares(squares(some, self.look.resize, self.wanted.channels)))
        return np.concatenate(told)

    def of_squares(self, held: Pixels) -> NDArray[np.float32]:
        """Scores (n, k) of pictures that are decoded already, (n, resize, resize, channels)."""
        shown = looking.views(held, self.look.size, self.look.views)
        return looking.scores(self._asked, shown, self.look.readout)

    def tensors(self) -> dict[str, NDArray[Any]]:
        """Weights and statistics by their names in the network."""
        return {name: each.detach().cpu().numpy() for name, each in self.module.state_dict().items()}

    def about(self) -> dict[str, Any]:
        """How to build the network again, and how it looks at pictures."""
        return {"network": asdict(self.wanted), "look": asdict(self.look)}

    @classmethod
    def restored(cls, tensors: Tensors, about: Mapping[str, Any]) -> Self:
        """Build a scorer from what another one gave.

        Raises
        ------
        KeyError, TypeError, ValueError
            If the two do not belong together.
        """
        wanted, look = Wanted(**_tuples(about["network"])), Look(**_tuples(about["look"]))
        network = built(wanted)
        held = {name: torch.from_numpy(np.array(each)) for name, each in tensors.items()}
        try:
            network.module.load_state_dict(held)
        except RuntimeError as error:
            raise ValueError(f"its tensors are not those of '{wanted.name}'") from error
        return cls(network, wanted, look)

    def _asked(self, pictures: torch.Tensor) -> torch.Tensor:
        device = next(self.module.parameters()).device
        seen = looking.normalised(pictures, self.look.mean, self.look.deviation, device)
        with torch.inference_mode():
            told: torch.Tensor = self.module(seen)
        return told.float()


def _tuples(told: Mapping[str, Any]) -> dict[str, Any]:
    """JSON's lists as the tuples they were."""
    return {
        name: tuple(value) if isinstance(value, Sequence) and not isinstance(value, str) else value
        for name, value in told.items()
    }
