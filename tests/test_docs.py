"""Nothing public is undocumented, and what the documents say is true."""

from __future__ import annotations

import dataclasses
import inspect
import re
from pathlib import Path

import click
import pytest

import cartellino
from cartellino import settings
from cartellino.cli import VERBS, overview
from cartellino.cli.program import program
from docs_reference import commands_of, commands_page

ROOT = Path(__file__).resolve().parents[1]
COMMANDS = dict(commands_of(program))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_with_an_example(name: str) -> None:
    command = COMMANDS[name]
    assert command.help, name
    assert "Example: cartellino" in command.help, name
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.opts[0]} has no help"


def test_every_command_answers_machines() -> None:
    silent = {"new", "demo"}  # new says two lines to type; demo tells a story
    for name, command in COMMANDS.items():
        if not isinstance(command, click.Group) and name not in silent:
            assert any("--json" in parameter.opts for parameter in command.params), name


def test_the_overview_names_every_command() -> None:
    for name, verb in VERBS.items():
        assert re.search(rf"^  {name}\s+{re.escape(verb.line)}$", overview(), re.MULTILINE)


def test_the_reference_of_commands_is_current() -> None:
    written = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    assert written == commands_page(), "write it again: make docs"


def test_every_setting_is_documented_and_in_the_template() -> None:
    page = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    template = settings.written("x")
    for section in (
        settings.PictureSettings,
        settings.FeatureSettings,
        settings.DeskSettings,
        settings.FetchSettings,
    ):
        for entry in dataclasses.fields(section):
            assert f"`{entry.name}`" in page
            assert entry.name in template


def test_every_public_name_is_documented() -> None:
    for owner in (cartellino.Collection,):
        for name, member in inspect.getmembers(owner):
            if not name.startswith("_") and (callable(member) or isinstance(member, property)):
                assert inspect.getdoc(member), f"{owner.__name__}.{name}"


def test_links_between_documents_lead_somewhere() -> None:
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_documents_name_no_place_of_the_machine_they_were_written_on() -> None:
    for page in [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")]:
        assert not re.search(r"/(work|root|home)/", page.read_text(encoding="utf-8")), page.name
