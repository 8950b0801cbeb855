from __future__ import annotations

import pytest

from cartellino.catalogue.batching import prepare
from cartellino.catalogue.sources import Source
from cartellino.records import Column, Rejected, Work

SOURCE = Source(1, "works", "table", "", "original_works", {}, (Column("id", "id"), Column("b", "b")), "")


def test_short_rows_are_filled_and_long_or_nameless_ones_rejected() -> None:
    rows = [Work("1", 2, ("1",)), Work("2", 3, ("2", "b", "c", None)), Work("", 4, ("", "b"))]
    (batch,) = prepare(rows, SOURCE, strict=False)
    assert [work.cells for work in batch.works] == [("1", None)]
    assert batch.rejected == [
        Rejected(3, "it has 2 cells more than there are columns", "2\tb\tc\t"),
        Rejected(4, "it has no id", "\tb"),
    ]
    assert (batch.last, batch.refused) == (4, None)


def test_strict_ends_before_the_first_row_that_is_rejected() -> None:
    rows = [Work("1", 2, ("1", "")), Rejected(5, "bad"), Work("2", 6, ("2", ""))]
    (batch,) = prepare(rows, SOURCE, strict=True)
    assert [work.id for work in batch.works] == ["1"]
    assert batch.rejected == []
    assert (batch.last, batch.refused) == (4, rows[1])


@pytest.mark.parametrize("lines", [(2, 2), (3, 2), (0,)])
def test_rows_out_of_order_are_a_mistake_of_the_source(lines: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="in line order"):
        list(prepare([Work(str(line), line, ("", "")) for line in lines], SOURCE, strict=False))


def test_wide_tables_come_in_smaller_batches() -> None:
    wide = Source(
        1, "w", "table", "", "original_w", {}, tuple(Column(f"c{n}", f"c{n}") for n in range(1_900)), ""
    )
    rows = [Work(str(line), line, ("x",) * 1_900) for line in range(1, 401)]
    sizes = [len(batch.works) for batch in prepare(rows, wide, strict=False)]
    assert sum(sizes) == 400
    assert max(sizes) * 1_900 <= 400_000
