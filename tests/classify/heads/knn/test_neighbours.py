from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cartellino.classify.heads.knn import neighbours
from cartellino.classify.heads.knn.neighbours import Neighbours, laid


@settings(max_examples=30)
@given(st.integers(0, 10_000), st.integers(1, 12))
def test_the_nearest_are_found_and_those_that_vote_count_as_many_as_asked(seed: int, many: int) -> None:
    random = np.random.default_rng(seed)
    rows, asked = random.normal(size=(20, 3)), random.normal(size=(5, 3))
    weights = random.choice([0.5, 1.0, 2.0], 20)
    known = Neighbours(rows, weights)
    distances = ((asked[:, None] - rows) ** 2).sum(axis=2)
    for block, places, far in known.near(asked, many):
        wanted = np.sort(distances[block], axis=1)[:, : places.shape[1]]
        assert far == pytest.approx(wanted, abs=1e-9)
        assert (np.diff(far, axis=1) >= 0).all()
        votes = known.votes(places, far, many)
        assert (votes >= 0).all()
        assert (votes.sum(axis=1) <= many + 1e-9).all()
        assert votes[:, 0] == pytest.approx(np.minimum(weights[places[:, 0]], many))
        voting = np.where(votes > 0, weights[places], 0).sum(axis=1)
        assert (voting >= min(many, weights.sum()) - 1e-9).all()


def test_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(0)
    rows, asked = random.normal(size=(30, 4)), random.normal(size=(17, 4))
    known = Neighbours(rows, np.ones(30))
    whole = np.concatenate([places for _, places, _ in known.near(asked, 5)])
    monkeypatch.setattr(neighbours, "_BYTES", 30 * 8 * 4)
    cut = np.concatenate([places for _, places, _ in known.near(asked, 5)])
    assert np.array_equal(whole, cut)


def test_kin_do_not_vote_even_where_there_is_nobody_else() -> None:
    known = Neighbours(np.zeros((2, 1)), np.ones(2), np.array([1, 1]))
    ((_, places, far),) = known.near(np.zeros((1, 1)), 2, np.array([1]))
    assert known.votes(places, far, 2).sum() == 0


def test_angles_do_not_mind_length() -> None:
    rows = np.array([[3.0, 4.0], [0.0, 0.0]])
    assert laid(rows, "cosine") == pytest.approx(np.array([[0.6, 0.8], [0, 0]]))
    assert laid(rows, "euclidean") is rows
