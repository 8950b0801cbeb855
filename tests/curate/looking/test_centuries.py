from __future__ import annotations

from cartellino.catalogue import Catalogue
from cartellino.curate.definition import LabelDefinition
from cartellino.curate.freeze import freeze
from cartellino.curate.labelset import LabelSet
from cartellino.curate.looking.centuries import centuries
from cartellino.progress import Silent
from curate.museum import hang


def frozen(catalogue: Catalogue, dates: list[tuple[str, str]]) -> LabelSet:
    hang(
        catalogue,
        [{"id": str(n), "kind": kind, "date": date} for n, (kind, date) in enumerate(dates)],
    )
    rules = LabelDefinition("kind", "kind", ratios={"train": 0.5, "test": 0.5})
    return freeze(catalogue, rules, Silent())


def test_works_are_counted_by_class_and_century(catalogue: Catalogue) -> None:
    dates = [("cup", "1610"), ("cup", "1690–1720"), ("cup", ""), ("jug", "1st century B.C."), ("jug", "50")]
    dates += [("cup", "late 2nd century"), ("jug", "1st century B.C.")]
    of = frozen(catalogue, dates)
    found = centuries(catalogue, of, ("date",))
    assert found is not None
    assert found.dated == 6
    assert found.columns[:3] == ("1st BC", "1st", "2nd")
    assert "0th" not in found.columns
    by_class = {label: row.tolist() for label, row in zip(of.classes, found.counts, strict=True)}
    place = found.columns.index
    assert by_class["cup"][place("17th")] == 1
    assert by_class["cup"][place("18th")] == 1, "1690–1720 has its middle in 1705"
    assert by_class["jug"][place("1st BC")] == 2
    assert by_class["jug"][place("1st")] == 1


def test_centuries_without_end_are_gathered(catalogue: Catalogue) -> None:
    dates = [("cup", f"{year}") for year in range(1000, 2000, 20)] + [("jug", "4000 B.C.")] * 2
    found = centuries(catalogue, frozen(catalogue, dates), ("date",))
    assert found is not None
    assert len(found.columns) <= 22
    assert found.columns[0].startswith("to ")
    assert found.counts.sum() == found.dated == 52


def test_undated_sets_have_none(catalogue: Catalogue) -> None:
    of = frozen(catalogue, [("cup", ""), ("cup", ""), ("jug", ""), ("jug", "")])
    assert centuries(catalogue, of, ("date",)) is None
    assert centuries(catalogue, of, ()) is None
