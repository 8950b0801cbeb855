from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.decomposition import PCA
from sklearn.preprocessing import StandardScaler

from cartellino.classify.heads import projection
from cartellino.classify.heads.material import Material
from cartellino.classify.heads.projection import Projection


def material(X: Any, weights: Any = None) -> Material:
    told = np.ones(len(X)) if weights is None else weights
    return Material(X, np.zeros(len(X), int), told, np.ones(1), False)


def long_rows(n: int = 120, width: int = 30) -> Any:
    random = np.random.default_rng(0)
    return random.normal(size=(n, 8)) @ random.normal(size=(8, width)) + 0.3 * random.normal(size=(n, width))


@pytest.mark.parametrize("shape", [(120, 30), (25, 60)])
def test_it_is_scikit_learns_on_standardised_features(shape: tuple[int, int]) -> None:
    X = long_rows(*shape)
    mine = Projection.learn(material(X), 5).apply(X)
    theirs = PCA(5).fit_transform(StandardScaler().fit_transform(X))
    assert np.abs(mine) == pytest.approx(np.abs(theirs), abs=1e-6)


def test_wide_tables_are_followed_to_the_same_axes(monkeypatch: pytest.MonkeyPatch) -> None:
    X = long_rows(width=90)
    exact = Projection.learn(material(X), 5).apply(X)
    monkeypatch.setattr(projection, "_EXACT", 10)
    assert Projection.learn(material(X), 5).apply(X) == pytest.approx(exact, abs=1e-3)


@settings(max_examples=20)
@given(st.integers(0, 1000))
def test_a_weight_is_as_many_rows(seed: int) -> None:
    weights = np.random.default_rng(seed).integers(1, 4, 40)
    X = long_rows(40, 6)
    one = Projection.learn(material(X, weights.astype(float)), 3)
    other = Projection.learn(material(np.repeat(X, weights, axis=0)), 3)
    assert one.apply(X) == pytest.approx(other.apply(X), abs=1e-6)


def test_no_components_keep_the_features_as_they_are_but_scaled() -> None:
    X = long_rows()
    assert Projection.learn(material(X)).apply(X) == pytest.approx(
        StandardScaler().fit_transform(X), abs=1e-9
    )


def test_rows_in_blocks_are_rows_together(monkeypatch: pytest.MonkeyPatch) -> None:
    X = long_rows()
    found = Projection.learn(material(X), 4)
    whole = found.apply(X)
    monkeypatch.setattr(projection, "_ROWS", 7)
    assert found.apply(X) == pytest.approx(whole, abs=1e-12)


def test_what_was_saved_projects_the_same() -> None:
    X = long_rows().astype(np.float32)
    for components in (0, 4):
        found = Projection.learn(material(X), components)
        assert np.array_equal(Projection.restored(found.tensors(), {}).apply(X), found.apply(X))


@pytest.mark.parametrize(
    "broken",
    [{"factor": np.ones(3)}, {"directions": np.ones((3, 2))}, {"mean": np.full(30, np.nan)}],
)
def test_arrays_that_do_not_fit_are_refused(broken: dict[str, Any]) -> None:
    found = Projection.learn(material(long_rows()), 4).tensors()
    with pytest.raises(ValueError, match=r"fit|trained"):
        Projection.restored({**found, **broken}, {})
