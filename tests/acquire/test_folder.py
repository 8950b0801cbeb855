"""Works from folders of pictures."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cartellino.acquire.folder import FolderSource
from cartellino.errors import InputError

from .builders import rejected, remarks, touch, works


def names(work):
    return [Path(address).name for address in work.pictures]


def test_a_flat_folder(tmp_path):
    source = FolderSource(touch(tmp_path / "photos", "b10.jpg", "b9.jpg", "a.tif", "a.png"))
    assert source.name == "photos"
    assert [(work.id, names(work)) for work in works(source)] == [
        ("a", ["a.png", "a.tif"]),
        ("b9", ["b9.jpg"]),
        ("b10", ["b10.jpg"]),
    ]
    assert [column.header for column in source.columns] == ["id", "file"]


def test_a_folder_for_each_class(tmp_path):
    source = FolderSource(touch(tmp_path, "Baroque/1.jpg", "Baroque/deep/2.jpg", "Rococo/1.jpg"))
    assert [work.cells for work in works(source)] == [
        ("Baroque/1", "Baroque", "Baroque/1.jpg"),
        ("Baroque/deep/2", "Baroque", "Baroque/deep/2.jpg"),
        ("Rococo/1", "Rococo", "Rococo/1.jpg"),
    ]


def test_classes_can_be_told(tmp_path):
    touch(tmp_path, "Baroque/1.jpg", "2.jpg")
    assert [column.header for column in FolderSource(tmp_path).columns] == ["id", "file"]
    assert [work.cells[1] for work in works(FolderSource(tmp_path, classes=True))] == ["", "Baroque"]
    touch(tmp_path / "only", "Baroque/1.jpg")
    assert len(FolderSource(tmp_path / "only", classes=False).columns) == 2


def test_fields_from_names_with_several_pictures_of_a_work(tmp_path):
    touch(tmp_path, "7_Asian_10.jpg", "7_Asian_2.jpg", "8_Arms_1.jpg", "odd.jpg", "notes.txt", "Thumbs.db")
    source = FolderSource(tmp_path, pattern="{id}_{department}_{view}.jpg")
    assert [(work.id, work.cells[1], names(work)) for work in works(source)] == [
        ("7", "Asian", ["7_Asian_2.jpg", "7_Asian_10.jpg"]),
        ("8", "Arms", ["8_Arms_1.jpg"]),
    ]
    assert works(source)[0].several == ((2, ("7_Asian_2.jpg", "7_Asian_10.jpg")),)
    assert {row.raw: row.reason for row in rejected(source)} == {
        "odd.jpg": "its name does not fit the pattern {id}_{department}_{view}.jpg",
        "notes.txt": "it is not a picture, by its name",
    }


def test_files_of_one_work_that_differ_in_a_field_give_it_several_values(tmp_path):
    source = FolderSource(touch(tmp_path, "7_Boats.jpg", "7_Trees.jpg"), pattern="{id}_{tag}")
    assert works(source)[0].several[0] == (1, ("Boats", "Trees"))
    assert "differ in tag" in remarks(source)[0]


def test_lines_rise_and_rows_are_as_wide_as_the_columns(tmp_path):
    source = FolderSource(
        touch(tmp_path, "b_1_x.jpg", "a_2_y.jpg", "a_1_y.jpg", "zz.txt", "B_3.png"), pattern="{id}_{title}"
    )
    items = list(source.works())
    assert [item.line for item in items] == sorted({item.line for item in items})
    assert all(len(work.cells) == len(source.columns) for work in works(source))
    assert [(work.id, work.title) for work in works(source)] == [("a", "1_y"), ("b", "1_x"), ("B", "3")]


def test_reading_twice_gives_the_same(tmp_path):
    source = FolderSource(touch(tmp_path, "7_a.jpg", "7_b.jpg", "c.txt"), pattern="{id}_{tag}")
    assert list(source.works()) == list(source.works())
    assert remarks(source) == remarks(source)


@pytest.mark.skipif(os.name == "nt", reason="links need a right on Windows")
def test_links_out_of_the_folder_are_rejected(tmp_path):
    touch(tmp_path, "secret.jpg", "photos/1.jpg")
    (tmp_path / "photos" / "2.jpg").symlink_to(tmp_path / "secret.jpg")
    source = FolderSource(tmp_path / "photos")
    assert [work.id for work in works(source)] == ["1"]
    assert "link" in rejected(source)[0].reason


@pytest.mark.parametrize(
    ("files", "pattern", "sentence"),
    [
        ((), None, "no picture in this folder"),
        (("a.txt",), None, "no picture"),
        (("a.jpg",), "{id}_{x}", "no file name fits"),
    ],
)
def test_nothing_to_add_gets_a_sentence(tmp_path, files, pattern, sentence):
    with pytest.raises(InputError, match=sentence):
        FolderSource(touch(tmp_path, *files), pattern=pattern)
