from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from cartellino.errors import InputError
from cartellino.exchange.sinks import opened

CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
ROWS = st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=5)


def write(out: Path, rows: list[list[str | None]], **format_: object) -> Path:
    with opened(out, {"kind": "csv", **format_}) as sink:
        for row in rows:
            sink.write(row)
    return out


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    ROWS,
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["minimal", "all"]),
    st.sampled_from([("utf-8", False), ("utf-8", True), ("utf-16-le", True), ("utf-16-be", True)]),
)
def test_any_cells_come_back_from_any_layout(
    tmp_path: Path,
    rows: list[list[str]],
    delimiter: str,
    newline: str,
    quoting: str,
    encoding: tuple[str, bool],
) -> None:
    layout = {"delimiter": delimiter, "newline": newline, "quoting": quoting, "quotechar": '"'}
    out = write(tmp_path / "out.csv", rows, encoding=encoding[0], bom=encoding[1], **layout)
    text = out.read_bytes().decode(encoding[0])
    assert text.startswith("\ufeff") is encoding[1] or rows[0][0].startswith("\ufeff")
    body = text[encoding[1] :]
    assert body.endswith(newline)
    assert list(csv.reader(io.StringIO(body, newline=""), delimiter=delimiter)) == rows


def test_a_museum_that_quotes_everything_gets_everything_quoted(tmp_path: Path) -> None:
    out = write(tmp_path / "a.csv", [["1", ""]], quoting="all", newline="\n", bom=False)
    assert out.read_bytes() == b'"1",""\n'


def test_a_museum_that_quotes_nothing_gets_its_marks_back(tmp_path: Path) -> None:
    out = write(
        tmp_path / "a.tsv", [['5" high', "b"]], quoting="none", newline="\n", bom=False, delimiter="\t"
    )
    assert out.read_bytes() == b'5" high\tb\n'
    with pytest.raises(InputError, match=r"quotes nothing.*\.xlsx"):
        write(tmp_path / "b.csv", [["Italian, Milan"]], quoting="none")
    assert not (tmp_path / "b.csv").exists()


def test_what_the_encoding_lacks_is_named(tmp_path: Path) -> None:
    write(tmp_path / "a.csv", [["é"]], encoding="cp1252", bom=False)
    assert (tmp_path / "a.csv").read_bytes() == "é\r\n".encode("cp1252")
    with pytest.raises(InputError, match=r"'ō' cannot be written in cp1252.*\.xlsx"):
        write(tmp_path / "a.csv", [["Jōmon"]], encoding="cp1252", bom=False)
    assert (tmp_path / "a.csv").read_bytes() == "é\r\n".encode("cp1252")
    assert len(list(tmp_path.iterdir())) == 1


def test_other_endings_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"not written as '\.ods'"):
        write(tmp_path / "a.ods", [])


def sheet(path: Path) -> list[list[object]]:
    book = load_workbook(path)
    return [[cell.value for cell in row] for row in book.active.iter_rows()]


def test_a_spreadsheet_holds_text_and_nothing_else(tmp_path: Path) -> None:
    rows: list[list[str | None]] = [["007", "=1+1", "#N/A", "1.50", " a\nb ", "2024-01-01", None, ""]]
    path = write(tmp_path / "a.xlsx", rows)
    cells = next(iter(load_workbook(path).active.iter_rows()))
    assert [cell.value for cell in cells[:6]] == rows[0][:6]
    assert {cell.data_type for cell in cells[:6]} == {"s"}


def test_characters_that_xml_cannot_hold_are_escaped_as_excel_does(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", [["a\x01b", "c\r\nd", "_x0041_"]])
    assert sheet(path) == [["a_x0001_b", "c_x000D_\nd", "_x005F_x0041_"]] or sheet(path) == [
        ["a\x01b", "c\r\nd", "_x0041_"]
    ]


def test_what_a_spreadsheet_cannot_hold_is_refused_and_not_cut(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"row 2 has a cell of 32,768 characters.*\.csv"):
        write(tmp_path / "a.xlsx", [["a"], ["x" * 32_768]])
    with pytest.raises(InputError, match="16,384 columns"):
        write(tmp_path / "a.xlsx", [["x"] * 16_385])
    assert not list(tmp_path.iterdir())
