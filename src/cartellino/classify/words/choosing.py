"""Strength and gamma tried out of sample, vocabulary and all; then everything is learnt from."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.words import kernels, machine
from cartellino.classify.words.describing import Described
from cartellino.classify.words.histograms import Floats, Form, Lexicon
from cartellino.classify.words.kernels import Kernel
from cartellino.classify.words.machine import Machine
from cartellino.progress import Progress

Split = tuple[NDArray[np.int64], NDArray[np.int64]]
Choice = tuple[float, float]  # strength, gamma


@dataclass(frozen=True)
class Plan:
    """How it is learnt.

    Parameters
    ----------
    words, sampled : int
        Of the vocabulary: how many, and from how many descriptors at most.
    form : Form
        Of the histograms.
    kernel : str
        One of `kernels.KERNELS`.
    strengths, gammas : tuple of float
        What is tried.
    seed : int
        Where randomness comes from.
    """

    words: int
    sampled: int
    form: Form
    kernel: str
    strengths: tuple[float, ...]
    gammas: tuple[float, ...]
    seed: int

    def choices(self) -> list[Choice]:
        """Every strength with every gamma, where the kernel has one."""
        gammas = self.gammas if self.kernel in kernels.WITH_GAMMA else (1.0,)
        return list(product(self.strengths, gammas))


@dataclass(frozen=True)
class Lesson:
    """What there is to learn from; see `machine.fitted` for target, weights and classes."""

    described: Described
    target: NDArray[Any]
    weights: NDArray[np.float64]
    classes: int
    plan: Plan
    progress: Progress

    def lexicon(self, rows: NDArray[np.int64]) -> Lexicon:
        """The vocabulary of some rows, and of no others."""
        plan = self.plan
        return Lexicon.learn(self.described.at(rows), plan.words, plan.sampled, plan.form, plan.seed)


@dataclass(frozen=True)
class Learnt:
    """What was learnt from all rows."""

    lexicon: Lexicon
    support: Floats  # histograms, mapped, that scores are reckoned from
    kernel: Kernel
    machine: Machine


@dataclass
class Trial:
    """What each choice said of rows that were not learnt from."""

    rows: NDArray[np.int64]
    scores: dict[Choice, NDArray[np.float64]] = field(default_factory=dict)


def try_out(lesson: Lesson, splits: Sequence[Split], choices: Sequence[Choice]) -> Trial:
    """Learn vocabulary and machines from each split's rows by every choice, and ask about the others."""
    n = len(lesson.described)
    seen = np.zeros(n, bool)
    said = {choice: np.zeros((n, lesson.classes)) for choice in choices}
    for learn, ask in splits:
        lexicon = lesson.lexicon(learn)
        shown = [kernels.mapped(lesson.plan.kernel, _read(lesson, lexicon, rows)) for rows in (learn, ask)]
        among, across = (kernels.raw(lesson.plan.kernel, rows, shown[0]) for rows in shown)

        def attempt(
            choice: Choice,
            rows: NDArray[np.int64] = learn,
            among: NDArray[np.float64] = among,
            across: NDArray[np.float64] = across,
        ) -> NDArray[np.float64]:
            kernel = Kernel.scaled(lesson.plan.kernel, among, choice[1])
            return _machine(lesson, kernel.values(among), rows, choice[0]).scores(kernel.values(across))

        for choice, scores in zip(choices, _side_by_side(attempt, choices), strict=True):
            said[choice][ask] = scores
        seen[ask] = True
        lesson.progress.advance()
    return Trial(np.flatnonzero(seen), {choice: scores[seen] for choice, scores in said.items()})


def final(lesson: Lesson, choice: Choice) -> Learnt:
    """Learn from every row by one choice; histograms that support nothing are left behind."""
    rows = np.arange(len(lesson.described))
    lexicon = lesson.lexicon(rows)
    shown = kernels.mapped(lesson.plan.kernel, _read(lesson, lexicon, rows))
    among = kernels.raw(lesson.plan.kernel, shown, shown)
    kernel = Kernel.scaled(lesson.plan.kernel, among, choice[1])
    found = _machine(lesson, kernel.values(among), rows, choice[0])
    lesson.progress.advance()
    if lesson.plan.kernel in kernels.EXPLICIT:  # a product with each is the product with their sum
        return Learnt(
            lexicon, _folded(shown, found), kernel, Machine(np.eye(lesson.classes), found.intercepts)
        )
    supports = np.flatnonzero(found.coefficients.any(axis=1))
    return Learnt(lexicon, shown[supports], kernel, Machine(found.coefficients[supports], found.intercepts))


def _folded(shown: Floats, found: Machine) -> Floats:
    folded: Floats = (found.coefficients.T @ shown).astype(np.float32)
    return folded


def _read(lesson: Lesson, lexicon: Lexicon, rows: NDArray[np.int64]) -> Floats:
    return lexicon.read(lesson.described.at(rows))


def _machine(
    lesson: Lesson, values: NDArray[np.float64], rows: NDArray[np.int64], strength: float
) -> Machine:
    return machine.fitted(values, lesson.target[rows], lesson.weights[rows], lesson.classes, strength)


def _side_by_side(
    attempt: Callable[[Choice], NDArray[np.float64]], choices: Sequence[Choice]
) -> list[NDArray[np.float64]]:
    """Answers in order; LIBSVM lets go of the interpreter."""
    with ThreadPoolExecutor(os.cpu_count() or 1) as threads:
        return list(threads.map(attempt, choices))
