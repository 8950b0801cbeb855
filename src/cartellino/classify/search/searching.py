"""Trial after trial, each kept as soon as it is known, until there are enough or time is up."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cartellino.classify.search.space import Space, applied, combinations
from cartellino.classify.search.study import BEGUN, DONE, FAILED, PRUNED, Study, Trial
from cartellino.classify.search.suggesting import Suggesting
from cartellino.errors import InputError, LabelError, ModelError
from cartellino.progress import Progress, Silent

if TYPE_CHECKING:
    from cartellino.classify.recipe import Recipe

_MISFITS = (InputError, LabelError, ModelError, ValueError, ArithmeticError)

Judged = Callable[["Recipe", int], float]


@dataclass(frozen=True)
class Budget:
    """When to stop.

    Parameters
    ----------
    trials : int
        In all, with those of earlier runs; 0 means no bound but time. A grid ends by itself.
    minutes : float
        Of this run; 0 means no bound but trials. The fold that is under way is finished.
    """

    trials: int = 0
    minutes: float = 0.0

    def ends(self) -> float:
        """When this run has to stop, by the clock of `time.monotonic`."""
        return time.monotonic() + 60 * self.minutes if self.minutes else math.inf


class Search:
    """A search under way.

    Parameters
    ----------
    recipe : Recipe
        The recipe as it is, which is the first trial.
    space : Space
        Where to look.
    judged : callable
        From a recipe and the number of a fold to the objective there.
    keep : callable
        Told of the study after every fold.
    progress : Progress, optional
        Who is told; nobody if not given.
    """

    def __init__(
        self,
        recipe: Recipe,
        space: Space,
        judged: Judged,
        keep: Callable[[Study], None],
        progress: Progress | None = None,
    ) -> None:
        self._recipe, self._space, self._judged, self._keep = recipe, space, judged, keep
        self._progress = progress or Silent()

    def run(self, study: Study, budget: Budget) -> Study:
        """Go on with a study; Ctrl-C and a kill leave it as `keep` was last told.

        Raises
        ------
        MissingExtraError
            If Optuna is not installed, and the study is no grid.
        """
        ends, most = budget.ends(), self._most(study, budget)
        self._progress.start(f"Searching {study.label_set}", most, "trial")
        self._progress.advance(len(study.ended))
        try:
            while time.monotonic() < ends and (most is None or len(study.ended) < most):
                study = self._tried(study, ends)
                if study.trials[-1].state != BEGUN:
                    self._progress.advance()
                    self._note(study)
        finally:
            self._progress.finish()
        return study

    def _most(self, study: Study, budget: Budget) -> int | None:
        """How many trials there will be, the recipe as it is among them."""
        every = 1 + len(combinations(self._space)) if study.how == "grid" else None
        if budget.trials and every:
            return min(every, budget.trials)
        return budget.trials or every

    def _tried(self, study: Study, ends: float) -> Study:
        """The study with one trial more, or with as much of it as time allowed."""
        number = len(study.ended)
        suggesting = Suggesting(study, self._space) if study.how == "optuna" and number else None
        trial = Trial(number, self._settings(study, number, suggesting))
        if len(study.trials) > number and study.trials[number].settings == trial.settings:
            trial = study.trials[number]  # begun by an earlier run
        known = next((each for each in study.ended if each.settings == trial.settings), None)
        if known is not None:
            told = (known.values, known.state, known.reason)
            trial = replace(trial, values=told[0], state=told[1], reason=told[2])
            return self._kept(study, trial)
        return self._judge(study, trial, suggesting, ends)

    def _settings(self, study: Study, number: int, suggesting: Suggesting | None) -> dict[str, Any]:
        if number == 0:
            return {}
        if suggesting is None:
            return combinations(self._space)[number - 1]
        return suggesting.settings

    def _judge(self, study: Study, trial: Trial, suggesting: Suggesting | None, ends: float) -> Study:
        for values in range(1, len(trial.values) + 1):  # what an earlier run found out
            if suggesting is not None:
                suggesting.behind(trial.values[:values])
        while len(trial.values) < study.folds:
            if time.monotonic() >= ends:
                return self._kept(study, trial)
            trial = self._further(trial)
            if trial.state == FAILED:
                return self._kept(study, trial)
            last = len(trial.values) == study.folds
            if suggesting is not None and suggesting.behind(trial.values) and not last:
                return self._kept(study, replace(trial, state=PRUNED))
            if not last:
                study = self._kept(study, trial)
        return self._kept(study, replace(trial, state=DONE))

    def _further(self, trial: Trial) -> Trial:
        """The trial after one fold more."""
        begun = time.perf_counter()
        try:
            value = self._judged(applied(self._recipe, trial.settings), len(trial.values))
            trial = replace(trial, values=(*trial.values, value))
            if not math.isfinite(value):
                raise ArithmeticError("the objective is not a number")
        except _MISFITS as error:
            if trial.number == 0:
                raise
            trial = replace(trial, values=(), state=FAILED, reason=str(error))
        return replace(trial, seconds=round(trial.seconds + time.perf_counter() - begun, 3))

    def _kept(self, study: Study, trial: Trial) -> Study:
        study = study.holding(trial)
        self._keep(study)
        return study

    def _note(self, study: Study) -> None:
        if study.best is not None:
            self._progress.note(f"best so far {study.best.value:.4f}, trial {study.best.number}")
