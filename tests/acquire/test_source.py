"""What every way in has in common."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from cartellino.acquire.source import Remarks, Source
from cartellino.acquire.tables.table import TableSource
from cartellino.errors import InputError, StorageError
from cartellino.records import Column, Rejected, Work


class Listed(Source):
    kind = "listed"

    def __init__(self, items) -> None:
        super().__init__("listed", Path("listed"))
        self.columns = (Column("id", "id", "id"),)
        self.notes = ["made by hand"]
        self.items = items

    def _works(self):
        for item in self.items:
            if isinstance(item, Exception):
                raise item
            self.remarks.add("read", item.line)
            yield item


def test_a_work_without_id_is_rejected():
    items = list(Listed([Work("1", 1, ("1",)), Work("", 2, (None,))]).works())
    assert items == [Work("1", 1, ("1",)), Rejected(2, "it has no id", "")]


def test_remarks_are_those_of_the_last_reading_and_of_the_making():
    source = Listed([Work("1", 1, ("1",))])
    for _ in range(2):
        list(source.works())
        assert [remark.text for remark in source.remarks] == ["made by hand", "read"]


def test_nothing_at_all_gets_a_sentence():
    with pytest.raises(InputError, match="no works in it"):
        list(Listed([]).works())


def test_a_disk_that_fails_gets_a_sentence():
    with pytest.raises(StorageError, match="system refused"):
        list(Listed([OSError(5, "Input/output error")]).works())


def test_a_packed_file_that_is_cut_short_gets_a_sentence(tmp_path):
    text = "id,title\n" + "".join(f"{n},title {n * n}\n" for n in range(50_000))
    path = tmp_path / "works.csv.gz"
    path.write_bytes(gzip.compress(text.encode())[:-20])
    with pytest.raises(InputError, match="cut short"):
        list(TableSource(path).works())


def test_remarks_are_all_counted_and_a_thousand_kept():
    remarks = Remarks()
    for line in range(1_500):
        remarks.add("odd", line)
    assert (remarks.count, len(list(remarks))) == (1_500, 1_000)
    remarks.clear()
    assert (remarks.count, list(remarks)) == (0, [])
