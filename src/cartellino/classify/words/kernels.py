"""How alike two histograms are: the kernels of the support vector machine, as whole matrices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.words.histograms import Floats

# linear: the product. additive-chi2: the product of an explicit map whose products come near the chi-squared
# kernel's (Vedaldi and Zisserman, PAMI 34, 2012). rbf, chi2: exponentials of a distance. intersection: the
# sum of minima (Swain and Ballard, IJCV 7, 1991).
KERNELS = ("rbf", "linear", "additive-chi2", "chi2", "intersection")
WITH_GAMMA = ("rbf", "chi2")
EXPLICIT = ("linear", "additive-chi2")

_BLOCK = 256  # rows compared at a time where there is no product of matrices


def mapped(kernel: str, X: Floats) -> Floats:
    """Histograms (n, d) as the kernel takes them: as they are, or three numbers for each."""
    if kernel != "additive-chi2":
        return X
    from sklearn.kernel_approximation import AdditiveChi2Sampler

    raised: Floats = AdditiveChi2Sampler(sample_steps=2).fit_transform(X).astype(np.float32)
    return raised


def raw(kernel: str, A: Floats, B: Floats) -> NDArray[np.float64]:
    """Products, minima or distances (a, b) of histograms, mapped, before scale and gamma."""
    if kernel in EXPLICIT:
        return (A @ B.T).astype(np.float64)
    if kernel == "rbf":
        return _squares(A, B)
    return np.concatenate(
        [_compared(kernel, A[at : at + _BLOCK], B) for at in range(0, len(A), _BLOCK)]
        or [np.zeros((0, len(B)))]
    )


def _squares(A: Floats, B: Floats) -> NDArray[np.float64]:
    lengths = np.einsum("nd,nd->n", A, A)[:, None] + np.einsum("nd,nd->n", B, B)
    squares: NDArray[np.float64] = np.maximum(lengths - 2 * (A @ B.T), 0).astype(np.float64)
    return squares


def _compared(kernel: str, A: Floats, B: Floats) -> NDArray[np.float64]:
    if kernel == "chi2":
        from sklearn.metrics.pairwise import additive_chi2_kernel

        return np.asarray(-additive_chi2_kernel(A, B), np.float64)
    from scipy.spatial.distance import cdist

    # The smaller of two numbers is half of their sum less half of how far they are apart.
    sums = A.sum(axis=1, dtype=np.float64)[:, None] + B.sum(axis=1, dtype=np.float64)
    least: NDArray[np.float64] = (sums - cdist(A, B, "cityblock")) / 2
    return least


@dataclass(frozen=True)
class Kernel:
    """A kernel that is ready to be asked.

    Parameters
    ----------
    name : str
        One of `KERNELS`.
    scale : float
        What raw values are divided by: the mean distance between rows that were learnt from (Zhang et al.,
        IJCV 73, 2007), or their mean product with themselves; so that gamma and C mean the same for every
        form of histogram.
    gamma : float
        Of an exponential: how fast it falls, in units of the scale.
    """

    name: str
    scale: float = 1.0
    gamma: float = 1.0

    @classmethod
    def scaled(cls, name: str, among: NDArray[Any], gamma: float = 1.0) -> Kernel:
        """The kernel for rows among which the raw values are `among` (n, n)."""
        mean = float(among.mean() if name in WITH_GAMMA else among.diagonal().mean()) if among.size else 0.0
        return cls(name, mean if mean > 0 else 1.0, gamma)

    def values(self, told: NDArray[np.float64]) -> NDArray[np.float64]:
        """The kernel's values from raw ones."""
        if self.name in WITH_GAMMA:
            return np.exp(told * (-self.gamma / self.scale))
        return told / self.scale
