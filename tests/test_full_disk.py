"""A disk that is full or read-only, for every command that writes: a sentence, nothing lost, and on it goes.

The disk is a real one, of memory, mounted in a namespace of the test's own.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from test_kills import JOB, content, finish, fresh

pytestmark = pytest.mark.slow

STEPS = (
    *JOB,
    ["evaluate", "school"],
    ["export", "table", "--out", "home.csv"],
    ["backup", "safe.zip"],
)
LEFT = (0, 100_000, 600_000)  # bytes that are free when a command begins
_NAMESPACE = ("unshare", "--map-root-user", "--mount")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    from cartellino.acquire.gallery import paint

    folder = tmp_path_factory.mktemp("full")
    if not shutil.which("unshare") or subprocess.run([*_NAMESPACE, "true"], capture_output=True).returncode:
        pytest.skip("this system gives no namespace to mount a small disk in")
    paint(folder / "gallery", seed=3, works=120)
    (folder / "disk").mkdir()
    here = os.environ | {"PYTHONPATH": str(Path(__file__).parent), "NO_COLOR": "1"}
    done = subprocess.run(
        [*_NAMESPACE, sys.executable, __file__, str(folder)],
        env=here,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_a_full_disk_gets_a_sentence_from_every_command(told: dict[str, Any]) -> None:
    for name, outcomes in told["full"].items():
        assert any(code for code, _ in outcomes), f"{name} never noticed"
        for code, said in outcomes:
            assert "Traceback" not in said, f"{name}: {said}"
            assert not code or "the disk is full" in said, f"{name}: {said}"


def test_a_read_only_folder_gets_a_sentence_from_every_command(told: dict[str, Any]) -> None:
    for name, (code, said) in told["read-only"].items():
        assert code == 1, f"{name}: {said}"
        assert "Traceback" not in said, f"{name}: {said}"
        assert "rights" in said or "not written" in said or "cannot" in said, f"{name}: {said}"


def test_afterwards_everything_is_as_if_nothing_had_happened(told: dict[str, Any]) -> None:
    for name, rows in told["expected"].items():
        assert told["found"][name] == rows, name


def main(folder: Path) -> None:
    """In the namespace: the whole job on a disk that fails at every step, and once in calm."""
    calm = fresh(folder / "calm", folder / "gallery")
    disk = folder / "disk"
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=96m", "none", str(disk)], check=True)
    poor = fresh(disk / "poor", folder / "gallery")
    outcomes: dict[str, Any] = {"full": {}, "read-only": {}}
    for step in STEPS:
        finish(calm, step)
        name = " ".join(step[:2])
        outcomes["full"][name] = [_filled(poor, step, left) for left in LEFT]
        outcomes["read-only"][name] = _read_only(poor, step, disk)
        finish(poor, step)
    outcomes |= {"expected": content(calm), "found": content(poor)}
    print(json.dumps(outcomes))


def _filled(museum: Path, step: list[str], left: int) -> tuple[int, str]:
    ballast = museum.parent / "ballast"
    disk = os.statvfs(museum)
    with ballast.open("wb") as stream:
        os.posix_fallocate(stream.fileno(), 0, max(1, disk.f_bavail * disk.f_frsize - left))
    try:
        return _run(museum, step)
    finally:
        ballast.unlink()


def _read_only(museum: Path, step: list[str], disk: Path) -> tuple[int, str]:
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    try:
        return _run(museum, step)
    finally:
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)


def _run(museum: Path, step: list[str]) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "cartellino", *step], cwd=museum, capture_output=True, text=True, timeout=300
    )
    return done.returncode, done.stderr


if __name__ == "__main__":
    main(Path(sys.argv[1]))
