"""Distances of classes: what they are by hand, what chance does to them, and what no order may change."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from cartellino.metrics.distances import FEWEST, apart, means, measurable, pairwise, similarity, top_quarter

POINTS = st.integers(2, 7).flatmap(lambda k: arrays(np.float64, (k, 3), elements=st.floats(-9, 9, width=16)))


@st.composite
def classes(draw: Any) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64], int]:
    """Rows of two to four classes, some of them kin."""
    k = draw(st.integers(2, 4))
    random = np.random.default_rng(draw(st.integers(0, 999)))
    sizes = random.integers(FEWEST, 9, k)
    places = np.repeat(np.arange(k), sizes)
    kin = np.arange(len(places))
    twice = random.integers(0, k)
    extra = np.flatnonzero(places == twice)[:1].repeat(draw(st.integers(0, 3)))
    places, kin = np.concatenate([places, places[extra]]), np.concatenate([kin, kin[extra]])
    return random.normal(size=(len(places), 4)) + places[:, None], places, kin, k


def test_a_distance_by_hand() -> None:
    """Two classes on a line, at 0 ± 1 and 4 ± 1: means 4 apart, of which 2/3 + 2/3 squared is chance."""
    X = np.array([[-1.0], [0.0], [1.0], [3.0], [4.0], [5.0]])
    places = np.array([0, 0, 0, 1, 1, 1])
    assert means(X, places, 3)[:2].ravel().tolist() == [0.0, 4.0]
    assert np.isnan(means(X, places, 3)[2]).all()
    found = apart(X, places, np.arange(6), 2)
    assert found.measured[0, 1] == pytest.approx(4)
    assert found.corrected[0, 1] == pytest.approx(np.sqrt(16 - 1 / 3 - 1 / 3))
    assert found.spread == pytest.approx(1)
    assert found.low[0, 1] < found.corrected[0, 1] < found.high[0, 1]


@given(classes())
def test_it_is_as_all_pairs_of_unrelated_works_say(told: Any) -> None:
    X, places, kin, k = told
    found = apart(X, places, kin, k)
    X = X - X.mean(axis=0)
    middle = means(X, places, k)

    def length(one: int) -> float:
        rows = np.flatnonzero(places == one)
        return float(np.mean([X[i] @ X[j] for i in rows for j in rows if kin[i] != kin[j]]))

    for one in range(k):
        for other in range(one):
            squared = length(one) + length(other) - 2 * middle[one] @ middle[other]
            assert found.corrected[one, other] ** 2 == pytest.approx(max(0.0, squared), abs=1e-9)


@given(classes(), st.randoms(use_true_random=False))
def test_neither_the_order_of_works_nor_where_zero_lies_matters(told: Any, random: Any) -> None:
    X, places, kin, k = told
    order = list(range(len(X)))
    random.shuffle(order)
    one, other = apart(X, places, kin, k), apart(X[order] + 7, places[order], kin[order], k)
    for name in ("measured", "corrected", "low", "high"):
        first, second = getattr(one, name), getattr(other, name)
        np.testing.assert_allclose(first**2, second**2, atol=1e-8)
        np.testing.assert_allclose(first, first.T, atol=1e-9)
        assert (np.diag(first) == 0).all()
    assert (one.low <= one.corrected).all()
    assert (one.corrected <= one.high).all()
    assert one.spread == pytest.approx(other.spread)


def test_a_work_told_twice_is_no_second_work() -> None:
    """Its kin make neither the interval shorter nor the distance surer."""
    random = np.random.default_rng(1)
    X, places = random.normal(size=(24, 5)), np.arange(24) % 2
    once = apart(X, places, np.arange(24), 2)
    twice = apart(np.vstack([X, X]), np.tile(places, 2), np.tile(np.arange(24), 2), 2)
    for name in ("measured", "corrected", "low", "high"):
        np.testing.assert_allclose(getattr(once, name), getattr(twice, name), atol=1e-9)


@pytest.mark.parametrize("true", [0.0, 1.0, 3.0, 6.0])
def test_nineteen_intervals_of_twenty_hold_the_true_distance(true: float) -> None:
    """And the mean of the squared corrected distances is right, where that of the measured ones is not."""
    random = np.random.default_rng(3)
    places, held, squares = np.repeat([0, 1], 15), [], []
    for _ in range(300):
        X = random.normal(size=(30, 20))
        X[places == 1, 0] += true
        found = apart(X, places, np.arange(30), 2)
        held.append(found.low[0, 1] <= true <= found.high[0, 1])
        squares.append(found.measured[0, 1] ** 2)
    assert np.mean(held) > 0.92
    assert np.mean(squares) - true**2 == pytest.approx(20 * 2 / 15, abs=0.8)


def test_features_in_single_precision_are_enough() -> None:
    random = np.random.default_rng(5)
    X = random.normal(size=(200, 50)) + 100
    places = np.arange(200) % 4
    fine, coarse = (apart(each, places, np.arange(200), 4) for each in (X, X.astype(np.float32)))
    np.testing.assert_allclose(fine.corrected, coarse.corrected, atol=0.02)


def test_a_class_of_two_unrelated_works_cannot_be_measured() -> None:
    places, kin = np.array([0, 0, 0, 1, 1, 1]), np.array([1, 2, 3, 4, 4, 5])
    assert measurable(places, kin, 3).tolist() == [True, False, False]
    with pytest.raises(ValueError, match="needs 3 works"):
        apart(np.zeros((6, 2)), places, kin, 2)


@given(POINTS)
def test_distances_are_distances(points: NDArray[np.float64]) -> None:
    found = pairwise(points)
    np.testing.assert_array_equal(found, found.T)
    assert (np.diag(found) == 0).all()
    assert (found[:, None] <= found[:, :, None] + found[None] + 1e-9).all()


def test_similarity_by_hand() -> None:
    """A lies 1 from B and 3 from C, which lie 2 from each other."""
    found = similarity(np.array([[0.0, 1, 3], [1, 0, 2], [3, 2, 0]]))
    expected = [[0, 3 / 4, 1 / 4], [2 / 3, 0, 1 / 3], [2 / 5, 3 / 5, 0]]
    np.testing.assert_allclose(found, expected)


@given(POINTS, st.floats(1e-200, 1e6))
def test_rows_of_similarity_sum_to_one_and_scale_does_not_matter(
    points: NDArray[np.float64], scale: float
) -> None:
    distances = pairwise(points)
    found = similarity(distances)
    np.testing.assert_allclose(found.sum(axis=1), 1)
    assert (np.diag(found) == 0).all()
    if distances[distances > 0].size and distances[distances > 0].min() > 1e-3:
        np.testing.assert_allclose(similarity(distances * scale), found, rtol=1e-6)
    order = np.arange(len(points))[::-1]
    np.testing.assert_allclose(similarity(distances[np.ix_(order, order)]), found[np.ix_(order, order)])


def test_classes_at_one_place_share_all_likeness() -> None:
    found = similarity(np.array([[0.0, 0, 0, 5], [0, 0, 0, 5], [0, 0, 0, 5], [5, 5, 5, 0]]))
    np.testing.assert_allclose(found[0], [0, 0.5, 0.5, 0])
    np.testing.assert_allclose(found[3], [1 / 3, 1 / 3, 1 / 3, 0])
    assert similarity(np.zeros((1, 1))).tolist() == [[0.0]]


def test_the_top_quarter_is_of_pairs_in_both_directions() -> None:
    found = similarity(pairwise(np.array([[0.0], [1.0], [10.0], [14.0]])))
    asked = top_quarter(found)
    assert asked.sum() == 3
    assert found[asked].min() > found[~asked & ~np.eye(4, dtype=bool)].max()
    assert top_quarter(np.full((3, 3), 0.5)).sum() == 6
    assert not top_quarter(np.zeros((1, 1))).any()
