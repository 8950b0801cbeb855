"""Groups of works that show the same, in words."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

import cartellino
from cartellino.catalogue import Catalogue
from cartellino.cli.program import program
from cartellino.curate.likeness.groups import groups
from cartellino.progress import Silent

from .painted import COPIES, hung, painting


def test_groups_say_who_and_why(catalogue: Catalogue, tmp_path: Path) -> None:
    image = painting(1)
    works = [
        ("a", image),
        ("b", image),
        ("c", COPIES["framed"](image)),
        ("d", painting(2)),
        ("e", painting(3)),
        ("f", COPIES["poor"](painting(3))),
    ]
    store, _ = hung(catalogue, tmp_path, works)
    first, second = groups(catalogue, store, Silent())
    assert (first.works, first.same_file) == (("a", "b", "c"), True)
    assert first.why.startswith("the same file; a and c agree to 0.9")
    assert (second.works, second.same_file) == (("e", "f"), False)
    assert json.loads(json.dumps(second.told()))["agreements"][0][:2] == ["e", "f"]


def test_the_command_lists_them(tmp_path: Path) -> None:
    cartellino.create(tmp_path / "museum").close()
    asked = ["pictures", "--duplicates", "--collection", str(tmp_path / "museum")]
    assert "No two works show the same picture." in CliRunner().invoke(program, asked).output
    with cartellino.open(tmp_path / "museum") as museum:
        hung(museum.catalogue, museum.folder, [("a", painting(1)), ("b", COPIES["small"](painting(1)))])
    told = CliRunner().invoke(program, [*asked, "--json"])
    assert json.loads(told.stdout)[0]["works"] == ["a", "b"]
    assert "a and b agree to" in CliRunner().invoke(program, asked).output
