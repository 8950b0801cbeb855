"""Vocabularies as tables: what was written is read again, and slips are named with their line."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cartellino.curate.vocabulary import Term, Vocabulary, read, write
from cartellino.curate.vocabulary.table import written
from cartellino.errors import InputError

from .made import vocabularies


@given(vocabularies(), st.sampled_from(["", "\ufeff"]))
def test_what_was_written_is_read_again(vocabulary: Vocabulary, mark: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "v.csv"
        path.write_text(mark + written(vocabulary), encoding="utf-8", newline="")
        assert read(path, vocabulary.language).terms == vocabulary.terms


def test_a_spreadsheets_table_is_read(tmp_path: Path) -> None:
    path = tmp_path / "tags.csv"
    path.write_text(
        "\ufeffLabel;AAT;Wikidata;Alternatives;Who\nTrees;300132410;Q10884;Tree|Bäume;me\nBoats;;;;\n\n",
        encoding="utf-8",
    )
    vocabulary = read(path)
    assert vocabulary == Vocabulary(
        "tags", (Term("Trees", {"aat": "300132410", "wikidata": "Q10884"}, ("Tree", "Bäume")), Term("Boats"))
    )
    assert vocabulary.remarks == ("The column 'who' of tags.csv means nothing here and was not read.",)


def test_the_usual_columns_are_always_there_and_others_where_used(tmp_path: Path) -> None:
    path = tmp_path / "v.csv"
    write(Vocabulary("v", (Term("Hercules", {"ia": "901000042"}),)), path)
    assert path.read_text(encoding="utf-8").splitlines() == [
        "label,aat,ulan,tgn,wikidata,alternatives,hidden,broader,note,ia",
        "Hercules,,,,,,,,,901000042",
    ]


def test_lines_with_one_label_are_joined_and_said(tmp_path: Path) -> None:
    path = tmp_path / "v.csv"
    path.write_text("label,aat\nTrees,300132410\nTrees,300132411\n", encoding="utf-8")
    vocabulary = read(path)
    assert len(vocabulary.terms[0].ids["aat"]) == 2
    assert "several lines" in vocabulary.remarks[0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name,aat\nTrees,1\n", "no column 'label'"),
        ("label,aat\nTrees,1\n,2\n", "line 3"),
        ("label,close\nTrees,not one\n", "line 2"),
    ],
)
def test_slips_are_named_with_their_line(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "v.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=told):
        read(path)


def test_other_endings_and_encodings_are_refused(tmp_path: Path) -> None:
    for name, data, told in (("v.xlsx", b"x", "ending"), ("v.csv", b"label\n\xff", "UTF-8")):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(InputError, match=told):
            read(tmp_path / name)
    with pytest.raises(InputError, match="no such vocabulary"):
        read(tmp_path / "none.csv")
