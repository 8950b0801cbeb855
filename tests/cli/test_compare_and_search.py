"""compare, and train --search, as people type them, on the painted gallery."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cartellino.acquire.gallery import paint
from cartellino.cli.program import program

pytestmark = pytest.mark.slow
SEARCH = ("train", "school", "--search", "strengths=log:10..10000,class_weight=none|balanced", "--seed", "3")


@pytest.fixture(scope="module")
def museum(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A collection with the gallery, two label sets of it, and two models of one of them."""
    folder = tmp_path_factory.mktemp("museum") / "my-museum"
    gallery = folder.parent / "gallery"
    paint(gallery, seed=5, works=220)
    (folder.parent / "rough.toml").write_text('name = "rough"\nstrengths = [1e7]\n', encoding="utf-8")
    for told in (
        f"new {folder}",
        f"add table {gallery}/works.csv --images {gallery}/photos",
        f"labels define school --field School --min-works 8 --split 50/10/10/30 --merge {gallery}/merges.csv",
        f"labels define other --field School --min-works 8 --split 40/10/10/40 --merge {gallery}/merges.csv",
        "train school",
        f"train school --recipe {folder.parent}/rough.toml",
    ):
        done = run(folder, *told.split(" "))
        assert done.exit_code == 0, f"{told}: {done.output}"
    return folder


def run(folder: Path, *told: str) -> Result:
    return CliRunner().invoke(program, list(told), env={"CARTELLINO_COLLECTION": str(folder)})


def told_json(folder: Path, *told: str) -> Any:
    done = run(folder, *told, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def names(folder: Path) -> dict[str, str]:
    return {each["recipe"]: each["model"] for each in told_json(folder, "models")}


def test_models_are_compared_with_their_costs(museum: Path) -> None:
    known = names(museum)
    found = told_json(museum, "compare", known["rough"], known["linear"])
    assert found["best"] == known["linear"]
    (pair,) = found["pairs"]
    assert pair["better"] == known["linear"]
    for model in found["models"]:
        cost = model["cost"]
        assert cost["training_seconds"] > 0
        assert cost["bytes"] > 10_000
        assert cost["head_pictures_per_second"] > cost["pictures_per_second"] > 1
    assert Path(found["report"]).is_file()
    shown = run(museum, "compare", known["rough"], known["linear"])
    assert "is better than" in shown.stdout
    assert "pictures a second" in shown.stdout


def test_recipes_are_compared_in_folds(museum: Path) -> None:
    rough = str(museum.parent / "rough.toml")
    told = ("--recipes", f"linear,{rough}", "--label-set", "school", "--folds", "3", "--against", "first")
    found = told_json(museum, "compare", *told)
    assert [each["name"] for each in found["models"]] == ["linear", "rough"]
    assert found["folds"] == 3
    assert found["works"] > 120
    assert found["pairs"][0]["better"] == "linear"


def test_models_of_different_label_sets_are_refused_in_words(museum: Path) -> None:
    assert run(museum, "train", "other").exit_code == 0
    other = next(each["model"] for each in told_json(museum, "models") if each["model"].startswith("other-"))
    done = run(museum, "compare", names(museum)["rough"], other)
    assert done.exit_code == 1
    assert "its test works" in done.output
    assert "Train both on school@1" in done.output.replace("\n", " ")


def test_wrong_use_is_said(museum: Path) -> None:
    for told in (["compare"], ["compare", "--recipes", "linear"], ["compare", "x", "--recipes", "y"]):
        assert run(museum, *told).exit_code == 2
    assert run(museum, "train", "school", "--trials", "3").exit_code == 2
    assert run(museum, "train", "school", "--search", "nothing=1..2").exit_code == 1


def test_a_search_is_killed_continued_and_trained(museum: Path) -> None:
    command = [sys.executable, "-m", "cartellino", *SEARCH, "--trials", "8"]
    environment = os.environ | {"CARTELLINO_COLLECTION": str(museum)}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    limit = time.monotonic() + 300
    while time.monotonic() < limit and not _begun(museum, 3):
        time.sleep(0.05)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    (kept,) = (museum / "searches").glob("*.json")
    before = [each for each in json.loads(kept.read_text())["trials"] if each["state"] != "begun"]
    assert 2 <= len(before) < 8
    found = told_json(museum, *SEARCH, "--trials", "8")
    search = found["search"]
    assert search["trials"][: len(before)] == [{**each, "value": _mean(each)} for each in before]
    assert len(search["trials"]) == 8
    assert Path(search["recipe_file"]).is_file()
    assert found["model"]["name"].startswith("school-linear")
    again = told_json(museum, *SEARCH, "--trials", "8")
    assert again["search"]["trials"] == search["trials"], "what is done is not done again"
    assert again["model"]["name"] == found["model"]["name"]
    trained = told_json(museum, "train", "school", "--recipe", search["recipe_file"], "--seed", "3")
    assert trained["model"]["name"] == found["model"]["name"]


def test_a_grid_needs_nothing_but_its_values(museum: Path) -> None:
    found = told_json(
        museum, "train", "school", "--search", "grid:strengths=10|1000", "--objective", "accuracy"
    )
    assert [each["settings"] for each in found["search"]["trials"]] == [
        {},
        {"strengths": 10},
        {"strengths": 1000},
    ]


def _begun(museum: Path, trials: int) -> bool:
    kept = list((museum / "searches").glob("*.json")) if (museum / "searches").is_dir() else []
    return any(len(json.loads(each.read_text())["trials"]) >= trials for each in kept)


def _mean(trial: dict[str, Any]) -> float:
    return float(sum(trial["values"]) / len(trial["values"]))
