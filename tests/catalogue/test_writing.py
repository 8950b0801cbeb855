from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cartellino.catalogue import Catalogue, batching
from cartellino.catalogue.writing import Written
from cartellino.errors import InputError
from cartellino.progress import Silent
from cartellino.records import Rejected, Work

from .rows import add, begin, keep_all

Rows = list[dict[str, str]]


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batching, "_ROWS", 3)


def held(catalogue: Catalogue) -> list[object]:
    """All that a reading leaves, in a form that two catalogues can be compared by."""
    ask = catalogue.connection.execute
    source = catalogue.works.sources()[0].id
    return [
        list(catalogue.works.rows(source)),
        list(ask("SELECT work_id, accession, title, gone_at IS NULL FROM work ORDER BY id")),
        list(ask("SELECT work, place, address FROM work_picture ORDER BY work, place, address")),
        list(catalogue.works.rejected(source)),
        catalogue.works.search("title", 100),
    ]


def table(count: int) -> Rows:
    return [
        {"id": f"w{n}", "title": f"Title {n}", "tags": f"a|{n}", "file": f"{n}.jpg"} for n in range(count)
    ]


def test_the_first_reading_adds_and_the_second_changes_nothing(catalogue: Catalogue) -> None:
    assert add(catalogue, table(10)) == Written(added=10)
    before = held(catalogue)
    assert add(catalogue, table(10)) == Written(unchanged=10)
    assert held(catalogue) == before


def test_a_changed_row_is_updated_and_nothing_else(catalogue: Catalogue) -> None:
    rows = table(10)
    add(catalogue, rows)
    rows[4] = {**rows[4], "title": "Water lilies", "tags": "b", "file": "new.jpg"}
    assert add(catalogue, rows) == Written(updated=1, unchanged=9)
    assert catalogue.works.search("lilies") == [(5, "w4", "Water lilies")]
    assert catalogue.works.search("'Title 4'") == []
    assert [value for work, value in catalogue.fields.values("tags") if work == 5] == ["b"]
    assert [picture.address for picture in catalogue.pictures.wanted() if picture.work == 5] == ["new.jpg"]


@pytest.mark.parametrize("at", [0, 4, 9])
def test_rows_that_only_move_are_unchanged(catalogue: Catalogue, at: int) -> None:
    rows = table(10)
    add(catalogue, rows)
    keep_all(catalogue)
    more = [*rows[:at], {"id": "x", "title": "", "tags": "", "file": ""}, *rows[at:]]
    assert add(catalogue, more) == Written(added=1, unchanged=10)
    assert add(catalogue, rows) == Written(unchanged=10, gone=1)
    assert add(catalogue, rows[::-1]) == Written(unchanged=10)
    assert catalogue.pictures.counts() == {"kept": 10, "wanted": 0, "quarantined": 0}


def test_what_the_source_no_longer_holds_is_gone_and_may_come_back(catalogue: Catalogue) -> None:
    rows = table(8)
    add(catalogue, rows)
    keep_all(catalogue)
    assert add(catalogue, rows[:3] + rows[5:]) == Written(unchanged=6, gone=2)
    assert catalogue.works.count() == 6
    assert list(catalogue.works.keys()) == [1, 2, 3, 6, 7, 8]
    assert [work for work, _ in catalogue.fields.values("title")] == [1, 2, 3, 6, 7, 8]
    assert len(catalogue.pictures.of(4)) == 1
    assert add(catalogue, rows) == Written(updated=2, unchanged=6)
    assert catalogue.works.count() == 8


def test_a_work_that_another_source_holds_is_not_gone(catalogue: Catalogue) -> None:
    add(catalogue, table(4), "first")
    add(catalogue, table(2), "second")
    assert add(catalogue, table(1), "first") == Written(unchanged=1, gone=2)
    assert add(catalogue, [{"id": "z"}], "second") == Written(added=1, gone=1)


def test_several_rows_of_a_work_are_all_kept_and_the_first_names_it(catalogue: Catalogue) -> None:
    rows = [
        {"id": work, "title": title, "file": file}
        for work, title, file in (
            ("a", "First", "1.jpg"),
            ("b", "Other", "2.jpg"),
            ("c", "Third", "3.jpg"),
            ("a", "Second", "4.jpg"),
        )
    ]
    assert add(catalogue, rows) == Written(added=3)
    source = catalogue.works.sources()[0].id
    assert [(line, work) for line, work, _ in catalogue.works.rows(source)] == [
        (2, 1),
        (3, 2),
        (4, 3),
        (5, 1),
    ]
    assert catalogue.works.entry(1).title == "First"
    rows[3]["title"] = "Changed"
    assert add(catalogue, rows) == Written(updated=1, unchanged=2)
    assert catalogue.works.entry(1).title == "First"
    keep_all(catalogue)
    assert [picture.digest for picture in catalogue.pictures.of(1)] == ["digest-1.jpg", "digest-4.jpg"]
    assert add(catalogue, rows[:3]) == Written(unchanged=3)
    assert [picture.digest for picture in catalogue.pictures.of(1)] == ["digest-1.jpg"]


def test_a_source_without_titles_leaves_those_of_another(catalogue: Catalogue) -> None:
    add(catalogue, [{"id": "1", "number": "12.3", "title": "Bridge"}], "table")
    add(catalogue, [{"id": "1", "file": "1.jpg"}], "folder")
    entry = catalogue.works.entry(1)
    assert (entry.accession, entry.title, entry.source) == ("12.3", "Bridge", "folder")
    add(catalogue, [{"id": "1", "number": "", "title": "", "file": "2.jpg"}], "table")
    assert catalogue.works.entry(1).title == "Bridge"
    add(catalogue, [{"id": "1", "number": "", "title": "", "file": "3.jpg"}], "table")
    assert catalogue.works.entry(1).title == ""


def test_columns_come_and_go(catalogue: Catalogue) -> None:
    add(catalogue, [{"id": "1", "culture": "French", "tags": "a|b"}])
    assert add(catalogue, [{"Tags ": "c|d", "id": "1", "date": "1900"}]).updated == 1
    assert catalogue.fields.names() == ["tags", "id", "date"]
    assert catalogue.works.sources()[0].columns[0].header == "Tags "
    assert list(catalogue.connection.execute('SELECT culture, "tags", date FROM original_works')) == [
        (None, "c|d", "1900")
    ]
    assert list(catalogue.fields.values("tags")) == [(1, "c"), (1, "d")]


def test_a_renamed_column_is_filled_although_its_cells_are_the_same(catalogue: Catalogue) -> None:
    add(catalogue, [{"id": "1", "culture": "French"}])
    add(catalogue, [{"id": "1", "kultur": "French"}])
    assert list(catalogue.fields.values("kultur")) == [(1, "French")]


def test_rejected_rows_are_kept_until_they_are_right(catalogue: Catalogue) -> None:
    good = {"id": "1"}
    rows = [good, Rejected(3, "bad", "raw text"), {"id": "2"}, Rejected(5, "worse")]
    assert add(catalogue, rows) == Written(added=2, rejected=2)
    source = catalogue.works.sources()[0].id
    assert list(catalogue.works.rejected(source)) == [Rejected(3, "bad", "raw text"), Rejected(5, "worse")]
    assert add(catalogue, [good, {"id": "3"}, {"id": "2"}]) == Written(added=1, unchanged=2)
    assert not list(catalogue.works.rejected(source))


@pytest.mark.parametrize("at", [1, 4, 7])
def test_strict_stops_at_the_first_bad_row_with_its_line(catalogue: Catalogue, at: int) -> None:
    key = begin(catalogue, ["id"])
    works: list[Work | Rejected] = [Work(str(line), line, (str(line),)) for line in range(2, 12)]
    works[at] = Rejected(at + 2, "its quotation marks do not match")
    with pytest.raises(InputError, match=rf"line {at + 2} cannot be used: its quotation.*--strict"):
        catalogue.works.write(key, works, strict=True, progress=Silent())
    assert [line for line, _, _ in catalogue.works.rows(key)] == list(range(2, at + 2))


def test_strict_within_a_transaction_can_be_undone(catalogue: Catalogue) -> None:
    key = begin(catalogue, ["id"])
    works = [Work("1", 2, ("1",)), Rejected(3, "bad")]
    with pytest.raises(InputError), catalogue.transaction():
        catalogue.works.write(key, works, strict=True, progress=Silent())
    assert catalogue.works.count() == 0


def test_a_source_that_fails_leaves_what_it_yielded_and_nothing_is_gone(catalogue: Catalogue) -> None:
    add(catalogue, [{"id": str(n)} for n in range(20)])
    key = begin(catalogue, ["id"])

    def broken() -> Iterator[Work]:
        yield from (Work(f"new{line}", line, (str(line),)) for line in range(2, 9))
        raise InputError("the file ends")

    with pytest.raises(InputError, match="the file ends"):
        catalogue.works.write(key, broken(), progress=Silent())
    assert catalogue.works.count() == 26
    assert add(catalogue, [{"id": str(n)} for n in range(20)]).gone == 6


def test_progress_counts_every_row(catalogue: Catalogue) -> None:
    told: list[object] = []

    class Listener:
        def start(self, task: str, total: int | None = None, unit: str = "") -> None:
            told.append((task, unit))

        def advance(self, count: int = 1) -> None:
            told.append(count)

        def finish(self) -> None:
            told.append("done")

    key = begin(catalogue, ["id"])
    rows = [Work("1", 2, ("1",)), Rejected(3, "bad"), *(Work(str(n), n, (str(n),)) for n in range(4, 9))]
    catalogue.works.write(key, rows, progress=Listener())
    assert told == [("Reading works", "rows"), 3, 3, 1, "done"]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.integers(0, 12), max_size=14), min_size=1, max_size=4), st.integers())
def test_however_a_table_changes_the_last_reading_counts(
    tmp_path_factory: pytest.TempPathFactory, readings: list[list[int]], seed: int
) -> None:
    folder = tmp_path_factory.mktemp("museum")
    chance = random.Random(seed)
    tables = [[_row(number, chance.randint(0, 2)) for number in reading] for reading in readings]
    with _opened(folder / "many.sqlite") as many, _opened(folder / "one.sqlite") as one:
        for rows in tables:
            written = add(many, rows, names=list(_row(0, 0)))
            assert written.added + written.updated + written.unchanged == len({row["id"] for row in rows})
        add(one, tables[-1], names=list(_row(0, 0)))
        assert _content(many) == _content(one)


def _row(number: int, version: int) -> dict[str, str]:
    return {
        "id": f"w{number}",
        "title": f"T{number}v{version}",
        "tags": f"a|{version}",
        "file": f"{version}.jpg",
    }


def _opened(path: Path) -> Catalogue:
    return Catalogue.open(path, create=True)


def _content(catalogue: Catalogue) -> list[object]:
    """What a catalogue holds of works that are not gone, by their ids."""
    ask = catalogue.connection.execute
    return [
        list(ask("SELECT line, id, title, tags, file FROM original_works ORDER BY line")),
        list(
            ask(
                "SELECT work_id, address FROM work_picture p JOIN work ON work.id = p.work "
                "WHERE gone_at IS NULL ORDER BY 1, 2"
            )
        ),
        list(ask("SELECT work_id, title FROM work WHERE gone_at IS NULL ORDER BY 1")),
        sorted((catalogue.works.id(work), value) for work, value in catalogue.fields.values("tags")),
    ]
