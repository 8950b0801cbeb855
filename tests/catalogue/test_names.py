from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cartellino.catalogue.names import MOST_COLUMNS, folded, named, quoted, slug, unique
from cartellino.errors import InputError
from cartellino.records import Column

HEADERS = st.lists(st.text(max_size=8).map(lambda text: text.replace("\0", "")), min_size=1, max_size=20)


@given(HEADERS)
def test_any_headers_make_a_table(headers: list[str]) -> None:
    names = unique(headers)
    assert len({folded(name) for name in names}) == len(headers)
    with sqlite3.connect(":memory:") as connection:
        ours = "line INTEGER PRIMARY KEY, work INTEGER, digest INTEGER"
        connection.execute(f"CREATE TABLE t ({ours}, {', '.join(map(quoted, names))})")
        told = [row[1] for row in connection.execute("PRAGMA table_info(t)")][3:]
        assert told == names
    connection.close()


@given(HEADERS)
def test_names_that_are_unique_stay_as_they_are(headers: list[str]) -> None:
    names = unique(headers)
    assert unique(names) == names


def test_the_words_of_the_brief() -> None:
    assert unique(["Notes", "notes", "Notes", "", "line", "ROWID", " a \n b "]) == [
        "Notes",
        "notes_2",
        "Notes_3",
        "column_4",
        "line_",
        "ROWID_",
        "a b",
    ]


def test_quotes_within_a_name_are_doubled_and_nul_is_refused() -> None:
    assert quoted('a"b; DROP TABLE t') == '"a""b; DROP TABLE t"'
    with pytest.raises(InputError, match="NUL"):
        quoted("a\0b")


def test_more_columns_than_a_table_holds_are_refused_in_words() -> None:
    columns = [Column(str(number), str(number)) for number in range(MOST_COLUMNS + 1)]
    with pytest.raises(InputError, match=r"1,901 columns.*1,900"):
        named(columns)
    assert len(named(columns[:-1])) == MOST_COLUMNS


def test_slugs_are_plain() -> None:
    assert slug("Œuvres d'été 2024.csv") == "uvres_d_ete_2024_csv"
    assert slug("作品") == "source"
