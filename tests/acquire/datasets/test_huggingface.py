"""Works from folders of Hugging Face data sets."""

from __future__ import annotations

import datetime
import io
import json
import math
import subprocess
import sys

import pytest
from PIL import Image

from acquire.builders import picture, rejected, remarks, touch, works, write_csv
from cartellino import files
from cartellino.acquire.datasets.huggingface import HuggingFaceSource
from cartellino.acquire.datasets.shards import split_of
from cartellino.errors import InputError, MissingExtraError


def png(colour):
    stream = io.BytesIO()
    Image.new("RGB", (20, 16), colour).save(stream, "PNG")
    return stream.getvalue()


def cells(source):
    header = [column.header for column in source.columns]
    return [dict(zip(header, work.cells, strict=True)) for work in works(source)]


@pytest.fixture
def parquet(tmp_path):
    """Writes a shard as the library does: meaning of the columns in the schema's metadata."""
    arrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'cartellino[hub]'")
    writer = pytest.importorskip("pyarrow.parquet")

    def write(name, rows, features=None):
        table = arrow.Table.from_pylist(rows)
        if features:
            told = json.dumps({"info": {"features": features}})
            table = table.replace_schema_metadata({"huggingface": told})
        path = tmp_path / "set" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        writer.write_table(table, path)
        return tmp_path / "set"

    return write


FEATURES = {
    "image": {"_type": "Image"},
    "style": {"names": ["Baroque", "Rococo"], "_type": "ClassLabel"},
    "tags": {"feature": {"names": ["men", "trees"], "_type": "ClassLabel"}, "_type": "List"},
}


def test_pictures_inside_parquet_are_unpacked_under_their_digest_and_labels_named(parquet, tmp_path):
    red, blue = png("red"), png("blue")
    parquet(
        "data/train-00000-of-00002.parquet",
        [
            {"image": {"bytes": red, "path": "../../evil.png"}, "style": 1, "tags": [0, 1]},
            {"image": {"bytes": blue, "path": None}, "style": -1, "tags": [1]},
        ],
        FEATURES,
    )
    parquet(
        "data/train-00001-of-00002.parquet",
        [{"image": {"bytes": red, "path": "a.png"}, "style": 0, "tags": []}],
        FEATURES,
    )
    folder = parquet(
        "data/test-00000-of-00001.parquet",
        [{"image": {"bytes": b"GIF89a", "path": "a"}, "style": 0, "tags": []}],
        FEATURES,
    )
    source = HuggingFaceSource(folder, cache=tmp_path / "museum" / "cache")
    found = works(source)
    assert [work.id for work in found] == ["test/0", "train/0", "train/1", "train/2"]
    assert [work.line for work in found] == [1, 2, 3, 4]
    assert cells(source)[1] == {
        "id": "train/0",
        "style": "Rococo",
        "tags": "men|trees",
        "image": "../../evil.png",
        "split": "train",
    }
    assert cells(source)[2]["style"] == ""
    assert found[1].several == ((2, ("men", "trees")),)
    digest = files.digest(red)
    kept = (tmp_path / "museum" / "cache").resolve() / digest[:2] / f"{digest}.png"
    assert found[1].pictures == found[3].pictures == (str(kept),)
    assert kept.read_bytes() == red
    assert found[0].pictures[0].endswith(".unknown")
    assert source.base == (tmp_path / "museum" / "cache").resolve()
    assert len(list((tmp_path / "museum").rglob("*.*"))) == 3


def test_ids_of_the_data_set_are_taken_where_they_tell_rows_apart(parquet, tmp_path):
    rows = [
        {"id": number, "title": f"Clock {number}", "image": {"bytes": png("red"), "path": ""}}
        for number in (5, 6)
    ]
    folder = parquet("train.parquet", rows)
    source = HuggingFaceSource(folder, tmp_path / "cache")
    assert [(work.id, work.title) for work in works(source)] == [("5", "Clock 5"), ("6", "Clock 6")]
    assert "split" not in cells(source)[0]
    parquet("test.parquet", rows)  # the numbers begin anew: no longer ids
    again = HuggingFaceSource(folder, tmp_path / "cache")
    assert [work.id for work in works(again)] == ["test/0", "test/1", "train/0", "train/1"]
    assert [(row["row"], row["id"]) for row in cells(again)][2] == ("train/0", "5")
    assert any("no column of ids" in note for note in again.notes)


def test_values_that_json_lacks_are_written_in_words(parquet, tmp_path):
    row = {
        "when": datetime.datetime(1889, 6, 1, 12, tzinfo=datetime.UTC),
        "day": datetime.date(1889, 6, 1),
        "height": math.nan,
        "raw": b"\x00\xff",
        "box": {"x": 1, "y": [2]},
        "image": {"bytes": png("red"), "path": ""},
    }
    (found,) = cells(HuggingFaceSource(parquet("a.parquet", [row]), tmp_path / "cache"))
    assert found["when"] == "1889-06-01T12:00:00+00:00"
    assert (found["day"], found["height"], found["raw"]) == ("1889-06-01", "", "AP8=")
    assert json.loads(found["box"]) == {"x": 1, "y": [2]}


def test_a_shard_of_pictures_alone(parquet, tmp_path):
    folder = parquet("a.parquet", [{"image": {"bytes": png("red"), "path": None}}] * 3)
    assert [work.id for work in works(HuggingFaceSource(folder, tmp_path / "c"))] == [
        "row/0",
        "row/1",
        "row/2",
    ]


def test_pictures_to_be_unpacked_need_a_folder_and_damage_is_said(parquet):
    folder = parquet("a.parquet", [{"image": {"bytes": png("red"), "path": ""}}])
    with pytest.raises(InputError, match="must be unpacked"):
        HuggingFaceSource(folder)
    data = (folder / "a.parquet").read_bytes()
    (folder / "a.parquet").write_bytes(data[: len(data) // 2])
    with pytest.raises(InputError, match="cannot be read"):
        HuggingFaceSource(folder, folder / "cache")


def test_without_pyarrow_a_sentence_names_the_extra(tmp_path):
    touch(tmp_path, "train.parquet")
    program = (
        "import sys; sys.modules['pyarrow'] = None\n"
        "from cartellino.acquire.datasets.huggingface import HuggingFaceSource\n"
        f"HuggingFaceSource({str(tmp_path)!r}, {str(tmp_path)!r})"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert MissingExtraError.__name__ in done.stderr
    assert "pip install 'cartellino[hub]'" in done.stderr


def test_a_folder_of_pictures_with_metadata(tmp_path):
    picture(tmp_path / "train" / "0001.png")
    picture(tmp_path / "test" / "0001.png")
    write_csv(
        tmp_path / "train" / "metadata.csv",
        [["file_name", "culture", "tags"], ["0001.png", "French", "Men|Trees"]],
    )
    write_csv(
        tmp_path / "test" / "metadata.csv", [["file_name", "culture", "tags"], ["0001.png", "Dutch", ""]]
    )
    source = HuggingFaceSource(tmp_path)
    first, second = works(source)
    assert (first.id, second.id) == ("test/0001", "train/0001")
    assert cells(source)[1] == {
        "id": "train/0001",
        "file_name": "0001.png",
        "culture": "French",
        "tags": "Men|Trees",
        "split": "train",
    }
    assert second.several == ((3, ("Men", "Trees")),)
    assert second.pictures == (str(tmp_path.resolve() / "train" / "0001.png"),)


def test_metadata_in_lines_of_json_with_several_pictures(tmp_path):
    lines = [
        {"file_names": ["a/1.png", "a/2.png"], "objectID": 7, "title": "Clock"},
        {"file_names": ["../../secret.png"], "objectID": 8, "title": "Vase"},
    ]
    (tmp_path / "metadata.jsonl").write_text("\n".join([*map(json.dumps, lines), "{broken", "[]", ""]))
    source = HuggingFaceSource(tmp_path)
    first, second = works(source)
    assert (first.id, first.title, [path[-7:].replace("\\", "/") for path in first.pictures]) == (
        "7",
        "Clock",
        ["a/1.png", "a/2.png"],
    )
    assert second.pictures == ()
    assert "outside the folder" in remarks(source)[-1]
    assert [row.line for row in rejected(source)] == [3, 4]
    assert "line 3 of metadata.jsonl" in rejected(source)[0].reason


def test_an_id_column_can_be_named(tmp_path):
    rows = [["file_name", "code"], ["1.png", "x"], ["2.png", "y"]]
    write_csv(tmp_path / "metadata.csv", rows)
    assert [work.id for work in works(HuggingFaceSource(tmp_path))] == ["1", "2"]
    assert [work.id for work in works(HuggingFaceSource(tmp_path, id_column="code"))] == ["x", "y"]
    with pytest.raises(InputError, match="no column 'cod'"):
        HuggingFaceSource(tmp_path, id_column="cod")


def test_other_folders_get_a_sentence(tmp_path):
    with pytest.raises(InputError, match="no Parquet file"):
        HuggingFaceSource(touch(tmp_path / "a", "1.jpg"))
    write_csv(tmp_path / "a" / "metadata.csv", [["image", "culture"], ["1.jpg", "French"]])
    with pytest.raises(InputError, match="no column 'file_name'"):
        HuggingFaceSource(tmp_path / "a")
    (tmp_path / "a" / "metadata.csv").unlink()
    (tmp_path / "a" / "metadata.jsonl").write_text("[]\n")
    with pytest.raises(InputError, match="no row in it"):
        HuggingFaceSource(tmp_path / "a")


@pytest.mark.parametrize(
    ("path", "split"),
    [
        ("data/train-00000-of-00002.parquet", "train"),
        ("val/metadata.csv", "validation"),
        ("en/Test.parquet", "test"),
        ("trains/latest.parquet", ""),
        ("", ""),
    ],
)
def test_splits_are_told_by_words_that_stand_alone(path, split):
    assert split_of(path) == split
