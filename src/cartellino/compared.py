"""Models and recipes of a collection side by side, with what each costs."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cartellino.errors import ModelError
from cartellino.model import Model, Report
from cartellino.records import Part

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from cartellino.classify.dataset import Dataset
    from cartellino.classify.recipe import Recipe
    from cartellino.classify.trained import TrainedModel
    from cartellino.curate.labelset import LabelSet
    from cartellino.evaluate.compare import Candidate
    from cartellino.museum import Museum

_SEEN = 16  # pictures that a view is timed on
_ROWS = 512  # pictures that a classifier is timed on


class Compared:
    """Comparisons of a collection; each writes a report and returns it.

    Parameters
    ----------
    museum : Museum
        The collection.
    """

    def __init__(self, museum: Museum) -> None:
        self._museum = museum
        self._seeing: dict[str, float] = {}

    def models(self, models: Sequence[Model], *, against: str = "best", seed: int = 0) -> Report:
        """Compare models on the test works of the label set that all of them learnt.

        Parameters
        ----------
        models : sequence of Model
            Two or more.
        against : str
            'best': all are held against each other; 'first': the others against the first.
        seed : int
            Of works drawn again, for intervals.

        Raises
        ------
        ModelError
            If they learnt different label sets, or were set different test works aside.
        LabelError
            If there are no test works.
        """
        for model in models[1:]:
            refuse_unlike(models[0].label_set, model)
        return self._written([self._tested(model) for model in models], models[0].label_set, against, seed)

    def recipes(
        self,
        label_set: LabelSet,
        recipes: Sequence[Recipe],
        *,
        folds: int = 5,
        against: str = "best",
        seed: int = 0,
    ) -> Report:
        """Compare recipes on all works of a label set, each labelled by models that have not seen it.

        All recipes meet the same folds, kin together; `against` and `seed` as for models.
        """
        asked = [self._folded(label_set, recipe, folds, seed) for recipe in recipes]
        return self._written(asked, label_set, against, seed, folds)

    def _tested(self, model: Model) -> Candidate:
        from cartellino.evaluate.evaluate import said_by, tested

        dataset = self._museum.dataset(model.label_set, model.trained.recipe)
        said = said_by(model.trained, dataset, tested(model.trained, dataset, Part.TEST))
        size = sum(file.stat().st_size for file in model.folder.rglob("*") if file.is_file())
        spent = model.trained.provenance.training_seconds
        return self._candidate(model.name, model.trained, dataset, said, (spent, size))

    def _folded(self, label_set: LabelSet, recipe: Recipe, folds: int, seed: int) -> Candidate:
        from cartellino.evaluate.folds import said_in_folds

        dataset = self._museum.dataset(label_set, recipe)
        models, _, said = said_in_folds(dataset, recipe, folds, seed, self._museum.progress)
        size = sum(each.nbytes for each in models[-1].scorer.tensors().values())
        spent = [each.provenance.training_seconds or 0.0 for each in models]
        return self._candidate(recipe.name, models[-1], dataset, said, (sum(spent) / len(spent), size))

    def _candidate(
        self,
        name: str,
        model: TrainedModel,
        dataset: Dataset,
        said: Any,
        spent: tuple[float | None, int],
    ) -> Candidate:
        from dataclasses import asdict

        from cartellino.classify import speed
        from cartellino.evaluate.compare import Candidate, Cost

        if model.scorer.sees == "pictures":
            whole = speed.predicting(model, dataset.X[:_SEEN])
            cost = Cost(*spent, whole, None)
        else:
            head = speed.predicting(model, dataset.X[:_ROWS])
            cost = Cost(*spent, self._whole(model.recipe, head, dataset.label_set.works[:_SEEN]), head)
        made = asdict(model.provenance)
        return Candidate(name, model.recipe.name, model.backbone_id, said, cost, made)

    def _whole(self, recipe: Recipe, head: float, works: NDArray[np.int64]) -> float:
        """Pictures a second from file to label: each view is timed once, so that models stay comparable."""
        from cartellino.classify import speed
        from cartellino.features.registry import load_backbone

        views = recipe.views or (self._museum.backbone.id,)
        for view in views:
            if view not in self._seeing:
                backbone = load_backbone(view) if recipe.views else self._museum.backbone
                self._seeing[view] = speed.seeing(backbone, self._files(works))
        return speed.together(head, *(self._seeing[view] for view in views))

    def _files(self, works: NDArray[np.int64]) -> list[Any]:
        museum = self._museum
        shown = [each for work in works.tolist() for each in museum.catalogue.pictures.of(work)]
        return [(museum.pictures.path(each), each.trim) for each in shown[:_SEEN]]

    def _written(
        self, asked: Sequence[Candidate], label_set: LabelSet, against: str, seed: int, folds: int = 0
    ) -> Report:
        from cartellino.evaluate import compare_report
        from cartellino.evaluate.compare import compare

        part = "folds" if folds else "test"
        found = compare(asked, label_set, part=part, against=against, seed=seed, folds=folds)
        return Report(compare_report.write(found, self._folder(asked, label_set, against, folds)))

    def _folder(self, asked: Sequence[Candidate], label_set: LabelSet, against: str, folds: int) -> Path:
        makings = "\n".join([label_set.hash, against, str(folds), *(each.name for each in asked)])
        told = hashlib.sha256(makings.encode()).hexdigest()[:8]
        return self._museum.folder / "reports" / f"compare-{label_set.name}-{told}"


def refuse_unlike(label_set: LabelSet, model: Model) -> None:
    """Refuse to hold a model that learnt something else against one that learnt `label_set`.

    Raises
    ------
    ModelError
        If the classes, or the works set aside for testing, are others.
    """
    other = model.label_set
    if other.hash == label_set.hash:
        return
    if other.classes != label_set.classes:
        what = f"it learnt other classes ({other.title}) than the first model ({label_set.title})"
    elif set(other.works[other.of("test")]) != set(label_set.works[label_set.of("test")]):
        what = f"its test works ({other.title}) are not those of the first model ({label_set.title})"
    else:
        what = f"it learnt another version ({other.title}) than the first model ({label_set.title})"
    raise ModelError(
        what,
        model.name,
        f"What one was tested on the other may have learnt from. Train both on {label_set.title}, "
        "or compare their recipes in folds: cartellino compare --recipes … --label-set "
        f"{label_set.name}.",
    )
