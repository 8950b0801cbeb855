"""Tables whose columns are known beforehand."""

from __future__ import annotations

import pytest

from acquire.builders import write_csv, write_xlsx
from cartellino.acquire.datasets.published import KnownTable
from cartellino.acquire.source import Remarks
from cartellino.errors import InputError


def test_columns_are_found_wherever_they_stand_and_however_written(tmp_path):
    path = write_csv(tmp_path / "a.csv", [["x", " Name ", "ID"], ["1", "Clock", "7"]])
    table = KnownTable(path, "id", "name")
    assert table.places == (2, 1)
    assert [row[1] for row in table.rows(Remarks())] == [["1", "Clock", "7"]]


def test_other_tables_get_a_sentence(tmp_path):
    with pytest.raises(InputError, match=r"no column 'id'.*Its columns are: a, b"):
        KnownTable(write_csv(tmp_path / "a.csv", [["a", "b"], ["1", "2"]]), "id")
    with pytest.raises(InputError, match="this is a workbook"):
        KnownTable(write_xlsx(tmp_path / "b.csv", sheet=[["id"], ["1"]]), "id")
