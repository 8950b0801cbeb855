"""Networks of the hub, served by a stand-in: fetched once, checked, and told in words when they cannot be."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import pytest

from cartellino.errors import FeatureError, MissingExtraError
from cartellino.features.hub import known
from cartellino.features.registry import load_backbone
from features.hub import tiny
from hub import StandInHub

pytest.importorskip("huggingface_hub", reason="huggingface_hub comes with the [hub] extra")
NAME = "onnx-community/tiny"


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StandInHub]:
    monkeypatch.setenv("HF_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("HF_HUB_CACHE", raising=False)
    with StandInHub() as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.endpoint)
        yield hub


def embedded(name: str) -> np.ndarray:
    network = load_backbone(name)
    return network.embed(np.full((1, 1, tiny.SIZE, tiny.SIZE, 3), 99, np.uint8))


def test_a_network_is_fetched_once_and_runs_without_the_hub(
    hub: StandInHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.add(NAME, tiny.files() | {"onnx/model_int8.onnx": b"not wanted"})
    fetched = load_backbone(f"hub:{NAME}")
    assert fetched.id == f"hub:{NAME}:pooled"
    told = embedded(f"hub:{NAME}")
    assert sorted(hub.served) == ["onnx/model.onnx", "preprocessor_config.json"]
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    np.testing.assert_array_equal(embedded(f"hub:{NAME}"), told)
    folder = tmp_path / "net"
    for name, data in tiny.files().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    np.testing.assert_array_equal(embedded(f"hub:{folder}"), told)


def test_the_tower_for_pictures_is_taken_where_there_is_one(hub: StandInHub) -> None:
    both = tiny.files(text=True) | {"onnx/vision_model.onnx": tiny.graph(("image_embeds",))}
    hub.add(NAME, both)
    assert load_backbone(f"hub:{NAME}").width == tiny.WIDTH
    assert "onnx/model.onnx" not in hub.served


def test_weights_beside_the_graph_are_fetched_too(hub: StandInHub, tmp_path: Path) -> None:
    options = {"save_as_external_data": True, "location": "model.onnx_data", "size_threshold": 1024}
    onnx.save_model(tiny.model(("last_hidden_state",)), str(tmp_path / "model.onnx"), **options)
    apart = {f"onnx/{path.name}": path.read_bytes() for path in tmp_path.glob("model.onnx*")}
    hub.add(NAME, tiny.files())
    hub.add("onnx-community/apart", tiny.files() | apart)
    np.testing.assert_array_equal(embedded("hub:onnx-community/apart"), embedded(f"hub:{NAME}"))
    assert hub.served.count("onnx/model.onnx_data") == 1


@pytest.mark.parametrize("path", ["onnx/model.onnx", "preprocessor_config.json"])
def test_what_is_not_what_the_hub_has_on_record_is_refused(hub: StandInHub, path: str) -> None:
    hub.add(NAME, tiny.files())
    hub.spoil(NAME, path)
    with pytest.raises(FeatureError, match=rf"{path} is not what the hub has on record"):
        load_backbone(f"hub:{NAME}")
    hub.repositories[NAME].spoiled.clear()
    assert load_backbone(f"hub:{NAME}").width == tiny.WIDTH  # nothing of it stayed behind


def test_a_file_that_was_damaged_in_the_cache_is_refused(hub: StandInHub, tmp_path: Path) -> None:
    hub.add(NAME, tiny.files())
    load_backbone(f"hub:{NAME}")
    (cached,) = (tmp_path / "home").rglob("snapshots/*/onnx/model.onnx")
    blob = cached.resolve()
    blob.write_bytes(blob.read_bytes()[:-1] + b"?")
    with pytest.raises(FeatureError, match=r"the file is damaged.*fetched again"):
        load_backbone(f"hub:{NAME}")
    blob.unlink()
    assert load_backbone(f"hub:{NAME}").width == tiny.WIDTH


def test_a_named_revision_is_part_of_the_id_and_the_hash(hub: StandInHub) -> None:
    commit = hub.add(NAME, tiny.files())
    newer = hub.add(NAME, tiny.files(seed=1), revision="v2")
    networks = [load_backbone(f"hub:{NAME}{revision}") for revision in ("", "#v2", f"#{commit}", f"#{newer}")]
    assert [network.id for network in networks[:2]] == [f"hub:{NAME}:pooled", f"hub:{NAME}#v2:pooled"]
    assert len({network.hash for network in networks}) == 4
    batch = np.full((1, 1, tiny.SIZE, tiny.SIZE, 3), 7, np.uint8)
    same, other = networks[2].embed(batch), networks[3].embed(batch)
    np.testing.assert_array_equal(networks[0].embed(batch), same)
    assert not np.array_equal(same, other)


def test_what_was_fetched_stays_where_the_hub_moves_on(hub: StandInHub) -> None:
    hub.add(NAME, tiny.files())
    before = load_backbone(f"hub:{NAME}").hash
    hub.add(NAME, tiny.files(seed=1))
    assert load_backbone(f"hub:{NAME}").hash == before


def test_without_the_hub_a_sentence_says_what_to_fetch_and_how(
    hub: StandInHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    sentence = (
        r"onnx-community/dinov2-small: the network is not on this machine and cannot be fetched.*"
        r"hf download onnx-community/dinov2-small preprocessor_config\.json onnx/model\.onnx "
        r"--local-dir dinov2-small .*hub:\./dinov2-small"
    )
    with pytest.raises(FeatureError, match=sentence):
        load_backbone("dinov2-s")
    with pytest.raises(FeatureError, match=r"--revision v2 --local-dir tiny"):
        load_backbone(f"hub:{NAME}#v2")


def test_a_repository_that_is_not_there_or_has_no_network_is_told(hub: StandInHub) -> None:
    with pytest.raises(FeatureError, match=f"{NAME}: the network .* cannot be fetched"):
        load_backbone(f"hub:{NAME}")
    hub.add(NAME, {"model.safetensors": b"weights"})
    with pytest.raises(FeatureError, match=r"no ONNX file with a preprocessor_config\.json"):
        load_backbone(f"hub:{NAME}")


@pytest.mark.parametrize(("name", "repository"), known.REPOSITORIES.items())
def test_known_names_stand_for_repositories(hub: StandInHub, name: str, repository: str) -> None:
    hub.add(repository, tiny.files())
    network = load_backbone(f"{name}:cls")
    assert (network.name, network.id) == (name, f"{name}:cls")
    assert network.hash == load_backbone(f"hub:{repository}:cls").hash


def test_the_extra_is_named_when_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    with pytest.raises(MissingExtraError, match=r"\[hub\] extra"):
        load_backbone("dinov2-s")
