"""Views side by side: of one view exactly what its store gives, of several each in its place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from cartellino.catalogue import Catalogue
from cartellino.errors import CollectionError, FeatureError
from cartellino.features.backbone import Backbone
from cartellino.features.extract import Extracted, extract
from cartellino.features.looks import LOOKS
from cartellino.features.store import FeatureStore
from cartellino.features.views import SideBySide, Views
from cartellino.pictures.store import PictureStore
from features.museum import hang, opened
from features.tiny import Tiny

Museum = tuple[Catalogue, PictureStore]
WHOLE, QUARTERS, MIRROR = Tiny(), Tiny().looking(LOOKS["quarters"]), Tiny().looking(LOOKS["mirror"])


@pytest.fixture
def museum(tmp_path: Path) -> Iterator[Museum]:
    catalogue, pictures = opened(tmp_path)
    with catalogue:
        yield catalogue, pictures


def views(folder: Path, *backbones: Backbone) -> Views:
    return Views(folder / "features", backbones)


def test_one_view_is_its_store(museum: Museum, tmp_path: Path) -> None:
    digests = [picture.digest for picture in hang(*museum, count=12)]
    with views(tmp_path, WHOLE) as one:
        assert (one.id, one.hash, one.width, one.blocks) == (WHOLE.id, WHOLE.hash, WHOLE.width, WHOLE.blocks)
        assert (one.backbone_id, one.backbone_hash) == (WHOLE.id, WHOLE.hash)
        assert one.extract(*museum, workers=2) == Extracted(12, 0, 0)
        read = one.read(digests)
    with FeatureStore(tmp_path / "features", WHOLE.id, WHOLE.hash, WHOLE.width) as store:
        np.testing.assert_array_equal(store.read(digests), read)
        assert extract(*museum, WHOLE, store) == Extracted(0, 12, 0)


def test_several_lie_side_by_side_in_their_order(museum: Museum, tmp_path: Path) -> None:
    digests = [picture.digest for picture in hang(*museum, count=9)]
    with views(tmp_path, QUARTERS, WHOLE) as both:
        both.extract(*museum)
        read = both.read(digests[::-1])
        assert (both.width, both.blocks) == (15, (3, 3, 3, 3, 3))
        assert both.id == "tiny:mean@quarters, tiny:mean"
        each = [store.read(digests[::-1]) for store in both.stores]
    assert read.dtype == np.float32
    np.testing.assert_array_equal(read, np.hstack(each))


def test_the_hash_tells_which_views_and_in_which_order() -> None:
    told = [(WHOLE,), (QUARTERS,), (WHOLE, QUARTERS), (QUARTERS, WHOLE), (WHOLE, MIRROR)]
    assert len({SideBySide.of(each).hash for each in told}) == len(told)
    assert SideBySide.of((WHOLE, QUARTERS)) == SideBySide.of((Tiny(), QUARTERS))


def test_only_what_is_missing_is_extracted_and_each_picture_counts_once(
    museum: Museum, tmp_path: Path
) -> None:
    kept = hang(*museum, count=5)
    with views(tmp_path, WHOLE) as one:
        one.extract(*museum)
    kept += hang(*museum, count=9)
    gone = kept[-1]
    museum[1].path(gone).unlink()
    with views(tmp_path, WHOLE, MIRROR) as both:
        assert both.missing(picture.digest for picture in kept) == [picture.digest for picture in kept]
        extracted = both.extract(*museum)
        assert (extracted.done, extracted.already, extracted.failed) == (8, 0, 1)
        assert [file for file, _ in extracted.reasons] == [gone.file]
        assert both.extract(*museum) == Extracted(0, 8, 1, extracted.reasons)
        assert both.missing(picture.digest for picture in kept) == [gone.digest]
        with pytest.raises(FeatureError, match="1 picture has no features yet"):
            both.read([gone.digest])


def test_a_view_named_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FeatureError, match="the view tiny:mean is named twice"):
        views(tmp_path, WHOLE, QUARTERS, Tiny())
    with pytest.raises(FeatureError, match="no view was named"):
        views(tmp_path)


def test_a_store_that_cannot_be_opened_leaves_none_open(museum: Museum, tmp_path: Path) -> None:
    hang(*museum, count=2)
    (tmp_path / "features" / "tiny-mean@mirror").mkdir(parents=True)
    (tmp_path / "features" / "tiny-mean@mirror" / "index.sqlite").write_bytes(b"no index" * 100)
    with pytest.raises(FeatureError, match="damaged"):
        views(tmp_path, WHOLE, MIRROR)
    with views(tmp_path, WHOLE) as one:
        assert one.extract(*museum).done == 2


def test_two_commands_do_not_write_one_view(museum: Museum, tmp_path: Path) -> None:
    hang(*museum, count=2)
    with views(tmp_path, WHOLE) as one, views(tmp_path, MIRROR, WHOLE) as other:
        one.extract(*museum)
        hang(*museum, count=3)
        with pytest.raises(CollectionError):
            other.extract(*museum)
    with views(tmp_path, MIRROR, WHOLE) as again:
        assert again.extract(*museum).failed == 0
