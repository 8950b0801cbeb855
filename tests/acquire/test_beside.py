"""A source read by a process of its own: the same batches, the same sentences, and nothing left behind."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cartellino.acquire import beside
from cartellino.acquire.reading import Reading
from cartellino.acquire.tables.table import TableSource
from cartellino.catalogue import Catalogue
from cartellino.errors import InputError, StorageError

from .builders import write_csv

HEADER = ["Object ID", "Title", "Culture"]
ROWS = [
    ["1", "Clock", "Chinese|Japanese"],
    ["", "no id", ""],
    ["1.2E+05", "Vase"],
    ["4", "Bowl \udc9f", "a|b"],
    ["5", "cut\x1fhere", "and\x1ethere"],
]
MANY = [[str(number), "Clock " * 20, "Chinese"] for number in range(30_000)]


@pytest.fixture
def begun(tmp_path):
    """Make a table's reading, and the source as a catalogue knows it."""
    with Catalogue.open(tmp_path / "catalogue.sqlite", create=True) as catalogue:

        def begin(rows, *, strict=False):
            path = tmp_path / "works.csv"
            lines = [",".join(f'"{cell}"' for cell in row) for row in [HEADER, *rows]]
            path.write_bytes("\r\n".join(lines).encode("utf-8", "surrogateescape"))
            source = TableSource(path)
            key = catalogue.works.source(
                source.name, source.kind, source.address, source.columns, source.format
            )
            return Reading(source, tmp_path, strict), catalogue.works.known(key)

        yield begin


@pytest.fixture
def started(monkeypatch):
    """The processes that were started."""
    processes, start = [], beside._started

    def started_():
        processes.append(start())
        return processes[-1]

    monkeypatch.setattr(beside, "_started", started_)
    return processes


@pytest.mark.parametrize("strict", [False, True])
def test_it_brings_what_reading_here_brings(begun, started, strict):
    here, known = begun(ROWS, strict=strict)
    there, _ = begun(ROWS, strict=strict)
    assert list(beside.batches(there, known)) == list(here.batches(known))
    assert there.works == here.works == (1 if strict else 4)
    assert there.source.remarks.kept == here.source.remarks.kept
    assert there.source.remarks.count == here.source.remarks.count > 0
    assert started[0].poll() is not None


def test_what_is_wrong_with_a_table_is_told_in_the_same_sentence(tmp_path, begun):
    reading, known = begun(MANY)
    packed = gzip.compress(reading.source._grid._path.read_bytes())
    reading.source._grid._path.write_bytes(packed[: len(packed) // 2])
    with pytest.raises(InputError, match="cut short or damaged") as there:
        list(beside.batches(reading, known))
    with pytest.raises(InputError) as here:
        list(reading.batches(known))
    assert str(there.value) == str(here.value)


def test_a_mistake_of_the_code_says_where_it_was_made(begun, monkeypatch):
    reading, known = begun(ROWS)
    monkeypatch.setattr(beside, "_MODULE", "acquire.mistaken")
    with pytest.raises(RuntimeError, match=r"(?s)mistaken\.py.*AttributeError: a mistake") as told:
        list(beside.batches(reading, known))
    assert "Traceback" in str(told.value)


def test_a_process_that_is_killed_is_told_of(begun, started):
    reading, known = begun(MANY)
    batches = beside.batches(reading, known)
    next(batches)
    started[0].kill()
    with pytest.raises(StorageError, match="ended from outside"):
        list(batches)


def test_an_iterator_that_is_closed_leaves_no_process(begun, started):
    reading, known = begun(MANY)
    batches = beside.batches(reading, known)
    next(batches)
    assert started[0].poll() is None
    batches.close()
    assert started[0].poll() is not None


def test_where_no_process_can_be_started_or_does_not_understand_it_reads_here(begun, monkeypatch):
    reading, known = begun(ROWS)
    here = list(reading.batches(known))
    made_with, reading.source.made_with = reading.source.made_with, {}
    assert list(beside.batches(reading, known)) == here
    reading.source.made_with = made_with
    monkeypatch.setattr(sys, "executable", "")
    assert list(beside.batches(reading, known)) == here


def test_a_process_that_cannot_import_the_source_leaves_it_to_this_one(begun, monkeypatch):
    reading, known = begun(ROWS)
    here = list(reading.batches(known))
    monkeypatch.setattr(beside, "_MODULE", "acquire.nowhere")
    assert list(beside.batches(reading, known)) == here


PARENT = """
import sys, time
from pathlib import Path
from cartellino.acquire import beside
from cartellino.acquire.reading import Reading
from cartellino.acquire.tables.table import TableSource
from cartellino.catalogue import Catalogue

folder = Path(sys.argv[1])
source = TableSource(folder / "works.csv")
start = beside._started
def started():
    process = start()
    print(process.pid, flush=True)
    return process
beside._started = started
with Catalogue.open(folder / "parent.sqlite", create=True) as catalogue:
    key = catalogue.works.source(source.name, source.kind, source.address, source.columns, source.format)
    batches = beside.batches(Reading(source, folder), catalogue.works.known(key))
    next(batches)
    print("reading", flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif(os.name == "nt", reason="asks for a process by its number as POSIX does")
def test_it_dies_with_the_process_that_started_it_and_leaves_ctrl_c_to_it(tmp_path):
    write_csv(tmp_path / "works.csv", [HEADER, *MANY])
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout
    child = int(parent.stdout.readline())
    assert parent.stdout.readline() == "reading\n"
    os.kill(child, signal.SIGINT)
    time.sleep(0.1)
    os.kill(child, 0)  # it is still there
    parent.kill()
    parent.wait()
    parent.stdout.close()
    for _ in range(100):
        if not _lives(child):
            return
        time.sleep(0.05)
    pytest.fail("the process that reads outlived the one that writes")


ADDING = """
import os, sys
from pathlib import Path
from cartellino.acquire.intake import bring_in
from cartellino.acquire.tables.table import TableSource
from cartellino.catalogue import Catalogue
from cartellino.pictures.store import PictureStore
from cartellino.settings import Settings

class Told:
    def start(self, *told): pass
    def finish(self): pass
    def advance(self, count=1): print(count, flush=True)

folder = Path(sys.argv[1])
os.cpu_count = lambda: 2
source = TableSource(folder.parent / "works.csv")
source.heavy = True
with Catalogue.open(folder / "catalogue.sqlite", create=True) as catalogue:
    bring_in(source, catalogue, PictureStore(folder / "pictures", Settings().pictures), Settings(), Told())
"""


def add(folder, kill_after=0):
    folder.mkdir(exist_ok=True)
    command = [sys.executable, "-c", ADDING, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as adding:
        for _ in range(kill_after):
            assert adding.stdout.readline()
        if kill_after:
            adding.kill()
        adding.stdout.read()
    return adding.returncode


def content(folder):
    with Catalogue.open(folder / "catalogue.sqlite") as catalogue:
        ask = catalogue.connection.execute
        assert ask("PRAGMA integrity_check").fetchone() == ("ok",)
        ask("INSERT INTO work_search (work_search) VALUES ('integrity-check')")
        tables = ("original_works", "work", "rejected", "value", "source_column")
        return [list(ask(f"SELECT * FROM {table} ORDER BY 1, 2, 3")) for table in tables]


@pytest.mark.slow
def test_killed_in_the_middle_and_repeated_the_catalogue_is_the_same(tmp_path):
    write_csv(tmp_path / "works.csv", [HEADER, *MANY])
    assert add(tmp_path / "whole") == 0
    assert add(tmp_path / "killed", kill_after=1) != 0
    assert add(tmp_path / "killed", kill_after=4) != 0
    assert add(tmp_path / "killed") == 0
    assert content(tmp_path / "killed") == content(tmp_path / "whole")


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
        return state != "Z"  # nobody may be there to reap it
    except OSError:
        return True
