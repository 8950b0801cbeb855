"""What is refused of merges: unknown kinds, circles, and lines that contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from cartellino.curate.merges.edges import KINDS, SAME, SHARED, Edge, Kind, by_source, tidy
from cartellino.errors import LabelError


def check(edges: Sequence[Edge], where: str = "the merges") -> None:
    """Refuse edges that contradict each other or cannot be followed to an end.

    Raises
    ------
    LabelError
        If a kind is unknown, an edge leaves a value for itself, edges run in a circle, the same two values
        are merged under two kinds, a value has several targets though its kinds allow one (several are for
        'either', 'part of' and lines without a kind), or a value is part of what is the same as itself. The
        sentence names the lines.
    """
    for edge in edges:
        _check_alone(edge, where)
    leaving = by_source(edges)
    for mine in leaving.values():
        _check_kinds(mine, where)
    _check_parts(edges, where)
    circle = _circle(leaving)
    if circle:
        raise LabelError(
            f"these merges run in a circle ({_told(circle)})", where, "Take one of the lines out."
        )
    for mine in leaving.values():
        _check_targets(mine, where)


def _check_alone(edge: Edge, where: str) -> None:
    if edge.kind and edge.kind not in KINDS:
        raise LabelError(
            f"there is no kind of merge '{edge.kind}' ({edge})",
            where,
            f"There are: {', '.join(KINDS)}; or leave it blank.",
        )
    if tidy(edge.source) == tidy(edge.target):
        raise LabelError(f"a value is merged into itself ({edge})", where, "Take that line out.")


def _check_kinds(leaving: Sequence[Edge], where: str) -> None:
    """Refuse one pair of values under two kinds; a line without a kind says nothing against another."""
    said: dict[str, Edge] = {}
    for edge in leaving:
        before = said.setdefault(tidy(edge.target), edge) if edge.kind else edge
        if before.kind != edge.kind:
            raise LabelError(
                f"the same two values are merged under two kinds ({_told((before, edge))})",
                where,
                "Keep the line that is true.",
            )


def _check_targets(leaving: Sequence[Edge], where: str) -> None:
    """Refuse several targets where the kinds allow one."""
    first = leaving[0]
    other = next((edge for edge in leaving if tidy(edge.target) != tidy(first.target)), None)
    if other and any(edge.kind not in SHARED for edge in leaving):
        raise LabelError(
            f"a value is merged into two ({_told((first, other))})",
            where,
            f"Keep one line, or give all of them the kind '{Kind.EITHER}' if it stands for both.",
        )


def _check_parts(edges: Sequence[Edge], where: str) -> None:
    same = Alike(edge for edge in edges if edge.kind in SAME)
    for edge in edges:
        if edge.kind == Kind.PART_OF and same.alike(edge.source, edge.target):
            joined = [each for each in edges if each.kind in SAME and same.alike(each.source, edge.source)]
            raise LabelError(
                f"a value is part of what is the same as itself ({_told([edge, *joined])})",
                where,
                "Take one of the lines out.",
            )


class Alike:
    """Values that synonyms and spellings make one (disjoint sets, with halved paths: Tarjan, 1975)."""

    def __init__(self, edges: Iterable[Edge] = ()) -> None:
        self._parents: dict[str, str] = {}
        for edge in edges:
            self.join(edge.source, edge.target)

    def join(self, one: str, other: str) -> None:
        """Make two values one."""
        self._parents[self._root(one)] = self._root(other)

    def alike(self, one: str, other: str) -> bool:
        """Whether two values are one."""
        return self._root(one) == self._root(other)

    def _root(self, value: str) -> str:
        value = tidy(value)
        while (parent := self._parents.get(value, value)) != value:
            self._parents[value] = self._parents.get(parent, parent)
            value = parent
        return value


def _circle(leaving: Mapping[str, list[Edge]]) -> list[Edge]:
    onward = {source: [tidy(edge.target) for edge in edges] for source, edges in leaving.items()}
    try:
        TopologicalSorter(onward).prepare()
    except CycleError as error:
        steps = pairwise(reversed(error.args[1]))
        return [next(edge for edge in leaving[a] if tidy(edge.target) == b) for a, b in steps]
    return []


def _told(edges: Iterable[Edge]) -> str:
    return "; ".join(str(edge) for edge in edges)
