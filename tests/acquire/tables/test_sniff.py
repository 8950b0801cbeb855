"""What a file is by its first bytes."""

from __future__ import annotations

import gzip
import zipfile

import pytest
from openpyxl import Workbook

from cartellino.acquire.tables.sniff import opened, table_kind
from cartellino.errors import InputError


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "old Excel workbook"),
        (b"%PDF-1.7", "a PDF"),
        (b"\xff\xd8\xff\xe0", "a picture"),
        (b"\x89PNG\r\n", "a picture"),
        (b"<!doctype HTML><p>", "a web page"),
        (b"PK\x03\x04 cut short", "damaged"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:1\n", "pointer of Git LFS"),
        (b"", "empty"),
        (b"\x1f\x8b\x08\0cut", "cut short or damaged"),
    ],
)
def test_what_is_no_table_gets_a_sentence(tmp_path, data, sentence):
    path = tmp_path / "works.csv"
    path.write_bytes(data)
    with pytest.raises(InputError, match=sentence) as caught:
        table_kind(path)
    assert caught.value.do


def test_a_folder_and_a_missing_file_get_a_sentence(tmp_path):
    with pytest.raises(InputError, match="a folder, not a table"):
        table_kind(tmp_path)
    with pytest.raises(InputError, match="no such table"):
        table_kind(tmp_path / "works.csv")


def test_a_zip_archive_and_an_open_document_are_told_apart_from_a_workbook(tmp_path):
    for member, sentence in (("works.csv", "a zip archive"), ("content.xml", "a form that is not read")):
        path = tmp_path / f"{member}.zip"
        with zipfile.ZipFile(path, "w") as packed:
            packed.writestr(member, "id\n1\n")
        with pytest.raises(InputError, match=sentence):
            table_kind(path)


def test_content_counts_and_not_the_name(tmp_path):
    book = tmp_path / "works.csv"
    Workbook().save(book)
    assert table_kind(book) == "xlsx"
    text = tmp_path / "works.xlsx"
    text.write_text("id,title\n1,a\n", encoding="utf-8")
    assert table_kind(text) == "csv"


def test_gzip_is_unpacked_on_the_way(tmp_path):
    path = tmp_path / "works.csv.gz"
    path.write_bytes(gzip.compress(b"id\n1\n"))
    assert table_kind(path) == "csv"
    with opened(path) as stream:
        assert stream.read() == b"id\n1\n"
