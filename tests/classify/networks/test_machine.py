"""Several processes that train one network, by Accelerate."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch", reason="networks need the [train] extra: pip install 'cartellino[train]'")
pytest.importorskip("accelerate", reason="networks need the [train] extra: pip install 'cartellino[train]'")

import numpy as np
from safetensors.numpy import load_file

from cartellino.classify.networks.estimator import NetworkClassifier

from .patterns import Patterns

pytestmark = [pytest.mark.train, pytest.mark.slow]

TOLD: dict[str, Any] = {
    "network": "tiny",
    "epochs": 2,
    "batch": 8,
    "learning_rate": 0.01,
    "checkpoint_every": 1,
    "augment": "p3",
}
RUN = """
import json, sys
import numpy as np
from cartellino.classify.networks.estimator import NetworkClassifier
told = json.loads(open(sys.argv[1]).read())
NetworkClassifier(**told["settings"]).fit(np.array(told["X"], object), told["y"])
"""


def test_two_processes_learn_what_one_does(patterns: Patterns, tmp_path: Path) -> None:
    X, y = patterns.X[:28], patterns.y[:28]  # 24 to learn from: batches that two processes halve evenly
    told = {"settings": {**TOLD, "folder": str(tmp_path / "run")}, "X": X.tolist(), "y": y.tolist()}
    (tmp_path / "told.json").write_text(json.dumps(told))
    (tmp_path / "run.py").write_text(RUN)
    launch = ["-m", "accelerate.commands.launch", "--cpu", "--num_processes", "2", "--num_machines", "1"]
    launch += ["--mixed_precision", "no", "--dynamo_backend", "no", "--main_process_port", "0"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, *launch, str(tmp_path / "run.py"), str(tmp_path / "told.json")],
        env=environment,
        capture_output=True,
        text=True,
        timeout=500,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    (best,) = (tmp_path / "run").glob("*/best.safetensors")
    together = load_file(best)
    alone = NetworkClassifier(**TOLD).fit(X, y).scorer_.tensors()
    for name, each in alone.items():
        np.testing.assert_allclose(together[name], each, atol=1e-4)
