"""Grouping upwards: probabilities add up, in one step or in two."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from cartellino.curate.grouping import grouped, grouping
from cartellino.curate.merges import Edge, targets

LETTERS = "abcdefgh"
# An edge only leads down the alphabet, so that any set of them is free of circles.
EDGES = st.lists(
    st.tuples(st.sampled_from(LETTERS), st.sampled_from(LETTERS))
    .filter(lambda pair: pair[0] < pair[1])
    .map(lambda pair: Edge(*pair)),
    max_size=20,
)
SOME = st.sets(st.sampled_from(LETTERS))
CLASSES = st.lists(st.sampled_from(LETTERS), unique=True, min_size=1)


def test_fine_departments_become_broad_ones() -> None:
    edges = [Edge("Prints", "Works on Paper"), Edge("Drawings", "Works on Paper")]
    broad, matrix = grouping(["Prints", "Paintings", "Drawings"], edges)
    assert broad == ("Works on Paper", "Paintings")
    assert grouped(np.array([[0.2, 0.5, 0.3]]), matrix).tolist() == [[0.5, 0.5]]


def test_what_is_either_is_split_evenly_at_each_step() -> None:
    either = [Edge("a", target, "", "either") for target in ("B", "C")]
    edges = [*either, *(Edge("C", target, "", "either") for target in ("D", "E"))]
    broad, matrix = grouping(["a"], edges)
    assert dict(zip(broad, matrix[0].tolist(), strict=True)) == {"B": 0.5, "D": 0.25, "E": 0.25}


def test_an_edge_told_twice_counts_once() -> None:
    edges = [Edge("a", "B"), Edge(" a", "B", "again"), Edge("a", "C")]
    assert grouping(["a"], edges)[1].tolist() == [[0.5, 0.5]]


def test_stops_where_asked() -> None:
    edges = [Edge("Gujarat", "Indian"), Edge("Indian", "South Asian")]
    assert grouping(["Gujarat", "Indian"], edges)[0] == ("South Asian",)
    assert grouping(["Gujarat", "Indian"], edges, stop_at=["Indian"])[0] == ("Indian",)


@given(CLASSES, EDGES, SOME, st.data())
def test_sums_are_kept(classes: list[str], edges: list[Edge], stop_at: set[str], data: st.DataObject) -> None:
    broad, matrix = grouping(classes, edges, stop_at)
    assert matrix.shape == (len(classes), len(broad))
    assert np.allclose(matrix.sum(1), 1)
    ends = targets(edges, stop_at)
    assert set(broad) == {end for label in classes for end in ends.get(label, (label,))}
    fine = data.draw(arrays(float, (3, len(classes)), elements=st.floats(0, 1)))
    assert np.allclose(grouped(fine, matrix).sum(1), fine.sum(1))


@given(CLASSES, EDGES, SOME, SOME)
def test_two_steps_are_one(classes: list[str], edges: list[Edge], first: set[str], last: set[str]) -> None:
    middle, up = grouping(classes, edges, first | last)
    broad, further = grouping(middle, edges, last)
    at_once, matrix = grouping(classes, edges, last)
    assert set(broad) == set(at_once)
    assert np.allclose((up @ further)[:, [broad.index(label) for label in at_once]], matrix)
