from __future__ import annotations

import hashlib
import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from cartellino.errors import CollectionError, PictureError, StorageError
from cartellino.pictures.store import PictureStore
from cartellino.records import Picture, Trim
from cartellino.settings import PictureSettings

from .corpus import exif, saved, scene


@pytest.fixture
def store(tmp_path: Path) -> PictureStore:
    return PictureStore(tmp_path / "pictures", PictureSettings(longest_side=800))


def files_in(store: PictureStore) -> list[str]:
    return sorted(
        path.relative_to(store.folder).as_posix() for path in store.folder.rglob("*") if path.is_file()
    )


@pytest.mark.parametrize(("kind", "ending"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")])
def test_a_plain_picture_keeps_its_bytes(store: PictureStore, kind: str, ending: str) -> None:
    data = saved(scene(), kind)
    picture = store.add(data)
    digest = hashlib.sha256(data).hexdigest()
    assert picture.digest == digest
    assert picture.file == f"{digest[:2]}/{digest[2:]}.{ending}"
    assert store.path(picture).read_bytes() == data
    assert (picture.width, picture.height, picture.format, picture.changes) == (96, 64, kind, ())


def test_a_turned_picture_is_kept_upright(store: PictureStore) -> None:
    picture = store.add(saved(scene(), "JPEG", exif=exif(6)))
    with Image.open(store.path(picture)) as kept:
        assert kept.size == (picture.width, picture.height) == (64, 96)
        assert kept.getexif().get(0x0112, 1) == 1
    assert picture.changes == ("turned upright by its EXIF orientation", "kept as JPEG of quality 95")


def test_a_photograph_that_had_to_be_changed_is_hardly_worse_for_it(store: PictureStore) -> None:
    picture = store.add(saved(scene(900, 600), "TIFF"))
    assert picture.file.endswith(".jpg")
    with Image.open(store.path(picture)) as kept:
        assert kept.size == (800, 533)
        wanted = scene(900, 600).resize((800, 533), Image.Resampling.LANCZOS)
        assert np.abs(np.asarray(kept, float) - np.asarray(wanted, float)).mean() < 2.5
        assert kept.layer[1][1:3] == (1, 1), "full colour resolution"


def test_a_small_lossless_picture_stays_lossless(store: PictureStore) -> None:
    picture = store.add(saved(scene(300, 200), "TIFF"))
    assert picture.changes == ("kept as PNG",)
    with Image.open(store.path(picture)) as kept:
        assert kept.tobytes() == scene(300, 200).tobytes()


def test_adding_again_changes_nothing(store: PictureStore) -> None:
    data = saved(scene(), "JPEG")
    first = store.add(data)
    before = store.path(first).stat().st_mtime_ns
    assert store.add(data) == first
    assert store.path(first).stat().st_mtime_ns == before
    assert len(files_in(store)) == 1


def test_a_kept_file_that_was_lost_or_cut_is_written_again(store: PictureStore) -> None:
    data = saved(scene(), "JPEG")
    picture = store.add(data)
    store.path(picture).write_bytes(data[:100])
    store.add(data)
    assert store.path(picture).read_bytes() == data
    store.path(picture).unlink()
    assert not store.has(picture)
    store.add(data)
    assert store.has(picture)


def test_nothing_is_left_of_a_picture_that_is_refused(store: PictureStore) -> None:
    with pytest.raises(PictureError):
        store.add(saved(scene(), "JPEG")[:300])
    assert not store.folder.exists() or not files_in(store)


def test_the_trim_is_measured_on_the_picture_as_kept(store: PictureStore) -> None:
    padded = Image.new("RGB", (1600, 1000))
    padded.paste(scene(1600, 600), (0, 200))
    picture = store.add(saved(padded, "JPEG", quality=90))
    assert (picture.width, picture.height) == (800, 500)
    assert abs(picture.trim.top - 100) <= 1
    assert abs(picture.trim.bottom - 400) <= 1


def test_the_fingerprint_is_of_what_lies_inside_the_border(store: PictureStore) -> None:
    image, padded = scene(300, 200), Image.new("RGB", (300, 340), "black")
    padded.paste(image, (0, 70))
    bare, bordered = store.add(saved(image, "PNG")), store.add(saved(padded, "PNG"))
    assert bordered.trim == Trim(0, 70, 300, 270)
    assert ((bare.fingerprint ^ bordered.fingerprint) & (2**64 - 1)).bit_count() <= 4


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "ab/x.jpg", "..\\x.jpg", "ab/" + "c" * 62 + ".exe", ""]
)
def test_a_name_that_the_store_never_gave_is_never_opened(store: PictureStore, name: str) -> None:
    made_up = Picture("0" * 64, name, 1, 1, Trim(0, 0, 1, 1), 0, "JPEG")
    with pytest.raises(CollectionError, match="no name of a kept picture"):
        store.path(made_up)


def test_a_place_that_cannot_be_written_is_not_the_picture_s_fault(tmp_path: Path) -> None:
    (tmp_path / "pictures").write_bytes(b"a file where the folder should be")
    with pytest.raises(StorageError):
        PictureStore(tmp_path / "pictures", PictureSettings()).add(saved(scene()))


def test_what_is_kept_can_be_read_by_anything(store: PictureStore) -> None:
    stream = io.BytesIO()
    scene().convert("P").save(stream, "PNG")
    for data in (
        stream.getvalue(),
        saved(scene().convert("CMYK"), "TIFF"),
        saved(scene().convert("RGBA"), "WEBP"),
    ):
        with Image.open(store.path(store.add(data))) as kept:
            assert kept.mode == "RGB"
            assert "icc_profile" not in kept.info


def test_what_a_kill_left_half_written_is_swept(store: PictureStore) -> None:
    picture = store.add(saved(scene()))
    left = store.folder / "begun" / ".half.jpg.x.part"
    left.write_bytes(b"half")
    store.sweep()
    assert files_in(store) == [picture.file]


def test_a_file_that_a_power_cut_spoilt_is_written_again(store: PictureStore) -> None:
    data = saved(scene())
    picture = store.add(data)
    store.path(picture).write_bytes(b"\0" * len(data))
    store.settle([store.add(data)])
    assert store.path(picture).read_bytes() == data
