"""Networks of PyTorch: the features are those of running the network by hand on the picture."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from cartellino.errors import FeatureError, MissingExtraError
from cartellino.features.backbone import Backbone
from cartellino.features.pool import Pool
from cartellino.features.preprocessing import Shown
from cartellino.features.registry import load_backbone
from features.pattern import pattern
from hub import StandInHub

TIMM, TORCHVISION = "test_resnet.r160_in1k", "mobilenet_v3_small"


def test_the_extra_is_named_when_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "timm", None)
    with pytest.raises(MissingExtraError, match=r"'timm' needs the \[train\] extra"):
        load_backbone("timm:resnet18.a1_in1k")


@pytest.fixture(scope="module")
def torch() -> Any:
    sentence = "torch, torchvision and timm come with the [train] extra"
    pytest.importorskip("timm", reason=sentence)
    pytest.importorskip("torchvision", reason=sentence)
    return pytest.importorskip("torch", reason=sentence)


@pytest.fixture(scope="module")
def network(torch: Any) -> Any:
    """timm's smallest network, with its classifier, and weights of chance."""
    import timm

    torch.manual_seed(0)
    return roused(torch, timm.create_model(TIMM)).eval()


def roused(torch: Any, model: Any) -> Any:
    """Normalisation that does something: fresh networks have none, and would hide that it is left out."""
    for name, value in model.named_buffers():
        if name.endswith(("running_mean", "running_var")):
            value.copy_(torch.rand_like(value) + 0.5)
    return model


@pytest.fixture(scope="module")
def weights(network: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return saved(network, tmp_path_factory.mktemp("weights") / "model.safetensors")


def saved(network: Any, path: Path) -> Path:
    from safetensors.torch import save_file

    save_file(network.state_dict(), path)
    return path


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "picture.png"
    Image.fromarray(pattern(0, 300, 400)).save(path)
    return path


def prepared(
    torch: Any, picture: Path, size: int, mean: float | list[float], std: float | list[float]
) -> Any:
    square = Image.open(picture).resize((size, size), Image.Resampling.BILINEAR)
    told = (np.asarray(square) / 255 - mean) / std
    return torch.from_numpy(told.transpose(2, 0, 1)[None].astype(np.float32))


def embedded(backbone: Backbone, picture: Path) -> np.ndarray:
    return backbone.embed(backbone.prepare(picture, None)[None])[0]


@pytest.mark.train
def test_features_are_those_of_the_network(torch: Any, network: Any, weights: Path, picture: Path) -> None:
    pictures = prepared(torch, picture, 160, 0.5, 0.5)
    with torch.inference_mode():
        last, stages = network.forward_intermediates(pictures)
        pooled = last.mean((2, 3))
        told = torch.cat([*(stage.mean((2, 3)) for stage in stages), pooled], 1)
    whole = load_backbone(f"timm:{TIMM}#{weights}")
    assert (whole.size, whole.blocks) == (160, (96,))
    np.testing.assert_allclose(embedded(whole, picture), pooled[0], atol=1e-4)
    every = load_backbone(f"timm:{TIMM}#{weights}:stages")
    assert every.blocks == (32, 32, 48, 192, 96, 96)
    np.testing.assert_allclose(embedded(every, picture), told[0], atol=1e-4)
    assert every.hash != whole.hash


@pytest.mark.train
def test_features_of_torchvision_are_those_of_its_network(torch: Any, tmp_path: Path, picture: Path) -> None:
    from torchvision.models import get_model

    torch.manual_seed(0)
    network = roused(torch, get_model(TORCHVISION)).eval()
    path = saved(network, tmp_path / "model.safetensors")
    pictures = prepared(torch, picture, 224, [0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
    with torch.inference_mode():
        maps = network.features(pictures)
        told = network.classifier[:3](network.avgpool(maps).flatten(1))
    whole = load_backbone(f"torchvision:{TORCHVISION}#{path}")
    np.testing.assert_allclose(embedded(whole, picture), told[0], atol=1e-4)
    every = load_backbone(f"torchvision:{TORCHVISION}#{path}:stages")
    got = embedded(every, picture)
    assert every.blocks == (16, 16, 24, 48, 576, 1024)  # the last before each halving, and the head
    np.testing.assert_allclose(got[-1024:], told[0], atol=1e-4)
    np.testing.assert_allclose(got[-1600:-1024], maps.mean((2, 3))[0], atol=1e-4)


@pytest.mark.train
def test_maps_with_their_channels_last_are_not_taken_for_stages(torch: Any) -> None:
    from cartellino.features.torch_networks.from_torchvision import _Stages

    class Turned(torch.nn.Module):
        def forward(self, maps: Any) -> Any:
            return maps.permute(0, 2, 3, 1)

    stages = _Stages(torch.nn.Sequential(torch.nn.Conv2d(3, 5, 1), Turned(), torch.nn.Flatten()))
    parts = stages(torch.ones(2, 3, 4, 4))
    assert [tuple(part.shape) for part in parts] == [(2, 5), (2, 80)]


@pytest.mark.train
def test_threads_side_by_side_give_the_same_and_leave_the_threads_as_they_were(
    torch: Any, weights: Path, tmp_path: Path
) -> None:
    shown = []
    for number in range(12):
        Image.fromarray(pattern(number, 200, 200)).save(tmp_path / f"{number}.png")
        shown.append((number, Shown(tmp_path / f"{number}.png")))
    backbone, before = load_backbone(f"timm:{TIMM}#{weights}:stages"), torch.get_num_threads()
    alone = [embedded(backbone, each.file) for _, each in shown]
    with Pool[int](backbone, 3) as pool:
        together = [vector for _, vector in pool.embedded(shown)]
    np.testing.assert_allclose(np.concatenate(together), alone, atol=1e-5)
    assert torch.get_num_threads() == before


@pytest.mark.train
def test_other_weights_have_another_hash_and_other_networks_are_refused(
    torch: Any, weights: Path, tmp_path: Path
) -> None:
    from safetensors.torch import load_file, save_file

    state = load_file(weights)
    state["fc.bias"] += 1
    save_file(state, tmp_path / "head.safetensors")
    state["conv1.0.weight"] += 1
    save_file(state, tmp_path / "other.safetensors")
    told = load_backbone(f"timm:{TIMM}#{weights}").hash
    assert load_backbone(f"timm:{TIMM}#{tmp_path / 'head.safetensors'}").hash == told  # no part of a feature
    assert load_backbone(f"timm:{TIMM}#{tmp_path / 'other.safetensors'}").hash != told
    with pytest.raises(FeatureError, match="weights of another network"):
        load_backbone(f"timm:test_convnext#{weights}")
    del state["conv1.0.weight"]
    save_file(state, tmp_path / "part.safetensors")
    with pytest.raises(FeatureError, match="weights of another network"):
        load_backbone(f"timm:{TIMM}#{tmp_path / 'part.safetensors'}")


@pytest.mark.train
def test_a_larger_look_where_the_network_allows_it(torch: Any, weights: Path, tmp_path: Path) -> None:
    import timm

    large = load_backbone(f"timm:{TIMM}#{weights}@large")
    assert (large.size, large.width) == (240, 96)
    assert large.hash != load_backbone(f"timm:{TIMM}#{weights}").hash
    path = saved(timm.create_model("test_vit3"), tmp_path / "vit.safetensors")
    with pytest.raises(FeatureError, match=r"takes squares of 160 pixels and no others"):
        load_backbone(f"timm:test_vit3#{path}@large")
    assert load_backbone(f"timm:test_vit3#{path}:stages").blocks == (96,) * 10


@pytest.mark.train
@pytest.mark.parametrize("library", ["timm", "torchvision"])
def test_what_is_not_there_is_told(torch: Any, library: str, tmp_path: Path) -> None:
    with pytest.raises(FeatureError, match=f"{library} has no network .*'resnet19'"):
        load_backbone(f"{library}:resnet19")
    network = TIMM if library == "timm" else TORCHVISION
    with pytest.raises(FeatureError, match="no such file of weights"):
        load_backbone(f"{library}:{network}#{tmp_path / 'gone.safetensors'}")
    (tmp_path / "pickled.pth").write_bytes(b"\x80\x02]q\x00." * 10)
    with pytest.raises(FeatureError, match=r"weights cannot be read.*safetensors"):
        load_backbone(f"{library}:{network}#{tmp_path / 'pickled.pth'}")


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StandInHub]:
    monkeypatch.setenv("HF_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("HF_HUB_CACHE", raising=False)
    with StandInHub() as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.endpoint)
        yield hub


@pytest.mark.train
def test_weights_of_the_hub_are_fetched_once_and_checked(
    torch: Any, hub: StandInHub, weights: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.add(f"timm/{TIMM}", {"model.safetensors": weights.read_bytes(), "pytorch_model.bin": b"a pickle"})
    hub.spoil(f"timm/{TIMM}", "model.safetensors")
    with pytest.raises(FeatureError, match="not what the hub has on record"):
        load_backbone(f"timm:{TIMM}")
    hub.repositories[f"timm/{TIMM}"].spoiled.clear()
    fetched = load_backbone(f"timm:{TIMM}")
    assert (fetched.id, fetched.hash) == (f"timm:{TIMM}:last", load_backbone(f"timm:{TIMM}#{weights}").hash)
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    assert load_backbone(f"timm:{TIMM}:stages").width == 496
    assert hub.served == ["model.safetensors"] * 2
    sentence = (
        r"hf download timm/test_vit.r160_in1k model\.safetensors .*timm:test_vit#test_vit.r160_in1k/model"
    )
    with pytest.raises(FeatureError, match=sentence):
        load_backbone("timm:test_vit")
