"""Folders of pictures, walked."""

from __future__ import annotations

import os
import sys

import pytest

from cartellino.acquire.walk import folder, is_picture, natural, walk
from cartellino.errors import InputError

from .builders import touch


def test_hidden_files_and_litter_are_passed_over(tmp_path):
    touch(
        tmp_path, "a.jpg", ".b.jpg", ".DS_Store", "Thumbs.db", "sub/c.png", ".hidden/d.jpg", "__MACOSX/e.jpg"
    )
    assert {found.path for found in walk(tmp_path)} == {"a.jpg", "sub/c.png"}


@pytest.mark.skipif(os.name == "nt", reason="links need a right on Windows")
def test_links_may_not_leave_the_folder(tmp_path):
    touch(tmp_path, "out/secret.jpg", "in/a.jpg")
    inside = tmp_path / "in"
    (inside / "leaves.jpg").symlink_to(tmp_path / "out" / "secret.jpg")
    (inside / "stays.jpg").symlink_to(inside / "a.jpg")
    (inside / "nowhere.jpg").symlink_to(inside / "missing.jpg")
    (inside / "folder").symlink_to(tmp_path / "out", target_is_directory=True)
    problems = {found.path: bool(found.problem) for found in walk(inside.resolve())}
    assert problems == {
        "a.jpg": False,
        "stays.jpg": False,
        "leaves.jpg": True,
        "nowhere.jpg": True,
        "folder": True,
    }


@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep names in Unicode")
def test_a_name_that_is_not_utf8_is_a_problem(tmp_path):
    (tmp_path / os.fsdecode(b"caf\xe9.jpg")).write_bytes(b"x")
    (found,) = walk(tmp_path)
    assert "not in UTF-8" in found.problem


def test_natural_order():
    names = ["view 10", "View 2", "view 1", "view 02", "12", "9", "a"]
    assert sorted(names, key=natural) == ["9", "12", "a", "view 1", "View 2", "view 02", "view 10"] or sorted(
        names, key=natural
    ) == ["9", "12", "a", "view 1", "view 02", "View 2", "view 10"]


def test_pictures_are_known_by_their_names():
    assert is_picture("a/B.JPG")
    assert is_picture("x.heic")
    assert not is_picture("notes.txt")
    assert not is_picture("jpg")


def test_a_folder_that_is_none_gets_a_sentence(tmp_path):
    with pytest.raises(InputError, match="no such folder"):
        folder(tmp_path / "photos")
    with pytest.raises(InputError, match="this is a file"):
        folder(touch(tmp_path, "a.jpg") / "a.jpg")
