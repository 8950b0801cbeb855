"""Sheets of Excel workbooks."""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace

import pytest
from openpyxl import Workbook, load_workbook

from acquire.builders import write_xlsx
from cartellino.acquire.source import Remarks
from cartellino.acquire.tables.workbook import WorkbookGrid, shown
from cartellino.errors import InputError
from cartellino.records import Rejected


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (None, "General", ""),
        ("0012", "General", "0012"),
        (12, "General", "12"),
        (12.0, "General", "12"),
        (12.5, "General", "12.5"),
        (12, "00000", "00012"),
        (12.0, "00000", "00012"),
        (7, '"INV-"0000', "INV-0007"),
        (0.125, "0.0%", "12.5%"),
        (True, "General", "TRUE"),
        (datetime(1889, 6, 1), "yyyy", "1889-06-01"),  # noqa: DTZ001
        (datetime(1889, 6, 1, 12, 30), "General", "1889-06-01 12:30:00"),  # noqa: DTZ001
        (date(1889, 6, 1), "General", "1889-06-01"),
        (time(8, 5), "General", "08:05:00"),
        (timedelta(hours=30), "[h]:mm", "1 day, 6:00:00"),
        (1e20, "General", "1e+20"),
    ],
)
def test_cells_are_read_as_they_are_shown(value, form, text):
    assert shown(value, SimpleNamespace(number_format=form)) == text


def test_rows_keep_excels_line_numbers(tmp_path):
    rows = [("id", "title", None), (), (1, "a"), (2.0, None, None), (3, "c", "extra")]
    grid = WorkbookGrid(write_xlsx(tmp_path / "works.xlsx", Works=rows))
    items = list(grid.rows(Remarks()))
    assert grid.header == ["id", "title"]
    assert [item[:2] for item in items[:2]] == [(3, ["1", "a"]), (4, ["2", ""])]
    assert isinstance(items[2], Rejected)
    assert items[2].line == 5


def test_a_table_that_starts_lower_keeps_its_lines(tmp_path):
    path = write_xlsx(tmp_path / "works.xlsx", Works=[(), (), ("id", "title"), (1, "a")])
    assert [row[0] for row in WorkbookGrid(path).rows(Remarks())] == [4]


def test_the_first_sheet_with_data_is_read_and_others_are_named(tmp_path):
    path = write_xlsx(tmp_path / "works.xlsx", Empty=[], Works=[("id",), (1,)], Loans=[("id",), (2,)])
    grid = WorkbookGrid(path)
    assert grid.format == {"kind": "xlsx", "sheet": "Works"}
    assert "Loans" in grid.notes[0]
    assert [list(row[1]) for row in WorkbookGrid(path, "Loans").rows(Remarks())] == [["2"]]
    with pytest.raises(InputError, match="There are: Empty, Works, Loans"):
        WorkbookGrid(path, "Objects")


def test_hidden_rows_are_kept_and_formulas_give_their_last_value(tmp_path):
    path = write_xlsx(tmp_path / "works.xlsx", Works=[("id", "title"), (1, "a"), (2, "=1+1")])
    book = load_workbook(path)
    book["Works"].row_dimensions[2].hidden = True
    book.save(path)
    _calculate(path, "1+1", "2")
    assert [list(row[1]) for row in WorkbookGrid(path).rows(Remarks())] == [["1", "a"], ["2", "2"]]


def _calculate(path, formula, value):
    """Keep the value of a formula, as Excel does and openpyxl does not."""
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = re.sub(
        rb"(<f>[^<]*</f>)<v ?/?>(</v>)?", rb"\1<v>" + value.encode() + b"</v>", parts[sheet]
    )
    assert f"<f>{formula}</f><v>{value}</v>".encode() in parts[sheet]
    with zipfile.ZipFile(path, "w") as packed:
        for name, data in parts.items():
            packed.writestr(name, data)


def test_an_empty_or_damaged_workbook_gets_a_sentence(tmp_path):
    Workbook().save(tmp_path / "empty.xlsx")
    with pytest.raises(InputError, match="nothing in it"):
        WorkbookGrid(tmp_path / "empty.xlsx")
    (tmp_path / "bad.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    with pytest.raises(InputError, match="cannot be read"):
        WorkbookGrid(tmp_path / "bad.xlsx")
