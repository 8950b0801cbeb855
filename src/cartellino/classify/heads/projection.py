"""Features standardised, and turned to their principal axes where fewer numbers say as much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.heads.linear.scaling import Scaling, say_of
from cartellino.classify.heads.material import Material
from cartellino.classify.heads.scorer import finite
from cartellino.classify.scorer import Tensors

Floats = NDArray[Any]

_EXACT = 4096  # the shorter side of a table up to which its axes are found exactly
_SPARE = 32  # directions followed besides those wanted, so that the last of them are true
_ROUNDS = 3
_ROWS = 4096  # rows of a block, so that what is in between stays small


@dataclass(frozen=True)
class Projection:
    """What to take from each feature, what to multiply it by, and what to sum then.

    Parameters
    ----------
    mean, factor : ndarray (d,)
        As of `Scaling`.
    directions : ndarray (d, c), or None
        Orthonormal columns, the longest axis first; none: features keep their own axes.
    """

    mean: Floats
    factor: Floats
    directions: Floats | None = None

    @property
    def width(self) -> int:
        """Numbers that it takes."""
        return len(self.mean)

    @property
    def columns(self) -> int:
        """Numbers that it gives."""
        return self.width if self.directions is None else int(self.directions.shape[1])

    @classmethod
    def learn(
        cls, material: Material, components: int = 0, blocks: Sequence[int] = (), balance: float = 0.0
    ) -> Projection:
        """Measure the rows of material; labels are not looked at.

        Parameters
        ----------
        material : Material
            Rows and their weights.
        components : int
            Axes to keep; 0, or as many as there are numbers: the features as they are, but scaled.
        blocks, balance
            As of `scaling.say_of`.
        """
        say = say_of(blocks, material.X.shape[1], balance)
        scaling = Scaling.learn(material.X, material.weights, say)
        plain = cls(scaling.mean.astype(material.X.dtype), scaling.factor.astype(material.X.dtype))
        if not 0 < components < material.X.shape[1]:
            return plain
        rows = scaling.apply(material.X)
        rows *= np.sqrt(material.weights, dtype=rows.dtype)[:, None]
        return cls(plain.mean, plain.factor, _longest(rows, components, material.seed))

    def apply(self, X: Floats) -> Floats:
        """Projected copy (n, c) in the precision of X, C-contiguous."""
        mean, factor = self.mean.astype(X.dtype, copy=False), self.factor.astype(X.dtype, copy=False)
        turn = None if self.directions is None else self.directions.astype(X.dtype, copy=False)
        made = np.empty((len(X), self.columns), X.dtype)
        for at in range(0, len(X), _ROWS):
            rows = (X[at : at + _ROWS] - mean) * factor
            made[at : at + _ROWS] = rows if turn is None else rows @ turn
        return made

    def tensors(self) -> dict[str, NDArray[Any]]:
        """Every array that it consists of, by name."""
        told = {"mean": self.mean, "factor": self.factor}
        if self.directions is not None:
            told["directions"] = self.directions
        return {name: np.ascontiguousarray(each, np.float32) for name, each in told.items()}

    @classmethod
    def restored(cls, tensors: Tensors, about: Mapping[str, Any]) -> Self:
        """The projection of these arrays.

        Raises
        ------
        KeyError, ValueError
            If one is missing, or is not what it should be.
        """
        mean, factor, directions = tensors["mean"], tensors["factor"], tensors.get("directions")
        finite(mean, factor, *([] if directions is None else [directions]))
        if mean.ndim != 1 or factor.shape != mean.shape:
            raise ValueError("its mean and its factor do not fit each other")
        if directions is not None and directions.shape[:1] != mean.shape:
            raise ValueError("its directions do not fit its mean")
        return cls(mean, factor, directions)


def _longest(rows: Floats, many: int, seed: int) -> Floats:
    """The longest principal axes (d, many) of centred rows, each with a sign of its own choosing."""
    shorter = min(rows.shape)
    axes = _followed(rows, many, seed) if shorter > _EXACT else _exact(rows, min(many, shorter))
    largest = axes[np.abs(axes).argmax(axis=0), np.arange(axes.shape[1])]
    turned: Floats = np.ascontiguousarray(axes * np.where(largest < 0, -1, 1).astype(axes.dtype))
    return turned


def _exact(rows: Floats, many: int) -> Floats:
    """By the eigenvectors of whichever table of products is smaller."""
    from scipy.linalg import eigh
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    tall = len(rows) >= rows.shape[1]
    products = rows.T @ rows if tall else rows @ rows.T
    size = len(products)
    # Its threads wait for each other at every column: on a busy machine one is many times as quick as two.
    with threadpool_limits(1):
        found = eigh(products, subset_by_index=[size - many, size - 1], overwrite_a=True)[1][:, ::-1]
    if tall:
        return np.asarray(found)
    axes = rows.T @ found
    long = np.linalg.norm(axes, axis=0)
    return np.asarray(axes[:, long > long.max() * 1e-5] / long[long > long.max() * 1e-5])


def _followed(rows: Floats, many: int, seed: int) -> Floats:
    """By randomised subspace iteration (Halko, Martinsson and Tropp, SIAM Review 53, 2011, algorithm 4.4)."""
    from threadpoolctl import threadpool_limits

    random = np.random.default_rng(seed)
    basis = random.standard_normal((rows.shape[1], min(many + _SPARE, *rows.shape))).astype(rows.dtype)
    for _ in range(_ROUNDS):
        followed = rows.T @ (rows @ basis)
        with threadpool_limits(1):
            basis = np.linalg.qr(followed)[0]
    turn = _exact(rows @ basis, many)
    return np.asarray(basis @ turn)
