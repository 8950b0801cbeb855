"""The example of docs/how-to/own-source.md does what the page says, installed as a package would be."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

import cartellino
from cartellino.acquire.registry import SOURCES

from .builders import picture

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "how-to" / "own-source.md").read_text(encoding="utf-8")
EXAMPLE, USE = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A folder with cards, a collection, and the example installed with its entry point."""
    site = tmp_path / "site"
    information = site / "museum_cards-1.0.dist-info"
    information.mkdir(parents=True)
    (site / "museum_cards.py").write_text(EXAMPLE, encoding="utf-8")
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: museum-cards\nVersion: 1.0\n")
    told = re.search(r'entry-points\."(.+)"\]\n\s*(.+)', PAGE)
    entry = told.group(2).replace('"', "")
    (information / "entry_points.txt").write_text(f"[{told.group(1)}]\n{entry}\n")
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.chdir(tmp_path)
    cards = tmp_path / "cards"
    picture(cards / "1906-12.jpg")
    (cards / "1906-12.txt").write_text("Title: Boats at dusk\nCulture: Dutch\nTags: Boats; Water\n")
    (cards / "1907-1.txt").write_text("Culture: French\n")
    (cards / "1907-2.txt").write_text("Title: Vase\n")
    cartellino.create(tmp_path / "my-museum").close()
    yield tmp_path
    sys.modules.pop("museum_cards", None)


def test_the_example_is_thirty_lines():
    assert 25 <= len([line for line in EXAMPLE.splitlines() if line.strip()]) <= 35


def test_an_installed_source_has_a_name_in_the_registry(desk):
    assert "cards" in list(SOURCES)
    assert SOURCES.load("cards").kind == "cards"


def test_it_brings_works_in_and_again_updates_them(desk, capsys):
    exec(compile(USE, "own-source.md", "exec"), {})
    assert "card 1907-1.txt has no title" in capsys.readouterr().out
    with cartellino.open("my-museum") as museum:
        assert [value for _, value in museum.catalogue.fields.values("Tags")] == ["Boats", "Water"]
        assert museum.catalogue.pictures.counts()["kept"] == 1
        (desk / "cards" / "1907-2.txt").write_text("Title: Vases\nTags: Vases\n")
        written = museum.add(SOURCES.load("cards")("cards")).written
        assert (written.added, written.updated, written.unchanged) == (0, 1, 1)
