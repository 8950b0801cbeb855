from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import Ridge

from cartellino.classify.heads.kernel.ridge import Sums


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.01, 100))
def test_subtracted_rows_are_as_if_they_had_never_been(seed: int, strength: float) -> None:
    random = np.random.default_rng(seed)
    Z, Y, weights = random.normal(size=(30, 5)), random.normal(size=(30, 2)), random.uniform(0.5, 2, 30)
    sums = Sums.over(Z, Y, weights).without(Sums.over(Z[20:], Y[20:], weights[20:]))
    coefficients, intercepts = sums.solved(strength)
    wanted = Ridge(alpha=strength).fit(Z[:20], Y[:20], sample_weight=weights[:20])
    assert coefficients == pytest.approx(wanted.coef_.T, abs=1e-6)
    assert intercepts == pytest.approx(wanted.intercept_, abs=1e-6)
