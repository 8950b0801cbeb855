"""Pictures of works, found in a folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cartellino.acquire.images import Images
from cartellino.errors import InputError

from .builders import touch


@pytest.fixture
def images(tmp_path):
    def images_(*names: str) -> Images:
        return Images(touch(tmp_path / "photos", *names))

    return images_


def test_files_are_found_by_id_with_their_views_in_order(images):
    found = images(
        "12.JPG",
        "12_1.jpg",
        "12_10.jpg",
        "12-2.tif",
        "12 (3).png",
        "120.jpg",
        "12_recto.jpg",
        "12a.jpg",
        "12.txt",
    )
    assert found.of("12") == ["12.JPG", "12 (3).png", "12-2.tif", "12_1.jpg", "12_10.jpg"]
    assert found.of("120") == ["120.jpg"]
    assert found.of("1") == []


def test_the_first_number_that_has_files_counts(images):
    found = images("1975.1.3.jpg", "7.jpg")
    assert found.of("99", "1975.1.3") == ["1975.1.3.jpg"]
    assert found.of("7", "1975.1.3") == ["7.jpg"]
    assert found.of("", "") == []


def test_signs_that_a_file_name_cannot_hold_may_be_replaced(images):
    assert images("O_1924-22.jpg").of("O/1924-22") == ["O_1924-22.jpg"]
    assert images("M-7.jpg").of("M/7") == ["M-7.jpg"]


def test_a_number_that_is_a_work_itself_is_no_view_of_another(images):
    found = images("12.jpg", "12-3.jpg", "12-4.jpg")
    found.claim(["12", "12-3"])
    assert found.of("12") == ["12.jpg", "12-4.jpg"]
    assert found.of("12-3") == ["12-3.jpg"]


def test_folders_inside_are_searched(images):
    assert images("box 1/12.jpg", "box 2/12_2.JPG").of("12") == ["box 1/12.jpg", "box 2/12_2.JPG"]


def test_lost_zeros_are_noticed_where_one_file_fits(images):
    found = images("0012.jpg", "0013.jpg", "013.jpg", "14.jpg")
    assert found.padded("12") == "0012.jpg"
    assert found.padded("13") == ""
    assert found.padded("14") == ""
    assert found.padded("A12") == ""


def test_cells_name_files(images):
    found = images("12.jpg", "Sub/View A.JPG", "a/1.jpg", "b/1.jpg")
    root = found.root

    def name(cell: str) -> Path:
        return Path(found.named(cell).address)

    assert name("12.jpg") == name(" 12.JPG ") == name("12") == name(r".\12.jpg") == root / "12.jpg"
    assert name(r"sub\view a.jpg") == name("View A") == root / "Sub/View A.JPG"
    assert name(str(root / "12.jpg")) == root / "12.jpg"
    assert name("b/1.jpg") == root / "b/1.jpg"
    assert name("1.jpg") == root / "1.jpg", "which of two is meant cannot be known"
    assert name("missing.jpg") == root / "missing.jpg"
    assert found.holds("12.jpg")
    assert not found.holds("missing.jpg")


@pytest.mark.parametrize(
    "cell",
    [
        "../secret.jpg",
        "a/../../secret.jpg",
        "/etc/passwd",
        r"C:\secret.jpg",
        r"..\secret.jpg",
        "..",
        ".",
        "file:///etc/passwd",
        "a\0b.jpg",
    ],
)
@pytest.mark.parametrize("listed", [True, False])
def test_nothing_outside_the_folder_is_taken(tmp_path, cell, listed):
    touch(tmp_path, "secret.jpg", "photos/12.jpg")
    named = Images(tmp_path / "photos", listed=listed).named(cell)
    assert named.problem
    assert not named.address


@given(st.text(st.sampled_from("./\\ab:~ "), max_size=12))
def test_no_spelling_leads_outside(tmp_path_factory, cell):
    root = tmp_path_factory.getbasetemp()
    named = Images(root, listed=False).named(cell)
    if named.address:
        assert Path(os.path.normpath(named.address)).is_relative_to(root.resolve())


@pytest.mark.skipif(os.name == "nt", reason="links need a right on Windows")
@pytest.mark.parametrize("listed", [True, False])
def test_a_link_that_leaves_the_folder_is_not_taken(tmp_path, listed):
    touch(tmp_path, "secret.jpg", "photos/12.jpg")
    (tmp_path / "photos" / "link.jpg").symlink_to(tmp_path / "secret.jpg")
    found = Images(tmp_path / "photos", listed=listed)
    assert "link" in found.named("link.jpg").problem
    assert found.of("link") == []


def test_addresses_on_the_web_are_not_files(images):
    assert images("12.jpg").named("https://museum.org/12.jpg").address == "https://museum.org/12.jpg"
    assert "cannot be fetched" in images("12.jpg").named("ftp://museum.org/12.jpg").problem


def test_a_missing_folder_gets_a_sentence(tmp_path):
    with pytest.raises(InputError, match="no such folder of pictures"):
        Images(tmp_path / "photos")
