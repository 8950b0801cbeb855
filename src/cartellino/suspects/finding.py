"""The suspects of a label set: found once, kept in the catalogue, and read there until something changes."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.folding import out_of_fold
from cartellino.classify.predict import suggestions
from cartellino.suspects import labels, places, twins
from cartellino.suspects.measures import VERSION
from cartellino.suspects.reasons import Reason, Suspect, ranked
from cartellino.suspects.strays import strays

if TYPE_CHECKING:
    from cartellino.catalogue import Catalogue
    from cartellino.classify.dataset import Dataset
    from cartellino.classify.recipe import Recipe
    from cartellino.curate.labelset import LabelSet
    from cartellino.progress import Progress

_RULES = 1  # raised when the same collection would give another list
_THOUGHTS = 3
Reasons = Mapping[int, list[Reason]]


@dataclass(frozen=True)
class Found:
    """The suspects of a label set.

    Parameters
    ----------
    suspects : list of Suspect
        The most doubtful first.
    wrong : int
        How many works have a wrong label, as the model estimates.
    """

    suspects: list[Suspect]
    wrong: int


def key_of(catalogue: Catalogue, label_set: LabelSet, backbone_hash: str, recipe: Recipe, seed: int) -> str:
    """SHA-256 over all that the suspects of a label set follow from."""
    told = [_RULES, VERSION, label_set.hash, backbone_hash, recipe.to_json(), seed]
    hasher = hashlib.sha256(json.dumps(told).encode())
    for work, digest in catalogue.pictures.shown_by(label_set.works.tolist()):
        hasher.update(f"{work} {digest}\n".encode())
    return hasher.hexdigest()


def find(
    catalogue: Catalogue,
    dataset: Dataset,
    recipe: Recipe,
    *,
    seed: int = 0,
    progress: Progress | None = None,
) -> Found:
    """Look for works of a label set that look wrong.

    Parameters
    ----------
    catalogue : Catalogue
        Knows which works show the same picture, and what was measured of each.
    dataset : Dataset
        Features and labels.
    recipe : Recipe
        What judges the labels, each by a model that has not seen the work or its kin.
    seed : int
        For the folds.
    progress : Progress, optional
        Who is told.

    Raises
    ------
    LabelError
        If a class has too few works to ask a model about them.
    """
    label_set = dataset.label_set
    said = out_of_fold(dataset, recipe, seed=seed, progress=progress)
    vectors = places.vectors_of(dataset)
    near = places.nearest(vectors, label_set.kin)
    by_row = _gathered(
        labels.doubted(label_set, said),
        twins.contradicted(catalogue, label_set),
        _by_place(label_set, strays(catalogue)),
        places.out_of_place(label_set, vectors, near),
    )
    alike = near.places[:, : places.ALIKE]
    suspects = ranked(_suspect(label_set, row, said, alike, reasons) for row, reasons in by_row.items())
    return Found(suspects, labels.wrong(label_set, said))


def keep(
    catalogue: Catalogue, dataset: Dataset, recipe: Recipe, key: str, *, seed: int, progress: Progress
) -> None:
    """Look for suspects, and keep the list under `key` in the catalogue."""
    found = find(catalogue, dataset, recipe, seed=seed, progress=progress)
    entries = ((each.work, each.doubt, each.as_dict()) for each in found.suspects)
    catalogue.suspects.save(dataset.label_set.id, key, found.wrong, entries)


def _gathered(*found: Reasons) -> dict[int, list[Reason]]:
    gathered: defaultdict[int, list[Reason]] = defaultdict(list)
    for reasons in found:
        for row, told in reasons.items():
            gathered[row] += told
    return gathered


def _by_place(label_set: LabelSet, reasons: Reasons) -> dict[int, list[Reason]]:
    place = {int(work): row for row, work in enumerate(label_set.works)}
    return {place[work]: told for work, told in reasons.items() if work in place}


def _suspect(
    label_set: LabelSet,
    row: int,
    said: NDArray[np.float64],
    alike: NDArray[np.int64],
    reasons: list[Reason],
) -> Suspect:
    known = np.isfinite(said[row]).all()
    thought = suggestions(label_set.classes, said[row], _THOUGHTS) if known else []
    return Suspect(
        work=int(label_set.works[row]),
        given=twins.labels_of(label_set, row),
        thought=tuple((each.label, round(each.probability, 4)) for each in thought),
        reasons=tuple(sorted(reasons, key=lambda each: -each.strength)),
        alike=tuple(int(label_set.works[other]) for other in alike[row] if other >= 0),
    )
