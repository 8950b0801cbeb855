"""kill -9 at any moment of the main job: the same command continues; nothing is lost, nothing doubled."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cartellino.acquire.gallery import paint

pytestmark = pytest.mark.slow

KILLS = 6
JOB = (
    ["add", "table", "gallery/works.csv", "--images", "gallery/photos"],
    ["features"],
    ["labels", "define", "school", "--field", "School", "--min-works", "8", "--merge", "gallery/merges.csv"],
    ["train", "school"],
    ["triage", "school", "--max-error", "20%"],
)
CONTENT = {
    "works": "SELECT work_id, accession, title, gone_at IS NULL FROM work",
    "values": "SELECT c.name, v.line, v.place, v.value FROM value v "
    "JOIN source_column c ON c.id = v.source_column",
    "rejected": "SELECT line, reason, raw FROM rejected",
    "remarks": "SELECT line, remark FROM remark",
    "pictures": "SELECT digest, file, width, height, fingerprint, changes FROM picture",
    "of works": "SELECT w.work_id, p.place, p.address, p.status, p.reason FROM work_picture p "
    "JOIN work w ON w.id = p.work",
    "label sets": "SELECT name, version, hash FROM label_set",
    "parts": "SELECT w.work_id, m.part FROM label_work m JOIN work w ON w.id = m.work",
    "models": "SELECT name FROM model",
    "predictions": "SELECT w.work_id, p.rank, p.label, round(p.probability, 4) FROM prediction p "
    "JOIN work w ON w.id = p.work",
    "decisions": "SELECT w.work_id, d.kind, d.labels FROM decision d JOIN work w ON w.id = d.work",
    "queue": "SELECT q.place, w.work_id FROM queue q JOIN work w ON w.id = q.work",
}


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("painted") / "gallery"
    paint(folder, seed=3, works=150)
    return folder


def start(folder: Path, told: list[str]) -> subprocess.Popen[bytes]:
    environment = os.environ | {"NO_COLOR": "1"}
    return subprocess.Popen(
        [sys.executable, "-m", "cartellino", *told],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def finish(folder: Path, told: list[str]) -> float:
    begun = time.monotonic()
    process = start(folder, told)
    _, said = process.communicate(timeout=300)
    assert process.returncode == 0, f"{told}: {said.decode()}"
    return time.monotonic() - begun


def fresh(folder: Path, gallery: Path) -> Path:
    finish(folder.parent, ["new", folder.name])
    (folder / "gallery").symlink_to(gallery, target_is_directory=True)
    return folder


def content(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    connection = sqlite3.connect(folder / "catalogue.sqlite")
    try:
        return {name: sorted(connection.execute(query), key=repr) for name, query in CONTENT.items()}
    finally:
        connection.close()


def test_killed_at_random_moments_the_job_ends_as_if_nothing_had_happened(
    gallery: Path, tmp_path: Path
) -> None:
    calm = fresh(tmp_path / "calm", gallery)
    lasted = {tuple(told): finish(calm, told) for told in JOB}
    expected = content(calm)
    assert expected["decisions"], "triage decided something"

    stormy = fresh(tmp_path / "stormy", gallery)
    moments = random.Random(11)
    killed = 0
    for told in JOB:
        for _ in range(KILLS):
            process = start(stormy, told)
            try:
                process.wait(timeout=moments.uniform(0.05, 1.0) * lasted[tuple(told)])
            except subprocess.TimeoutExpired:
                process.kill()
                killed += 1
            process.communicate()
        finish(stormy, told)
    assert killed >= KILLS, "most runs were cut off"
    found = content(stormy)
    for name, rows in expected.items():
        assert found[name] == rows, name
    assert not [path for path in stormy.rglob("*.part") if "models" in path.parts], (
        "no half-written model is left"
    )
