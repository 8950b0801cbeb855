"""suspects and pictures --issues, on the command line."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from test_program import run

from cartellino import collection
from suspects.museum import WRONG, made


@pytest.fixture(scope="module")
def hung(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = made(tmp_path_factory.mktemp("hung") / "museum")
    with collection.open(folder) as museum:
        museum.suspects.find("culture")
    return folder


@pytest.fixture
def folder(hung: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(hung, tmp_path / "museum"))


def asked(folder: Path, *told: str) -> subprocess.CompletedProcess[str]:
    return run("suspects", "culture", *told, folder=folder)


def test_the_list_says_what_is_doubted_and_why(folder: Path) -> None:
    done = asked(folder, "--limit", "3")
    assert done.returncode == 0, done.stderr
    assert "of 75 should be looked at again" in done.stdout
    assert f"{WRONG}  Work 10" in done.stdout
    assert "says probably ‘Japanese’" in done.stdout or "certainly ‘Japanese’" in done.stdout
    told = json.loads(asked(folder, "--json").stdout)
    assert set(told) == {"label_set", "works", "found", "judged", "wrong", "suspects"}
    wrong = next(each for each in told["suspects"] if each["work"] == WRONG)
    assert wrong["given"] == ["Dutch"]
    assert wrong["thought"][0]["label"] == "Japanese"
    assert {each["labels"][0] for each in wrong["alike"]} == {"Japanese"}
    assert {"kind", "sentence", "strength", "works", "picture"} == set(wrong["reasons"][0])


def test_a_verdict_is_put_on_record(folder: Path) -> None:
    done = asked(folder, "--work", WRONG, "--label", "Japanese", "--reason", "the object was seen")
    assert "is signed as Japanese by" in done.stdout
    assert WRONG not in [each["work"] for each in json.loads(asked(folder, "--json").stdout)["suspects"]]
    said = json.loads(asked(folder, "--work", "c3", "--not-of-the-work", "--json").stdout)
    assert said["verdict"] == "not of the work"
    assert "it is used again" in asked(folder, "--work", "c3", "--of-the-work").stdout


@pytest.mark.parametrize(
    "told",
    [["--work", "c3"], ["--right"], ["--work", "c3", "--right", "--not-of-the-work"], ["--kind", "odd"]],
)
def test_a_verdict_that_is_not_clear_is_wrong_use(folder: Path, told: list[str]) -> None:
    assert asked(folder, *told).returncode == 2


def test_faults_of_pictures_are_counted_and_listed(folder: Path) -> None:
    told = json.loads(run("pictures", "--issues", "--json", folder=folder).stdout)
    assert set(told) == {"counts", "issues"}
    listed = run("pictures", "--issues", "--kind", "odd aspect ratio", folder=folder)
    assert listed.stdout.startswith("No picture has such a fault.")
    assert run("pictures", "--issues", "--kind", "ugly", folder=folder).returncode == 2
