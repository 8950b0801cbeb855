"""Works and pictures brought into a real collection."""

from __future__ import annotations

import csv
import shutil
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from cartellino.acquire.folder import FolderSource
from cartellino.acquire.intake import bring_in
from cartellino.acquire.metrecords import RecordsSource
from cartellino.acquire.tables import table as tables
from cartellino.acquire.tables.table import TableSource
from cartellino.catalogue import Catalogue
from cartellino.errors import InputError
from cartellino.pictures.store import PictureStore
from cartellino.progress import Silent
from cartellino.settings import Settings

from .builders import picture, write_csv, write_xlsx

HEADER = ["Object ID", "Title", "Culture"]


class Museum:
    """A collection in a folder, and the table and photographs beside it."""

    def __init__(self, folder) -> None:
        self.folder, self.home = folder, folder / "museum"
        self.home.mkdir()
        self.catalogue = Catalogue.open(self.home / "catalogue.sqlite", create=True)
        self.store = PictureStore(self.home / "pictures", Settings().pictures)

    def add(self, source, *, strict=False, settings=Settings()):  # noqa: B008 - it is frozen
        return bring_in(source, self.catalogue, self.store, settings, Silent(), strict)

    def table(self, *rows, name="works.csv", **told):
        photos = self.folder / "photos"
        path = write_csv(self.folder / name, [HEADER, *rows])
        return TableSource(path, photos if photos.exists() else None, **told)


@pytest.fixture
def museum(tmp_path):
    made = Museum(tmp_path)
    yield made
    made.catalogue.close()


def counts(intake):
    written = intake.written
    return written.added, written.updated, written.unchanged, written.rejected, written.gone


def test_adding_again_updates_and_doubles_nothing(museum):
    picture(museum.folder / "photos" / "1.jpg")
    first = museum.add(museum.table(["1", "Clock", "Chinese|Japanese"], ["2", "Vase", ""]))
    assert counts(first) == (2, 0, 0, 0, 0)
    assert (first.pictures.kept, first.pictures.quarantined) == (1, 0)

    again = museum.add(museum.table(["1", "Clock", "Chinese|Japanese"], ["2", "Vase", ""]))
    assert counts(again) == (0, 0, 2, 0, 0)
    assert (again.pictures.kept, again.pictures.unchanged) == (0, 1)

    changed = museum.add(museum.table(["1", "Clock", "Chinese"], ["2", "Vase", ""], ["3", "Bowl", ""]))
    assert counts(changed) == (1, 1, 1, 0, 0)
    assert museum.catalogue.works.count() == 3
    assert [value for _, value in museum.catalogue.fields.values("Culture")] == ["Chinese"]
    assert len(museum.catalogue.works.sources()) == 1

    shorter = museum.add(museum.table(["1", "Clock", "Chinese"]))
    assert counts(shorter) == (0, 0, 1, 0, 2)


def test_bad_rows_and_pictures_are_told_and_do_not_stop_the_rest(museum):
    photos = museum.folder / "photos"
    picture(photos / "1.jpg")
    (photos / "2.jpg").write_bytes(b"\xff\xd8 not a picture")
    intake = museum.add(
        museum.table(["1", "Clock", ""], ["2", "Vase", ""], ["", "no id", ""], ["4", "a", "b", "c"])
    )
    assert counts(intake) == (2, 0, 0, 2, 0)
    assert intake.bad_rows == (
        "line 4: it has no id in 'Object ID'",
        "line 5: it has 4 cells, and the header has 3",
    )
    assert (intake.pictures.kept, intake.pictures.quarantined) == (1, 1)
    assert intake.bad_pictures[0].startswith("2 · ")
    told = intake.as_dict()
    assert told["written"]["rejected"] == 2
    assert told["pictures"]["kept"] == 1


def test_strict_stops_at_the_first_bad_row_and_keeps_nothing(museum):
    source = museum.table(["1", "Clock", ""], ["", "no id", ""], ["3", "Bowl", ""])
    with pytest.raises(InputError, match=r"line 3.*no id in 'Object ID'"):
        museum.add(source, strict=True)
    assert museum.catalogue.works.count() == 0
    assert museum.catalogue.works.sources() == []
    assert counts(museum.add(museum.table(["1", "Clock", ""]), strict=True)) == (1, 0, 0, 0, 0)


def test_remarks_are_kept_with_line_and_work_and_not_doubled(museum):
    rows = [["1.2E+05", "Clock", ""], ["2", "Vase"]]
    for _ in range(2):
        intake = museum.add(museum.table(*rows))
        assert intake.remark_count == len(list(museum.catalogue.works.remarks())) == 2
    first = next(museum.catalogue.works.remarks())
    assert (first.line, first.work) == (2, museum.catalogue.works.key("1.2E+05"))
    assert intake.remarks[1] == "line 3: the row ends after 2 of 3 cells"


def test_rows_that_repeat_an_id_are_one_work_and_remarked_on(museum):
    rows = [[str(n), "t", ""] for n in range(30)]
    intake = museum.add(museum.table(*rows, ["7", "t", "again"], ["8", "t", "again"]))
    assert intake.written.added == 30
    assert intake.remarks == (
        "line 32: 2 rows repeat an earlier row's id and belong to its work; this is the first",
    )


def test_pictures_inside_the_collection_move_with_it(museum):
    picture(museum.home / "photos" / "1.jpg")
    museum.add(FolderSource(museum.home / "photos"))
    assert [wanted.address for wanted in museum.catalogue.pictures.wanted()] == ["photos/1.jpg"]


def test_a_table_that_moved_is_the_same_source(museum):
    museum.add(museum.table(["1", "Clock", ""]))
    shutil.move(museum.folder / "works.csv", museum.folder / "moved.csv")
    assert counts(museum.add(TableSource(museum.folder / "moved.csv", name="works"))) == (0, 0, 1, 0, 0)


def test_a_file_of_the_same_name_elsewhere_makes_nothing_gone(museum):
    museum.add(museum.table(["1", "Clock", ""]))
    (museum.folder / "prints").mkdir()
    prints = write_csv(museum.folder / "prints" / "works.csv", [HEADER, ["2", "Etching", ""]])
    intake = museum.add(TableSource(prints))
    assert (intake.source, counts(intake)) == ("works 2", (1, 0, 0, 0, 0))
    assert museum.catalogue.works.count() == 2


def test_other_sources_of_the_same_name_keep_apart(museum):
    museum.add(museum.table(["1", "Clock", ""]))
    other = museum.folder / "other"
    other.mkdir()
    path = write_csv(other / "works.csv", [["id", "Maker", "Place", "Year"], ["9", "a", "b", "c"]])
    assert museum.add(TableSource(path)).source == "works 2"
    (other / "works.jsonl").write_text('{"id": "10"}\n', encoding="utf-8")
    assert museum.add(RecordsSource(other / "works.jsonl")).source == "works 3"
    assert museum.catalogue.works.count() == 3
    assert museum.add(TableSource(path)).source == "works 2"


def test_an_unreadable_second_reading_leaves_the_first(museum):
    museum.add(museum.table(["1", "Clock", ""], ["2", "Vase", ""]))
    source = museum.table(["1", "Clock", ""])
    (museum.folder / "works.csv").unlink()
    with pytest.raises(InputError, match="no such file"):
        museum.add(source)
    assert museum.catalogue.works.count() == 2


def test_a_workbook_and_a_text_table_give_the_same_catalogue(museum):
    rows = [["1", "Clock", "Chinese"], ["2", "Vase", "Greek"]]
    museum.add(museum.table(*rows))
    book = write_xlsx(museum.folder / "works.xlsx", Works=[HEADER, *rows])
    assert museum.add(TableSource(book)).written.added == 0
    assert museum.catalogue.works.count() == 2
    assert [value for _, value in museum.catalogue.fields.values("Culture")] == ["Chinese", "Greek"]


ALONE = replace(Settings(), features=replace(Settings().features, workers=1))  # no process beside
CELL = st.sampled_from(["", "a", "a|b", 'say "a"', "1.2E+05"])
ROW = st.tuples(st.sampled_from(["1.2E+05", *"123456"]), CELL, CELL)
ROWS = st.lists(ROW, min_size=4, max_size=9)
EDITS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 1), ROW | st.none()), max_size=2)  # at, out, in
CONTENT = (
    "SELECT line, work, digest, Title, Culture FROM original_works",
    "SELECT id, work_id, accession, title, gone_at IS NULL FROM work",
    "SELECT work, field, before, after FROM change",
    "SELECT line, remark FROM remark",
    "SELECT * FROM value",
)


def content(museum):
    return [sorted(museum.catalogue.connection.execute(sql), key=str) for sql in CONTENT]


@limits(max_examples=25, deadline=None)
@given(ROWS, st.lists(st.tuples(EDITS, st.booleans()), min_size=2, max_size=3))
def test_knowing_rows_by_their_text_changes_nothing_but_the_time(tmp_path_factory, rows, readings):
    """A large table, whose unchanged rows are not read, ends and reports as a small one does."""
    small, large = (Museum(tmp_path_factory.mktemp(name)) for name in ("small", "large"))
    for edits, quoted in readings:
        for at, out, row in edits:
            rows[at : at + out] = [row] if row else []
        rows = rows or [("1", "", "")]
        quoting = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
        told = []
        for museum in (small, large):
            path = write_csv(museum.folder / "works.csv", [HEADER, *rows], quoting=quoting)
            source = TableSource(path, id_column="Object ID")
            source.heavy = museum is large
            told.append(replace(museum.add(source, settings=ALONE), source="works"))
        assert told[0] == told[1]
        assert content(small) == content(large)
    for museum in (small, large):
        museum.catalogue.close()


def test_a_large_table_is_read_by_a_process_beside_and_known_again(museum, monkeypatch):
    monkeypatch.setattr(tables, "_HEAVY", 1)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    rows = [[str(number), "Clock", "Chinese|Japanese"] for number in range(1, 5_000)]
    rows[7] = ["1.2E+05", "Vase", ""]
    first = museum.add(museum.table(*rows))
    assert (counts(first), first.remark_count) == ((4_999, 0, 0, 0, 0), 1)
    rows[4_000][1] = "Bowl"
    again = museum.add(museum.table(*rows))
    assert (counts(again), again.remarks) == ((0, 1, 4_998, 0, 0), first.remarks)
    (source,) = museum.catalogue.works.sources()
    assert [(each.work_id, each.before, each.after) for each in museum.catalogue.changes.newest(source)] == [
        ("4001", "Clock", "Bowl")
    ]
