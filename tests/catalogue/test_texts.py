from __future__ import annotations

from dataclasses import replace

from cartellino.catalogue import Catalogue, texts
from cartellino.catalogue.sources import Source
from cartellino.catalogue.texts import Texts, text_digester
from cartellino.progress import Silent
from cartellino.records import Column, Work

from .rows import begin

SOURCE = Source(1, "works", "table", "", "original_works", {"separator": "|"}, (Column("A", "A"),), "")


def standing(catalogue: Catalogue, works: list[Work]) -> Texts:
    key = begin(catalogue, ["id"])
    catalogue.works.write(key, works, progress=Silent())
    return catalogue.works.texts(key)


def test_texts_and_all_that_decides_how_they_are_read_have_digests_of_their_own(monkeypatch) -> None:
    told = {text_digester(SOURCE)(text) for text in ("", "1,a\n", "1,a", "1,\udc9f")}
    assert len(told) == 4
    assert text_digester(SOURCE)("1,a") in told
    others = [replace(SOURCE, format={"separator": ";"}), replace(SOURCE, columns=(Column("A", "A", "id"),))]
    assert not {text_digester(source)("1,a") for source in others} & told
    monkeypatch.setattr(texts, "VERSION", "another")
    assert text_digester(SOURCE)("1,a") not in told


def test_a_row_is_found_at_its_line_with_the_lines_up_to_the_next(catalogue: Catalogue) -> None:
    works = [Work(str(line), line, (str(line),), text=f"{line}\n") for line in (2, 3, 7)]
    found = standing(catalogue, works)
    assert [(found.find(line) or (0,))[0] for line in range(1, 9)] == [0, 1, 4, 0, 0, 0, 0, 0]
    assert found.find(3) == (4, text_digester(found.source)("3\n"))


def test_rows_without_a_text_and_those_of_works_with_several_rows_are_not_known(catalogue: Catalogue) -> None:
    ids = {2: "a", 3: "b", 4: "a", 5: "c", 6: "d"}
    works = [Work(work_id, line, (work_id,), text="" if line == 5 else "x") for line, work_id in ids.items()]
    assert list(standing(catalogue, works).lines) == [3, 6]


def test_a_table_made_before_texts_were_kept_is_widened(catalogue: Catalogue) -> None:
    works = [Work(work_id, line, (work_id,), text=work_id) for line, work_id in enumerate("abc", 2)]
    standing(catalogue, works)
    catalogue.connection.execute("ALTER TABLE original_works DROP COLUMN text_digest")
    assert list(standing(catalogue, works).lines) == [2, 3, 4]
