from __future__ import annotations

import numpy as np
import pytest

from cartellino.classify.heads.linear.linear import LinearClassifier
from cartellino.classify.heads.linear.scorer import LinearScorer


def test_a_scorer_says_what_its_estimator_says_before_the_temperature() -> None:
    random = np.random.default_rng(0)
    y = np.arange(90) % 3
    X = (np.eye(3)[y] @ random.normal(size=(3, 8)) + random.normal(size=(90, 8))).astype(np.float32)
    fitted = LinearClassifier(strengths=[10], cv=3).fit(X, y)
    scorer = fitted.scorer_
    assert (scorer.sees, scorer.width, scorer.columns) == ("features", 8, 3)
    assert scorer.scores(X) / fitted.temperature_ == pytest.approx(fitted.decision_function(X), abs=1e-5)
    again = LinearScorer.restored(scorer.tensors(), scorer.about())
    assert np.array_equal(again.scores(X), scorer.scores(X))
    assert fitted.choice_["strength"] == 10


@pytest.mark.parametrize("broken", [np.zeros(3, np.float32), np.full((3, 2), np.nan, np.float32)])
def test_numbers_that_cannot_be_a_model_are_refused(broken: np.ndarray) -> None:
    with pytest.raises(ValueError, match="not those of a trained model"):
        LinearScorer.restored({"coefficients": broken}, {})
