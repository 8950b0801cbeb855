"""Faults of pictures, of cleanvision's kinds."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFilter

from cartellino import collection
from cartellino.acquire.folder import FolderSource
from cartellino.suspects.measures import measure
from cartellino.suspects.quality import KINDS, counted, faults


def scene(seed: int = 0, size: tuple[int, int] = (320, 240)) -> Image.Image:
    """Something with colours, shapes and texture."""
    random = np.random.default_rng(seed)
    coarse = Image.fromarray(random.integers(0, 256, (9, 12, 3), np.uint8)).resize(
        size, Image.Resampling.NEAREST
    )
    fine = Image.fromarray(random.integers(0, 256, (size[1], size[0], 3), np.uint8))
    return Image.blend(coarse, fine, 0.15)


def kinds(image: Image.Image) -> list[str]:
    return [kind for kind, _ in faults(measure(image))]


def test_a_good_photograph_has_no_fault() -> None:
    assert kinds(scene()) == []


@pytest.mark.parametrize(
    ("kind", "image"),
    [
        ("dark", scene().point(lambda level: level // 6)),
        ("light", scene().point(lambda level: 247 + level // 32)),
        ("blurry", scene().filter(ImageFilter.GaussianBlur(8))),
        ("low information", Image.new("RGB", (300, 200), (200, 30, 60))),
        ("grey", scene().convert("L").convert("RGB")),
    ],
    ids=lambda told: told if isinstance(told, str) else "",
)
def test_each_fault_is_told(kind: str, image: Image.Image) -> None:
    assert kind in kinds(image)


def test_a_small_scan_is_not_blurry_for_being_small() -> None:
    assert "blurry" not in kinds(scene(size=(90, 70)))


def test_shape_size_and_doubles_are_told_within_a_collection(tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    for seed in range(12):
        scene(seed).save(folder / f"{seed:02}.jpg")
    scene(20, (1200, 150)).save(folder / "scroll.jpg")
    scene(21, (40, 30)).resize((40, 30)).save(folder / "tiny.png")
    (folder / "copy.jpg").write_bytes((folder / "03.jpg").read_bytes())
    again = io.BytesIO()
    scene(5).save(again, "JPEG", quality=40)
    (folder / "near.jpg").write_bytes(again.getvalue())
    with collection.create(tmp_path / "museum") as museum:
        museum.add(FolderSource(folder))
        found = museum.suspects.faults()
        works = museum.catalogue.works
        by_kind = {
            kind: {Path(works.id(each.work)).stem for each in found if each.kind == kind} for kind in KINDS
        }
        assert museum.suspects.faults(["near duplicate"]) == [
            each for each in found if each.kind == "near duplicate"
        ]
    assert by_kind["odd aspect ratio"] == {"scroll"}
    assert by_kind["odd size"] == {"tiny", "scroll"}
    assert by_kind["exact duplicate"] == {"copy", "03"}
    assert by_kind["near duplicate"] == {"near", "05"}
    assert counted(found)["exact duplicate"] == 2
