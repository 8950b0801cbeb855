"""A process is killed while it reads a table: the same command continues, nothing is lost or doubled."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from cartellino.catalogue import Catalogue
from cartellino.progress import Silent
from cartellino.records import Column, Work

ROWS = 3_000
READER = """
import sys, time
from pathlib import Path
from cartellino.catalogue import Catalogue, batching
from tests_killed import begin, works
batching._ROWS = 50

class Slow:
    def start(self, *told): pass
    def finish(self): pass
    def advance(self, count=1):
        print(count, flush=True)
        time.sleep(0.002)

with Catalogue.open(Path(sys.argv[1]), create=True) as catalogue:
    catalogue.works.write(begin(catalogue), works(), progress=Slow())
"""


def works() -> list[Work]:
    """Works of two rows each, with several values and a picture for each row."""
    return [
        Work(
            f"w{line // 2}",
            line,
            (f"w{line // 2}", f"Title {line}", f"a|{line}"),
            title=f"Title {line}",
            several=((2, ("a", str(line))),),
            pictures=(f"{line}.jpg",),
        )
        for line in range(2, ROWS)
    ]


def begin(catalogue: Catalogue) -> int:
    columns = [Column(name, name) for name in ("id", "title", "tags")]
    return catalogue.works.source("works", "table", "works.csv", columns, {"separator": "|"})


def content(path: Path) -> list[object]:
    with Catalogue.open(path) as catalogue:
        ask = catalogue.connection.execute
        assert ask("PRAGMA integrity_check").fetchone() == ("ok",)
        assert not list(ask("PRAGMA foreign_key_check"))
        ask("INSERT INTO work_search (work_search) VALUES ('integrity-check')")
        return [
            list(ask(f"SELECT * FROM {table} ORDER BY 1, 2, 3"))
            for table in ("original_works", "value", "rejected", "values_works", "row_picture")
        ] + [
            list(ask("SELECT id, work_id, title, gone_at FROM work ORDER BY id")),
            list(ask("SELECT work, place, address, status FROM work_picture ORDER BY work, address")),
            catalogue.works.search("title 15", 100),
        ]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> list[object]:
    path = tmp_path_factory.mktemp("whole") / "catalogue.sqlite"
    with Catalogue.open(path, create=True) as catalogue:
        catalogue.works.write(begin(catalogue), works(), progress=Silent())
    return content(path)


@pytest.mark.parametrize("batches", [1, 7, 30])
def test_the_same_command_continues_after_a_kill(tmp_path: Path, whole: list[object], batches: int) -> None:
    (tmp_path / "tests_killed.py").write_text(Path(__file__).read_text("utf-8"), encoding="utf-8")
    (tmp_path / "reader.py").write_text(READER, encoding="utf-8")
    path = tmp_path / "catalogue.sqlite"
    reader = subprocess.Popen(
        [sys.executable, str(tmp_path / "reader.py"), str(path)], stdout=subprocess.PIPE
    )
    assert reader.stdout is not None
    for _ in range(batches):
        assert reader.stdout.readline()
    time.sleep(0.003 * batches % 0.01)
    reader.kill()
    reader.stdout.close()
    assert reader.wait() != 0
    with Catalogue.open(path) as catalogue:
        before = catalogue.connection.execute("SELECT count(*) FROM original_works").fetchone()[0]
        assert batches * 50 <= before < ROWS - 2
        written = catalogue.works.write(begin(catalogue), works(), progress=Silent())
    assert written.unchanged >= before // 2
    assert written.added + written.updated + written.unchanged == len({work.id for work in works()})
    assert content(path) == whole
