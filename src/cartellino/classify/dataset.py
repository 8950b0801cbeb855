"""Features and labels side by side: what a recipe learns from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cartellino.errors import ModelError

if TYPE_CHECKING:
    from cartellino.catalogue import Catalogue
    from cartellino.classify.sight import Sight
    from cartellino.curate.labelset import LabelSet


@dataclass(frozen=True)
class Dataset:
    """The pictures of a label set's works, as features.

    Parameters
    ----------
    X : ndarray (pictures, width) of float32, or (pictures,) of object
        One row for each picture: its features; or the picture itself (`Shown`).
    owner : ndarray (pictures,) of int64
        The work that each picture shows, as an index into ``label_set.works``.
    label_set : LabelSet
        What can be learnt.
    backbone_id, backbone_hash : str
        What the rows come from (see `Sight`).
    blocks : tuple of int
        Widths of the stages, side by side in a feature; empty if it has but one.
    views : tuple of (str, int)
        The views side by side in a feature, with their widths.
    cache : Path, optional
        Where what is found in pictures, whatever their labels, is kept (`Lesson.cache`).
    """

    X: NDArray[Any]
    owner: NDArray[np.int64]
    label_set: LabelSet
    backbone_id: str = ""
    backbone_hash: str = ""
    blocks: tuple[int, ...] = ()
    views: tuple[tuple[str, int], ...] = ()
    cache: Path | None = None

    def rows(self, *parts: str) -> NDArray[np.int64]:
        """Places of the pictures whose works are in one of `parts`, ascending."""
        told = [str(part) for part in parts]
        return np.flatnonzero(np.isin(self.label_set.parts[self.owner], told)).astype(np.int64)


def assemble(catalogue: Catalogue, seen: Sight, label_set: LabelSet, cache: Path | None = None) -> Dataset:
    """Gather what is seen of a label set's works; `cache` as of `Dataset`.

    Raises
    ------
    ModelError
        If none of the works has a picture that could be read.
    FeatureError
        If a picture has no feature yet.
    """
    pairs = list(catalogue.pictures.shown_by(label_set.works.tolist()))
    if not pairs:
        raise ModelError(
            "none of its works has a picture that could be read",
            label_set.title,
            "See what went wrong with 'cartellino pictures --quarantine'.",
        )
    owner = np.searchsorted(label_set.works, np.array([work for work, _ in pairs], np.int64))
    X = seen.read([digest for _, digest in pairs])
    told = (seen.backbone_id, seen.backbone_hash, seen.blocks, seen.views)
    return Dataset(X, owner.astype(np.int64), label_set, *told, cache)


def works_mean(values: NDArray[Any], owner: NDArray[np.int64], n: int) -> NDArray[np.float64]:
    """Mean over the pictures of each work.

    Parameters
    ----------
    values : ndarray (pictures, k)
        Probabilities, one row for each picture.
    owner : ndarray (pictures,) of int64
        The work of each picture, from 0 to ``n - 1``.
    n : int
        Number of works.

    Returns
    -------
    ndarray (n, k) of float64
        NaN for a work without a picture: nothing is known of it.
    """
    sums = np.zeros((n, values.shape[1]))
    np.add.at(sums, owner, values)
    pictures = np.bincount(owner, minlength=n)[:, None]
    with np.errstate(invalid="ignore"):
        means: NDArray[np.float64] = sums / np.where(pictures, pictures, np.nan)
    return means
