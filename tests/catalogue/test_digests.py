from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from cartellino.catalogue.digests import digester
from cartellino.catalogue.sources import Source
from cartellino.records import Column, Work

SOURCE = Source(
    1, "works", "table", "", "original_works", {"separator": "|"}, (Column("A", "A"), Column("B", "B")), ""
)
WORK = Work("1", 2, ("a|b", None), "12.3", "A title", ((0, ("a|b",)),), ("1.jpg",))
CELLS = st.tuples(st.none() | st.text(), st.none() | st.text())


@given(CELLS, CELLS)
def test_other_cells_have_another_digest_and_the_same_the_same(
    first: tuple[str | None, str | None], second: tuple[str | None, str | None]
) -> None:
    digest = digester(SOURCE)
    a, b = digest(replace(WORK, cells=first)), digest(replace(WORK, cells=second))
    assert -(1 << 63) <= a < 1 << 63
    assert (a == b) == (first == second)


def test_whatever_else_was_read_changes_it_too() -> None:
    digest = digester(SOURCE)
    others = [
        replace(WORK, id="2"),
        replace(WORK, accession=""),
        replace(WORK, title="Another"),
        replace(WORK, several=()),
        replace(WORK, pictures=("1.jpg", "2.jpg")),
        replace(WORK, cells=("a|b", "")),
    ]
    assert len({digest(work) for work in [WORK, *others]}) == len(others) + 1
    assert digest(WORK) == digest(replace(WORK, line=99))


def test_values_that_cutting_gives_back_need_not_be_told_again() -> None:
    digest = digester(SOURCE)
    assert digest(replace(WORK, several=((0, ("a", "b")),))) == digest(replace(WORK, several=()))


def test_a_renamed_column_or_another_separator_changes_all() -> None:
    renamed = replace(SOURCE, columns=(Column("A", "A"), Column("C", "C")))
    cut_otherwise = replace(SOURCE, format={"separator": ";"})
    assert len({digester(source)(WORK) for source in (SOURCE, renamed, cut_otherwise)}) == 3


def test_digests_are_the_same_in_every_process() -> None:
    assert digester(SOURCE)(WORK) == 1609797110000454202
