from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from cartellino.acquire.tables.table import TableSource
from cartellino.catalogue import Catalogue
from cartellino.errors import InputError, LabelError
from cartellino.exchange.table import Exported, export
from cartellino.progress import Silent
from cartellino.records import DecisionKind, Rejected

from .museum import TABLE, bring_in, decide, label_set, read

FILED, SIGNED, REVIEW = DecisionKind.FILED, DecisionKind.SIGNED, DecisionKind.REVIEW


def test_the_table_comes_home_with_its_labels_beside_it(catalogue: Catalogue, tmp_path: Path) -> None:
    bring_in(catalogue, tmp_path / "works.csv")
    labels = label_set(catalogue, "school")
    decide(catalogue, 1, labels, FILED, "French")
    decide(catalogue, 2, labels, SIGNED, "French", "Dutch", by="Anna")
    decide(catalogue, 3, labels, REVIEW, "Dutch")
    made = export(catalogue, tmp_path / "out.csv", ["school"])
    headers = tuple(f"school{kind}" for kind in ("", " probability", " decision", " by", " when"))
    assert made == Exported(4, headers)
    rows = read(tmp_path / "out.csv")
    assert [row[:3] for row in rows] == read(tmp_path / "works.csv")
    assert [row[3:] for row in rows] == [
        list(headers),
        ["French", "0.9877", "filed", "rule", "2026-11-22T10:00:00Z"],
        ["French|Dutch", "0.9877", "signed", "Anna", "2026-11-22T10:00:00Z"],
        ["", "0.9877", "review", "rule", "2026-11-22T10:00:00Z"],
        [""] * 5,
    ]


@pytest.mark.parametrize(
    "data",
    [
        TABLE.encode(),
        TABLE.encode("utf-8-sig"),
        TABLE.encode("utf-16"),
        TABLE.replace(",", ";").encode("cp1252"),
        TABLE.replace("\r\n", "\n").encode(),
        "id\ttitle\n1\tSchöne Brücke für Käthe\n2\tÉtude à l'église\n".encode("cp1252"),
        b'"id","title"\n"1","a"\n"2",""\n',
    ],
)
def test_without_label_sets_the_file_is_the_same_byte_for_byte(
    catalogue: Catalogue, tmp_path: Path, data: bytes
) -> None:
    bring_in(catalogue, tmp_path / "works.csv", data)
    assert export(catalogue, tmp_path / "out.csv").columns == ()
    assert (tmp_path / "out.csv").read_bytes() == data


def test_all_label_sets_go_home_if_none_is_named(catalogue: Catalogue, tmp_path: Path) -> None:
    bring_in(catalogue, tmp_path / "works.csv")
    for name, salt in (("period", ""), ("school", ""), ("school", "b")):
        label_set(catalogue, name, salt)
    made = export(catalogue, tmp_path / "out.csv")
    assert made.columns[::5] == ("period", "school")
    with pytest.raises(LabelError, match="no label set 'style'"):
        export(catalogue, tmp_path / "other.csv", ["style"])
    assert not (tmp_path / "other.csv").exists()


def test_a_column_of_the_museum_is_never_written_over(catalogue: Catalogue, tmp_path: Path) -> None:
    bring_in(catalogue, tmp_path / "works.csv")
    label_set(catalogue, "culture")
    export(catalogue, tmp_path / "out.csv")
    header, first, *_ = read(tmp_path / "out.csv")
    assert header[2:4] == ["culture", "culture (cartellino)"]
    assert first[2] == "French|Dutch"


def test_an_export_can_come_in_again(catalogue: Catalogue, tmp_path: Path) -> None:
    bring_in(catalogue, tmp_path / "works.csv")
    label_set(catalogue, "culture")
    export(catalogue, tmp_path / "out.csv")
    bring_in(catalogue, tmp_path / "works.csv", (tmp_path / "out.csv").read_bytes())
    assert catalogue.works.count() == 4
    export(catalogue, tmp_path / "again.csv")
    header, first, *_ = read(tmp_path / "again.csv")
    assert header[8] == "culture (cartellino 2)"
    assert first[:3] == ["001", "Bridge, Rome", "French|Dutch"]


def test_rows_that_could_not_be_used_go_home_too(catalogue: Catalogue, tmp_path: Path) -> None:
    lines = [
        "id,title,tag\n",
        "1,a,x\n",
        ",nameless,x\n",
        "3,c,x,too,many\n",
        "4,d,x\n",
        '5,"e" f,x"\n',
        "6,f,x\n",
    ]
    bring_in(catalogue, tmp_path / "works.csv", "".join(lines))
    (source,) = catalogue.works.sources()
    rejected = list(catalogue.works.rejected(source.id))
    assert [row.line for row in rejected][:2] == [3, 4]
    label_set(catalogue, "school")
    made = export(catalogue, tmp_path / "out.csv")
    rows = read(tmp_path / "out.csv", encoding="utf-8")
    assert rows[2][:6] == ["", "nameless", "x", "", "", rejected[0].reason]
    assert made.set_aside == tmp_path / "out.rejected.csv"
    aside = read(made.set_aside, encoding="utf-8")
    assert aside[1] == ["4", rejected[1].reason, "3,c,x,too,many\n"]
    assert made.rows + len(aside) - 1 == len(lines) - 1 == len(rows) - 1 + len(aside) - 1


def test_every_line_is_either_in_the_table_or_set_aside(catalogue: Catalogue, tmp_path: Path) -> None:
    bring_in(catalogue, tmp_path / "works.csv")
    (source,) = catalogue.works.sources()
    rows = [row for row in TableSource(tmp_path / "works.csv").works() if row.line != 3]
    odd = [Rejected(3, "unreadable"), Rejected(9, "too short", "alone"), Rejected(11, "=why", "7,b")]
    works = sorted([*rows, *odd], key=lambda row: row.line)
    catalogue.works.write(source.id, works, progress=Silent())
    label_set(catalogue, "school")
    made = export(catalogue, tmp_path / "out.csv")
    assert made.rows == 4
    assert read(tmp_path / "out.csv")[-1][:6] == ["7", "b", "", "", "", "'=why"]
    assert made.set_aside
    assert read(made.set_aside)[1:] == [["3", "unreadable", ""], ["9", "too short", "alone"]]


def test_a_spreadsheet_can_be_asked_for(catalogue: Catalogue, tmp_path: Path) -> None:
    bring_in(catalogue, tmp_path / "works.csv")
    labels = label_set(catalogue, "school")
    decide(catalogue, 1, labels, SIGNED, "French", by="=cmd()")
    export(catalogue, tmp_path / "out.xlsx")
    rows = [[cell.value for cell in row] for row in load_workbook(tmp_path / "out.xlsx").active.iter_rows()]
    assert rows[1] == [
        "001",
        "Bridge, Rome",
        "French|Dutch",
        "French",
        "0.9877",
        "signed",
        "'=cmd()",
        "2026-11-22T10:00:00Z",
    ]
    assert rows[3][:3] == ["=1+1", 'A "quoted" title', "-x"]


def test_a_workbook_comes_home_as_one_or_as_text(catalogue: Catalogue, tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "Objekte"
    for row in (["id", "title"], ["007", "=x"], [12, "b"]):
        book.active.append(row)
    book.save(tmp_path / "works.xlsx")
    source = TableSource(tmp_path / "works.xlsx")
    key = catalogue.works.source(source.name, source.kind, source.address, source.columns, source.format)
    catalogue.works.write(key, source.works(), progress=Silent())
    export(catalogue, tmp_path / "out.xlsx")
    assert load_workbook(tmp_path / "out.xlsx").sheetnames == ["Objekte"]
    export(catalogue, tmp_path / "out.csv")
    assert read(tmp_path / "out.csv")[1][0] == "007"


def test_the_museums_own_file_is_never_overwritten(catalogue: Catalogue, tmp_path: Path) -> None:
    bring_in(catalogue, tmp_path / "works.csv")
    with pytest.raises(InputError, match="museum's own file"):
        export(catalogue, tmp_path / "sub" / ".." / "works.csv")
    assert (tmp_path / "works.csv").read_bytes() == TABLE.encode()


def test_the_source_must_be_clear(catalogue: Catalogue, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no works yet"):
        export(catalogue, tmp_path / "out.csv")
    bring_in(catalogue, tmp_path / "a.csv")
    bring_in(catalogue, tmp_path / "b.csv", "id,title\n9,x\n")
    with pytest.raises(InputError, match=r"several tables.*--source: a, b"):
        export(catalogue, tmp_path / "out.csv")
    with pytest.raises(InputError, match=r"no source 'c'.*a, b"):
        export(catalogue, tmp_path / "out.csv", source="c")
    assert export(catalogue, tmp_path / "out.csv", source="b").rows == 1


CELL = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff") | st.sampled_from('\n\t",;'),
    max_size=8,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=6), st.sampled_from([",", ";", "\t"]))
def test_cells_are_as_they_came_whatever_they_hold(
    tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[str, str]], delimiter: str
) -> None:
    folder = tmp_path_factory.mktemp("museum")
    text = io.StringIO(newline="")
    rows = [("id", "first", "second"), *((f"w{n}", *row) for n, row in enumerate(cells))]
    csv.writer(text, delimiter=delimiter).writerows(rows)
    with Catalogue.open(folder / "catalogue.sqlite", create=True) as catalogue:
        bring_in(catalogue, folder / "works.csv", text.getvalue())
        label_set(catalogue, "school")
        export(catalogue, folder / "out.csv")
        out = read(folder / "out.csv", delimiter=delimiter, encoding="utf-8")
        if not list(catalogue.works.rejected(1)):
            assert [tuple(row[:3]) for row in out] == rows


@pytest.mark.realdata
def test_the_mets_own_table_comes_home_as_it_was(
    catalogue: Catalogue, tmp_path: Path, data_folder: Path
) -> None:
    with gzip.open(data_folder / "met" / "MetObjects-sample.csv.gz") as stream:
        data = stream.read()
    bring_in(catalogue, tmp_path / "met.csv", data)
    export(catalogue, tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_bytes() == data
