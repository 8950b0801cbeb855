"""Rows of a delimited text, sound and broken."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cartellino.acquire.source import Remarks
from cartellino.acquire.tables.delimited import DelimitedGrid
from cartellino.catalogue.sources import Source
from cartellino.catalogue.texts import Texts, text_digester
from cartellino.errors import InputError
from cartellino.records import Column, Rejected, Unchanged


@pytest.fixture
def read(tmp_path):
    """Write a table, and return its rows as (line, cells), its rejected rows and its remarks."""

    def read_(data: str | bytes, **told):
        path = tmp_path / "works.csv"
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        remarks = Remarks()
        items = list(DelimitedGrid(path, **told).rows(remarks))
        good = [(row[0], list(row[1])) for row in items if not isinstance(row, Rejected)]
        return good, [row for row in items if isinstance(row, Rejected)], [each.line for each in remarks]

    return read_


def test_lines_are_counted_where_cells_hold_line_ends(read):
    rows, bad, _ = read('id,title\n\n1,"two\nlines"\n2,b\n\n\n3,c')
    assert rows == [(3, ["1", "two\nlines"]), (5, ["2", "b"]), (8, ["3", "c"])]
    assert bad == []


def test_short_rows_are_filled_and_remarked_on(read):
    rows, bad, remarked = read("id,title,year\n1,a\n2,b,1900\n")
    assert rows == [(2, ["1", "a", None]), (3, ["2", "b", "1900"])]
    assert (bad, remarked) == ([], [2])


def test_long_rows_are_rejected_with_their_line_and_text(read):
    rows, bad, _ = read("id,title\n1,a,b\n2,c\n3,d,,\n")
    assert rows == [(3, ["2", "c"]), (4, ["3", "d"])]
    assert bad == [Rejected(2, "it has 3 cells, and the header has 2", "1,a,b\n")]


def test_an_unclosed_quotation_mark_costs_its_own_row_at_most(read):
    tail = "".join(f"{n},b,1900\n" for n in range(2, 3_000))
    rows, bad, remarked = read(f'id,title,year\n1,"Untitled,1900\n{tail}')
    assert [cells[0] for _, cells in rows] == [str(n) for n in range(1, 3_000)]
    assert rows[0] == (2, ["1", '"Untitled', "1900"])
    assert rows[-1][0] == 3_000
    assert (bad, remarked) == ([], [2])


def test_a_mark_that_swallows_a_row_is_noticed_though_it_closes(read):
    rows, bad, _ = read('id,title,year\n1,"Untitled,1900\n2,"Foo, bar",1901\n3,"x, y",1902\n')
    assert rows == [
        (2, ["1", '"Untitled', "1900"]),
        (3, ["2", "Foo, bar", "1901"]),
        (4, ["3", "x, y", "1902"]),
    ]
    assert bad == []


def test_a_row_broken_over_lines_is_rejected_whole(read):
    good = "".join(f'{n},"good, {n}",1900\n' for n in range(5, 9))
    rows, bad, _ = read(f'id,title,year\n1,"first\nsecond" oops\nthird,1900\n{good}')
    assert [cells[0] for _, cells in rows] == ["5", "6", "7", "8"]
    assert [(row.line, row.raw.count("\n")) for row in bad] == [(2, 3)]


def test_a_cell_of_thousands_of_lines_stays_one_cell(read):
    many = "line\n" * 2_000
    rows, bad, _ = read(f'id,title,year\n1,"{many}",1900\n2,b,1901\n')
    assert rows == [(2, ["1", many, "1900"]), (2_003, ["2", "b", "1901"])]
    assert bad == []


def test_undecodable_bytes_and_nul_reject_their_rows_only(read):
    good = "".join(f"{n},Café\n" for n in range(9)).encode()
    rows, bad, _ = read(b"id,title\n" + good + b"10,Caf\xe9\n11,a\0b\n12,end\n")
    assert rows[-1] == (13, ["12", "end"])
    assert len(rows) == 10
    assert [(row.line, row.raw) for row in bad] == [(11, "10,Caf\\xe9\n"), (12, "11,a\\x00b\n")]
    assert "bytes cannot be read" in bad[0].reason
    assert "NUL" in bad[1].reason


def test_excels_own_hint_is_obeyed(read):
    rows, _, _ = read("sep=;\r\nid;title\r\n1;a,b\r\n")
    assert rows == [(3, ["1", "a,b"])]


def test_old_macintosh_lines(read):
    rows, _, _ = read('id,title\r1,Müller\r2,"b\nc"\r'.encode("mac_roman"))
    assert rows == [(2, ["1", "Müller"]), (3, ["2", "b\nc"])]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("\n\n  \n", "no names of columns"),
        ("\n\r\n\n", "nothing but blank lines"),
        ("1,2,3\n4,5,6\n", "no names of columns"),
        ("Inventory,,,,\nid,title,year,place,by\n1,a,b,c,d\n", "only 1 of 5 columns have a name"),
        ('id,"title\n1,a\n', "quotation marks do not match"),
    ],
)
def test_a_missing_header_gets_a_sentence(read, text, sentence):
    with pytest.raises(InputError, match=sentence):
        read(text)


def test_a_header_in_another_encoding_gets_a_sentence(read):
    good = "".join(f"{n},Café\n" for n in range(9)).encode()
    with pytest.raises(InputError, match="--encoding"):
        read(b"id,Caf\xe9\n" + good)


def test_a_guessed_encoding_is_said(tmp_path):
    path = tmp_path / "works.csv"
    text = "id,tytuł\n" + "".join(f"{n},Żółte róże i święto wiosny\n" for n in range(5))
    path.write_bytes(text.encode("cp1250"))
    assert "--encoding" in DelimitedGrid(path).notes[0]
    assert DelimitedGrid(path, encoding="cp1250").notes == []


LINES = st.sampled_from(["1,a,b", "2,c,d", '3,"e', 'f",g', '"4,h,i', "5", "", "6,7,8,9", '7,"j ""k"" l",m'])


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=12), st.lists(st.tuples(st.integers(0, 11), LINES), max_size=3))
def test_rows_whose_text_stands_are_told_as_unchanged_and_the_others_are_read(
    tmp_path_factory, lines, changes
):
    """Whatever changes between two readings, both ways of reading the second agree row by row."""
    path = tmp_path_factory.mktemp("table") / "works.csv"
    before, source = table(path, lines)
    first = {row[0]: row for row in before.rows(Remarks()) if not isinstance(row, Rejected)}
    digests = [text_digester(source)(raw) for _, _, raw in first.values()]
    for place, line in changes:
        lines[place : place + 1] = [line]
    after, source = table(path, lines)
    found = list(after.changed_rows(Remarks(), Texts(source, array("q", first), array("q", digests))))
    told = [first[row.line] if isinstance(row, Unchanged) else row for row in found]
    assert told == list(after.rows(Remarks()))


def test_nothing_but_what_changed_and_the_last_row_is_read_again(tmp_path):
    before, source = table(tmp_path / "works.csv", ["1,a,b", '2,"c', 'd",e', "3,f,g", "4,h,i", "5,j,k"])
    first = {row[0]: row for row in before.rows(Remarks())}
    digests = [text_digester(source)(raw) for _, _, raw in first.values()]
    texts = Texts(source, array("q", first), array("q", digests))
    after, _ = table(tmp_path / "works.csv", ["1,a,b", '2,"c', 'd",e', "3,f,G", "4,h,i", "5,j,k"])
    lines = [row.line for row in after.changed_rows(Remarks(), texts) if isinstance(row, Unchanged)]
    assert lines == [2, 3, 4, 7]


def table(path, lines):
    """A table of these lines, and the source that it is."""
    path.write_text("\n".join(["id,title,year", "0,x,y", *lines, ""]), encoding="utf-8", newline="")
    grid = DelimitedGrid(path, delimiter=",")
    return grid, Source(1, "works", "table", "", "original_works", grid.format, (Column("id", "id"),), "")
