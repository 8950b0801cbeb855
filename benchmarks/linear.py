"""The linear head at the size of a large collection, beside a converged LogisticRegression.

Run: python benchmarks/linear.py [--data ../shared/data] [--cache build/tasks] [--skip]

97,010 rows of 2,136 features in float32: met's, drawn with replacement, each channel with normal noise
as large as its own deviation; 23 classes, the rarest tag of each work, one row in ten given another at
random. One row in five validates. `ours` tries five strengths, chooses one, learns again from everything
and calibrates; `scikit-learn` solves the chosen strength alone, on the same rows, scaled beforehand.
Each runs in a process of its own.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

import harness
import tasks

ROWS, NOISE, MISLABELLED, VALIDATION = 97_010, 1.0, 0.1, 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--cache", type=Path, default=Path("build/tasks"), help="as that of tasks.py")
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--skip", action="store_true", help="leave scikit-learn out, which takes minutes")
    told = parser.parse_args()
    tasks.features(told.data / "met" / "images", told.cache / "met")  # once, outside what is measured
    options = {"cache": str(told.cache), "data": str(told.data), "rows": told.rows}
    contenders = [harness.Contender("ours", __file__, "ours", options)]
    measured = harness.compare(contenders, told.rounds)
    if not told.skip:
        strength = {"strength": measured["ours"][-1]["strength"]}
        reference = harness.Contender("scikit-learn", __file__, "reference", options | strength)
        measured |= harness.compare([reference], 1)
    rows = [["", "seconds", "CPU seconds", "peak MiB", "validation accuracy", "strength", "passes"]]
    for name, rounds in measured.items():
        for told_round in rounds:
            seconds, cpu, peak = (f"{told_round[key]:,.1f}" for key in ("seconds", "cpu", "peak"))
            accuracy = f"{100 * told_round['accuracy']:.2f} %"
            rows.append(
                [
                    name,
                    seconds,
                    cpu,
                    peak,
                    accuracy,
                    f"{told_round['strength']:g}",
                    f"{told_round['passes']:g}",
                ]
            )
    print(harness.aligned(rows))


def ours(cache: str, data: str, rows: int) -> dict[str, float]:
    """Five strengths, the choice, learning from everything, calibration."""
    from cartellino.classify.heads.linear.linear import LinearClassifier

    X, y, validation = sample(Path(cache), Path(data), rows)
    begun, busy = time.perf_counter(), harness.cpu_seconds()
    model = LinearClassifier().fit(X, y, validation=validation)
    seconds, cpu = time.perf_counter() - begun, harness.cpu_seconds() - busy
    said = model.out_of_sample_
    accuracy = float(np.mean(said.logits.argmax(axis=1) == y[said.rows]))
    print(f"losses {model.losses_}, temperature {model.temperature_:.3f}", file=sys.stderr)
    return {
        "seconds": seconds,
        "cpu": cpu,
        "accuracy": accuracy,
        "strength": model.strength_,
        "passes": model.n_iter_,
    }


def reference(cache: str, data: str, rows: int, strength: float) -> dict[str, float]:
    """scikit-learn's logistic regression at one strength, run until it has converged."""
    from sklearn.linear_model import LogisticRegression

    X, y, validation = sample(Path(cache), Path(data), rows)
    X -= X.mean(axis=0)
    X /= X.std(axis=0)
    begun, busy = time.perf_counter(), harness.cpu_seconds()
    model = LogisticRegression(C=1 / strength, tol=1e-4, max_iter=3000).fit(X[~validation], y[~validation])
    seconds, cpu = time.perf_counter() - begun, harness.cpu_seconds() - busy
    accuracy = float(model.score(X[validation], y[validation]))
    return {
        "seconds": seconds,
        "cpu": cpu,
        "accuracy": accuracy,
        "strength": strength,
        "passes": float(model.n_iter_.max()),
    }


def sample(cache: Path, data: Path, n: int) -> tuple[Any, Any, Any]:
    """Features (n, 2136), classes (n,), and which rows validate (n,)."""
    random = np.random.default_rng(0)
    row_of, kept, _ = tasks.features(data / "met" / "images", cache / "met")
    with (data / "met" / "benchmark.csv").open(encoding="utf-8", newline="") as stream:
        told = [row for row in csv.DictReader(stream) if row["tags23"] and row["objectID"] in row_of]
    real, y = kept[[row_of[row["objectID"]] for row in told]], _rarest([row["tags23"] for row in told])
    drawn = random.integers(0, len(real), n)
    X, spread = real[drawn], NOISE * real.std(axis=0)
    for start in range(0, n, 4096):
        block = X[start : start + 4096]
        block += random.standard_normal(block.shape, dtype=np.float32) * spread
    wrong = random.random(n) < MISLABELLED
    labels = np.where(wrong, random.integers(0, y.max() + 1, n), y[drawn])
    return X, labels, np.arange(n) % VALIDATION == 0


def _rarest(cells: list[str]) -> Any:
    values = [cell.split("|") for cell in cells]
    counts: dict[str, int] = {}
    for value in (value for each in values for value in each):
        counts[value] = counts.get(value, 0) + 1
    places = {value: place for place, value in enumerate(sorted(counts))}
    return np.array([places[min(each, key=counts.__getitem__)] for each in values])


if __name__ == "__main__":
    main()
