"""Works from the layout of the iMet Collection."""

from __future__ import annotations

import pytest

import cartellino
from acquire.builders import rejected, remarks, touch, works, write_csv
from cartellino.acquire.datasets.imet import IMetSource
from cartellino.errors import InputError

LABELS = [
    ["attribute_id", "attribute_name"],
    ["0", "culture::french"],
    ["1", "culture::italian, or spanish"],
    ["400", "tag::men"],
    ["401", "tag::trees"],
    ["7", "unsorted"],
]
TRAIN = [
    ["id", "attribute_ids"],
    ["1000483014d91860", "400 0 401"],
    ["1000fe2e667721fe", "1 7"],
    ["10001614cb89646e", ""],
]


def unpacked(folder, train=TRAIN, labels=LABELS):
    touch(folder, *(f"train/{row[0]}.png" for row in train[1:] if row[0]))
    write_csv(folder / "train.csv", train)
    write_csv(folder / "labels.csv", labels)
    return folder


def test_attributes_become_columns_of_values(tmp_path):
    source = IMetSource(unpacked(tmp_path / "imet"))
    assert (source.kind, source.name) == ("imet", "imet")
    assert [column.header for column in source.columns] == ["id", "attribute_ids", "culture", "tag", "label"]
    first, second, third = works(source)
    assert first.cells == ("1000483014d91860", "400 0 401", "french", "men|trees", "")
    assert first.several == ((1, ("400", "0", "401")), (3, ("men", "trees")))
    assert second.cells[2:] == ("italian, or spanish", "", "unsorted")
    assert third.cells == ("10001614cb89646e", "", "", "", "")
    assert [work.line for work in (first, second, third)] == [2, 3, 4]
    assert first.pictures == (str(tmp_path.resolve() / "imet" / "train" / "1000483014d91860.png"),)


def test_unknown_attributes_and_missing_pictures_are_remarked_on(tmp_path):
    folder = unpacked(tmp_path, [*TRAIN, ["aa", "0 99"], ["", "0"]])
    (folder / "train" / "aa.png").unlink()
    source = IMetSource(folder)
    assert remarks(source) == [
        "labels.csv does not know attribute 99",
        "there is no picture of it in 'train'",
    ]
    assert works(source)[-1].cells == ("aa", "0 99", "french", "", "")
    assert works(source)[-1].pictures == ()
    assert [row.reason for row in rejected(source)] == ["it has no id"]


@pytest.mark.parametrize("missing", ["train.csv", "labels.csv"])
def test_a_missing_table_gets_a_sentence(tmp_path, missing):
    (unpacked(tmp_path) / missing).unlink()
    with pytest.raises(InputError, match="there is no such table"):
        IMetSource(tmp_path)


def test_other_tables_and_a_missing_folder_get_a_sentence(tmp_path):
    unpacked(tmp_path / "a", labels=[["number", "name"], ["1", "x"]])
    with pytest.raises(InputError, match="no column 'attribute_id'"):
        IMetSource(tmp_path / "a")
    unpacked(tmp_path / "b", labels=LABELS[:1])
    with pytest.raises(InputError, match="no attribute in it"):
        IMetSource(tmp_path / "b")
    (unpacked(tmp_path / "c") / "train").rename(tmp_path / "c" / "elsewhere")
    with pytest.raises(InputError, match=r"Unpack train\.zip"):
        IMetSource(tmp_path / "c")
    (tmp_path / "c" / "train.csv").write_text("version https://git-lfs.github.com/spec/v1\noid sha256:1\n")
    with pytest.raises(InputError, match="Git LFS"):
        IMetSource(tmp_path / "c")


def test_a_collection_knows_each_number_by_itself(tmp_path):
    """They are joined by spaces, which no other table of ours is."""
    with cartellino.create(tmp_path / "museum") as museum:
        museum.add(IMetSource(unpacked(tmp_path / "imet")))
        assert dict(museum.catalogue.fields.counts("attribute_ids")) == {
            "400": 1,
            "0": 1,
            "401": 1,
            "1": 1,
            "7": 1,
        }
        first, _ = museum.catalogue.fields.values("tag")
        assert museum.catalogue.works.id(first[0]) == "1000483014d91860"
