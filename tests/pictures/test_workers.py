from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cartellino.errors import InputError, StorageError
from cartellino.pictures.orders import Found, Order
from cartellino.pictures.store import PictureStore
from cartellino.pictures.workers import Workers, mapped
from cartellino.settings import PictureSettings

from .corpus import png_header, saved, scene

HOSTILE = b"brings its decoder down"
FAULT = f"""
import os, signal
from PIL import JpegImagePlugin
sound = JpegImagePlugin.jpeg_factory
def faulty(stream, *told):
    if {HOSTILE!r} in stream.getvalue():
        os.kill(os.getpid(), signal.SIGKILL)
    return sound(stream, *told)
JpegImagePlugin.jpeg_factory = faulty
"""
unix = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system knows no SIGKILL")
linux = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks /proc who is whose child")


@pytest.fixture
def store(tmp_path: Path) -> PictureStore:
    return PictureStore(tmp_path / "pictures", PictureSettings())


@pytest.fixture
def faulty_decoder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A decoder that dies of one kind of picture, in every process that begins now."""
    (tmp_path / "fault").mkdir()
    (tmp_path / "fault" / "sitecustomize.py").write_text(FAULT)
    paths = [str(tmp_path / "fault"), *filter(None, [os.environ.get("PYTHONPATH")])]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(paths))


def orders(count: int) -> list[tuple[int, Order | None]]:
    """Good pictures, bad ones, and some that there is nothing to do for."""
    odd: dict[int, Order | None] = {
        3: Order(data=b"nothing"),
        5: None,
        8: Order(data=png_header(30_000, 30_000)),
        13: Order("/nowhere", "none\udcff.jpg"),
    }
    return [(number, odd.get(number, Order(data=picture(number)))) for number in range(count)]


def picture(number: int, comment: str = "") -> bytes:
    return saved(scene(40, 30, number), comment=comment or str(number))


def kept(store: PictureStore, told: list[tuple[int, Order | None]], apart: bool) -> list[tuple[int, Found]]:
    with Workers(store, 2, apart=apart, handful=4) as workers:
        return list(workers.kept(told))


def test_processes_find_what_threads_find_in_the_same_order(tmp_path: Path) -> None:
    one, other = (PictureStore(tmp_path / name, PictureSettings()) for name in ("one", "other"))
    here, apart = kept(one, orders(30), False), kept(other, orders(30), True)
    assert apart == here
    assert [number for number, _ in apart] == list(range(30))
    assert all(other.has(found.picture) for _, found in apart if found.picture)
    assert {number for number, found in apart if not found.picture} == {3, 5, 8, 13}


def test_no_more_is_taken_than_the_workers_need_soon(store: PictureStore) -> None:
    taken = []

    def told() -> Iterator[tuple[int, Order | None]]:
        for number in range(500):
            taken.append(number)
            yield number, None

    with Workers(store, 2, apart=True, handful=4) as workers:
        for number, _ in workers.kept(told()):
            assert len(taken) - number <= 4 * (2 * 2 + 1)


def test_a_handful_is_full_by_its_weight_too(store: PictureStore) -> None:
    heavy = picture(1) + bytes(2**20)
    with Workers(store, 1, apart=True, handful=500) as workers:
        taken = iter(range(500))
        stream = workers.kept((number, Order(data=heavy)) for number in taken)
        next(stream)
        assert next(taken) <= 5


@unix
@pytest.mark.usefixtures("faulty_decoder")
def test_a_picture_that_kills_its_process_is_blamed_and_no_other(store: PictureStore) -> None:
    told = orders(30)
    told[10] = (10, Order(data=picture(10, HOSTILE.decode())))
    found = dict(kept(store, told, True))
    assert found[10] == Found(reason="it brought down the process that decoded it (SIGKILL)")
    assert {number for number in found if not found[number].picture} == {3, 5, 8, 10, 13}


@linux
def test_a_process_that_somebody_ends_costs_no_picture(store: PictureStore) -> None:
    with Workers(store, 1, apart=True, handful=4) as workers:
        stream = workers.kept((number, Order(data=picture(number))) for number in range(200))
        found = [next(stream)]
        (child,) = children(os.getpid())
        os.kill(child, signal.SIGKILL)
        found += stream
    assert [number for number, each in found if each.picture] == list(range(200))


def test_what_stops_a_worker_stops_the_job(tmp_path: Path) -> None:
    (tmp_path / "pictures").write_bytes(b"no folder")
    with pytest.raises(StorageError):
        kept(PictureStore(tmp_path / "pictures", PictureSettings()), orders(3), True)
    with pytest.raises(InputError, match="no colour"):
        kept(PictureStore(tmp_path / "others", PictureSettings(background="mud")), orders(3), True)


def test_where_no_process_can_begin_the_work_is_done_here(
    store: PictureStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    for interpreter in (str(store.folder / "no-python"), "/bin/false" if os.name == "posix" else "where"):
        monkeypatch.setattr(sys, "executable", interpreter)
        assert len([1 for _, found in kept(store, orders(12), True) if found.picture]) == 9


ALONE = """
import sys
from pathlib import Path
from cartellino.pictures.orders import Order
from cartellino.pictures.store import PictureStore
from cartellino.pictures.workers import Workers
from cartellino.settings import PictureSettings
data = Path(sys.argv[1]).read_bytes()
with Workers(PictureStore(Path(sys.argv[2]), PictureSettings()), 2, apart=True) as workers:
    for number, _ in workers.kept((n, Order(data=data)) for n in range(10**9)):
        if number == 100:
            print("begun", flush=True)
"""


@linux
def test_workers_die_with_the_one_they_work_for(tmp_path: Path) -> None:
    (tmp_path / "one.jpg").write_bytes(picture(1))
    told = [sys.executable, "-c", ALONE, str(tmp_path / "one.jpg"), str(tmp_path / "pictures")]
    with subprocess.Popen(told, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        theirs = children(process.pid)
        process.kill()
    assert len(theirs) == 2
    end = time.monotonic() + 20
    while any(is_running(child) for child in theirs) and time.monotonic() < end:
        time.sleep(0.05)
    assert not any(is_running(child) for child in theirs)


def test_a_script_is_not_run_again_by_its_workers(tmp_path: Path) -> None:
    (tmp_path / "one.jpg").write_bytes(picture(1))
    script = ALONE.replace("10**9", "200") + "\nprint('ended')"
    (tmp_path / "script.py").write_text(script)
    told = [
        sys.executable,
        str(tmp_path / "script.py"),
        str(tmp_path / "one.jpg"),
        str(tmp_path / "pictures"),
    ]
    done = subprocess.run(told, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["begun", "ended"]
    assert done.stderr == ""


def test_mapped_keeps_the_order_and_raises_what_the_work_raises() -> None:
    with ThreadPoolExecutor(3) as pool:
        assert list(mapped(pool, lambda number: number * 2, range(50), 4)) == list(range(0, 100, 2))
        with pytest.raises(ZeroDivisionError):
            list(mapped(pool, lambda number: 1 // number, [1, 0, 1], 2))


def children(parent: int) -> list[int]:
    """Processes that `parent` has begun."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, whose = stat.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if int(whose) == parent and state != "Z":
            found.append(int(stat.parent.name))
    return found


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
