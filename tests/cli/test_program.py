"""Errors in three parts, exit codes, and the collection's folder."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest


def run(*told: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cartellino", *told],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_no_collection_here_is_said_and_exits_1(tmp_path: Path) -> None:
    done = run("status", folder=tmp_path)
    assert done.returncode == 1
    assert "there is no collection here" in done.stderr
    assert "cartellino new" in done.stderr
    assert done.stdout == ""


def test_errors_for_machines_are_json(tmp_path: Path) -> None:
    done = run("status", "--json", folder=tmp_path)
    assert done.returncode == 1
    assert set(json.loads(done.stderr)["error"]) == {"what", "where", "do"}


@pytest.mark.parametrize(
    "told", [["no-such-verb"], ["triage", "x", "--max-error", "much"], ["labels", "define"], ["review"]]
)
def test_wrong_use_exits_2(told: list[str], tmp_path: Path) -> None:
    assert run(*told, folder=tmp_path).returncode == 2


def test_new_makes_a_collection_and_does_not_touch_other_files(tmp_path: Path) -> None:
    assert run("new", "museum", folder=tmp_path).returncode == 0
    assert (tmp_path / "museum" / "catalogue.sqlite").is_file()
    assert run("new", "museum", folder=tmp_path).returncode == 0, "again is harmless"
    other = tmp_path / "letters"
    other.mkdir()
    (other / "letter.txt").write_text("Dear", encoding="utf-8")
    done = run("new", "letters", folder=tmp_path)
    assert done.returncode == 1
    assert "holds other files" in done.stderr
    assert [path.name for path in other.iterdir()] == ["letter.txt"]


def test_the_folder_may_be_named_or_be_in_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("new", "museum", folder=tmp_path)
    assert run("status", "--collection", "museum", folder=tmp_path).returncode == 0
    monkeypatch.setenv("CARTELLINO_COLLECTION", str(tmp_path / "museum"))
    assert run("status", folder=tmp_path).returncode == 0


def test_piped_output_has_no_colour(tmp_path: Path) -> None:
    run("new", "museum", folder=tmp_path)
    for told in (["status"], ["fields"], ["labels", "list"], ["models"]):
        done = run(*told, "--collection", "museum", folder=tmp_path)
        assert "\x1b" not in done.stdout + done.stderr
        assert done.returncode == 0, done.stderr
