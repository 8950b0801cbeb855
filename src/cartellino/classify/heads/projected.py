"""Heads that learn in projected features, and what they have learnt."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from numpy.typing import NDArray

from cartellino.classify.heads.head import Head
from cartellino.classify.heads.material import Material
from cartellino.classify.heads.projection import Projection
from cartellino.classify.heads.scorer import HeadScorer
from cartellino.classify.heads.splits import Split
from cartellino.classify.heads.teaching import Candidate, Taught
from cartellino.classify.scorer import Tensors

_MAP = "map/"


@dataclass(frozen=True)
class ProjectedScorer(HeadScorer):
    """Scores of features by way of a projection; what follows it is the subclass's.

    Parameters
    ----------
    projection : Projection
        From features to what is reckoned with.
    """

    projection: Projection

    @property
    def width(self) -> int:
        """Numbers in a feature."""
        return self.projection.width

    def reckon(self, X: NDArray[Any]) -> NDArray[Any]:
        """Scores (n, k) of features (n, width), in the precision of X."""
        return self.within(self.projection.apply(X))

    @abstractmethod
    def within(self, X: NDArray[Any]) -> NDArray[Any]:
        """Scores (n, k) of projected features (n, c)."""

    def tensors(self) -> dict[str, NDArray[Any]]:
        """Every array that it consists of, by name."""
        return {_MAP + name: each for name, each in self.projection.tensors().items()} | self.beyond()

    @abstractmethod
    def beyond(self) -> dict[str, NDArray[Any]]:
        """The arrays besides those of the projection."""

    @classmethod
    def restored(cls, tensors: Tensors, about: Mapping[str, Any]) -> Self:
        """The scorer of which these are `tensors` and `about`."""
        mapped = {name.removeprefix(_MAP): each for name, each in tensors.items() if name.startswith(_MAP)}
        return cls.behind(Projection.restored(mapped, about), tensors, about)

    @classmethod
    @abstractmethod
    def behind(cls, projection: Projection, tensors: Tensors, about: Mapping[str, Any]) -> Self:
        """The scorer behind this projection."""


class Projected(Head):
    """A head that learns in projected features.

    The projection is learnt once, from all rows, as scaling is everywhere: of rows that are kept out it sees
    how features vary, never what is true of them.

    Parameters
    ----------
    components : int
        Principal axes to keep of the standardised features; 0: all features, standardised.
    blocks : sequence of int
        Widths of the blocks of features, side by side, such as the stages of a network; none: all are one.
    balance : float
        What wide blocks give up to narrow ones: 0 nothing, 0.5 all that width gives them.
    """

    components: int
    blocks: Sequence[int]
    balance: float

    @abstractmethod
    def _learn(self, material: Material, candidate: Candidate) -> ProjectedScorer:
        """Learn from all rows of the material, projected by now or not: see `_flat`."""

    def _flat(self, material: Material) -> tuple[Material, Projection]:
        """The same rows, projected."""
        if material.projection is not None:
            return material, material.projection
        projection = Projection.learn(material, self.components, self.blocks, self.balance)
        return replace(material, X=projection.apply(material.X), projection=projection), projection

    def _teach(self, material: Material, chosen: Sequence[Split], folded: Sequence[Split]) -> Taught:
        return super()._teach(self._flat(material)[0], chosen, folded)

    def _tried(
        self, material: Material, split: Split, candidates: Sequence[Candidate]
    ) -> Sequence[NDArray[Any]]:
        learn, asked = material.part(split[0]), material.X[split[1]]
        return [self._learn(learn, candidate).within(asked) for candidate in candidates]
