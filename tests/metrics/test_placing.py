"""Points on a plane: exact where that is possible, as good as may be elsewhere, and always the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from sklearn.manifold import smacof

from cartellino.metrics.distances import pairwise
from cartellino.metrics.placing import placed

FLAT = st.integers(2, 8).flatmap(lambda k: arrays(np.float64, (k, 2), elements=st.floats(-9, 9, width=16)))


@given(FLAT)
def test_a_plane_s_own_distances_are_kept(points: NDArray[np.float64]) -> None:
    found = placed(pairwise(points))
    np.testing.assert_allclose(pairwise(found.points), pairwise(points), atol=1e-4)
    assert found.stress == pytest.approx(0, abs=1e-5)


def test_it_is_no_worse_than_the_best_of_many_starts() -> None:
    random = np.random.default_rng(2)
    for _ in range(5):
        distances = pairwise(random.normal(size=(9, 6)))
        _, raw = smacof(distances, n_components=2, n_init=16, random_state=0, normalized_stress=False)
        best = np.sqrt(2 * raw) / np.linalg.norm(distances)
        assert placed(distances).stress < 1.1 * best


def test_order_does_not_matter_nor_does_it_lie_otherwise_the_next_time() -> None:
    distances = pairwise(np.random.default_rng(4).normal(size=(8, 5)))
    found, order = placed(distances), np.random.default_rng(0).permutation(8)
    again = placed(distances[np.ix_(order, order)])
    np.testing.assert_allclose(again.points, found.points[order], atol=1e-3)
    assert (placed(distances).points == found.points).all()
    assert np.ptp(found.points[:, 0]) >= np.ptp(found.points[:, 1])


@pytest.mark.parametrize("k", [0, 1, 2, 4])
def test_classes_at_one_place_stay_there(k: int) -> None:
    found = placed(np.zeros((k, k)))
    assert found.points.shape == (k, 2)
    assert not found.points.any()
    assert found.stress == 0
