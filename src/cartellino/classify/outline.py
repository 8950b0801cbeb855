"""What a classifier is made of: its layers, what each gives for one picture, and what it weighs and costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

_DEEPEST = 8


class Layer(NamedTuple):
    """One layer.

    Parameters
    ----------
    name : str
        Its place; parts of a part are parted by dots (``layer1.0.conv1``).
    kind : str
        What it does.
    shape : tuple of int
        Of what it gives for one picture.
    parameters : int or None
        Numbers that it learns; None where that depends on what there is to learn from.
    multiply_adds : int or None
        Products that it sums for one picture; None where nobody counted them.
    """

    name: str
    kind: str
    shape: tuple[int, ...]
    parameters: int | None = 0
    multiply_adds: int | None = 0


@dataclass(frozen=True)
class Outline:
    """All layers in the order in which a picture meets them, and what they come to.

    Parameters
    ----------
    layers : tuple of Layer
        Tuples of a layer's parts will do.
    parameters : int or None
        Numbers that are learnt; None where that depends on what there is to learn from.
    multiply_adds : int or None
        Products that are summed for one picture; None where nobody counted them.
    """

    layers: tuple[Layer, ...]
    parameters: int | None
    multiply_adds: int | None

    @classmethod
    def of(cls, *layers: Layer) -> Outline:
        """The outline of layers that hold all there is."""
        return cls(
            layers,
            _sum(layer.parameters for layer in layers),
            _sum(layer.multiply_adds for layer in layers),
        )

    def grouped(self, most: int = 24) -> Outline:
        """The same with parts of a part told as one, until no more than `most` layers remain, if possible."""
        layers = tuple(Layer(*each) for each in self.layers)
        for depth in range(_DEEPEST, 0, -1):
            if len(layers) <= most:
                break
            layers = tuple(_joined(self.layers, depth))
        return replace(self, layers=layers)


def _joined(layers: Sequence[Layer], depth: int) -> Iterator[Layer]:
    """Neighbours whose names begin with the same `depth` parts, as one layer."""
    whole = (Layer(*each) for each in layers)
    for name, found in groupby(whole, lambda layer: ".".join(layer.name.split(".")[:depth])):
        parts = list(found)
        if len(parts) == 1:
            yield parts[0]
        else:
            weighs = _sum(part.parameters for part in parts)
            costs = _sum(part.multiply_adds for part in parts)
            yield Layer(name, _kinds(parts), parts[-1].shape, weighs, costs)


def _kinds(parts: Sequence[Layer]) -> str:
    """What the parts do: '9 × Conv2d, 9 × BatchNorm2d, …', the most frequent first."""
    told = Counter(part.kind for part in parts).most_common(2)
    rest = len(parts) - sum(times for _, times in told)
    named = [f"{times} × {kind}" if times > 1 else kind for kind, times in told]
    return ", ".join([*named, f"{rest} more"] if rest else named)


def _sum(told: Iterable[int | None]) -> int | None:
    values = list(told)
    known = [each for each in values if each is not None]
    return sum(known) if len(known) == len(values) else None
