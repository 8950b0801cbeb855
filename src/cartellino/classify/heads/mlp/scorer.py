"""Fully connected layers as plain numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.heads.likelihood import odds_of_shares
from cartellino.classify.heads.mlp.network import Network
from cartellino.classify.heads.projected import ProjectedScorer
from cartellino.classify.heads.projection import Projection
from cartellino.classify.heads.scorer import finite
from cartellino.classify.heads.sigmoids import Sigmoids
from cartellino.classify.scorer import Tensors

Floats = NDArray[Any]

_BLOCK = 4096


@dataclass(frozen=True)
class MlpScorer(ProjectedScorer):
    """The mean score of networks that were drawn differently.

    Parameters
    ----------
    projection : Projection
        From features to what they take.
    members : tuple of Network
        The networks, all of the same layers.
    shared : bool
        Whether their scores are those of a softmax over labels of which a row may have several.
    sigmoids : Sigmoids, optional
        What makes log odds of the scores, where they are none.
    """

    family: ClassVar[str] = "mlp"

    members: tuple[Network, ...]
    shared: bool = False
    sigmoids: Sigmoids | None = None

    @property
    def columns(self) -> int:
        """Scores that it gives a picture."""
        return len(self.members[0].shifts[-1])

    def within(self, X: Floats) -> Floats:
        """Scores (n, k) of projected features (n, c)."""
        said = np.empty((len(X), self.columns), X.dtype)
        for at in range(0, len(X), _BLOCK):
            said[at : at + _BLOCK] = self._mean(X[at : at + _BLOCK])
        if self.shared:
            said = odds_of_shares(said)
        return said if self.sigmoids is None else self.sigmoids.odds(said)

    def _mean(self, X: Floats) -> Floats:
        total = sum(cast(each, X.dtype).scores(X) for each in self.members)
        return np.asarray(total / X.dtype.type(len(self.members)))

    def beyond(self) -> dict[str, NDArray[Any]]:
        """Every layer of every network, and the sigmoids."""
        told = {
            f"{number}/{name}/{layer}": np.ascontiguousarray(each, np.float32)
            for number, member in enumerate(self.members)
            for name, layers in (("matrix", member.matrices), ("shift", member.shifts))
            for layer, each in enumerate(layers)
        }
        if self.sigmoids is None:
            return told
        slopes, shifts = (
            np.asarray(each, np.float32) for each in (self.sigmoids.slopes, self.sigmoids.offsets)
        )
        return told | {"slopes": slopes, "offsets": shifts}

    def about(self) -> dict[str, Any]:
        """How many networks, of how many layers."""
        return {
            "members": len(self.members),
            "layers": len(self.members[0].matrices),
            "shared": self.shared,
            "bent": self.sigmoids is not None,
        }

    @classmethod
    def behind(cls, projection: Projection, tensors: Tensors, about: Mapping[str, Any]) -> Self:
        """The scorer behind this projection."""
        members = tuple(
            _network(tensors, number, int(about["layers"]), projection.columns)
            for number in range(int(about["members"]))
        )
        if not members:
            raise ValueError("it has no network")
        sigmoids = Sigmoids(tensors["slopes"], tensors["offsets"]) if about["bent"] else None
        if sigmoids is not None:
            finite(sigmoids.slopes, sigmoids.offsets)
        return cls(projection, members, bool(about["shared"]), sigmoids)


def cast(network: Network, precision: Any) -> Network:
    """The network in another precision; itself if it is of that."""
    if network.shifts[0].dtype == precision:
        return network
    return Network(
        [each.astype(precision) for each in network.matrices],
        [each.astype(precision) for each in network.shifts],
    )


def _network(tensors: Tensors, number: int, layers: int, width: int) -> Network:
    matrices = [tensors[f"{number}/matrix/{layer}"] for layer in range(layers)]
    shifts = [tensors[f"{number}/shift/{layer}"] for layer in range(layers)]
    finite(*matrices, *shifts)
    widths = [width, *(len(each) for each in shifts)]
    if any(each.shape != pair for each, pair in zip(matrices, pairwise(widths), strict=True)):
        raise ValueError("its layers do not fit each other")
    return Network(matrices, shifts)
