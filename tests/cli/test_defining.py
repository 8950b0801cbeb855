"""labels define: every rule as an option or in a file, and what is wrong said in words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cartellino import collection
from cartellino.cli.program import program
from curate.museum import hang

ROWS = [
    {
        "id": f"w{n}",
        "culture": ("Dutch", "Chinese", "Gujarat", "")[n % 4],
        "nation": "French",
        "kind": "Boxes" if n % 20 == 0 else "Paintings",
        "artist": ("Monet", "Manet", "Degas")[n % 3],
        "made": str(1850 + n),
        "tags": ("Men", "Dogs") if n % 2 else ("Dogs", "Women"),
    }
    for n in range(160)
]


@pytest.fixture
def museum(tmp_path: Path) -> Path:
    with collection.create(tmp_path / "museum") as made:
        hang(made.catalogue, ROWS)
    return tmp_path / "museum"


def run(museum: Path, *words: str) -> Result:
    return CliRunner().invoke(program, ["labels", *words, "--collection", str(museum)])


def defined(museum: Path, *words: str) -> dict[str, Any]:
    result = run(museum, "define", *words, "--json")
    assert result.exit_code == 0, result.output
    told: dict[str, Any] = json.loads(result.stdout)
    return told


def works(told: dict[str, Any]) -> dict[str, int]:
    parts = ("train", "validation", "calibration", "test")
    return {each["label"]: sum(each[part] for part in parts) for each in told["classes"]}


def test_filters_fields_and_merges_as_options(museum: Path, tmp_path: Path) -> None:
    (tmp_path / "merges.csv").write_text(
        "from,to,reason\nGujarat,Indian,state\nIndian,South Asian,part\n", "utf-8"
    )
    (tmp_path / "out.csv").write_text("work;reason\nw1;a copy\nw2;a box\n", "utf-8")
    told = defined(
        museum,
        *("culture", "--otherwise", "nation", "--where", "kind=Paintings|Prints", "--where", "made>=1850"),
        *("--merge", str(tmp_path / "merges.csv"), "--exclude", str(tmp_path / "out.csv")),
    )
    assert works(told) == {"Chinese": 39, "Dutch": 32, "French": 40, "South Asian": 39}
    assert told["left_out"]["it was left out by hand"] == 2
    assert told["funnel"][1] == {"step": "kind is Paintings or Prints", "works": 152}


@pytest.mark.parametrize(
    ("split", "parts"),
    [
        ("80/20", {"train": 0.8, "validation": 0, "calibration": 0, "test": 0.2}),
        ("80/10/10", {"train": 0.8, "validation": 0.1, "calibration": 0, "test": 0.1}),
        ("81/9/10", {"train": 0.81, "validation": 0.09, "calibration": 0, "test": 0.1}),
        ("50/10/30/10", {"train": 0.5, "validation": 0.1, "calibration": 0.3, "test": 0.1}),
    ],
)
def test_any_ratio_can_be_asked_for(museum: Path, split: str, parts: dict[str, float]) -> None:
    told = defined(museum, "culture", "--split", split)
    for part, share in parts.items():
        assert sum(each[part] for each in told["classes"]) == pytest.approx(share * 120, abs=3)


def test_what_is_later_examines(museum: Path) -> None:
    told = defined(museum, "culture", "--test-since", "made=1990", "--split", "80/20")
    assert sum(each["test"] for each in told["classes"]) == sum(
        bool(row["culture"]) and int(str(row["made"])) >= 1990 for row in ROWS
    )


def test_centuries_first_values_and_policies(museum: Path) -> None:
    assert works(defined(museum, "century", "--field", "made", "--centuries")) == {
        "19th century": 51,
        "20th century": 100,
        "21st century": 9,
    }
    first = defined(museum, "first", "--field", "tags", "--first", "--policy", "Men=audit only")
    assert {each["label"]: each["policy"] for each in first["classes"]} == {
        "Dogs": "file",
        "Men": "audit only",
    }
    shown = run(museum, "show", "first")
    assert "Men (for audits only)" in shown.stdout


def test_a_definition_in_a_file_with_its_joined_table(museum: Path, tmp_path: Path) -> None:
    (tmp_path / "artists.csv").write_text("name,genre\nMonet,Light\nManet,Realism\nDegas,Light\n", "utf-8")
    (tmp_path / "style.toml").write_text(
        'name = "style"\nfield = "artist"\n[join]\ntable = "artists.csv"\nkey = "name"\nvalue = "genre"\n',
        "utf-8",
    )
    told = defined(museum, "genre", "--from", str(tmp_path / "style.toml"), "--seed", "3")
    assert works(told) == {"Light": 107, "Realism": 53}
    assert (museum / "labels" / "artists.csv").is_file()
    kept = (museum / "labels" / "genre.toml").read_text("utf-8")
    again = defined(museum, "genre", "--from", str(museum / "labels" / "genre.toml"))
    assert again["hash"] == told["hash"]
    assert "seed = 3" in kept


def test_a_shipped_definition_is_named(museum: Path) -> None:
    told = defined(museum, "subjects", "--from", "p1-tags23", "--field", "tags")
    assert works(told) == {"Dogs": 80, "Men": 80}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("culture", "--where", "kind"), "is no filter"),
        (("culture", "--where", "made>=late"), "is no year"),
        (("culture", "--where", "kind=Painting"), "There is Paintings"),
        (("culture", "--where", "kinds=Paintings"), "there is no field 'kinds'"),
        (("culture", "--split", "80"), "shares are wanted"),
        (("culture", "--split", "80/10"), "sum to 0.9"),
        (("culture", "--test-since", "1990"), "write FIELD=YEAR"),
        (("culture", "--policy", "Men"), "write LABEL=POLICY"),
        (("culture", "--policy", "Men=never"), "no policy 'never'"),
        (("culture", "--from", "p7"), "no definition is called 'p7'"),
        (("culture", "--from", "p3-style"), "artists.csv"),
        (("culture", "--exclude", "none.csv"), "none.csv"),
        (("id",), "nearly every work has a value of its own"),
        (("culture", "--min-works", "100"), "no class is left"),
    ],
)
def test_what_is_wrong_is_said_in_words(museum: Path, words: tuple[str, ...], message: str) -> None:
    result = run(museum, "define", *words)
    assert result.exit_code in (1, 2)
    assert message in result.output
    assert "Traceback" not in result.output
