from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cartellino.classify.calibrating import probabilities
from cartellino.classify.composed.part import Part, log_chances, nested, ranges_of, seen
from classify.composed.parrot import ByHeart


@settings(max_examples=80)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=10))
def test_ranges_hold_the_columns_in_their_order(columns: list[int]) -> None:
    X = np.arange(30).reshape(3, 10)
    assert np.array_equal(seen(X, ranges_of(columns, 10)), X[:, columns])


@settings(max_examples=80)
@given(st.lists(st.floats(1e-6, 1), min_size=2, max_size=6))
def test_scores_stand_for_the_probabilities_they_came_from(parts: list[float]) -> None:
    single = np.array([parts]) / np.sum(parts)
    assert probabilities("single", log_chances("single", single)) == pytest.approx(single, abs=1e-6)
    several = np.array([parts]) * 0.999
    assert probabilities("multi", log_chances("multi", several)) == pytest.approx(several, abs=1e-6)


def test_classes_that_a_part_does_not_know_have_no_probability() -> None:
    part = Part(ByHeart({}, 2, 1), 1.0, None, (0, 2))
    assert part.chances(np.zeros((1, 1)), "single", 3).tolist() == [[0.5, 0.0, 0.5]]


def test_a_scorer_that_no_family_restores_is_not_saved() -> None:
    class Homeless(ByHeart):
        family = ""

    with pytest.raises(TypeError, match="which family restores it"):
        nested([Part(Homeless({}, 2, 1), 1.0, None, (0, 1))])
