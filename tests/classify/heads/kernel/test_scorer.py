from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from cartellino.classify.heads.kernel.kernel import KernelClassifier, KernelTagger
from cartellino.classify.heads.kernel.scorer import KernelScorer, bent
from classify.world import features

Y = np.arange(90) % 3
X = features(Y, np.arange(90))


@pytest.mark.parametrize("kind", [KernelClassifier, KernelTagger])
def test_a_scorer_says_what_its_estimator_says_before_the_temperature(kind: Any) -> None:
    several = kind is KernelTagger
    fitted = kind().fit(X, np.eye(3, dtype=int)[Y] if several else Y)
    scorer = fitted.scorer_
    assert (scorer.sees, scorer.width, scorer.columns) == ("features", 12, 3)
    assert scorer.scores(X) / fitted.temperature_ == pytest.approx(fitted.decision_function(X), abs=1e-5)
    again = KernelScorer.restored(scorer.tensors(), scorer.about())
    assert np.array_equal(again.scores(X), scorer.scores(X))


def test_shares_are_bent_into_probabilities() -> None:
    regressed = np.array([[-1.4, -1.0, 0.0, 1.0, 1.3]])
    odds = bent(regressed, several=True)
    assert np.isfinite(odds).all()
    assert (np.diff(odds) > 0).all()
    assert odds[0, 2] == pytest.approx(0)
    assert bent(regressed, several=False)[0, 3] == pytest.approx(np.log(10), abs=1e-3)


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("landmarks", np.zeros(3, np.float32)),
        ("landmarks", np.full((2, 12), np.nan, np.float32)),
        ("coefficients", np.zeros((1, 3))),
        ("mean", np.zeros(2, np.float32)),
    ],
)
def test_numbers_that_cannot_be_a_model_are_refused(name: str, broken: Any) -> None:
    scorer = KernelClassifier().fit(X, Y).scorer_
    with pytest.raises(ValueError, match=r"not those of a trained model|do(es)? not fit"):
        KernelScorer.restored(scorer.tensors() | {name: broken}, scorer.about())
