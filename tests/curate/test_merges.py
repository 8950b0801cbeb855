"""Merge files: read with care, followed along chains, refused in words."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cartellino.curate.merges import Edge, apply, check, read_merges, targets, unmatched
from cartellino.errors import InputError, LabelError

LETTERS = st.sampled_from("abcdefgh")
# An edge only leads down the alphabet, so that any set of them is free of circles.
DOWNWARD = st.lists(
    st.tuples(LETTERS, LETTERS).filter(lambda pair: pair[0] < pair[1]).map(lambda pair: Edge(*pair)),
    max_size=20,
)


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "merges.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_reads_edges_with_reasons_and_lines(tmp_path: Path) -> None:
    path = written(tmp_path, 'from,to,reason\n"Italian, Milan",Italian,place within\n\nChina,Chinese,\n')
    edges = read_merges(path)
    assert edges == (Edge("Italian, Milan", "Italian", "place within"), Edge("China", "Chinese"))
    assert [edge.line for edge in edges] == [2, 4]


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_understands_what_a_spreadsheet_saves(tmp_path: Path, delimiter: str) -> None:
    text = "\ufeffFrom;To;Reason;Who\r\nChina;Chinese;adjective;me\r\n".replace(";", delimiter)
    assert read_merges(written(tmp_path, text)) == (Edge("China", "Chinese", "adjective"),)


def test_follows_chains_and_lets_one_value_go_to_several() -> None:
    edges = [Edge("Gujarat", "India"), Edge("India", "South Asia"), Edge("X or Y", "X"), Edge("X or Y", "Y")]
    ends = targets(edges)
    assert ends["Gujarat"] == ("South Asia",)
    assert apply([" Gujarat", "X or Y", "Peru"], ends) == ("South Asia", "X", "Y", "Peru")


def test_compares_values_stripped_and_composed() -> None:
    apart = unicodedata.normalize("NFD", "Español")
    assert apply([f" {apart} "], targets([Edge("Español", "Spanish")])) == ("Spanish",)


def test_a_circle_is_refused_with_its_lines(tmp_path: Path) -> None:
    path = written(tmp_path, "from,to,reason\na,b,x\nq,r,x\nb,c,x\nc,a,x\n")
    with pytest.raises(LabelError, match="circle") as refused:
        read_merges(path)
    for told in ("line 2", "line 4", "line 5", str(path)):
        assert told in str(refused.value)
    assert "line 3" not in str(refused.value)


def test_a_value_merged_into_itself_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LabelError, match=r"itself \(line 3: 'b' to 'b'\)"):
        read_merges(written(tmp_path, "from,to,reason\na,b,x\nb, b,x\n"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("from,to\na,b\n", "no column 'reason'"),
        ("a,b\nc,d\n", "no column 'from'"),
        ("from,to,reason\na,,x\n", "line 2 has nothing under 'to'"),
    ],
)
def test_what_is_no_merge_file_is_refused(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        read_merges(written(tmp_path, text))


def test_another_encoding_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not in UTF-8"):
        read_merges(written(tmp_path, "from,to,reason\nEspañol,Spanish,x\n", "latin-1"))


def test_a_missing_file_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such merge file"):
        read_merges(tmp_path / "none.csv")


def test_edges_that_meet_no_value_are_told() -> None:
    edges = [Edge("a", "b"), Edge("b", "c"), Edge("x", "c")]
    assert unmatched(edges, ["a", "c"]) == (Edge("x", "c"),)


@settings(deadline=None)
@given(DOWNWARD, st.lists(LETTERS))
def test_merging_twice_is_merging_once(edges: list[Edge], values: list[str]) -> None:
    check(edges)
    ends = targets(edges)
    once = apply(values, ends)
    assert apply(once, ends) == once
    assert not set(once) & {edge.source for edge in edges}


@settings(deadline=None)
@given(DOWNWARD, LETTERS)
def test_any_way_back_is_a_circle(edges: list[Edge], start: str) -> None:
    for end in targets(edges).get(start, ()):
        with pytest.raises(LabelError, match="circle"):
            check([*edges, Edge(end, start)])
