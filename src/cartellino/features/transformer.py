"""Pictures to features as a step of a scikit-learn pipeline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, TransformerMixin

from cartellino.errors import PictureError
from cartellino.features.backbone import Backbone
from cartellino.features.memory import Key, Memory
from cartellino.features.pool import Pool
from cartellino.features.preprocessing import Shown
from cartellino.features.registry import load_backbone
from cartellino.features.views import SideBySide

Vectors = npt.NDArray[np.float32]

_MEMORY = Memory()  # of the process, so that clones, folds and grids share it


class FeatureTransformer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Turns pictures into the features of some views, side by side.

    Nothing is learnt from the pictures. Vectors stay in memory, by the contents of the file and the view,
    so that folds and grids compute each of them once in a process.

    Parameters
    ----------
    views : sequence of str
        Names of views (``lite2``, ``lite2:all@quarters``), as `load_backbone` takes them.
    workers : int
        Threads; 0 means one for each core.

    Attributes
    ----------
    n_features_out_ : int
        Numbers in a feature.
    features_hash_ : str
        SHA-256 over everything that moves them.
    """

    def __init__(self, views: Sequence[str] = ("lite2",), *, workers: int = 0) -> None:
        self.views = views
        self.workers = workers

    def fit(self, X: Any, y: Any = None) -> Self:
        """Load the views; nothing is learnt.

        Raises
        ------
        FeatureError
            If a view is named twice, does not exist, or cannot be loaded.
        """
        together = SideBySide.of([_loaded(name) for name in self.views])
        self.n_features_out_, self.features_hash_ = together.width, together.hash
        return self

    def transform(self, X: Iterable[str | Path | Shown]) -> Vectors:
        """Give the features of pictures.

        Parameters
        ----------
        X : sequence of str, Path or Shown, shape (n,)
            Picture files, or files and what lies inside their borders.

        Returns
        -------
        ndarray of float32, shape (n, n_features_out_)

        Raises
        ------
        PictureError
            If a picture cannot be decoded: none is skipped, and nothing stands in for it.
        """
        shown = [each if isinstance(each, Shown) else Shown(Path(each)) for each in X]
        parts = [self._seen(_loaded(name), shown) for name in self.views]
        return np.concatenate(parts, axis=1)

    def _seen(self, backbone: Backbone, shown: list[Shown]) -> Vectors:
        keys = [_MEMORY.key(backbone.hash, each) for each in shown]
        found = {key: _MEMORY.get(key) for key in keys}
        todo = {key: each for key, each in zip(keys, shown, strict=True) if found[key] is None}
        with Pool[Key](backbone, self.workers) as pool:
            for key, outcome in pool.embedded(todo.items()):
                if isinstance(outcome, PictureError):
                    raise outcome
                found[key] = outcome[0]
                _MEMORY.keep(key, outcome[0])
        vectors = np.empty((len(keys), backbone.width), np.float32)
        for row, key in enumerate(keys):
            vectors[row] = found[key]
        return vectors

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.requires_fit = False
        tags.input_tags.two_d_array = False
        tags.no_validation = True
        return tags


@lru_cache(maxsize=8)
def _loaded(name: str) -> Backbone:
    return load_backbone(name)
