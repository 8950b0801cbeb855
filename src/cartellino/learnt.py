"""What a collection has learnt: models trained, made broader, evaluated, and kept with their reports."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cartellino.model import Model, Report, name_of
from cartellino.sights import hash_of

if TYPE_CHECKING:
    from cartellino.catalogue.models import ModelRow
    from cartellino.classify.dataset import Dataset
    from cartellino.classify.recipe import Recipe
    from cartellino.classify.trained import TrainedModel
    from cartellino.curate.labelset import LabelSet
    from cartellino.curate.merges import Edge
    from cartellino.evaluate.evaluation import Evaluation
    from cartellino.museum import Museum
    from cartellino.records import Suggestion


class Learnt:
    """The models of a collection.

    Parameters
    ----------
    museum : Museum
        The collection.
    """

    def __init__(self, museum: Museum) -> None:
        self._museum = museum

    def train(self, label_set: LabelSet, recipe: str, seed: int, options: dict[str, Any]) -> Model:
        """Train a recipe, evaluate it and write its report; the same makings are not trained twice."""
        from cartellino.classify import recipe as recipes

        chosen = recipes.load(recipe).changed(options)
        name = name_of(label_set, chosen, hash_of(self._museum, chosen), seed)
        if not self._known(name):
            self._train(label_set, chosen, seed, name)
        return self.find(name)

    def broader(self, model: Model, name: str, edges: Sequence[Edge]) -> Model:
        """Let a model answer with broad classes: a label set `name` and its model, nothing learnt anew."""
        from cartellino.classify.broader import broader, broader_definition

        broad = self._museum.labels.freeze(broader_definition(model.label_set, name, edges))
        made = hashlib.sha256(f"{broad.hash}\n{model.name}".encode()).hexdigest()
        called = f"{broad.name}-{model.trained.recipe.name}-{made[:8]}"
        if not self._known(called):
            trained = replace(broader(model.trained, model.label_set, broad, edges), name=called)
            self._keep(trained, self._museum.dataset(broad, trained.recipe), trained.provenance.seed)
        return self.find(called)

    def every(self) -> list[Model]:
        """Every model, oldest first."""
        return [self._held(row) for row in self._museum.catalogue.models.list()]

    def find(self, name: str) -> Model:
        """The model called `name`, or the newest of the label set called `name`.

        Raises
        ------
        ModelError
            If there is none.
        """
        catalogue = self._museum.catalogue
        rows = {row.name: row for row in catalogue.models.list()}
        if name in rows:
            return self._held(rows[name])
        return self._held(catalogue.models.newest(catalogue.labels.find(name).id))

    def predict(self, model: Model, work_ids: Sequence[str]) -> dict[str, list[Suggestion]]:
        """The likeliest labels of some works, best first."""
        from cartellino.classify.predict import suggest

        catalogue, withheld = self._museum.catalogue, model.label_set.audit_only
        keys = [catalogue.works.key(work_id) for work_id in work_ids]
        with self._museum.sight(model.trained.recipe) as seen:
            found = suggest(catalogue, seen, model.trained, keys, withheld=withheld)
        return {work_id: found[key] for work_id, key in zip(work_ids, keys, strict=True)}

    def back_off(
        self, model: Model, work_ids: Sequence[str], merges: Sequence[Edge], sure: float
    ) -> dict[str, Suggestion | None]:
        """What a model is sure of: a class, or what it lies within; None where it is sure of nothing."""
        from cartellino.classify.backing_off import backed_off, withheld

        catalogue, silent = self._museum.catalogue, withheld(model.label_set, merges)
        keys = [catalogue.works.key(work_id) for work_id in work_ids]
        with self._museum.sight(model.trained.recipe) as seen:
            found = backed_off(catalogue, seen, model.trained, keys, merges, sure, silent)
        return {work_id: found[key] for work_id, key in zip(work_ids, keys, strict=True)}

    def evaluate(self, model: Model, folds: int, seed: int) -> Report:
        """Measure a model on its test part; with `folds`, cross-validate its recipe."""
        from cartellino.evaluate import report
        from cartellino.evaluate.evaluate import evaluate
        from cartellino.evaluate.folds import cross_validate

        museum = self._museum
        recipe = model.trained.recipe
        dataset = museum.dataset(model.label_set, recipe)
        if folds:
            found = cross_validate(dataset, recipe, k=folds, seed=seed, progress=museum.progress)
        else:
            found = evaluate(model.trained, dataset, seed=seed)
        name = f"{model.name}-folds-{folds}" if folds else model.name
        return Report(report.write(found, museum.folder / "reports" / name))

    def measured(self, model: Model, part: str) -> Evaluation:
        """Measure a model on a part of its label set; only 'test' is a test."""
        from cartellino.evaluate.evaluate import evaluate

        dataset = self._museum.dataset(model.label_set, model.trained.recipe)
        return evaluate(model.trained, dataset, part, model.trained.provenance.seed)

    def _known(self, name: str) -> bool:
        return name in {row.name for row in self._museum.catalogue.models.list()}

    def _train(self, label_set: LabelSet, recipe: Recipe, seed: int, name: str) -> None:
        from cartellino.classify.train import train

        dataset = self._museum.dataset(label_set, recipe)
        unfinished = self._museum.folder / "training" / name
        trained = train(dataset, recipe, seed, self._museum.progress, unfinished)
        self._keep(replace(trained, name=name), dataset, seed)
        shutil.rmtree(unfinished, ignore_errors=True)

    def _keep(self, trained: TrainedModel, dataset: Dataset, seed: int) -> None:
        """Save a model and its report; the catalogue knows it last, when it is complete."""
        from cartellino.classify import saved
        from cartellino.evaluate import report
        from cartellino.evaluate.evaluate import evaluate

        museum = self._museum
        card = saved.save(trained, museum.folder / "models" / trained.name)
        found = evaluate(trained, dataset, seed=seed)
        report.write(found, museum.folder / "reports" / trained.name)
        label_set, recipe = dataset.label_set.id, trained.recipe.name
        museum.catalogue.models.save(trained.name, label_set, recipe, trained.backbone_id, card)

    def _held(self, row: ModelRow) -> Model:
        from cartellino.curate.frozen import load_by_key

        museum = self._museum
        report = Report(museum.folder / "reports" / row.name / "report.html")
        label_set = load_by_key(museum.catalogue, row.label_set)
        return Model(row, museum.folder / "models" / row.name, report, label_set, museum.backbone)
