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


@settings(deadline=None)
@given(DOWNWARD, st.sets(LETTERS), st.lists(LETTERS))
def test_following_stops_where_asked(edges: list[Edge], stops: set[str], values: list[str]) -> None:
    ends = targets(edges, stop_at=stops)
    once = apply(values, ends)
    assert apply(once, ends) == once
    assert not set(once) & ({edge.source for edge in edges} - stops)
    assert set(values) & stops <= set(once)


def test_stops_on_the_way_up() -> None:
    edges = [Edge("Gujarat", "Indian", "", "part of"), Edge("Indian", "South Asian", "", "part of")]
    assert targets(edges, stop_at=[" Indian "]) == {"Gujarat": ("Indian",)}


def test_reads_kinds_and_passes_over_other_columns(tmp_path: Path) -> None:
    text = "from,to,kind,reason,works_from\nMilan,Italian,Part  Of,a town,12\nChina,Chinese,,country,3\n"
    edges = read_merges(written(tmp_path, text))
    assert edges == (Edge("Milan", "Italian", "a town", "part of"), Edge("China", "Chinese", "country"))


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["a,b,partly"], r"no kind of merge 'partly' \(line 2"),
        (["a,b,synonym", "q,r,", "a,b,part of"], r"under two kinds \(line 2: .* line 4"),
        (["a,b,synonym", "a,c,synonym"], r"merged into two \(line 2: .* line 3"),
        (["a,b,uncertain", "a,c,"], "merged into two"),
        (["a,b,either", "a,c,uncertain"], "merged into two"),
        (["a,b,part of", "b,a,synonym"], r"part of what is the same as itself \(line 2: .* line 3"),
        (["a,b,part of", "x,a,synonym", "x,y,synonym", "y,b,spelling"], "same as itself"),
        (["a,b,synonym", "b,c,part of", "c,a,after"], "circle"),
    ],
)
def test_contradictions_are_refused_with_their_lines(lines: list[str], told: str, tmp_path: Path) -> None:
    text = "\n".join(["from,to,kind,reason", *(f"{line},x" for line in lines)])
    with pytest.raises(LabelError, match=told):
        read_merges(written(tmp_path, text))


@pytest.mark.parametrize(
    "lines",
    [
        ["a,b,either", "a,c,either"],
        ["a,b,part of", "a,c,part of"],
        ["a,b,", "a,c,"],
        ["a,b,part of", "a,c,either"],
        ["a,b,synonym", "a,b,"],
        ["a,b,synonym", "a,b,synonym"],
        ["a,b,spelling", "b,c,part of", "d,b,synonym"],
    ],
)
def test_what_does_not_contradict_is_read(lines: list[str], tmp_path: Path) -> None:
    text = "\n".join(["from,to,kind,reason", *(f"{line},x" for line in lines)])
    assert len(read_merges(written(tmp_path, text))) == len(lines)
