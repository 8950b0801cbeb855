"""What is told of a run: a table, curves and test pictures for TensorBoard, words."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Any

import pytest

torch: Any = pytest.importorskip(
    "torch", reason="networks need the [train] extra: pip install 'cartellino[train]'"
)
pytest.importorskip("accelerate")

import numpy as np

from cartellino.classify.networks.board import Board, title
from cartellino.classify.networks.estimator import NetworkClassifier
from cartellino.errors import MissingExtraError

from .patterns import Patterns

pytestmark = pytest.mark.train

QUICK: dict[str, Any] = {"network": "tiny", "epochs": 2, "batch": 8, "learning_rate": 0.01}


class Heard:
    def __init__(self) -> None:
        self.done = 0
        self.tasks: list[tuple[str, int | None]] = []
        self.notes: list[str] = []

    def start(self, task: str, total: int | None = None, unit: str = "") -> None:
        self.tasks.append((task, total))
        self.done = 0

    def advance(self, count: int = 1) -> None:
        self.done += count

    def note(self, text: str) -> None:
        self.notes.append(text)

    def finish(self) -> None:
        pass


def test_progress_tells_batches_and_epochs(patterns: Patterns) -> None:
    heard = Heard()
    NetworkClassifier(**QUICK).fit(patterns.X, patterns.y, progress=heard)
    assert heard.tasks == [("Decoding pictures", 30), ("Training tiny", 8)]
    assert heard.done == 8
    assert heard.notes[1].startswith("epoch 2 of 2: validation loss ")


def test_the_table_and_tensorboard_tell_the_same(patterns: Patterns, tmp_path: Path) -> None:
    accumulator = pytest.importorskip("tensorboard.backend.event_processing.event_accumulator")
    told = NetworkClassifier(**QUICK, folder=str(tmp_path), tensorboard=True, show_every=4)
    told.fit(patterns.X, patterns.y)
    (table,) = tmp_path.rglob("history.csv")
    with table.open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["epoch"], row["part"]) for row in rows] == [
        ("1", "train"),
        ("1", "validation"),
        ("2", "train"),
        ("2", "validation"),
    ]
    logs = accumulator.EventAccumulator(str(table.parent / "logs"))
    logs.Reload()
    losses = [event.value for event in logs.Scalars("loss/validation")]
    assert losses == pytest.approx([float(row["loss"]) for row in rows[1::2]])
    assert len(logs.Scalars("batch/loss")) == 8
    assert [event.step for event in logs.Images("test pictures")] == [3, 7]


def test_showing_pictures_changes_nothing_of_the_training(patterns: Patterns, tmp_path: Path) -> None:
    shown = NetworkClassifier(**QUICK, dropout=0.5, folder=str(tmp_path), tensorboard=True, show_every=2)
    plain = NetworkClassifier(**QUICK, dropout=0.5)
    one, other = (each.fit(patterns.X, patterns.y).scorer_.tensors() for each in (shown, plain))
    assert all((one[name] == other[name]).all() for name in other)


def test_a_missing_tensorboard_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch.utils.tensorboard", None)
    with pytest.raises(MissingExtraError, match=r"needs the \[train\] extra"):
        Board(tmp_path, 0)


def test_titles_say_what_is_predicted_how_surely_and_what_is_so() -> None:
    assert title(np.array([0.1, 0.9]), 0, ["a", "b"]) == "b, 90%\n(a)"
