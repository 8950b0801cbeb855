"""Weights from a file here and from a hub here, checked, cached, and refused in words."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

torch: Any = pytest.importorskip(
    "torch", reason="networks need the [train] extra: pip install 'cartellino[train]'"
)
pytest.importorskip("timm")
pytest.importorskip("huggingface_hub", reason="the hub needs the [hub] extra: pip install 'cartellino[hub]'")

from safetensors.torch import save, save_file

from cartellino.classify.networks.architectures import Wanted, built
from cartellino.classify.networks.weights import loaded
from cartellino.errors import InputError, ModelError

from .hub import Hub, serving

pytestmark = pytest.mark.train

NETWORK = "timm:test_resnet"

# In a process of its own: the library reads where its cache lies once, when it is imported.
ASK = """
import json, sys
from cartellino.classify.networks.weights import loaded
from cartellino.errors import CartellinoError
try:
    told = loaded(*sys.argv[1:])
    print(json.dumps(sorted(told)))
except CartellinoError as error:
    print(str(error))
    sys.exit(1)
"""


@pytest.fixture(scope="module")
def theirs() -> dict[str, Any]:
    torch.manual_seed(4)
    return dict(built(Wanted(NETWORK, 5)).module.state_dict())


@pytest.fixture
def hub() -> Iterator[Hub]:
    with serving() as hub:
        yield hub


def _asked(hub_address: str, cache: Path, *told: str) -> tuple[int, str]:
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    environment = {
        **kept,
        "HF_ENDPOINT": hub_address,
        "HF_HOME": str(cache),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    done = subprocess.run([sys.executable, "-c", ASK, *told], capture_output=True, text=True, env=environment)
    return done.returncode, done.stdout.strip() or done.stderr


def test_none_are_none() -> None:
    assert loaded("none", NETWORK) is None


def test_a_file_is_taken_for_other_classes(theirs: dict[str, Any], tmp_path: Path) -> None:
    save_file(theirs, tmp_path / "theirs.safetensors")
    told = loaded(str(tmp_path / "theirs.safetensors"), NETWORK)
    network = built(Wanted(NETWORK, 3), told)
    assert torch.equal(network.module.state_dict()["conv1.0.weight"], theirs["conv1.0.weight"])


def test_only_safetensors_are_read_and_how_to_convert_is_said(tmp_path: Path) -> None:
    torch.save({}, tmp_path / "theirs.pth")
    with pytest.raises(ModelError, match=r"only read from safetensors.*weights_only=True"):
        loaded(str(tmp_path / "theirs.pth"), NETWORK)
    (tmp_path / "broken.safetensors").write_bytes(b"not this")
    with pytest.raises(ModelError, match="cannot be read"):
        loaded(str(tmp_path / "broken.safetensors"), NETWORK)
    with pytest.raises(InputError, match="no such file of weights"):
        loaded(str(tmp_path / "none.safetensors"), NETWORK)


def test_networks_without_published_weights_say_so() -> None:
    with pytest.raises(InputError, match="no weights are published for 'p3-cnn'"):
        loaded("hub", "p3-cnn")


def test_the_hub_is_asked_once_and_its_cache_serves_without_it(
    hub: Hub, theirs: dict[str, Any], tmp_path: Path
) -> None:
    hub.keep("timm/test_resnet.r160_in1k", save(theirs))
    assert _asked(hub.address, tmp_path, "hub", NETWORK) == (0, json.dumps(sorted(theirs)))
    fetched = [each for each in hub.asked if each.startswith("GET /timm")]
    assert len(fetched) == 1
    hub.files.clear()
    assert _asked("http://127.0.0.1:9", tmp_path, "hub", NETWORK)[0] == 0
    (blob,) = (each for each in tmp_path.rglob("*") if each.is_file() and len(each.name) == 64)
    blob.write_bytes(blob.read_bytes()[:-1] + b"!")
    code, said = _asked("http://127.0.0.1:9", tmp_path, "hub", NETWORK)
    assert code == 1
    assert "not what the hub says they are" in said


def test_what_is_not_what_the_hub_says_is_refused(hub: Hub, theirs: dict[str, Any], tmp_path: Path) -> None:
    hub.keep("someone/net", save(theirs), stated="0" * 64)
    code, said = _asked(hub.address, tmp_path, "hub:someone/net", NETWORK)
    assert code == 1
    assert "not what the hub says they are (SHA-256 000000000000" in said


def test_without_a_network_it_is_said_what_to_fetch_and_how(tmp_path: Path) -> None:
    code, said = _asked("http://127.0.0.1:9", tmp_path, "hub", NETWORK)
    assert code == 1
    assert "http://127.0.0.1:9/timm/test_resnet.r160_in1k: the weights cannot be fetched" in said
    assert "hf download timm/test_resnet.r160_in1k model.safetensors" in said


def test_what_the_hub_has_not_is_said(hub: Hub, tmp_path: Path) -> None:
    code, said = _asked(hub.address, tmp_path, "hub:someone/none", NETWORK)
    assert code == 1
    assert "cannot be fetched" in said
