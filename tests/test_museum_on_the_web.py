"""A whole museum through every fault at once: all that can be had, byte for byte; of the rest, the reason.

Then again with kills at random moments, and the same catalogue at the end.
"""

from __future__ import annotations

import os
import random
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from cartellino import collection
from cartellino.acquire.museums.met import MetSource
from cartellino.errors import PictureError
from cartellino.pictures.decode import decode
from cartellino.settings import PictureSettings
from museum import Faults, Museum
from museum.records import painted, stored

pytestmark = pytest.mark.slow

KILLS = 10
REASONS = {
    "missing": r"\(404\)",
    "redirect_loop": r"circle",
    "redirect_to": r"private|not public|own network|address",
    "gzip_bomb": r"larger",
    "truncated_jpeg": r"cut short",
    "html_as_jpeg": r"HTML",
    "noai": r"noai",
}
# Refusals are rarer than other faults: a pace that heeds each of them is slow where they come by chance.
FAULTS = Faults.all(
    0.02, too_many=0.004, server_error=0.008, forbid_after=60, stall_seconds=2.5, drip_seconds=0.5
)
WORKS = "SELECT work_id, title FROM work WHERE gone_at IS NULL ORDER BY 1"
PICTURES = (
    "SELECT w.work_id, p.address, p.status, p.reason, k.digest FROM work_picture p "
    "JOIN work w ON w.id = p.work LEFT JOIN picture k ON k.id = p.picture ORDER BY 1, 2"
)
REJECTED = "SELECT line, reason, raw FROM rejected ORDER BY 1"


def made(folder: Path, museum: Museum) -> Path:
    collection.create(folder).close()
    settings = folder / "cartellino.toml"
    told = settings.read_text(encoding="utf-8")
    told = re.sub(r"(?m)^# allow = .*$", f'allow = ["{museum.host}"]', told)
    told = re.sub(r"(?m)^# timeout = .*$", "timeout = 2.0", told)
    told = re.sub(r"(?m)^# max_megabytes = .*$", "max_megabytes = 20.0", told)
    settings.write_text(told, encoding="utf-8")
    return folder


def base(museum: Museum) -> str:
    return f"{museum.address}/public/collection/v1"


def content(folder: Path) -> list[list[tuple[object, ...]]]:
    connection = sqlite3.connect(folder / "catalogue.sqlite")
    try:
        return [list(connection.execute(query)) for query in (WORKS, PICTURES, REJECTED)]
    finally:
        connection.close()


def fetched(folder: Path, museum: Museum) -> None:
    with collection.open(folder) as home:
        home.add(MetSource(base(museum)))


def is_as_the_museum_says(folder: Path, museum: Museum) -> None:
    works, pictures, rejected = content(folder)
    objects = {str(key): told for key, told in museum.truth.objects().items()}
    assert {key for key, _ in works} == {key for key, told in objects.items() if told.what == "ok"}
    refused = {str(raw).rpartition("/")[2]: str(reason) for _, reason, raw in rejected}
    for key, told in objects.items():
        if told.what != "ok":
            assert re.search(REASONS[told.what], refused[key]), f"{key}, {told.what}: {refused[key]}"
    assert pictures
    for _, address, status, reason, digest in pictures:
        told = museum.truth[str(address)]
        if told.what == "ok" and status == "quarantined":
            assert is_broken(str(address)), f"{address}: {reason}"
        elif told.what == "ok":
            assert (status, digest) == ("kept", told.sha256), f"{address}: {status} {reason}"
        else:
            assert status == "quarantined", address
            assert re.search(REASONS[told.what], str(reason)), f"{address}, {told.what}: {reason}"


def is_broken(address: str) -> bool:
    """Whether the museum's own file is no picture: the painted gallery has such."""
    try:
        decode(httpx.get(address).content, PictureSettings())
    except PictureError:
        return True
    return False


@pytest.fixture
def gallery(tmp_path: Path) -> Iterator[Museum]:
    records, images = painted(tmp_path / "painted", works=150)
    with Museum(records, images, FAULTS) as museum:
        yield museum


def test_through_every_fault_all_comes_in_that_can_be_had(gallery: Museum, tmp_path: Path) -> None:
    folder = made(tmp_path / "home", gallery)
    fetched(folder, gallery)
    is_as_the_museum_says(folder, gallery)
    asked = gallery.requests.total()
    fetched(folder, gallery)
    assert gallery.requests.total() - asked <= 5, "what is there, or is gone for good, is not asked for again"


def test_killed_at_random_moments_it_goes_on_and_ends_the_same(gallery: Museum, tmp_path: Path) -> None:
    calm = made(tmp_path / "calm", gallery)
    fetched(calm, gallery)
    stormy = made(tmp_path / "stormy", gallery)
    storm(stormy, gallery)
    assert content(stormy) == content(calm)


@pytest.mark.realdata
def test_all_of_the_met_comes_in_through_every_fault_and_ten_kills(data_folder: Path, tmp_path: Path) -> None:
    found = stored(data_folder)
    assert found
    with Museum(*found, FAULTS) as museum:
        folder = made(tmp_path / "home", museum)
        storm(folder, museum)
        is_as_the_museum_says(folder, museum)


def storm(folder: Path, museum: Museum) -> None:
    """Fetch by the command itself, killed again and again, and then left alone."""
    command = [sys.executable, "-m", "cartellino", "add", "met", "--base", base(museum)]
    moments, killed = random.Random(5), 0
    for _ in range(KILLS):
        process = subprocess.Popen(
            command, cwd=folder, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            process.wait(timeout=moments.uniform(1.0, 6.0))
        except subprocess.TimeoutExpired:
            process.kill()
            killed += 1
        process.communicate()
    done = subprocess.run(command, cwd=folder, env=os.environ, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert killed >= KILLS // 2
