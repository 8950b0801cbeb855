"""What a search has tried so far: one JSON file, written whole after every fold.

A kill costs the fold it falls into, and nothing else: what is suggested next depends on what was tried and
on the seed alone (see `suggesting`), so that a search that was stopped goes on as if it had not been.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from cartellino.errors import ModelError
from cartellino.files import write_text

FORMAT = 1
DONE, PRUNED, FAILED, BEGUN = "done", "pruned", "failed", "begun"


@dataclass(frozen=True)
class Trial:
    """One set of settings, and how good it was.

    Parameters
    ----------
    number : int
        From 0, which is the recipe as it is.
    settings : mapping
        What differs from the recipe; empty for the recipe as it is.
    values : tuple of float
        The objective in each fold that was tried.
    state : str
        'done', all folds; 'pruned', given up because it was behind; 'failed'; 'begun'.
    seconds : float
        That it took.
    reason : str
        Why it failed.
    """

    number: int
    settings: Mapping[str, Any]
    values: tuple[float, ...] = ()
    state: str = BEGUN
    seconds: float = 0.0
    reason: str = ""

    @property
    def value(self) -> float:
        """Mean over the folds that were tried."""
        return sum(self.values) / len(self.values) if self.values else float("nan")


@dataclass(frozen=True)
class Study:
    """A search.

    Parameters
    ----------
    name : str
        Of its files.
    label_set, label_set_hash : str
        What is learnt.
    recipe : mapping
        The recipe as it is.
    how : str
        'optuna' or 'grid'.
    space : tuple of str
        Where it looks, in words.
    objective : str
        'log_loss', 'accuracy' or 'f2'.
    folds, seed : int
        Of the folds that trials are judged by.
    trials : tuple of Trial
        In the order in which they were begun; the last may be 'begun'.
    """

    name: str
    label_set: str
    label_set_hash: str
    recipe: Mapping[str, Any]
    how: str
    space: tuple[str, ...]
    objective: str
    folds: int
    seed: int
    trials: tuple[Trial, ...] = field(default=())

    @property
    def falls(self) -> bool:
        """Whether less of the objective is better."""
        return self.objective == "log_loss"

    @property
    def ended(self) -> tuple[Trial, ...]:
        """The trials that are over."""
        return tuple(trial for trial in self.trials if trial.state != BEGUN)

    @property
    def best(self) -> Trial | None:
        """The best trial of those that went through all folds; the earliest among equals."""
        done = [trial for trial in self.trials if trial.state == DONE]
        return min(done, key=lambda trial: trial.value if self.falls else -trial.value) if done else None

    def holding(self, trial: Trial) -> Study:
        """The study with a trial in the place of what was known of it."""
        return replace(self, trials=(*self.trials[: trial.number], trial))


def save(study: Study, path: Path) -> None:
    """Write a study, whole."""
    told = {"format": FORMAT, **asdict(study)}
    write_text(path, json.dumps(told, ensure_ascii=False, indent=1) + "\n")


def load(path: Path) -> Study:
    """Read a study.

    Raises
    ------
    ModelError
        If it is of another format, or is broken.
    """
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        if told.pop("format") != FORMAT:
            raise ValueError("another format")
        trials = tuple(Trial(**{**each, "values": tuple(each["values"])}) for each in told.pop("trials"))
        return Study(**{**told, "space": tuple(told["space"])}, trials=trials)
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"this does not describe a search ({error})", str(path), "Remove it, and search again."
        ) from error


def opened(fresh: Study, path: Path) -> Study:
    """The study at `path` if one is there, else `fresh`.

    Raises
    ------
    ModelError
        If what is there is another search.
    """
    if not path.exists():
        return fresh
    found = load(path)
    if replace(found, trials=()) != _plain(fresh):
        raise ModelError(
            "another search is kept under this name", str(path), "Remove it, or search with another seed."
        )
    return found


def _plain(study: Study) -> Study:
    """As it would be read back: JSON knows lists and no tuples."""
    told = json.loads(json.dumps(asdict(study)))
    return Study(**{**told, "space": tuple(told["space"]), "trials": ()})


def shares(trials: Sequence[Trial]) -> dict[str, int]:
    """How many trials ended in each way."""
    return {state: sum(trial.state == state for trial in trials) for state in (DONE, PRUNED, FAILED)}
