"""recipes: listed and shown, for people and for machines, in a collection or not."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from click.testing import CliRunner, Result

from cartellino.cli.program import program


def run(*told: str) -> Result:
    return CliRunner().invoke(program, ["recipes", *told])


def test_recipes_are_listed() -> None:
    assert "linear" in run().stdout
    (first,) = [each for each in json.loads(run("--json").stdout) if each["name"] == "linear"]
    assert set(first) == {"name", "family", "summary", "extras"}


def test_one_is_shown_with_its_settings_layers_and_cost(tmp_path: Path) -> None:
    out = tmp_path / "linear.svg"
    shown = run("--show", "linear", "--classes", "4", "--out", str(out))
    assert shown.exit_code == 0, shown.output
    for told in ("strengths", "2,136", "4,782,024", "8,548", "linear.svg"):
        assert told in shown.stdout
    said = "".join(ElementTree.parse(out).getroot().itertext())
    assert "lite2:all" in said
    assert "8,548" in said
    data = json.loads(run("--show", "linear", "--json").stdout)
    assert {"settings", "sees", "layers", "parameters", "multiply_adds", "drawing", "classes"} <= set(data)


def test_a_recipe_of_ones_own_is_shown_too(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text('name = "mine"\nfamily = "linear"\nbalance = 0.1\n', encoding="utf-8")
    assert '"value": 0.1' in run("--show", str(mine), "--json").stdout


def test_what_is_not_there_is_said_in_words() -> None:
    assert run("--show", "nothing").exit_code == 1
    assert run("--out", "x.svg").exit_code == 2
