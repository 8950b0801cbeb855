from __future__ import annotations

import numpy as np
import pytest

from cartellino.classify.calibrating import calibrate, probabilities
from cartellino.classify.giving import Giving


def drawn(kind: str, temperature: float, works: int = 3000) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(0)
    scores = random.normal(0, 3, (works, 4))
    if kind == "single":
        return scores, np.argmax(scores / temperature + random.gumbel(size=scores.shape), axis=1)
    return scores, (random.random(scores.shape) < probabilities("multi", scores / temperature)).astype(
        np.uint8
    )


@pytest.mark.parametrize("kind", ["single", "multi"])
def test_the_temperature_is_found(kind: str) -> None:
    scores, truth = drawn(kind, 1.8)
    found = calibrate(kind, scores, np.arange(3000), truth, Giving(("",) * 4))
    assert found.temperature == pytest.approx(1.8, rel=0.08)


def test_the_grid_is_the_likeliest_label_and_whether_it_was_right() -> None:
    scores, truth = drawn("single", 1.0)
    found = calibrate("single", scores, np.arange(3000), truth, Giving(("",) * 4))
    chances = probabilities("single", scores / found.temperature)
    assert found.grid == pytest.approx(chances.max(axis=1), abs=1e-6)
    assert np.array_equal(found.grid_correct, chances.argmax(axis=1) == truth)
    assert found.thresholds is None


def test_several_labels_keep_all_probabilities_and_get_thresholds() -> None:
    scores, truth = drawn("multi", 1.0)
    found = calibrate("multi", scores, np.arange(3000), truth, Giving(("",) * 4))
    assert found.grid.shape == found.grid_correct.shape == (3000, 4)
    assert found.thresholds is not None
    assert ((found.thresholds > 0.05) & (found.thresholds < 0.5)).all()


def test_works_count_not_pictures() -> None:
    scores, truth = drawn("single", 1.8, works=500)
    hung_twice = np.repeat(np.arange(500), 1 + (np.arange(500) % 2) * 3)
    many = calibrate("single", scores[hung_twice], hung_twice, truth, Giving(("",) * 4))
    once = calibrate("single", scores, np.arange(500), truth, Giving(("",) * 4))
    assert many.temperature == pytest.approx(once.temperature, rel=1e-4)
    assert len(many.grid) == 500
