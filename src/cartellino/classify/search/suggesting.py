"""What to try next, and when to give a trial up: Optuna, asked anew each time.

Akiba et al., Optuna (KDD 2019); the sampler is its tree-structured Parzen estimator (Bergstra et al.,
NeurIPS 2011), the rule for giving up its median rule. Each suggestion is made from what was tried and from a
seed that depends on how much that is, so that a search goes on after a kill as it would have without one.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from cartellino.classify.search.space import Dimension, Space
from cartellino.classify.search.study import DONE, PRUNED, Study, Trial
from cartellino.errors import MissingExtraError

_APART = 1_000_003  # seeds of one search lie this far from those of the next
_AT_RANDOM = 8  # trials before anything is concluded
_UNPRUNED = 4  # trials in full before one is given up
_FOLDS_AT_LEAST = 1  # beside the one that is judged: a single fold says little


class Suggesting:
    """Suggestions for a study.

    Parameters
    ----------
    study : Study
        What was tried.
    space : Space
        Where to look.

    Raises
    ------
    MissingExtraError
        If Optuna is not installed.
    """

    def __init__(self, study: Study, space: Space) -> None:
        self._optuna = _imported()
        self._space = space
        with _quiet():
            self._study = self._made(study)
            self._trial = self._study.ask(self._distributions())

    @property
    def settings(self) -> dict[str, Any]:
        """What to try next."""
        return {each.name: self._meant(each, self._trial.params[each.name]) for each in self._space}

    def behind(self, values: tuple[float, ...]) -> bool:
        """Whether a trial with these values so far is behind half of those that went that far."""
        mean = sum(values) / len(values)
        with _quiet():
            self._trial.report(mean, len(values) - 1)
            return bool(self._trial.should_prune())

    def _made(self, study: Study) -> Any:
        optuna = self._optuna
        seed = (study.seed * _APART + len(study.ended)) % 2**32
        made = optuna.create_study(
            direction="minimize" if study.falls else "maximize",
            sampler=optuna.samplers.TPESampler(seed=seed, n_startup_trials=_AT_RANDOM),
            pruner=optuna.pruners.MedianPruner(_UNPRUNED, _FOLDS_AT_LEAST),
        )
        for trial in study.ended:
            if trial.number and trial.state in (DONE, PRUNED):
                made.add_trial(self._known(trial))
        return made

    def _known(self, trial: Trial) -> Any:
        states = self._optuna.trial.TrialState
        means = {step: sum(trial.values[: step + 1]) / (step + 1) for step in range(len(trial.values))}
        return self._optuna.trial.create_trial(
            state=states.COMPLETE if trial.state == DONE else states.PRUNED,
            value=trial.value,
            params={each.name: self._held(each, trial.settings[each.name]) for each in self._space},
            distributions=self._distributions(),
            intermediate_values=means,
        )

    def _distributions(self) -> dict[str, Any]:
        return {each.name: self._distribution(each) for each in self._space}

    def _distribution(self, dimension: Dimension) -> Any:
        kinds = self._optuna.distributions
        if dimension.choices:  # by their places: lists and tables are choices too
            return kinds.CategoricalDistribution(tuple(range(len(dimension.choices))))
        if dimension.whole:
            return kinds.IntDistribution(int(dimension.low), int(dimension.high), log=dimension.log)
        return kinds.FloatDistribution(dimension.low, dimension.high, log=dimension.log)

    def _held(self, dimension: Dimension, value: Any) -> Any:
        return dimension.choices.index(value) if dimension.choices else value

    def _meant(self, dimension: Dimension, value: Any) -> Any:
        return dimension.choices[value] if dimension.choices else value


def _imported() -> Any:
    try:
        import optuna
    except ModuleNotFoundError as error:
        raise MissingExtraError("A search that learns from its trials", "search") from error
    return optuna


@contextmanager
def _quiet() -> Iterator[None]:
    """Optuna tells each trial on standard error, which is where our own progress stands."""
    from optuna import logging

    before = logging.get_verbosity()
    logging.set_verbosity(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.set_verbosity(before)
