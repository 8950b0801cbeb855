from __future__ import annotations

import numpy as np
import pytest

from cartellino.classify.heads.linear import curvature


def cloud(n: int = 3000, width: int = 40, seed: int = 0) -> np.ndarray:
    """Rows whose mean square falls along hidden axes."""
    random = np.random.default_rng(seed)
    turn = np.linalg.qr(random.normal(size=(width, width)))[0]
    return random.normal(size=(n, width)) * (1 / np.arange(1, width + 1)) @ turn


def test_all_axes_of_a_narrow_cloud_are_exact() -> None:
    X = cloud()
    axes = curvature.principal_axes(X, np.ones(len(X)), seed=0)
    gram = X.T @ X / len(X)
    rebuilt = (axes.directions * axes.widths) @ axes.directions.T
    assert rebuilt == pytest.approx(gram, abs=1e-10)


def test_the_longest_axes_of_a_wide_cloud_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(curvature, "_AXES", 10)
    X = cloud()
    axes = curvature.principal_axes(X, np.ones(len(X)), seed=0)
    exact = np.linalg.eigvalsh(X.T @ X / len(X))[::-1]
    assert np.sort(axes.widths)[::-1][:5] == pytest.approx(exact[:5], rel=0.02)
    assert axes.rest == pytest.approx(exact[10:].mean(), rel=0.2)


def test_rows_without_weight_do_not_count() -> None:
    X = cloud(200)
    weights = (np.arange(200) < 100).astype(float)
    halved = curvature.principal_axes(X, weights, 0).widths
    assert halved == pytest.approx(curvature.principal_axes(X[:100], np.ones(100), 0).widths)


def test_the_newton_step_undoes_a_bowl_of_its_shape() -> None:
    X = cloud(500, 8)
    axes = curvature.principal_axes(X, np.ones(500), 0)
    bend, strength = np.array([0.2, 0.05]), 0.3
    moved = np.random.default_rng(1).normal(size=(9, 2))
    gram = X.T @ X / 500
    gradient = np.vstack([gram @ moved[:-1] * bend + strength * moved[:-1], moved[-1] * bend])
    assert axes.newton(gradient, bend, strength) == pytest.approx(moved)
