"""Networks of a folder: the numbers are those of running the graph by hand on the picture."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from PIL import Image

from cartellino.errors import FeatureError
from cartellino.features.registry import load_backbone
from features.hub import tiny
from features.pattern import pattern

BOTH = ("last_hidden_state", "pooler_output")


def folder(at: Path, **changes: object) -> Path:
    for name, data in tiny.files(**changes).items():
        (at / name).parent.mkdir(parents=True, exist_ok=True)
        (at / name).write_bytes(data)
    return at


def picture(at: Path) -> Path:
    path = at / "picture.png"
    Image.fromarray(pattern(0, 40, 30)).save(path)
    return path


def by_hand(at: Path, image_file: Path, output: str) -> np.ndarray:
    square = Image.open(image_file).resize((tiny.SIZE, tiny.SIZE), Image.Resampling(tiny.CONFIG["resample"]))
    told = (np.asarray(square) / 255 - tiny.CONFIG["image_mean"]) / tiny.CONFIG["image_std"]
    session = onnxruntime.InferenceSession(
        str(at / "onnx" / "model.onnx"), providers=["CPUExecutionProvider"]
    )
    return session.run([output], {"pixel_values": told.transpose(2, 0, 1)[None].astype(np.float32)})[0]


@pytest.mark.parametrize(
    ("outputs", "layout", "output"),
    [
        (BOTH, "", "pooler_output"),
        (BOTH, ":pooled", "pooler_output"),
        (("image_embeds",), "", "image_embeds"),
        (("last_hidden_state",), "", "cls"),
        (BOTH, ":cls", "cls"),
        (BOTH, ":mean", "mean"),
    ],
)
def test_features_are_those_of_running_the_graph(
    tmp_path: Path, outputs: tuple[str, ...], layout: str, output: str
) -> None:
    at, image_file = folder(tmp_path / "net", outputs=outputs), picture(tmp_path)
    network = load_backbone(f"hub:{at}{layout}")
    got = network.embed(network.prepare(image_file, None)[None])
    if output in ("cls", "mean"):
        tokens = by_hand(at, image_file, "last_hidden_state")
        told = tokens[:, 0] if output == "cls" else tokens[:, 1:].mean(axis=1)
    else:
        told = by_hand(at, image_file, output)
    assert (got.shape, got.dtype, network.width) == ((1, tiny.WIDTH), np.float32, tiny.WIDTH)
    np.testing.assert_allclose(got, told, atol=1e-4)


def test_tokens_lie_side_by_side(tmp_path: Path) -> None:
    at, image_file = folder(tmp_path), picture(tmp_path)
    both, one, other = (load_backbone(f"hub:{at}:{layout}") for layout in ("cls+mean", "cls", "mean"))
    batch = both.prepare(image_file, None)[None]
    assert both.blocks == (tiny.WIDTH, tiny.WIDTH)
    np.testing.assert_array_equal(both.embed(batch), np.hstack([one.embed(batch), other.embed(batch)]))


def test_a_network_looks_at_quarters_but_takes_no_other_size(tmp_path: Path) -> None:
    at, image_file = folder(tmp_path), picture(tmp_path)
    view = load_backbone(f"hub:{at}@quarters")
    assert view.prepare(image_file, None).shape == (4, tiny.SIZE, tiny.SIZE, 3)
    assert view.width == 4 * tiny.WIDTH
    with pytest.raises(FeatureError, match="takes squares of 16 pixels and no others"):
        load_backbone(f"hub:{at}@large")


def test_the_id_loads_it_again_and_the_hash_tells_what_moves_numbers(tmp_path: Path) -> None:
    first = load_backbone(f"hub:{folder(tmp_path / 'one')}")
    assert load_backbone(first.id).id == first.id
    hashes = {first.hash, load_backbone(f"hub:{tmp_path / 'one'}:mean").hash}
    hashes.add(load_backbone(f"hub:{folder(tmp_path / 'two', seed=1)}").hash)
    told = tiny.CONFIG | {"image_mean": [0.5, 0.5, 0.5]}
    (folder(tmp_path / "three") / "preprocessor_config.json").write_text(json.dumps(told))
    hashes.add(load_backbone(f"hub:{tmp_path / 'three'}").hash)
    assert len(hashes) == 4
    assert load_backbone(f"hub:{folder(tmp_path / 'again')}").hash == first.hash


def test_weights_beside_the_graph_are_read_and_are_part_of_the_hash(tmp_path: Path) -> None:
    told = load_backbone(f"hub:{folder(tmp_path / 'one')}")
    at = folder(tmp_path / "two")
    save(tiny.model(("last_hidden_state",)), at)
    apart = load_backbone(f"hub:{at}")
    batch = told.prepare(picture(tmp_path), None)[None]
    np.testing.assert_array_equal(apart.embed(batch), told.embed(batch))
    (at / "onnx" / "model.onnx_data").write_bytes((at / "onnx" / "model.onnx_data").read_bytes()[::-1])
    assert load_backbone(f"hub:{at}").hash != apart.hash


def save(model: onnx.ModelProto, at: Path) -> None:
    options = {"save_as_external_data": True, "location": "model.onnx_data", "size_threshold": 1024}
    onnx.save_model(model, str(at / "onnx" / "model.onnx"), **options)


@pytest.mark.parametrize(
    ("changes", "layout", "sentence"),
    [
        ({"text": True}, "", "takes pixel_values, input_ids, and not pictures alone"),
        ({"outputs": ("pooler_output",)}, ":mean", "gives pooler_output, and no 'mean' can be made of it"),
        ({}, ":head", "no layout 'head'.*pooled, cls, mean"),
    ],
)
def test_a_network_that_does_not_serve_is_told(
    tmp_path: Path, changes: dict[str, object], layout: str, sentence: str
) -> None:
    with pytest.raises(FeatureError, match=sentence):
        load_backbone(f"hub:{folder(tmp_path, **changes)}{layout}")


def test_what_is_no_network_is_told(tmp_path: Path) -> None:
    with pytest.raises(FeatureError, match=r"no network was named.*hub:owner/name"):
        load_backbone("hub")
    with pytest.raises(FeatureError, match=r"no network here.*onnx/model\.onnx"):
        load_backbone(f"hub:{tmp_path}")
    (folder(tmp_path) / "onnx" / "model.onnx").write_bytes(b"no graph")
    with pytest.raises(FeatureError, match=r"cannot be opened.*Name a network"):
        load_backbone(f"hub:{tmp_path}")
    (tmp_path / "preprocessor_config.json").unlink()
    with pytest.raises(FeatureError, match="no such description of how the network wants its pictures"):
        load_backbone(f"hub:{tmp_path}")
