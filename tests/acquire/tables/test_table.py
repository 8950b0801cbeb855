"""Works from tables, as they were written."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from acquire.builders import rejected, remarks, touch, works, write_csv, write_xlsx
from cartellino.acquire.tables.dialect import writer_options
from cartellino.acquire.tables.table import TableSource
from cartellino.errors import InputError
from cartellino.records import Column, Work

HEADER = ["Object ID", "Object Number", "Title", "Culture"]


def test_a_row_becomes_a_work(tmp_path):
    rows = [HEADER, [" 34 ", "70.1", "A | B", "Chinese| Japanese"], ["35", "70.2", "", ""]]
    source = TableSource(write_csv(tmp_path / "works.csv", rows))
    assert source.name == "works"
    assert source.columns == (
        Column("Object ID", "Object ID", "id"),
        Column("Object Number", "Object Number", "accession"),
        Column("Title", "Title", "title"),
        Column("Culture", "Culture", ""),
    )
    assert works(source) == [
        Work("34", 2, tuple(rows[1]), "70.1", "A | B", ((3, ("Chinese", "Japanese")),)),
        Work("35", 3, tuple(rows[2]), "70.2", ""),
    ]
    assert source.format == {
        "kind": "csv",
        "encoding": "utf-8",
        "bom": False,
        "delimiter": ",",
        "newline": "\r\n",
        "quotechar": '"',
        "quoting": "minimal",
        "separator": "|",
    }


def test_a_workbook_gives_the_same_works(tmp_path):
    rows = [HEADER, ["34", "70.1", "Clock", "Chinese|Japanese"], ["35", "70.2", "Vase", ""]]
    from_text = TableSource(write_csv(tmp_path / "works.csv", rows))
    from_book = TableSource(write_xlsx(tmp_path / "works.xlsx", Works=rows))
    assert works(from_book) == works(from_text)
    assert from_book.format == {"kind": "xlsx", "sheet": "Works", "separator": "|"}


# A lone carriage return is out: csv.writer leaves it bare before "\n", where no reader can tell it apart.
CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r\ufeff"), max_size=8) | st.sampled_from(
    ['"', '""', "a,b", "a;b", "a\tb", "|", "a\nb", "a\r\nb", " a ", "'", "#N/A", "=1+1", "é"]
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cells=st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=6),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    newline=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le"]),
)
def test_cells_come_back_as_they_were_written(tmp_path, cells, delimiter, quoting, newline, encoding):
    header = ["id", "first", "second"]
    rows = [[str(n), *pair] for n, pair in enumerate(cells, start=1)]
    path = write_csv(
        tmp_path / "works.csv",
        [header, *rows],
        encoding,
        delimiter=delimiter,
        quoting=quoting,
        lineterminator=newline,
    )
    named = (
        {"encoding": "utf-16-le"} if encoding == "utf-16-le" else {}
    )  # without its mark it is only a guess
    source = TableSource(path, **named)
    assert [list(work.cells) for work in works(source)] == rows

    text = io.StringIO(newline="")
    csv.writer(text, **writer_options(source.format)).writerows([header, *rows])
    mark = "\ufeff" if source.format["bom"] else ""
    path.write_bytes((mark + text.getvalue()).encode(str(source.format["encoding"])))
    assert [list(work.cells) for work in works(TableSource(path, **named))] == rows


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "utf-16"])
@pytest.mark.parametrize(("delimiter", "quoting"), [(";", csv.QUOTE_ALL), ("\t", csv.QUOTE_MINIMAL)])
def test_a_file_written_by_its_format_is_the_same_to_the_byte(tmp_path, encoding, delimiter, quoting):
    rows = [["id", "Künstler", "Titel"], ["1", "Dürer; d. Ä.", 'Der "Hase"'], ["2", "Höß", "Zwei\nZeilen"]]
    path = write_csv(tmp_path / "werke.csv", rows, encoding, delimiter=delimiter, quoting=quoting)
    source = TableSource(path)
    text = io.StringIO(newline="")
    csv.writer(text, **writer_options(source.format)).writerows(rows)
    mark = "\ufeff" if source.format["bom"] else ""
    assert (mark + text.getvalue()).encode(str(source.format["encoding"])) == path.read_bytes()


def test_pictures_that_a_column_names(tmp_path):
    rows = [["id", "file"], ["1", "a.jpg|b.jpg"], ["2", ""], ["3", "../secret.jpg"], ["4", "missing.jpg"]]
    table = write_csv(tmp_path / "works.csv", rows)
    photos = touch(tmp_path / "photos", "a.jpg", "B.JPG")
    source = TableSource(table, photos)
    found = [
        [Path(address).relative_to(photos.resolve()).as_posix() for address in work.pictures]
        for work in works(source)
    ]
    assert found == [["a.jpg", "B.JPG"], [], [], ["missing.jpg"]]
    assert "outside the folder" in remarks(source)[0]
    assert source.base == photos.resolve()


def test_without_a_folder_files_are_looked_for_beside_the_table(tmp_path):
    touch(tmp_path, "photos/a.jpg")
    table = write_csv(
        tmp_path / "works.csv", [["id", "file"], ["1", "photos/a.jpg"], ["2", "/etc/passwd.jpg"]]
    )
    first, second = works(TableSource(table))
    assert first.pictures == (str(tmp_path.resolve() / "photos" / "a.jpg"),)
    assert second.pictures == ()


def test_pictures_named_by_id_or_accession_number(tmp_path):
    rows = [
        HEADER,
        ["34", "70.1", "", ""],
        ["35", "70.2", "", ""],
        ["36", "70.3", "", ""],
        ["37", "70-1", "", ""],
    ]
    photos = touch(tmp_path / "photos", "34.jpg", "34_2.jpg", "70.2.jpg", "70-1.jpg", "0036.jpg")
    source = TableSource(write_csv(tmp_path / "works.csv", rows), photos)
    found = {work.id: [Path(address).name for address in work.pictures] for work in works(source)}
    assert found == {"34": ["34.jpg", "34_2.jpg"], "35": ["70.2.jpg"], "36": ["0036.jpg"], "37": ["70-1.jpg"]}
    assert any("lost the zeros" in remark for remark in remarks(source))


def test_a_guessed_picture_column_that_names_nothing_gives_way_to_ids(tmp_path):
    rows = [["id", "image"], ["1", "DT101.tif"], ["2", "DT102.tif"]]
    source = TableSource(write_csv(tmp_path / "works.csv", rows), touch(tmp_path / "photos", "1.jpg"))
    assert [len(work.pictures) for work in works(source)] == [1, 0]
    assert "looked for by id" in source.notes[0]
    told = TableSource(tmp_path / "works.csv", tmp_path / "photos", picture_column="image")
    assert [Path(work.pictures[0]).name for work in works(told)] == ["DT101.tif", "DT102.tif"]


def test_rows_without_a_picture_or_with_blanks_are_kept_and_blank_rows_are_not(tmp_path):
    rows = [HEADER, ["34", "", "", ""], ["", "", "", ""], ["", "70.3", "lost", ""], ["36"]]
    source = TableSource(write_csv(tmp_path / "works.csv", rows), touch(tmp_path / "photos", "35.jpg"))
    assert [(work.id, work.line, work.cells[1:]) for work in works(source)] == [
        ("34", 2, ("", "", "")),
        ("36", 5, (None, None, None)),
    ]
    assert [(row.line, row.reason) for row in rejected(source)] == [(4, "it has no id in 'Object ID'")]


def test_mangled_ids_are_remarked_on(tmp_path):
    rows = [HEADER, ["1.2E+05", "12-Mar", "", ""], ["35", "70.2", "", ""]]
    source = TableSource(write_csv(tmp_path / "works.csv", rows))
    assert [("1.2E+05" in text, "12-Mar" in text) for text in remarks(source)] == [
        (True, False),
        (False, True),
    ]


def test_the_separator_can_be_chosen_or_left_out(tmp_path):
    table = write_csv(tmp_path / "works.csv", [["id", "culture"], ["1", "a;b|c"], ["2", "d"]])
    assert works(TableSource(table, separator=";"))[0].several == ((1, ("a", "b|c")),)
    assert works(TableSource(table, separator=""))[0].several == ()
    pipes = write_csv(tmp_path / "pipes.csv", [["id", "culture"], ["1", "a|b"], ["2", "d"]], delimiter="|")
    assert works(TableSource(pipes))[0].several == ()
    assert works(TableSource(pipes))[0].cells == ("1", "a|b")


def test_columns_can_be_named(tmp_path):
    table = write_csv(
        tmp_path / "works.csv", [["a", "b", "c", "d"], ["1", "2", "3", "4"], ["5", "6", "7", "8"]]
    )
    source = TableSource(table, id_column="b", accession_column="c", title_column="D")
    work = works(source)[0]
    assert (work.id, work.accession, work.title) == ("2", "3", "4")
    with pytest.raises(InputError, match="no column 'e'"):
        TableSource(table, id_column="e")


def test_a_packed_table_is_read(tmp_path):
    path = tmp_path / "works.csv.gz"
    path.write_bytes(gzip.compress(b"id,title\n1,a\n"))
    assert TableSource(path).name == "works"
    assert works(TableSource(path))[0].title == "a"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("id,title\n", "a header and no rows"),
        ("id,title\n1,a,b,c\n", "no row can be used; it has 4 cells"),
        ("1,2\n3,4\n", "no names of columns"),
    ],
)
def test_an_unusable_table_gets_a_sentence(tmp_path, text, sentence):
    path = tmp_path / "works.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=sentence):
        TableSource(path)


def test_options_that_do_not_fit_get_a_sentence(tmp_path):
    table = write_csv(tmp_path / "works.csv", [["id", "title"], ["1", "a"]])
    with pytest.raises(InputError, match="no sheets"):
        TableSource(table, sheet="Works")
    with pytest.raises(InputError, match="no such folder of pictures"):
        TableSource(table, tmp_path / "photos")
    with pytest.raises(InputError, match="a file, not a folder of pictures"):
        TableSource(table, table)


@pytest.mark.realdata
def test_the_mets_table_comes_in_whole(data_folder):
    path = data_folder / "met" / "MetObjects-sample.csv.gz"
    source = TableSource(path)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream)
    found = works(source)
    assert [column.header for column in source.columns] == header
    assert {column.role: column.header for column in source.columns if column.role} == {
        "id": "Object ID",
        "accession": "Object Number",
        "title": "Title",
        "rights": "Rights and Reproduction",
        "public domain": "Is Public Domain",
    }
    assert [list(work.cells) for work in found] == rows
    at = header.index("Tags")
    told = [(work.cells[at], values) for work in found for place, values in work.several if place == at]
    first = next(work.cells[at] for work in found if "|" in work.cells[at])
    assert told == [(first, tuple(first.split("|")))]
