"""Strength and gamma tried out of sample, vocabulary and all; then everything is learnt from."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cartellino.classify.heads.material import Material
from cartellino.classify.heads.splits import Rows, Split
from cartellino.classify.heads.teaching import Candidate
from cartellino.classify.words import kernels, machine
from cartellino.classify.words.describing import Described
from cartellino.classify.words.histograms import Floats, Form, Lexicon
from cartellino.classify.words.kernels import Kernel
from cartellino.classify.words.machine import Machine, Values


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
    """

    words: int
    sampled: int
    form: Form
    kernel: str
    strengths: tuple[float, ...]
    gammas: tuple[float, ...]

    def candidates(self) -> list[Candidate]:
        """Every strength with every gamma, where the kernel has one; most cautious first."""
        told = sorted(float(strength) for strength in self.strengths)
        if self.kernel not in kernels.WITH_GAMMA:
            return [{"strength": strength} for strength in told]
        gammas = sorted(float(gamma) for gamma in self.gammas)
        return [{"strength": strength, "gamma": gamma} for strength, gamma in product(told, gammas)]


@dataclass(frozen=True)
class Learnt:
    """What was learnt from all pictures.

    Parameters
    ----------
    lexicon : Lexicon
        The vocabulary.
    support : ndarray (s, d) of float32
        Histograms, mapped, that others are compared with.
    kernel : Kernel
        How.
    machine : Machine
        What each likeness counts.
    """

    lexicon: Lexicon
    support: Floats
    kernel: Kernel
    machine: Machine


@dataclass(frozen=True)
class Bench:
    """What stays the same from one attempt to the next: what was found in the pictures, and the plan."""

    described: Described
    plan: Plan

    def tried(self, material: Material, split: Split, candidates: Sequence[Candidate]) -> list[Values]:
        """Scores of the pictures that a split keeps out, by every candidate.

        The vocabulary, too, is learnt without them. LIBSVM lets go of the interpreter, so that threads
        take a candidate each.
        """
        lexicon = self._lexicon(material, split[0])
        learn, ask = (self._read(lexicon, rows) for rows in split)
        raw = kernels.raw(self.plan.kernel, learn, learn), kernels.raw(self.plan.kernel, ask, learn)
        attempt = partial(self._attempted, material.part(split[0]), raw)
        with ThreadPoolExecutor(os.cpu_count() or 1) as threads:
            return list(threads.map(attempt, candidates))

    def final(self, material: Material, candidate: Candidate) -> Learnt:
        """Learn from every picture by one candidate; histograms that support nothing are left behind."""
        rows = np.arange(len(material))
        lexicon = self._lexicon(material, rows)
        shown = self._read(lexicon, rows)
        raw = kernels.raw(self.plan.kernel, shown, shown)
        kernel = self._kernel(raw, candidate)
        found = _fitted(material, kernel.values(raw), candidate)
        material.progress.advance()
        if self.plan.kernel in kernels.EXPLICIT:  # products with all of them are products with their sums
            sums = (found.coefficients.T @ shown).astype(np.float32)
            return Learnt(lexicon, sums, kernel, Machine(np.eye(len(sums)), found.intercepts))
        supports = np.flatnonzero(found.coefficients.any(axis=1))
        counts = Machine(found.coefficients[supports], found.intercepts)
        return Learnt(lexicon, shown[supports], kernel, counts)

    def _attempted(self, learn: Material, raw: tuple[Values, Values], candidate: Candidate) -> Values:
        among, across = raw
        kernel = self._kernel(among, candidate)
        return _fitted(learn, kernel.values(among), candidate).scores(kernel.values(across))

    def _lexicon(self, material: Material, rows: Rows) -> Lexicon:
        plan = self.plan
        described = self.described.at(rows)
        return Lexicon.learn(described, plan.words, plan.sampled, plan.form, material.seed)

    def _read(self, lexicon: Lexicon, rows: Rows) -> Floats:
        return kernels.mapped(self.plan.kernel, lexicon.read(self.described.at(rows)))

    def _kernel(self, among: Values, candidate: Candidate) -> Kernel:
        return Kernel.scaled(self.plan.kernel, among, candidate.get("gamma", 1.0))


def _fitted(material: Material, values: Values, candidate: Candidate) -> Machine:
    # Divided by their mean, so that a strength means the same whatever works weigh.
    weights: NDArray[Any] = material.stressed / material.weights.mean()
    return machine.fitted(values, material.target, weights, material.columns, candidate["strength"])
