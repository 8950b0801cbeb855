from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from cartellino.errors import PictureError
from cartellino.pictures.reading import located, read, stamp


def reason(work: object, *arguments: object) -> str:
    with pytest.raises(PictureError) as caught:
        work(*arguments)  # type: ignore[operator]
    return caught.value.what


def test_relative_addresses_start_at_the_base_and_stay_in_it(tmp_path: Path) -> None:
    assert located(tmp_path, "photos/1.jpg") == tmp_path / "photos" / "1.jpg"
    assert located(tmp_path, "photos/../1.jpg") == tmp_path / "1.jpg"
    assert located(tmp_path, str(tmp_path.parent / "elsewhere.jpg")) == tmp_path.parent / "elsewhere.jpg"
    for address in ("../secret.jpg", "photos/../../secret.jpg"):
        assert reason(located, tmp_path, address) == "the address leads out of the collection's folder"
    assert reason(located, tmp_path, "https://example.org/1.jpg") == "this is a web address, not a file"


def test_a_file_comes_with_its_digest_and_stamp(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"abc")
    found = read(path, 200)
    assert (found.data, found.digest) == (b"abc", hashlib.sha256(b"abc").hexdigest())
    assert found.stamp == stamp(path)
    os.utime(path, ns=(1, 10**18))
    assert stamp(path) != found.stamp


def test_what_is_missing_is_said_and_never_replaced(tmp_path: Path) -> None:
    assert reason(stamp, tmp_path / "a.jpg") == "there is no such file"
    (tmp_path / "a.jpeg").write_bytes(b"x")
    assert reason(stamp, tmp_path / "a.jpg") == "there is no such file, but 'a.jpeg' lies beside it"
    (tmp_path / "file").write_bytes(b"x")
    assert reason(stamp, tmp_path / "file" / "a.jpg") == "there is no such file"


def test_what_is_no_file_is_said_to_be_none(tmp_path: Path) -> None:
    assert reason(stamp, tmp_path) == "this is a folder, not a picture"
    assert "cannot be read" in reason(stamp, tmp_path / "nul\0byte.jpg")
    assert "cannot be read" in reason(stamp, tmp_path / ("long" * 200))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    assert reason(read, tmp_path / "pipe.jpg", 200) == "this is no ordinary file"


def test_a_file_too_large_for_any_picture_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.tif"
    with path.open("wb") as stream:
        stream.truncate(9_000_000)  # sparse
    assert read(path, 2).data[:1] == b"\0"
    assert "more than 1 megapixels can need" in reason(read, path, 1)
