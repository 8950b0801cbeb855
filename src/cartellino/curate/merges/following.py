"""Following merges to where they end."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from graphlib import TopologicalSorter

from cartellino.curate.merges.edges import Edge, by_source, tidy


def targets(edges: Sequence[Edge], stop_at: Collection[str] = ()) -> dict[str, tuple[str, ...]]:
    """Where each source ends once chains are followed: tidy source to tidy targets, which no edge leaves.

    Applying the result twice is the same as applying it once.

    Parameters
    ----------
    edges : sequence of Edge
        Free of circles; see `check`.
    stop_at : collection of str
        Values at which following ends though edges leave them: Gujarat → Indian → South Asian ends at
        'Indian' if it is named here, and 'Indian' itself stays 'Indian'.
    """
    leaving = onward(edges, stop_at)
    ends: dict[str, tuple[str, ...]] = {}
    for value in in_order(leaving):
        if value in leaving:
            ends[value] = apply(leaving[value], ends)
    return ends


def onward(edges: Sequence[Edge], stop_at: Collection[str] = ()) -> dict[str, tuple[str, ...]]:
    """One step: tidy source to its tidy targets, each once; values in `stop_at` are left by none."""
    stops = {tidy(value) for value in stop_at}
    return {
        source: tuple(dict.fromkeys(tidy(edge.target) for edge in leaving))
        for source, leaving in by_source(edges).items()
        if source not in stops
    }


def in_order(leaving: Mapping[str, Sequence[str]]) -> Iterable[str]:
    """Every value, targets before their sources, so that ends are known when they are asked for."""
    return TopologicalSorter(leaving).static_order()


def apply(values: Iterable[str], ends: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The classes that the values of one work stand for, each once, in the order they appear."""
    found = (end for value in values for end in ends.get(tidy(value), (tidy(value),)))
    return tuple(dict.fromkeys(found))


def unmatched(edges: Sequence[Edge], values: Iterable[str]) -> tuple[Edge, ...]:
    """The edges that no value reaches, not even along a chain."""
    leaving = onward(edges)
    reached = {tidy(value) for value in values} & leaving.keys()
    waiting = list(reached)
    while waiting:
        further = set(leaving[waiting.pop()]) & leaving.keys()
        waiting.extend(further - reached)
        reached |= further
    return tuple(edge for edge in edges if tidy(edge.source) not in reached)
