"""Settings are read strictly, and the file that is written says them all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cartellino import settings
from cartellino.errors import InputError


def load(tmp_path: Path, text: str) -> settings.Settings:
    path = tmp_path / settings.FILE
    path.write_text(text, encoding="utf-8")
    return settings.load(path)


def test_what_is_not_told_is_at_its_default(tmp_path: Path) -> None:
    told = load(tmp_path, 'name = "Museo"\n[desk]\nport = 0\n')
    assert told == settings.Settings(name="Museo", desk=settings.DeskSettings(port=0))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("nam = 'x'", "there is no setting 'nam'"),
        ("[desk]\nport = 'x'", "'port' should be a whole number"),
        ("[desk]\nport = true", "'port' should be a whole number"),
        ("[pictures]\nmax_megapixels = 'many'", "'max_megapixels' should be a number"),
        ("desk = 3", "'desk' should be a section"),
        ("name = ", "cannot be read"),
    ],
)
def test_a_wrong_setting_is_said(text: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=words):
        load(tmp_path, text)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_any_name_survives_the_file(name: str) -> None:
    import tomllib

    assert tomllib.loads(settings.written(name))["name"] == name
