from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from cartellino import collection
from cartellino.records import Picture, Trim
from cartellino.web.errors import DeskError
from cartellino.web.thumbnails import SIDE, Thumbnails

from .conftest import Visitor


def first(desk: Visitor, work: str = "b3") -> dict[str, str]:
    told: dict[str, str] = desk.get(f"/api/works/{work}", label_set="culture")["pictures"][0]
    return told


def picture(file: str) -> Picture:
    return Picture("0" * 64, file, 10, 10, Trim(0, 0, 10, 10), 0, "JPEG")


def test_a_picture_is_served_as_it_is_kept_and_never_asked_for_again(folder: Path, desk: Visitor) -> None:
    answer = desk.client.get(first(desk)["address"])
    digest = first(desk)["address"].rpartition("/")[2]
    assert answer.content == (folder / "pictures" / digest[:2] / f"{digest[2:]}.jpg").read_bytes()
    assert answer.headers["content-type"] == "image/jpeg"
    assert "immutable" in answer.headers["cache-control"]
    again = desk.client.get(first(desk)["address"], headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_thumbnail_is_small_and_has_the_shape_of_the_whole(desk: Visitor) -> None:
    answer = desk.client.get(first(desk)["thumbnail"])
    with Image.open(io.BytesIO(answer.content)) as small:
        assert small.size == (SIDE, SIDE // 20)
    again = desk.client.get(first(desk)["thumbnail"], headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("name", ["0" * 64, "..%2F..%2Fcartellino.toml", "catalogue.sqlite", "A" * 64])
def test_nothing_but_a_digest_of_the_catalogue_is_answered(desk: Visitor, name: str) -> None:
    for kind in ("pictures", "thumbnails"):
        answer = desk.client.get(f"/{kind}/{name}")
        assert answer.status_code in (404, 422)
        assert b"Museum of Tests" not in answer.content


@pytest.mark.parametrize("file", ["../cartellino.toml", "../picture.jpg", "ab/nothing.jpg", "notes.txt"])
def test_a_catalogue_that_points_elsewhere_is_not_followed(tmp_path: Path, file: str) -> None:
    (tmp_path / "pictures").mkdir()
    for name in ("cartellino.toml", "picture.jpg", "pictures/notes.txt"):
        (tmp_path / name).write_text("secret", encoding="utf-8")
    with pytest.raises(DeskError, match="not where it was kept"):
        Thumbnails(tmp_path / "pictures").file(picture(file))


def test_a_picture_that_was_lost_or_damaged_gets_a_sentence(folder: Path, desk: Visitor) -> None:
    shown = first(desk)
    digest = shown["address"].rpartition("/")[2]
    kept = folder / "pictures" / digest[:2] / f"{digest[2:]}.jpg"
    kept.write_bytes(b"no picture")
    assert "cannot be read any more" in desk.client.get(shown["thumbnail"]).text
    kept.unlink()
    assert desk.client.get(shown["address"]).status_code == 404


def test_a_thumbnail_is_made_once(folder: Path, desk: Visitor) -> None:
    thumbnails = Thumbnails(folder / "pictures")
    with collection.open(folder) as opened:
        (kept, *_) = opened.catalogue.pictures.all()
    made = thumbnails.thumbnail(kept)
    (folder / "pictures" / kept.file).unlink()
    assert thumbnails.thumbnail(kept) == made
