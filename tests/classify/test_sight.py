from __future__ import annotations

from pathlib import Path

import pytest

from cartellino.classify.sight import Files
from cartellino.errors import PictureError
from cartellino.pictures.store import PictureStore
from cartellino.settings import PictureSettings
from classify.museum import Museum


def test_pictures_themselves_are_a_sight(tmp_path: Path) -> None:
    museum = Museum(tmp_path, works=6)
    store = PictureStore(tmp_path / "pictures", PictureSettings())
    seen = Files(museum.catalogue, store)
    digests = [digest for _, digest in museum.catalogue.pictures.shown_by(list(museum.keys.values()))]
    rows = seen.read(digests[::-1])
    assert (seen.backbone_id, len(seen.backbone_hash), seen.views) == ("pictures", 64, ())
    assert rows.shape == (len(digests),)
    for row, digest in zip(rows, digests[::-1], strict=True):
        picture = museum.catalogue.pictures.known(digest)
        assert picture is not None
        assert (row.file, row.trim) == (store.path(picture), picture.trim)


def test_a_picture_that_is_not_kept_is_named(tmp_path: Path) -> None:
    museum = Museum(tmp_path, works=2)
    seen = Files(museum.catalogue, PictureStore(tmp_path / "pictures", PictureSettings()))
    with pytest.raises(PictureError, match="not among those kept") as refused:
        seen.read(["f" * 64])
    assert "f" * 64 in str(refused.value)
