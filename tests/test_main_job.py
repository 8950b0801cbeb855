"""The main job, as a registrar types it, on the painted gallery."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cartellino.acquire.gallery import paint
from cartellino.cli.program import program

pytestmark = pytest.mark.slow
LIMIT = "20%"  # a small gallery, with some labels wrong, allows no tighter one


@pytest.fixture(scope="module")
def museum(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A collection with the gallery added, a label set defined, a model trained and its backlog triaged."""
    folder = tmp_path_factory.mktemp("museum") / "my-museum"
    gallery = folder.parent / "gallery"
    paint(gallery, seed=5, works=300)
    for told in (
        f"new {folder}",
        f"add table {gallery}/works.csv --images {gallery}/photos",
        f"labels define school --field School --min-works 8 --split 50/10/30/10 --merge {gallery}/merges.csv",
        "train school",
        f"triage school --max-error {LIMIT}",
    ):
        done = run(folder, *told.split(" "))
        assert done.exit_code == 0, f"{told}: {done.output}"
    return folder


def run(folder: Path, *told: str) -> Result:
    return CliRunner().invoke(program, list(told), env={"CARTELLINO_COLLECTION": str(folder)})


def told_json(folder: Path, *told: str) -> dict[str, object]:
    done = run(folder, *told, "--json")
    assert done.exit_code == 0, done.output
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_status_says_what_was_filed_and_what_waits(museum: Path) -> None:
    found = told_json(museum, "status")
    (label_set,) = found["label_sets"]  # type: ignore[misc]
    assert label_set["filed"] > 0
    assert label_set["filed"] + label_set["queue"] > 80, "the whole backlog is decided on"
    assert found["pictures"]["quarantined"] >= 2  # type: ignore[index]


def test_the_model_is_better_than_chance_by_far_and_not_perfect(museum: Path) -> None:
    found = told_json(museum, "evaluate", "school")
    accuracy = found["figures"]["top_1"]["value"]  # type: ignore[index]
    assert 0.6 < accuracy <= 1.0


def test_a_prediction_backs_off_to_what_it_is_sure_of(museum: Path, tmp_path: Path) -> None:
    with (museum.parent / "gallery" / "works.csv").open(encoding="utf-8-sig", newline="") as stream:
        ids = [row["Object Number"] for row in csv.DictReader(stream)][:40]
    said: dict[str, list[dict[str, str]]] = told_json(museum, "predict", "school", *ids)  # type: ignore[assignment]
    labels = {each["label"] for suggestions in said.values() for each in suggestions}
    tree = tmp_path / "tree.csv"
    lines = [f"{label},Anything,broad" for label in labels]
    tree.write_text("\n".join(["from,to,reason", *lines]), encoding="utf-8")
    asked = ("predict", "school", *ids, "--back-off", str(tree))
    bold, careful = (
        [each and each["label"] for each in told_json(museum, *asked, "--sure", sure).values()]  # type: ignore[index]
        for sure in ("0.01", "0.97")
    )
    assert "Anything" not in bold
    assert "Anything" in careful
    assert len(set(careful) - {"Anything", None}) > 1, "of some it is sure"
    assert "almost certainly" in run(museum, *asked).output


def test_training_again_trains_nothing(museum: Path) -> None:
    first = told_json(museum, "models")
    assert run(museum, "train", "school").exit_code == 0
    assert told_json(museum, "models") == first


def test_the_table_goes_home_with_every_cell_as_it_came(museum: Path, tmp_path: Path) -> None:
    out = tmp_path / "home.csv"
    done = run(museum, "export", "table", "--out", str(out))
    assert done.exit_code == 0, done.output
    with (museum.parent / "gallery" / "works.csv").open(encoding="utf-8-sig", newline="") as stream:
        came = list(csv.reader(stream))
    with out.open(encoding="utf-8-sig", newline="") as stream:
        home = list(csv.reader(stream))
    width = len(came[0])
    came = [row + [""] * (width - len(row)) for row in came]  # one row ends early; ours come after its end
    assert [row[:width] for row in home] == came
    own = "school (cartellino)"  # the table has a 'School' of its own, which is never touched
    assert home[0][width:] == [own, *(f"{own} {each}" for each in ("probability", "decision", "by", "when"))]
    assert any(row[width + 2] == "filed" for row in home[1:])


def test_a_triage_again_doubles_nothing(museum: Path) -> None:
    before = told_json(museum, "status")
    assert run(museum, "triage", "school", "--max-error", LIMIT).exit_code == 0
    assert told_json(museum, "status") == before


def test_a_dry_run_changes_nothing(museum: Path) -> None:
    before = told_json(museum, "status")
    done = run(museum, "triage", "school", "--max-error", "40%", "--dry-run")
    assert done.exit_code == 0, done.output
    assert told_json(museum, "status") == before


def test_a_backup_brings_everything_back(museum: Path, tmp_path: Path) -> None:
    assert run(museum, "backup", str(tmp_path / "safe.zip")).exit_code == 0
    again = tmp_path / "again"
    assert run(museum, "restore", str(tmp_path / "safe.zip"), str(again)).exit_code == 0
    assert told_json(again, "status") == told_json(museum, "status")
    assert run(again, "doctor").exit_code == 0
