"""A run killed in the middle of an epoch and gone on with ends bit for bit where an unbroken one does."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

torch: Any = pytest.importorskip(
    "torch", reason="networks need the [train] extra: pip install 'cartellino[train]'"
)
pytest.importorskip("accelerate")

from safetensors import safe_open

from cartellino.classify.networks import checkpoint
from cartellino.classify.networks.estimator import NetworkClassifier
from cartellino.errors import ModelError

from .patterns import Patterns

pytestmark = pytest.mark.train

TOLD: dict[str, Any] = {
    "network": "tiny",
    "batch_norm": True,
    "dropout": 0.5,
    "batch": 4,
    "accumulate": 2,
    "optimiser": "adamw",
    "learning_rate": [0.002, 0.01],
    "schedule": "one-cycle",
    "sampling": "balanced",
    "augment": "p1",
    "mixup": 0.2,
    "cutmix": 0.5,
    "clip": 1.0,
    "stages": [{"epochs": 1, "trained": "head"}, {"epochs": 2}],
    "checkpoint_every": 1,
}

# Prints after each step, so that it is known when to kill it.
RUN = """
import json, sys
import numpy as np
import torch
torch.set_num_threads(1)
from cartellino.classify.networks.estimator import NetworkClassifier
from cartellino.classify.networks.watching import Watching
told = json.loads(sys.argv[1])
step = Watching.step
def slow(self, loss, rate, number):
    step(self, loss, rate, number)
    print(number, flush=True)
    sys.stdin.readline()
Watching.step = slow
NetworkClassifier(**told["settings"]).fit(np.array(told["X"], object), told["y"])
"""


def _killed(folder: Path, patterns: Patterns, step: int) -> None:
    """Start a run in another process, and kill it at the given step."""
    told = {"settings": {**TOLD, "folder": str(folder)}, "X": patterns.X.tolist(), "y": patterns.y.tolist()}
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, json.dumps(told)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        for line in process.stdout:
            if int(line) >= step:
                break
            process.stdin.write("\n")
            process.stdin.flush()
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL


def _weights(estimator: NetworkClassifier) -> dict[str, bytes]:
    return {name: each.tobytes() for name, each in estimator.scorer_.tensors().items()}


def _last(folder: Path) -> dict[str, bytes]:
    """Weights, statistics and optimiser at the end of the last epoch, which need not be the best."""
    (stood,) = _runs(folder)
    tensors = checkpoint.read(stood)[0]  # type: ignore[index]
    assert any(name.startswith("optimiser/") for name in tensors)
    return {name: each.numpy().tobytes() for name, each in tensors.items()}


def _timeless(estimator: NetworkClassifier) -> list[dict[str, Any]]:
    return [{key: value for key, value in row.items() if key != "seconds"} for row in estimator.history_]


@pytest.fixture(scope="module")
def unbroken(patterns: Patterns, tmp_path_factory: pytest.TempPathFactory) -> NetworkClassifier:
    folder = str(tmp_path_factory.mktemp("unbroken"))
    return NetworkClassifier(**TOLD, folder=folder).fit(patterns.X, patterns.y)


def _runs(folder: Path) -> list[Path]:
    return list(folder.glob(f"*/{checkpoint.RUN}"))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize(
    "step", [3, 11]
)  # in the first epoch, of the head alone; in the second, of everything
def test_a_killed_run_ends_as_an_unbroken_one(
    step: int, unbroken: NetworkClassifier, patterns: Patterns, tmp_path: Path
) -> None:
    _killed(tmp_path, patterns, step)
    (stood,) = _runs(tmp_path)
    about = checkpoint.read(stood)[1]  # type: ignore[index]
    assert about["batch"] > 0
    begun = time.time()
    resumed = NetworkClassifier(**TOLD, folder=str(tmp_path)).fit(patterns.X, patterns.y)
    assert _runs(tmp_path) == [stood]
    assert stood.stat().st_mtime > begun - 1
    assert _weights(resumed) == _weights(unbroken)
    assert _last(tmp_path) == _last(Path(str(unbroken.folder)))
    assert _timeless(resumed) == _timeless(unbroken)


def test_a_run_that_is_over_is_not_run_again(patterns: Patterns, tmp_path: Path) -> None:
    told = {**TOLD, "folder": str(tmp_path), "stages": (), "epochs": 2}
    first = NetworkClassifier(**told).fit(patterns.X, patterns.y)
    (stood,) = _runs(tmp_path)
    written = stood.stat().st_mtime_ns
    again = NetworkClassifier(**told).fit(patterns.X, patterns.y)
    assert stood.stat().st_mtime_ns == written
    assert _weights(again) == _weights(first)


def test_another_run_in_the_same_folder_has_a_place_of_its_own(patterns: Patterns, tmp_path: Path) -> None:
    told = {**TOLD, "folder": str(tmp_path), "stages": (), "epochs": 1}
    NetworkClassifier(**told).fit(patterns.X, patterns.y)
    NetworkClassifier(**{**told, "learning_rate": 0.003}).fit(patterns.X, patterns.y)
    NetworkClassifier(**told).fit(patterns.X[3:], patterns.y[3:])
    NetworkClassifier(**{**told, "workers": 0, "checkpoint_every": 7}).fit(patterns.X, patterns.y)
    assert len(_runs(tmp_path)) == 3


def test_worker_processes_and_where_it_lies_change_nothing(
    unbroken: NetworkClassifier, patterns: Patterns, tmp_path: Path
) -> None:
    helped = NetworkClassifier(**TOLD, workers=1, folder=str(tmp_path)).fit(patterns.X, patterns.y)
    assert _last(tmp_path) == _last(Path(str(unbroken.folder)))
    assert _timeless(helped) == _timeless(unbroken)


def test_training_leaves_torchs_own_randomness_alone(patterns: Patterns) -> None:
    torch.manual_seed(5)
    wanted = torch.rand(3)
    torch.manual_seed(5)
    NetworkClassifier(**{**TOLD, "stages": (), "epochs": 1}).fit(patterns.X, patterns.y)
    assert torch.equal(torch.rand(3), wanted)


def test_checkpoints_are_safetensors_with_json_and_nothing_else(patterns: Patterns, tmp_path: Path) -> None:
    NetworkClassifier(**{**TOLD, "folder": str(tmp_path)}).fit(patterns.X, patterns.y)
    (stood,) = _runs(tmp_path)
    with safe_open(stood, framework="np") as stored:
        names = set(stored.keys())
        about = json.loads(stored.metadata()["about"])
    assert about["epoch"] == 3
    assert any(name.endswith("/exp_avg") for name in names)
    assert any(name.endswith("/step") for name in names)
    assert not [path for path in tmp_path.rglob("*") if path.suffix in (".pt", ".pth", ".pkl", ".part")]


def test_a_broken_checkpoint_is_named(patterns: Patterns, tmp_path: Path) -> None:
    told = {**TOLD, "folder": str(tmp_path), "stages": (), "epochs": 1}
    NetworkClassifier(**told).fit(patterns.X, patterns.y)
    (stood,) = _runs(tmp_path)
    stood.write_bytes(stood.read_bytes()[:100])
    with pytest.raises(ModelError, match="cannot be gone on with"):
        NetworkClassifier(**told).fit(patterns.X, patterns.y)
