"""The layout of a delimited text."""

from __future__ import annotations

import csv
import io

import pytest

from cartellino.acquire.tables.dialect import Dialect, find, writer_options
from cartellino.errors import InputError


def found(text: str, told: str | None = None) -> Dialect:
    return find(text.splitlines(keepends=True), told)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_makes_rows_as_wide_as_the_header(delimiter):
    rows = [["id", "title", "size"], ["1", "Still life, with; marks | and\ttabs", "3,5"], ["2", "b", "4,5"]]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(rows)
    assert found(text.getvalue()) == Dialect(delimiter, "minimal")


def test_commas_in_titles_do_not_win_over_semicolons():
    assert found("id;title, year\n1;a\n2;b, c\n3;d, e, f\n").delimiter == ";"


def test_a_table_of_one_column_is_read_with_commas():
    assert found("id\n1\n2\n") == Dialect(",", "minimal")


def test_quoted_everywhere_is_noticed():
    assert found('"id","title"\n"1","a ""b"""\n"2",""\n').quoting == "all"
    assert found('"id","title"\n"1",a\n').quoting == "minimal"


def test_marks_that_are_part_of_titles_mean_that_nothing_is_quoted():
    assert found('id\ttitle\n1\t"Untitled" by X\n2\t"Blue" by Y\n3\tplain\n').quoting == "none"


def test_one_stray_mark_does_not_undo_the_quoting_of_the_others():
    rows = "".join(f'{n},"title, {n}",1900\n' for n in range(20))
    assert found(f'id,title,year\n99,"stray,1900\n{rows}').quoting == "minimal"


@pytest.mark.parametrize(("told", "meant"), [("tab", "\t"), ("\\t", "\t"), ("semicolon", ";"), ("~", "~")])
def test_a_delimiter_can_be_named(told, meant):
    assert found("id,title\n1,b\n", told).delimiter == meant


@pytest.mark.parametrize("told", ["", "ab", '"', "\n"])
def test_what_cannot_be_a_delimiter_is_refused(told):
    with pytest.raises(InputError, match="cannot be the delimiter"):
        find(["id\n"], told or "  ")


def test_cells_of_any_size_are_read():
    large = "x" * 300_000
    assert next(Dialect().reader([f"1,{large}\n"])) == ["1", large]


def test_writer_options_follow_the_format():
    out = io.StringIO()
    options = writer_options({"delimiter": ";", "quoting": "all", "newline": "\n", "quotechar": '"'})
    csv.writer(out, **options).writerow(["1", 'a "b"'])
    assert out.getvalue() == '"1";"a ""b"""\n'
