"""Searches for the settings of recipes, kept in the collection so that they continue."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cartellino.errors import ModelError
from cartellino.files import one_writer, write_text
from cartellino.learnt import Learnt
from cartellino.model import Model, Report

if TYPE_CHECKING:
    from cartellino.classify.recipe import Recipe
    from cartellino.classify.search.judging import Judge
    from cartellino.classify.search.searching import Budget
    from cartellino.classify.search.space import Space
    from cartellino.classify.search.study import Study
    from cartellino.curate.labelset import LabelSet
    from cartellino.museum import Museum

FOLDER = "searches"


@dataclass(frozen=True)
class Found:
    """What a search came to.

    Parameters
    ----------
    study : Study
        Every trial.
    recipe : Path
        The recipe file with the best settings.
    report : Report
        The page.
    model : Model
        The recipe, trained.
    """

    study: Study
    recipe: Path
    report: Report
    model: Model


class Searched:
    """Searches of a collection.

    Parameters
    ----------
    museum : Museum
        The collection.
    """

    def __init__(self, museum: Museum) -> None:
        self._museum = museum

    def search(
        self,
        label_set: LabelSet,
        recipe: Recipe,
        space: str,
        budget: Budget,
        *,
        objective: str = "",
        folds: int = 5,
        seed: int = 0,
    ) -> Found:
        """Search for the settings of a recipe, and train it with the best; the same search continues.

        Parameters
        ----------
        label_set : LabelSet
            What is learnt; only its train and validation parts are looked at.
        recipe : Recipe
            The recipe as it is.
        space : str
            Where to look (see `classify.search.space.read_space`); after ``grid:``, every combination;
            'auto' and 'grid': what the recipe's family says is worth a search.
        budget : Budget
            When to stop.
        objective : str
            'log_loss' (if not given), 'accuracy' or 'f2'.
        folds : int
            Folds that trials are judged by, kin together.
        seed : int
            The same seed gives the same trials.

        Raises
        ------
        InputError
            If the space or the objective does not fit the recipe or the label set.
        MissingExtraError
            If Optuna is not installed, and the search is no grid.
        """
        from cartellino.classify.search.judging import Judge, objective_for
        from cartellino.classify.search.space import read_space

        grid, told = _how(space)
        looked = read_space(told, recipe)
        wanted = objective_for(label_set.kind, objective)
        judge = Judge(lambda chosen: self._museum.dataset(label_set, chosen), wanted, folds, seed)
        fresh = self._fresh(label_set, recipe, looked, judge, "grid" if grid else "optuna")
        with one_writer(self._museum.folder / FOLDER / f"{fresh.name}.lock", "searching"):
            study, file = self._run(fresh, recipe, looked, judge, budget)
        page = self._museum.folder / "reports" / f"search-{study.name}" / "report.html"
        return Found(study, file, Report(page), self._trained(label_set, file, seed))

    def _fresh(self, label_set: LabelSet, recipe: Recipe, space: Space, judge: Judge, how: str) -> Study:
        """The study before its first trial; its name changes with anything that would change a trial."""
        from cartellino.classify.search.space import described
        from cartellino.classify.search.study import Study

        with self._museum.sight(recipe) as seen:
            sees = seen.backbone_hash
        looked = tuple(described(space))
        makings = (label_set.hash, recipe.to_json(), sees, how, *looked)
        makings += (judge.objective, str(judge.folds), str(judge.seed))
        told = hashlib.sha256("\n".join(makings).encode()).hexdigest()[:8]
        return Study(
            name=f"{label_set.name}-{recipe.name}-{told}",
            label_set=label_set.title,
            label_set_hash=label_set.hash,
            recipe=recipe.to_dict(),
            how=how,
            space=looked,
            objective=judge.objective,
            folds=judge.folds,
            seed=judge.seed,
        )

    def _run(
        self, fresh: Study, recipe: Recipe, space: Space, judge: Judge, budget: Budget
    ) -> tuple[Study, Path]:
        """Go on with the search; what is found by then is written even if it is stopped."""
        from cartellino.classify.search import study as studies
        from cartellino.classify.search.searching import Search
        from cartellino.classify.search.space import views

        kept = self._museum.folder / FOLDER / f"{fresh.name}.json"
        study = studies.opened(fresh, kept)

        def keep(told: Study) -> None:
            nonlocal study
            study = told
            studies.save(told, kept)

        for seen in views(recipe, space):
            judge.gathered(seen)  # features first: whoever watches is told of one thing after the other
        try:
            Search(recipe, space, judge.judged, keep, self._museum.progress).run(study, budget)
        finally:
            if study.best is not None:
                file = self._told(study, recipe)
        if study.best is None:
            raise ModelError(
                "no trial has gone through all folds",
                study.name,
                "Give it more time; it goes on where it stopped.",
            )
        return study, file

    def _told(self, study: Study, recipe: Recipe) -> Path:
        """Write the recipe that was found, and the report."""
        from cartellino.classify.search import report
        from cartellino.classify.search.found import as_toml, found_recipe

        file = self._museum.folder / FOLDER / f"{study.name}.toml"
        write_text(file, as_toml(found_recipe(study, recipe), study))
        report.write(study, recipe, self._museum.folder / "reports" / f"search-{study.name}")
        return file

    def _trained(self, label_set: LabelSet, file: Path, seed: int) -> Model:
        with one_writer(self._museum.folder / "train.lock", "training"):
            return Learnt(self._museum).train(label_set, str(file), seed, {})


def _how(space: str) -> tuple[bool, str]:
    """Whether it is a grid, and where to look."""
    told = space.strip()
    if told == "grid":
        return True, "auto"
    return told.startswith("grid:"), told.removeprefix("grid:")
