"""What classes lie within what: broad ones above fine ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cartellino.errors import InputError

if TYPE_CHECKING:
    from cartellino.curate.merges import Edge


@dataclass(frozen=True)
class Node:
    """A class, or what several lie within.

    Parameters
    ----------
    name : hashable
        The class, or what its classes are called together; None: the root, which is everything.
    parent : int
        Place of the node that it lies in; -1 for the root.
    level : int
        Steps from the root.
    leaves : tuple of int
        Places of the classes within it.
    inner : bool
        Whether others lie within it.
    """

    name: Any
    parent: int
    level: int
    leaves: tuple[int, ...]
    inner: bool


@dataclass(frozen=True)
class Tree:
    """Classes and what they lie within.

    Parameters
    ----------
    classes : tuple
        The k classes, each of them a leaf.
    nodes : tuple of Node
        The root first, and each after the one that it lies in.
    """

    classes: tuple[Any, ...]
    nodes: tuple[Node, ...]

    @classmethod
    def of(cls, classes: Sequence[Any], parents: Mapping[Any, Any]) -> Tree:
        """The tree of some classes.

        Parameters
        ----------
        classes : sequence
            The classes, each once. One that others lie within is a leaf inside itself: 'Asian', where it is
            not said more closely.
        parents : mapping
            What each value lies in, directly; what leads to no class is passed over.

        Raises
        ------
        InputError
            If what classes lie in runs in a circle.
        """
        above = {label: _above(label, parents) for label in classes}
        inner = {name for path in above.values() for name in path}
        paths = [(*above[label][::-1], *([label] if label in inner else [])) for label in classes]
        within: dict[tuple[Any, ...], list[int]] = {}
        for place, path in enumerate(paths):
            for depth in range(len(path) + 1):
                within.setdefault(path[:depth], []).append(place)
        order = sorted(within, key=len)
        places = {path: place for place, path in enumerate(order)}
        nodes = [
            Node(
                path[-1] if path else None,
                places[path[:-1]] if path else -1,
                len(path),
                tuple(within[path]),
                True,
            )
            for path in order
        ]
        nodes += [
            Node(label, places[path], len(path) + 1, (place,), False)
            for place, (label, path) in enumerate(zip(classes, paths, strict=True))
        ]
        return cls(tuple(classes), tuple(nodes))

    def children(self, place: int) -> list[Node]:
        """What lies in a node directly."""
        return [node for node in self.nodes if node.parent == place]

    def membership(self) -> NDArray[np.float64]:
        """Which class lies in which node: (nodes, k) of 0 and 1."""
        table = np.zeros((len(self.nodes), len(self.classes)))
        for place, node in enumerate(self.nodes):
            table[place, list(node.leaves)] = 1
        return table


def parents_of(classes: Sequence[str], edges: Sequence[Edge]) -> dict[str, str]:
    """What each class lies in, and that in turn, along merges.

    Raises
    ------
    InputError
        If one of them lies in two, so that this is no tree; or none lies in anything.
    """
    from cartellino.curate.merges import tidy
    from cartellino.curate.merges.following import onward

    leaving = onward(edges)
    found: dict[str, str] = {}
    waiting = [tidy(label) for label in classes]
    while waiting:
        value = waiting.pop()
        targets = leaving.get(value, ())
        if len(targets) > 1:
            told = " and ".join(f"'{each}'" for each in targets[:2])
            raise InputError(
                f"'{value}' lies in both {told}, and a tree has one way up", "the tree", "Take one line out."
            )
        if targets and value not in found:
            found[value] = targets[0]
            waiting.append(targets[0])
    if not found:
        raise InputError(
            "no class lies in anything", "the tree", f"Name some of: {', '.join(list(classes)[:12])}."
        )
    return found


def _above(label: Any, parents: Mapping[Any, Any]) -> list[Any]:
    """What a class lies in, the nearest first."""
    path: list[Any] = []
    here = label
    while here in parents:
        here = parents[here]
        if here in path or here == label:
            raise InputError(f"'{here}' lies within itself", "the tree", "Take one line out.")
        path.append(here)
    return path
