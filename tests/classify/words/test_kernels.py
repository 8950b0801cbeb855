"""Kernels against their definitions."""

from __future__ import annotations

import numpy as np
import pytest

from cartellino.classify.words import kernels
from cartellino.classify.words.kernels import Kernel

RANDOM = np.random.default_rng(5)
A, B = (RANDOM.dirichlet(np.full(12, 0.4), n).astype(np.float32) for n in (300, 7))
BLANK = np.zeros((1, 12), np.float32)


def by_definition(kernel: str, a: np.ndarray, b: np.ndarray) -> float:
    if kernel == "linear":
        return float(a @ b)
    if kernel == "rbf":
        return float(np.square(a - b).sum())
    if kernel == "intersection":
        return float(np.minimum(a, b).sum())
    both = a + b
    return float((np.square(a - b)[both > 0] / both[both > 0]).sum())


@pytest.mark.parametrize("kernel", ["linear", "rbf", "chi2", "intersection"])
def test_values_are_those_of_the_definition(kernel: str) -> None:
    told = kernels.raw(kernel, np.concatenate([A, BLANK]), B)
    wanted = [[by_definition(kernel, a.astype(float), b.astype(float)) for b in B] for a in [*A, BLANK[0]]]
    np.testing.assert_allclose(told, wanted, atol=1e-6)


def test_the_explicit_map_comes_near_the_chi_squared_kernel() -> None:
    told = kernels.raw(
        "additive-chi2", kernels.mapped("additive-chi2", A), kernels.mapped("additive-chi2", B)
    )
    both = A[:, None] + B
    exact = np.divide(2 * A[:, None] * B, both, out=np.zeros_like(both), where=both > 0).sum(axis=2)
    assert np.abs(told - exact).mean() < 0.03


@pytest.mark.parametrize("kernel", kernels.KERNELS)
def test_a_scale_makes_kernels_alike(kernel: str) -> None:
    shown = kernels.mapped(kernel, A)
    among = kernels.raw(kernel, shown, shown)
    values = Kernel.scaled(kernel, among).values(among)
    if kernel in kernels.WITH_GAMMA:
        np.testing.assert_allclose(np.diag(values), 1, atol=1e-5)
        assert 0.2 < values.mean() < 0.6
        assert Kernel.scaled(kernel, among, gamma=3).values(among).mean() < values.mean()
    else:
        assert np.diag(values).mean() == pytest.approx(1)


@pytest.mark.parametrize("kernel", kernels.KERNELS)
def test_blank_pictures_alone_have_a_kernel_too(kernel: str) -> None:
    among = kernels.raw(kernel, BLANK, BLANK)
    assert np.isfinite(Kernel.scaled(kernel, among).values(among)).all()
